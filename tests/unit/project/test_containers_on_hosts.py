"""Containers that Ansible starts, units of Podman and tasks of ECS."""

from __future__ import annotations

import pytest
from fixtures import Read
from flowmap.project.readers.ansible import READER as ANSIBLE
from flowmap.project.readers.ecs import READER as ECS
from flowmap.project.readers.quadlet import READER as QUADLET

TASK = """- name: Start
  community.docker.docker_container:
    name: shop
    image: "acme/shop:{{ version }}"
    command: [python, "app.py"]
    env: {TOPIC: orders, SECRET: "{{ secret }}"}
"""


def test_a_container_of_ansible(read: Read) -> None:
    (process,) = read(ANSIBLE, {"roles/a/tasks/main.yml": TASK}).processes
    assert (process.name, process.image, process.command) == ("shop", "acme/shop:{}", ("python", "app.py"))
    assert [(s.name, s.value, s.location.line) for s in process.environment] == [("TOPIC", "orders", 6)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (TASK, ["shop"]),
        (TASK.replace("community.docker.docker_container", "docker_container"), ["shop"]),
        (TASK.replace("community.docker.docker_container", "containers.podman.podman_container"), ["shop"]),
        ("- hosts: all\n  tasks:\n" + "\n".join(f"    {line}" for line in TASK.splitlines()), ["shop"]),
        ("- block:\n" + "\n".join(f"    {line}" for line in TASK.splitlines()) + "\n  when: on\n", ["shop"]),
        (TASK.replace("{TOPIC: orders, ", "{").replace("env: {", "env:\n      - A=1\n    x: {"), ["shop"]),
        # look-alikes
        (TASK + "    state: absent\n", []),
        (TASK.replace("name: shop", 'name: "{{ name }}"'), []),
        (TASK.replace("image:", "picture:"), []),
        ("docker_container:\n  name: shop\n", []),
        ("- community.docker.docker_container_info: {name: shop, image: x}\n", []),
        ("- docker_container: [\n", []),
    ],
)
def test_which_tasks_start_something(read: Read, text: str, names: list[str]) -> None:
    assert [p.name for p in read(ANSIBLE, {"tasks/main.yml": text}).processes] == names


UNIT = """[Unit]
Description=x
[Container]
Image=acme/shop:1
ContainerName=shopper
Exec=python app.py -v
Environment=A=1 "B=two words"
Environment=A=2
[Service]
Environment=C=3
"""


def test_a_unit_of_podman(read: Read) -> None:
    (process,) = read(QUADLET, {"units/shop.container": UNIT}).processes
    assert (process.name, process.aliases, process.image) == ("shop", ("shopper",), "acme/shop:1")
    assert process.command == ("python", "app.py", "-v")
    assert [(s.name, s.value) for s in process.environment] == [("A", "2"), ("A", "1"), ("B", "two words")]
    assert [a.host for a in process.addresses] == ["shopper"]


@pytest.mark.parametrize(
    ("path", "text", "hosts"),
    [
        ("a.container", "[Container]\nImage=x\n", ["systemd-a"]),
        ("a.container", "[Container]\nImage=x\nNetworkAlias=b\n", ["systemd-a", "b"]),
        ("a@.container", "[Container]\nImage=x\nContainerName=a-%i\n", []),
        ("a.container", "[Container]\nExec=x\n", None),
        ("a.container", "[Service]\nImage=x\n", None),
    ],
)
def test_what_a_unit_of_podman_is_called(read: Read, path: str, text: str, hosts: list[str] | None) -> None:
    found = read(QUADLET, {path: text}).processes
    assert [[a.host for a in p.addresses] for p in found] == ([] if hosts is None else [hosts])


JSON = """{
  "family": "shop",
  "containerDefinitions": [
    {"name": "web", "image": "<IMAGE1_NAME>", "portMappings": [{"containerPort": 8000, "name": "web-http"}],
     "environment": [{"name": "TOPIC", "value": "orders"}]},
    {"name": "worker", "image": "1.dkr.ecr.x.amazonaws.com/worker:2", "command": ["python", "w.py"]}
  ]
}"""
TEMPLATE = """Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        - Name: web
          Image: !Sub "${AWS::AccountId}.dkr.ecr.x.amazonaws.com/web:1"
          PortMappings: [{ContainerPort: 8000}]
          Environment:
            - {Name: QUEUE, Value: !Ref Queue}
            - {Name: REGION, Value: !Ref "AWS::Region"}
  Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: shop
      TaskDefinition: !Ref Task
  Queue: {Type: "AWS::SQS::Queue", Properties: {QueueName: jobs}}
"""


def test_a_task_of_ecs_in_a_file(read: Read) -> None:
    web, worker = read(ECS, {"deploy/task.json": JSON}).processes
    assert (web.name, web.image, [a.host for a in web.addresses][:1]) == ("web", "", ["web-http"])
    assert [(s.name, s.value) for s in web.environment] == [("TOPIC", "orders")]
    assert (worker.image, worker.command) == ("1.dkr.ecr.x.amazonaws.com/worker:2", ("python", "w.py"))


def test_a_task_of_ecs_in_a_template(read: Read) -> None:
    (web,) = read(ECS, {"template.yml": TEMPLATE}).processes
    assert (web.name, web.aliases, web.image.rpartition("/")[2]) == ("web", ("shop",), "web:1")
    assert {s.name: s.value.rpartition("/")[2] for s in web.environment}["QUEUE"] == "jobs"
    assert [(a.host, a.port) for a in web.addresses] == [("shop", 8000)]


@pytest.mark.parametrize(
    "text", ['{"containerDefinitions": "x"}', '{"containers": [{"name": "a"}]}', '{"containerDefinitions": [', "[]"]
)
def test_what_is_no_task_of_ecs(read: Read, text: str) -> None:
    assert read(ECS, {"task.json": text}).processes == ()

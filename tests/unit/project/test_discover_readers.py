"""Readers, one file at a time: what they declare, and that they keep silent about what is not theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flowmap.descriptor_api import FOR_TESTS, Build, Declarations, DescriptorFile, Mount, SettingReference
from flowmap.project.readers import (
    compose,
    dapr,
    dockerfile,
    dotenv,
    kubernetes,
    kustomize,
    notes,
    packaging,
    procfile,
    skaffold,
    tilt,
)
from hypothesis import given
from hypothesis import strategies as st

Read = Callable[..., Declarations]


def _compose(read: Read, body: str, name: str = "docker-compose.yml", **others: str) -> Declarations:
    return read(compose.READER, {name: body, **{k.replace("__", "/"): v for k, v in others.items()}})


def test_compose_process_with_everything(read: Read) -> None:
    declared = read(
        compose.READER,
        {
            "deploy/docker-compose.yml": """\
services:
  web:
    build:
      context: ../orders
      dockerfile: docker/Dockerfile
      target: prod
      args: {VERSION: "3"}
    image: acme/orders
    command: uvicorn main:app
    entrypoint: ["tini", "--"]
    container_name: orders-web
    hostname: Orders
    working_dir: /srv
    environment:
      TOPIC: ${TOPIC:-orders}
      UNKNOWN: ${NOWHERE}
      PASSED:
    env_file: [one.env, {path: two.env}, absent.env]
    ports: ["8001:80", "127.0.0.1:9000-9001:90-91/tcp", "70", {target: 80, published: "8002"}]
    volumes: ["../orders:/app:ro", "data:/data", {type: bind, source: ./conf, target: /conf}]
    networks:
      default: {aliases: [shop]}
""",
            "deploy/.env": "PASSED=yes\n",
            "deploy/one.env": "A=1\nB=1\n",
            "deploy/two.env": "B=2\n",
            "orders/docker/Dockerfile": "FROM x",
        },
    )
    (web,) = declared.processes
    assert (web.name, web.system, web.scope, str(web.location)) == ("web", "compose", "deploy", "deploy/docker-compose.yml:2")
    assert web.build == Build("orders", "orders/docker/Dockerfile", (("VERSION", "3"),), "prod")
    assert (web.image, web.working_dir) == ("acme/orders", "/srv")
    assert (web.entrypoint, web.command) == (("tini", "--"), ("uvicorn", "main:app"))
    assert [(s.name, s.value, s.location.line) for s in web.environment] == [("TOPIC", "orders", 15), ("PASSED", "yes", 17)]
    assert [(s.name, s.value, str(s.location)) for s in web.fallbacks] == [
        ("B", "2", "deploy/two.env:1"),
        ("A", "1", "deploy/one.env:1"),
        ("B", "1", "deploy/one.env:2"),
    ]
    assert {a.host for a in web.addresses if a.port is None} == {"web", "orders-web", "orders", "shop"}
    assert {a.port for a in web.addresses if a.host == "localhost"} == {8001, 8002, 9000, 9001}
    assert web.mounts == (Mount("orders", "/app"), Mount("deploy/conf", "/conf"))
    assert web.aliases == ("orders-web", "Orders", "shop")


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ("[A=1, B=, C, D=x=y]", {"A": "1", "B": "", "D": "x=y"}),
        ("{A: 1, B: '', C: , D: true}", {"A": "1", "B": "", "D": "true"}),
        ("[E]", {"E": "from-env"}),
        ("{E: }", {"E": "from-env"}),
        ("{A: '${E}!', B: '$$E'}", {"A": "from-env!", "B": "$E"}),
        ("{A: '${NONE}/x'}", {}),
        ("text", {}),
    ],
)
def test_compose_environment(read: Read, environment: str, expected: dict[str, str]) -> None:
    declared = read(
        compose.READER, {"compose.yaml": f"services:\n  a:\n    image: x\n    environment: {environment}\n", ".env": "E=from-env"}
    )
    assert {s.name: s.value for s in declared.processes[0].environment} == expected


@pytest.mark.parametrize(
    ("path", "body", "names"),
    [
        ("docker-compose.yml", "services: {a: {build: .}, b: {image: x}}", ["a", "b"]),
        ("compose.prod.yaml", "services: {a: {build: .}}", ["a"]),
        ("stack.yml", "services: {a: {image: x}}", ["a"]),
        ("docker-compose.override.yml", "services: {a: {command: x}}", ["a"]),
        ("docker-compose.yml", "a: {image: x}\nb: {build: .}", ["a", "b"]),
        ("stack.yml", "services: {a: {replicas: 3}}", []),
        ("stack.yml", "services: [a, b]", []),
        ("values.yaml", "service: {image: x}", []),
        ("docker-compose.yml", "", []),
        ("docker-compose.yml", "services:", []),
        ("docker-compose.yml", "- a\n- b", []),
        ("docker-compose.yml", "services: {a: text, b: {image: x}}", ["b"]),
    ],
)
def test_what_is_a_compose_file(read: Read, path: str, body: str, names: list[str]) -> None:
    assert [p.name for p in read(compose.READER, {path: body}).processes] == names


@pytest.mark.parametrize(
    ("path", "body", "count"),
    [("docker-compose.yml", "services: [", 1), ("docker-compose.yml", "a: {{ x }}: y", 0), ("x.yml", "services: [", 0)],
)
def test_broken_compose_files(read: Read, path: str, body: str, count: int) -> None:
    assert len(read(compose.READER, {path: body}).diagnostics) == count


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        ("build: ./a", Build("deploy/a")),
        ("build: {context: ..}", Build(".")),
        ("build: {dockerfile: D}", Build("deploy", "deploy/D")),
        ("build: $PWD/b", Build("b")),
        ("build: ./b", Build("b")),
        ("build: ../..", None),
        ("build: /abs", None),
        ("image: x", None),
    ],
)
def test_compose_context(read: Read, build: str, expected: Build | None) -> None:
    declared = read(
        compose.READER,
        {"deploy/docker-compose.yml": f"services:\n  x:\n    {build}\n  y: {{image: z}}", "b/f": "", "deploy/a/f": ""},
    )
    assert declared.processes[0].build == expected


def test_compose_extends(read: Read) -> None:
    declared = read(
        compose.READER,
        {
            "docker-compose.yml": (
                "services:\n"
                "  a:\n"
                "    extends: {file: base.yml, service: common}\n"
                "    environment: {X: own}\n"
                "  b: {extends: a, command: run b}\n"
            ),
            "base.yml": "services:\n  common:\n    build: ./app\n    environment: {X: base, Y: base}\n",
        },
    )
    a, b = declared.processes
    assert a.build == b.build == Build("app")
    assert {s.name: s.value for s in a.environment} == {"X": "own", "Y": "base"}
    assert b.command == ("run", "b")
    assert {x.host for x in b.addresses} == {"b"}


def test_compose_extends_itself(read: Read) -> None:
    (a,) = _compose(read, "services: {a: {extends: a, image: x}}").processes
    assert a.image == "x"


def test_compose_sidecar_names_its_service(read: Read) -> None:
    declared = _compose(
        read,
        "services:\n"
        "  web: {build: .}\n"
        "  web-dapr:\n"
        "    image: daprio/daprd\n"
        "    command: ['./daprd', '-app-id', 'orders']\n"
        "    network_mode: service:web\n",
    )
    assert declared.processes[0].aliases == ("orders",)


@pytest.mark.parametrize(
    ("name", "rank"),
    [
        ("docker-compose.override.yml", 30),
        ("docker-compose.yml", 20),
        ("compose.yaml", 20),
        ("docker-compose.prod.yml", 10),
        ("docker-compose.dev.yml", 5),
        ("docker-compose-test.yml", FOR_TESTS),
        ("docker-compose.e2e.yaml", FOR_TESTS),
        ("docker-compose.latest.yml", 10),
        (".devcontainer/docker-compose.yml", 5),
        ("api/.ci/docker-compose.yml", 5),
        ("tests/docker-compose.yml", 5),
        ("latest/docker-compose.yml", 20),
        ("test-shop/docker-compose.yml", 20),
    ],
)
def test_compose_rank(read: Read, name: str, rank: int) -> None:
    assert _compose(read, "services: {a: {image: x}}", name).processes[0].rank == rank


_WORKLOAD = """\
apiVersion: apps/v1
kind: {kind}
metadata:
  name: orders-deployment
spec:
  template:
    metadata:
      labels: {{app: orders}}
      annotations: {{dapr.io/app-id: orders-dapr}}
    spec:
      containers:
        - name: server
          image: acme/orders:1
          command: [python]
          args: [app.py]
          workingDir: /srv
          env:
            - {{name: TOPIC, value: "orders"}}
            - {{name: HOST, valueFrom: {{configMapKeyRef: {{name: shared, key: host}}}}}}
            - {{name: KEY, valueFrom: {{secretKeyRef: {{name: s, key: k}}}}}}
          envFrom:
            - {{prefix: P_, configMapRef: {{name: shared}}}}
            - secretRef: {{name: s}}
        - {{name: daprd, image: daprio/daprd}}
---
apiVersion: v1
kind: ConfigMap
metadata: {{name: shared}}
data: {{host: db, n: 3}}
---
apiVersion: v1
kind: Service
metadata: {{name: orders-svc, namespace: shop}}
spec:
  selector: {{app: orders}}
  ports: [{{port: 80, targetPort: 8000}}, {{port: http}}]
"""


@pytest.mark.parametrize("kind", ["Deployment", "StatefulSet", "DaemonSet", "Job"])
def test_kubernetes(read: Read, kind: str) -> None:
    declared = read(kubernetes.READER, {"k8s/orders.yaml": _WORKLOAD.format(kind=kind)})
    (process,) = declared.processes
    assert (process.name, process.image, process.working_dir) == ("orders", "acme/orders:1", "/srv")
    assert (process.entrypoint, process.command) == (("python",), ("app.py",))
    assert process.aliases == ("orders-dapr", "orders-deployment")
    assert [(s.name, s.value, s.location.line) for s in process.environment] == [("TOPIC", "orders", 18)]
    assert process.references == (
        SettingReference("shared", key="host", variable="HOST"),
        SettingReference("secrets/s", key="k", variable="KEY"),
        SettingReference("shared", prefix="P_"),
    )
    (group,) = declared.groups
    assert {s.name: s.value for s in group.settings} == {"host": "db", "n": "3"}
    (host,) = declared.hosts
    assert [(a.host, a.port) for a in host.addresses] == [
        ("orders-svc", 80),
        ("orders-svc.shop", 80),
        ("orders-svc.shop.svc", 80),
        ("orders-svc.shop.svc.cluster.local", 80),
    ]


_TEMPLATE = """
kind: Template
metadata: {name: orders-template}
parameters:
- {name: APP, value: orders}
- {name: TOPIC, value: order.placed}
- {name: TAG, required: true}
objects:
- kind: CloudApp
  metadata: {name: "${APP}"}
  shared:
    web: &web {image: "registry/orders:${TAG}", args: [gunicorn, "--workers=${{TAG}}", "shop:app"]}
  spec:
    deployments:
    - name: web
      podSpec: *web
    - name: worker
      podSpec:
        initContainers: [{name: wait, image: registry/orders, args: [./wait.py]}]
        <<: *web
        args: [./worker.py]
        env: [{name: TOPIC, value: "${TOPIC}"}]
    - {name: bare, podSpec: {image: nothing-to-run}}
- kind: Service
  metadata: {name: other}
  spec: {image: no, args: [no]}
"""


def test_templates_with_parameters_and_resources_of_other_kinds(read: Read) -> None:
    web, worker = read(kubernetes.READER, {"deploy/app.yaml": _TEMPLATE}).processes
    assert (web.name, web.aliases, web.command) == ("web", ("orders-web",), ("gunicorn", "--workers=${{TAG}}", "shop:app"))
    assert (worker.name, worker.image, worker.command) == ("worker", "registry/orders:${TAG}", ("./worker.py",))
    assert [(s.name, s.value) for s in worker.environment] == [("TOPIC", "order.placed")]


@pytest.mark.parametrize("kind", ["CustomResourceDefinition", "Secret", "ConfigMap"])
def test_resources_that_hold_no_containers(read: Read, kind: str) -> None:
    body = f"kind: {kind}\nmetadata: {{name: x}}\nspec: {{deployments: [{{name: a, image: b, args: [c]}}]}}\n"
    assert read(kubernetes.READER, {"x.yaml": body}).processes == ()


def test_kubernetes_cron_job_pod_and_list(read: Read) -> None:
    body = """\
apiVersion: v1
kind: List
items:
  - kind: CronJob
    metadata: {name: nightly}
    spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: a}]}}}}}
  - kind: Pod
    metadata: {name: one-pod}
    spec: {containers: [{name: a, image: a}, {name: b, image: b}]}
"""
    assert [p.name for p in read(kubernetes.READER, {"x.yaml": body}).processes] == ["nightly", "a", "b"]


def test_kustomize_generators_are_groups(read: Read) -> None:
    declared = read(
        kustomize.READER,
        {"kustomization.yaml": "kind: Kustomization\nconfigMapGenerator:\n- name: shared\n  literals: [A=1, B=x=y]\n"},
    )
    assert [(g.name, [(s.name, s.value) for s in g.settings]) for g in declared.groups] == [("shared", [("A", "1"), ("B", "x=y")])]


def test_a_manifest_that_cannot_be_read_is_a_diagnostic_and_the_others_count(read: Read) -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: x, env: [{name: A, value: b}]}]}\n"
    body = f"{pod}---\napiVersion: v1\nkind: Pod\nmetadata: [\n--- # third\n{pod}"
    declared = read(kubernetes.READER, {"x.yaml": body})
    assert [(str(d.location), d.message.partition(" (")[0]) for d in declared.diagnostics] == [
        ("x.yaml:6", "manifest cannot be read")
    ]
    assert [(str(p.location), str(p.environment[0].location)) for p in declared.processes] == [
        ("x.yaml:3", "x.yaml:4"), ("x.yaml:12", "x.yaml:13"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", ["Role", "CustomResourceDefinition", "'Secret'"])
def test_kinds_that_state_nothing_are_not_even_parsed(read: Read, kind: str) -> None:
    assert read(kubernetes.READER, {"x.yaml": f"apiVersion: v1\nkind: {kind}\nrules: [\n"}) == Declarations()


@pytest.mark.parametrize(
    "body",
    [
        "kind: Deployment\nmetadata: {name: {{ .Values.name }}}\n",
        "{{- if .Values.x }}\nkind: Deployment\n{{- end }}\n",
        "kind: Deployment\nmetadata: {name: '{{ x }}'}\nspec: {template: {spec: {containers: [{name: a}]}}}\n",
        "kind: Service\nmetadata: {name: x}\n",
        "kind: Ingress\nmetadata: {name: x}\n",
        "apiVersion: v1\nkind: Service\nmetadata: {name: x}\nspec: {ports: [{port: 80}]}\n",
        "kind: [a\n",
        "foo: bar\n",
        "",
    ],
)
def test_manifests_without_processes_are_silent(read: Read, body: str) -> None:
    assert read(kubernetes.READER, {"templates/x.yaml": body}) == Declarations()


def test_dapr(read: Read) -> None:
    body = (
        "version: 1\n"
        "common: {env: {B: c}}\n"
        "apps:\n"
        "  - appID: shop\n"
        "    appDirPath: ./shop/\n"
        "    appPort: 6001\n"
        "    command: [python3, app.py]\n"
        "    env: {A: 1}\n"
        "  - appDirPath: ../out\n"
        "  - appDirPath: carts\n"
    )
    shop, carts = read(dapr.READER, {"dapr.yaml": body}).processes
    assert (shop.name, shop.folder, shop.command) == ("shop", "shop", ("python3", "app.py"))
    assert [(s.name, s.value) for s in shop.environment] == [("A", "1"), ("B", "c")]
    assert {(a.host, a.port) for a in shop.addresses} >= {("localhost", 6001)}
    assert (carts.name, carts.folder, carts.addresses) == ("carts", "carts", ())


@pytest.mark.parametrize("body", ["apps: text", "apps: [1]", "apps: [", "applications: []", "apps: [{name: x}]"])
def test_other_files_with_apps(read: Read, body: str) -> None:
    assert read(dapr.READER, {"x.yaml": body}) == Declarations()


def test_skaffold(read: Read) -> None:
    body = (
        "build:\n"
        "  artifacts:\n"
        "  - image: shop\n"
        "    context: src/shop\n"
        "    docker: {dockerfile: D, buildArgs: {A: b}}\n"
        "  - image: java\n"
        "    context: src/java\n"
        "    jib: {}\n"
    )
    shop, java = read(skaffold.READER, {"skaffold.yaml": body}).images
    assert (shop.reference, shop.build) == ("shop", Build("src/shop", "src/shop/D", (("A", "b"),)))
    assert java.build == Build("src/java")
    assert read(skaffold.READER, {"skaffold.yaml": "build: ["}) == Declarations()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("docker_build('shop', 'src/shop')", [("shop", Build("src/shop"))]),
        (
            "docker_build(ref='shop', context='.', dockerfile='docker/D', build_args={'S': 'a'})",
            [("shop", Build(".", "docker/D", (("S", "a"),)))],
        ),
        ("for n in ['a', 'b']:\n  docker_build('x-%s' % n, 'src/' + n)", [("x-a", Build("src/a")), ("x-b", Build("src/b"))]),
        ("n = 'a'\nif True:\n  docker_build('x-{}'.format(n), f'src/{n}')", [("x-a", Build("src/a"))]),
        ("docker_build(name(), '.')", []),
        ("docker_build('x', '../out')", []),
        ("k8s_yaml('x.yaml')", []),
        ("load('ext://x', 'y'", []),
        ("docker_build('a' " + "+ 'a'" * 5000 + ", '.')", []),
    ],
)
def test_tilt(read: Read, body: str, expected: list[tuple[str, Build]]) -> None:
    assert [(i.reference, i.build) for i in read(tilt.READER, {"Tiltfile": body}).images] == expected


@pytest.mark.parametrize("name", ["Procfile", "procfile"])
def test_procfile(read: Read, name: str) -> None:
    declared = read(
        procfile.READER,
        {f"shop/{name}": "# c\nweb: gunicorn app:app\nrelease: migrate\nworker:\tcelery -A x worker\n\nnonsense\n"},
    )
    assert [(p.name, p.folder, p.command[-1], p.location.line) for p in declared.processes] == [
        ("web", "shop", "gunicorn app:app", 2),
        ("worker", "shop", "celery -A x worker", 4),
    ]


@pytest.mark.parametrize(
    ("path", "matches"),
    [
        ("Dockerfile", True),
        ("a/Dockerfile.worker", True),
        ("worker.dockerfile", True),
        ("Containerfile", True),
        ("Dockerfile-prod", True),
        ("dockerfiles.md", False),
        ("Dockerfiles/readme", False),
    ],
)
def test_names_of_dockerfiles(path: str, matches: bool) -> None:
    assert dockerfile.READER.matches(path) is matches


@pytest.mark.parametrize(("body", "count"), [("FROM x\nCMD y", 1), ("hello", 0), ("", 0)])
def test_dockerfiles_have_a_base(read: Read, body: str, count: int) -> None:
    assert len(read(dockerfile.READER, {"Dockerfile": body}).recipes) == count


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("A=1", "1"),
        ("export A = x y ", "x y"),
        ("A='single $B # not'", "single $B # not"),
        ('A="double ${B:-d}\\n"', "double d\n"),
        ("A=x # comment", "x"),
        ("A=x#y", "x#y"),
        ("A=", ""),
        ("A=# comment", ""),
        ("A=$NONE", None),
        ("#A=1", None),
        ("A", None),
        ("1A=1", None),
        ("A: 1", None),
    ],
)
def test_dotenv_lines(read: Read, line: str, value: str | None) -> None:
    declared = read(dotenv.READER, {".env": line})
    found = {s.name: s.value for group in declared.settings for s in group.settings}
    assert found.get("A") == value


@pytest.mark.parametrize(
    ("path", "rank"),
    [
        (".env", 3),
        (".flaskenv", 3),
        ("a/.env.local", 2),
        ("dev.env", 2),
        (".env.example", 0),
        ("example.env", 0),
        (".env.sample", 0),
        (".env-dist", 0),
    ],
)
def test_dotenv_rank(read: Read, path: str, rank: int) -> None:
    (found,) = read(dotenv.READER, {path: "A=1"}).settings
    assert found.rank == rank


@pytest.mark.parametrize("path", [".env.test", "test.env", "environment.py", "env", ".envrc.py", ".environment"])
def test_other_files_are_no_dotenv(path: str) -> None:
    assert not dotenv.READER.matches(path)


@pytest.mark.parametrize(
    ("path", "body", "expected"),
    [
        (
            "pyproject.toml",
            "[project]\nname='shop'\ndescription='Sells'\n[project.scripts]\nshop='shop.cli:main'",
            ("shop", "Sells", (("shop", "shop.cli:main"),)),
        ),
        (
            "pyproject.toml",
            "[tool.poetry]\nname='shop'\n[tool.poetry.scripts]\nx='shop:run'\ny={reference='z'}",
            ("shop", "", (("x", "shop:run"),)),
        ),
        (
            "setup.cfg",
            "[metadata]\nname = shop\n[options.entry_points]\nconsole_scripts =\n  a = shop.a:main\n  b = shop.b:main\n",
            ("shop", "", (("a", "shop.a:main"), ("b", "shop.b:main"))),
        ),
        (
            "setup.py",
            "from setuptools import setup\nsetup(name='shop', entry_points={'console_scripts': ['a = shop:main']})",
            ("shop", "", (("a", "shop:main"),)),
        ),
        ("setup.py", "import setuptools\nN = 'shop'\nsetuptools.setup(name=N, description='x'.join(y))", ("shop", "", ())),
        ("pyproject.toml", "[tool.black]\nline-length=1", None),
        ("pyproject.toml", "[project", None),
        ("pyproject.toml", "project = 3", None),
        ("setup.cfg", "[flake8]\nx = 1", None),
        ("setup.cfg", "no section", None),
        ("setup.py", "setup(**config)", None),
        ("setup.py", "setup(name=", None),
    ],
)
def test_packaging(read: Read, path: str, body: str, expected: tuple[str, str, Any] | None) -> None:
    found = read(packaging.READER, {path: body}).distributions
    assert [(d.name, d.description, d.scripts) for d in found] == ([expected] if expected else [])


def test_script_files_lead_to_what_they_import(read: Read) -> None:
    files = {
        "shop/setup.py": "setup(name='shop', scripts=['bin/shop-worker', 'bin/none'])",
        "shop/bin/shop-worker": "#!/usr/bin/env python\nimport sys\nfrom shop.cmd import worker\n",
    }
    (found,) = read(packaging.READER, files).distributions
    assert found.scripts == (("shop-worker", "shop.cmd.worker:main"),)


@pytest.mark.parametrize(
    ("line", "ports"),
    [
        ("cd inventory && uvicorn main:app --port 8001", [(8001, True)]),
        ("| inventory | 8001 |", [(8001, False)]),
        ("inventory: http://localhost:8001/docs", [(8001, False)]),
        ("The inventory listens on port 8001.", [(8001, False)]),
        ("gunicorn -b 0.0.0.0:8001 app", [(8001, True)]),
        ("from 8001 to 8002", []),
        ("localhost:8001 and localhost:8002", []),
        ("redis on localhost:6379", []),
        ("dapr run --app-id inventory --dapr-http-port 3501 -- npm start", []),
        ("dapr run --app-id inventory --app-port 8001 --dapr-http-port 3501 -- npm start", [(8001, True)]),
        ("the sidecar answers at localhost:3500/v1.0/metadata", []),
        ("in 2024 we", []),
    ],
)
def test_notes(read: Read, line: str, ports: list[tuple[int, bool]]) -> None:
    found = read(notes.READER, {"README.md": line}).notes
    assert [(n.port, n.started) for n in found] == ports


def test_notes_remember_the_folder_that_was_entered(read: Read) -> None:
    first, second = read(
        notes.READER, {"Makefile": "a:\n\tcd orders\n\tuvicorn main:app --port 8001\n\nb:\n\tuvicorn main:app --port 8002\n"}
    ).notes
    assert "orders" in first.words
    assert "orders" not in second.words


@given(st.text(max_size=200))
def test_no_reader_fails_on_any_text(body: str) -> None:
    for module, path in (
        (compose, "docker-compose.yml"),
        (kubernetes, "k.yaml"),
        (dapr, "dapr.yaml"),
        (skaffold, "skaffold.yaml"),
        (tilt, "Tiltfile"),
        (procfile, "Procfile"),
        (dockerfile, "Dockerfile"),
        (dotenv, ".env"),
        (packaging, "setup.cfg"),
        (packaging, "setup.py"),
        (notes, "README"),
    ):
        for prefix in ("", "services:\n", "kind: ", "apps:\n"):
            module.READER.read(DescriptorFile(path, (prefix + body).encode(), lambda _: None))


@pytest.mark.parametrize(
    ("env_file", "expected"),
    [
        ("one.env", {"A": "1", "B": "1"}),
        ("[one.env, two.env]", {"A": "1", "B": "2"}),
        ("[two.env, {path: one.env, required: true}]", {"A": "1", "B": "1"}),
        ("[{path: one.env}, two.env, {path: gone.env, required: false}]", {"A": "1", "B": "2"}),
        ("{path: one.env}", {"A": "1", "B": "1"}),
        ("[{required: false}]", {}),
    ],
)
def test_the_last_of_several_env_files_holds(read: Read, env_file: str, expected: dict[str, str]) -> None:
    files = {"docker-compose.yml": f"services: {{a: {{image: x, env_file: {env_file}}}}}", "one.env": "A=1\nB=1", "two.env": "B=2"}
    (process,) = read(compose.READER, files).processes
    assert {s.name: s.value for s in reversed(process.fallbacks)} == expected


@pytest.mark.parametrize(
    ("configs", "expected"),
    [
        ("[app]", [Mount("conf/app.yml", "/app")]),
        ("[{source: app, target: /etc/app.yml}]", [Mount("conf/app.yml", "/etc/app.yml")]),
        ("[text, outer, unknown]", []),
        ("app", []),
        ("[{target: /x}]", []),
    ],
)
def test_configs_are_files_of_the_container(read: Read, configs: str, expected: list[Mount]) -> None:
    stated = "configs: {app: {file: ./conf/app.yml}, text: {content: x}, outer: {external: true}}\n"
    files = {"compose.yml": f"services: {{a: {{build: ., configs: {configs}}}}}\n{stated}", "conf/app.yml": "a: b"}
    assert [*read(compose.READER, files).processes[0].mounts] == expected


BOTH = {"TOPIC": "ours", "DEFAULT": "m"}
INCLUDED = "services: {bills: {build: ./bills, environment: {TOPIC: '${TOPIC}', DEFAULT: '${OTHER:-usual}'}}}"


@pytest.mark.parametrize(
    ("include", "expected"),
    [
        ("[{path: team/compose.yml, env_file: team.env}]", ("team", "team/bills", {"TOPIC": "ours", "DEFAULT": "usual"})),
        ("[{path: [team/compose.yml], project_directory: .}]", ("team", "bills", {"TOPIC": "all", "DEFAULT": "usual"})),
        (
            "[{path: '${TEAM}/compose.yml', env_file: [team.env, more.env]}]",
            ("team", "team/bills", {"TOPIC": "ours", "DEFAULT": "m"}),
        ),
        ("[team/compose.yml]", None),
        ("[{path: team/compose.yml}]", None),
        ("[{path: ../out.yml, env_file: team.env}]", None),
        ("[{env_file: team.env}]", None),
        ("{path: team/compose.yml, env_file: team.env}", None),
    ],
)
def test_what_include_says_of_a_file(read: Read, include: str, expected: tuple[str, str, dict[str, str]] | None) -> None:
    files = {
        "compose.yml": f"include: {include}\nservices: {{a: {{image: x}}}}\n",
        "team/compose.yml": INCLUDED,
        ".env": "TEAM=team\nTOPIC=all",
        "team.env": "TOPIC=ours",
        "more.env": "OTHER=m",
        "bills/Dockerfile": "FROM x",
        "team/bills/Dockerfile": "FROM x",
    }
    found = [p for p in read(compose.READER, files).processes if p.name == "bills"]
    shown = [(p.scope, p.build.context, {s.name: s.value for s in p.environment}) for p in found if p.build is not None]
    assert shown == ([expected] if expected else [])

"""Subscriptions that only a deployment file declares become interactions at their own lines, with the endpoint as handler."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config

APP = "from flask import Flask\napp = Flask(__name__)\n@app.post('/in')\ndef on_order(): ...\n"
HEAD = "apiVersion: dapr.io/v2alpha1\nkind: Subscription\n"


def _found(root: Path, resource: str) -> list[tuple[str, str | None, str | None, str]]:
    for path, text in {"shop/app.py": APP, "shop/requirements.txt": "", "wires/x.yaml": resource}.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text)
    return _subscriptions(root)


def _subscriptions(root: Path) -> list[tuple[str, str | None, str | None, str]]:
    sites = analyse(root, Config(), Settings(workers=1)).flow.interactions
    return [(i.service, i.channel, i.handler and i.handler.name, str(i.location)) for i in sites if i.role == "subscribe"]


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (f"{HEAD}spec: {{topic: t, route: /in}}\nscopes: [shop]\n", [("shop", "t", "on_order", "wires/x.yaml:3")]),
        (f"{HEAD}spec:\n  topic: t\n  routes: {{default: /in}}\nscopes:\n- shop\n", [("shop", "t", "on_order", "wires/x.yaml:4")]),
        (f"{HEAD}spec: {{topic: t, route: /in}}\n", [("shop", "t", "on_order", "wires/x.yaml:3")]),
        (f"{HEAD}spec: {{topic: t, route: /elsewhere}}\nscopes: [shop]\n", [("shop", "t", None, "wires/x.yaml:3")]),
        (f"{HEAD}spec: {{topic: t, route: /elsewhere}}\n", []),
        (f"{HEAD}spec: {{topic: t, route: /in}}\nscopes: [other]\n", []),
        (f"{HEAD}spec: {{route: /in}}\nscopes: [shop]\n", []),
        ("apiVersion: v1\nkind: Subscription\nspec: {topic: t, route: /in}\nscopes: [shop]\n", []),
        ("kind: Subscription\nspec: {topic: [}\n", []),
    ],
)
def test_a_subscription_resource(tmp_path: Path, resource: str, expected: list[tuple[str, str, str | None, str]]) -> None:
    assert _found(tmp_path, resource) == expected


BINDINGS = 'callback = "shop.work:Consumer"\n[[bindings]]\nexchange = "e"\nrouting_keys = ["k"]\n'
CLASS = "class Consumer:\n    def __call__(self, message): ...\n"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"shop/work.py": CLASS}, ["Consumer.__call__"]),
        ({"shop/work/__init__.py": "from .inner import Consumer\n", "shop/work/inner.py": CLASS}, ["Consumer.__call__"]),
        ({"shop/work.py": "from shop.other import run as Consumer\n", "shop/other.py": "def run(message): ...\n"}, ["run"]),
        ({"shop/work.py": "from library import Consumer\n"}, []),
        ({"shop/work.py": "Consumer = 3\n"}, []),
        ({"shop/work.py": ""}, []),
    ],
)
def test_a_handler_that_a_file_names_may_be_imported_there(tmp_path: Path, files: dict[str, str], expected: list[str]) -> None:
    for path, text in {**files, "shop/__init__.py": "", "config.toml": BINDINGS, "requirements.txt": "fedora-messaging"}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / path).write_text(text)
    assert [name for _, _, name, _ in _subscriptions(tmp_path)] == expected


SCRIPT = """from google.cloud import pubsub_v1
sub = pubsub_v1.SubscriberClient()
sub.create_subscription(name="s", topic="projects/p/topics/t", push_config={"push_endpoint": "http://x%s"})
"""


@pytest.mark.parametrize(
    ("route", "apps", "expected"),
    [
        ("/in", ("shop",), [("shop", "t", "on_order", "setup/make.py:3")]),
        ("/in", ("shop", "stock"), [("setup", "t", None, "setup/make.py:3")]),
        ("/elsewhere", ("shop",), [("setup", "t", None, "setup/make.py:3")]),
        ("", ("shop",), [("setup", "t", None, "setup/make.py:3")]),
    ],
)
def test_an_endpoint_that_code_names(
    tmp_path: Path, route: str, apps: tuple[str, ...], expected: list[tuple[str, str, str | None, str]]
) -> None:
    texts = {f"{app}/{file}": text for app in apps for file, text in (("app.py", APP), ("requirements.txt", ""))}
    for path, text in {**texts, "setup/make.py": SCRIPT % route, "setup/requirements.txt": ""}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    assert _subscriptions(tmp_path) == expected


LABEL = "import azure.functions as func\ndef main(msg, out: func.Out[str]):\n    return msg\n"
BOUND = (
    '{"bindings": [\n{"type": "serviceBusTrigger", "queueName": "%LABELS%"},\n'
    '{"type": "queue", "direction": "out", "queueName": "prints"},\n'
    '{"type": "eventGrid", "direction": "out", "topicEndpointUri": "GRID"},\n{"type": "httpTrigger", "methods": ["get"]}]}\n'
)
TOPICS = """
resource "azurerm_eventgrid_topic" "parcels" { name = "parcels" }
resource "azurerm_servicebus_queue" "labels" { name = "labels" }
resource "azurerm_eventgrid_event_subscription" "s" {
  scope                         = azurerm_eventgrid_topic.parcels.id
  service_bus_queue_endpoint_id = azurerm_servicebus_queue.labels.id
}
resource "azurerm_linux_function_app" "print" {
  app_settings = {
    LABELS = azurerm_servicebus_queue.labels.name
    GRID   = azurerm_eventgrid_topic.parcels.endpoint
  }
  zip_deploy_file = data.archive_file.print.output_path
}
data "archive_file" "print" { source_dir = "../print" }
"""


def _write(root: Path, files: dict[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def test_the_bindings_of_a_function_and_the_way_into_its_queue(tmp_path: Path) -> None:
    files = {
        "print/host.json": "{}",
        "print/Label/__init__.py": LABEL,
        "print/Label/function.json": BOUND,
        "infra/main.tf": TOPICS,
    }
    graph = analyse(_write(tmp_path, files), Config(), Settings(workers=1))
    assert [
        (i.role.value, i.transport, i.channel or i.operation, i.group, i.handler and i.handler.name, i.location.line)
        for i in graph.flow.interactions
    ] == [
        ("subscribe", "eventgrid", "parcels", "labels", "main", 2),
        ("publish", "storagequeue", "prints", None, None, 3),
        ("publish", "eventgrid", "parcels", None, None, 4),
        ("serve", "http", "GET /api/Label", None, "main", 5),
    ]
    trigger, queued, published, served = graph.flow.interactions
    assert set(queued.triggers) == set(published.triggers) == {trigger.id, served.id}
    assert [str(e.location) for e in trigger.evidence] == ["infra/main.tf:6"]
    assert [(e.source, e.channel, e.target) for e in graph.flow.edges] == [("print", "parcels", "print")]


def test_a_binding_whose_setting_nobody_gives_is_a_blind_spot(tmp_path: Path) -> None:
    files = {"print/host.json": "{}", "print/Label/__init__.py": LABEL, "print/Label/function.json": BOUND}
    sites = analyse(_write(tmp_path, files), Config(), Settings(workers=1)).flow.interactions
    assert [i.unresolved for i in sites if i.unresolved] == [
        "environment variable `LABELS`, which no deployment file sets",
        "environment variable `GRID`, which no deployment file sets",
    ]


@pytest.mark.parametrize(
    ("files", "channel"),
    [
        ({"compose.yml": "services: {shop: {build: shop, env_file: shop/.env}}\n", "shop/.env.sample": "Q=CHANGE_ME\n"}, "orders"),
        ({"compose.yml": "services: {shop: {build: shop, environment: {Q: mine}}}\n"}, "mine"),
        ({"shop/.env": "Q=local\n"}, "orders"),
        ({"shop/.env.sample": "Q=CHANGE_ME\n"}, "orders"),
    ],
)
def test_a_sample_yields_to_every_deployment(tmp_path: Path, files: dict[str, str], channel: str) -> None:
    app = "import os\nfrom kafka import KafkaProducer\nif __name__ == '__main__':\n    KafkaProducer().send(os.environ['Q'])\n"
    infra = (
        'resource "aws_lambda_function" "f" {\n  environment {\n    variables = { Q = "orders" }\n  }\n'
        '  source_code_hash = filesha256("../shop/main.py")\n}\n'
    )
    whole = {"shop/main.py": app, "shop/requirements.txt": "", "shop/Dockerfile": "FROM python\nCMD python main.py\nCOPY . .\n"}
    sites = analyse(_write(tmp_path, {**whole, "infra/main.tf": infra, **files}), Config(), Settings(workers=1)).flow.interactions
    assert [i.channel for i in sites] == [channel]


FUNCTION = "import functions_framework\n@functions_framework.cloud_event\ndef take(event): ...\n"
DEPLOY = "gcloud functions deploy take --source shop --trigger-topic=%s\n"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (DEPLOY % "t", [("shop", "t", "take", "wires/deploy.sh:1")]),
        (
            DEPLOY.replace("deploy take", "deploy other") % "t",
            [("shop", None, "take", "shop/main.py:2"), ("shop", "t", None, "wires/deploy.sh:1")],
        ),
        (DEPLOY % "$UNKNOWN", [("shop", None, "take", "shop/main.py:2")]),
    ],
)
def test_a_function_whose_trigger_a_script_names(
    tmp_path: Path, script: str, expected: list[tuple[str, str | None, str | None, str]]
) -> None:
    for path, text in {"shop/main.py": FUNCTION, "shop/requirements.txt": "", "wires/deploy.sh": script}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    assert sorted(_subscriptions(tmp_path), key=str) == sorted(expected, key=str)


STACK = """
Parameters: {Open: {Type: String}}
Resources:
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  News: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
  Fed: {Type: AWS::SNS::Subscription, Properties: {Protocol: sqs, TopicArn: %s, Endpoint: !GetAtt Jobs.Arn}}
  Take:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.take
      Runtime: python3.12
      Events: {E: {Type: SQS, Properties: {Queue: %s}}}
"""


@pytest.mark.parametrize(
    ("topic", "queue", "expected"),
    [
        ("!Ref News", "!GetAtt Jobs.Arn", [("news", "certain")]),
        ("!Ref Open", "!GetAtt Jobs.Arn", [("Open", "guess")]),
        ("!Ref News", "!Ref Open", [("Open", "guess")]),
        ("!Sub 'arn:aws:sns:a:1:${AWS::Region}-news'", "!GetAtt Jobs.Arn", [("{}-news", "derived")]),
        ("!Ref News", "!Sub 'arn:aws:sqs:a:1:${AWS::Region}-jobs'", [("{}-jobs", "derived")]),
    ],
)
def test_how_sure_a_subscription_is(tmp_path: Path, topic: str, queue: str, expected: list[tuple[str, str]]) -> None:
    for path, text in {"shop/src/app.py": "def take(event, context): ...\n", "shop/template.yaml": STACK % (topic, queue)}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    sites = analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions
    assert [(i.channel, i.confidence) for i in sites if i.role == "subscribe"] == expected


def test_functions_of_one_name_in_two_projects(tmp_path: Path) -> None:
    """Each queue goes to the function whose file its own configuration names."""
    function = (
        'resource "aws_lambda_function" "start" {{ \n  handler  = "{name}.start.run"\n'
        "  filename = data.archive_file.z.output_path\n}}\n"
        'data "archive_file" "z" {{ \n  source_dir = ".."\n}}\nresource "aws_sqs_queue" "q" {{ \n  name = "{name}"\n}}\n'
        'resource "aws_lambda_event_source_mapping" "m" {{ \n  event_source_arn = aws_sqs_queue.q.arn\n'
        "  function_name = aws_lambda_function.start.arn\n}}\n"
    )
    files = {
        f"{name}/{path}": text
        for name in ("bills", "mail")
        for path, text in (
            ("infra/main.tf", function.format(name=name)),
            (f"{name}/start.py", "def run(event, context): ...\n"),
            ("setup.cfg", ""),
        )
    }
    assert [s[:3] for s in _subscriptions(_write(tmp_path, files))] == [("bills", "bills", "run"), ("mail", "mail", "run")]

"""Names that only whoever deploys knows: files of variables to be copied, and several services that are given one unknown value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config
from flowmap.descriptor_api import Declarations
from flowmap.project.readers import compose, dotenv

Read = Callable[..., Declarations]
WEB = "services: {web: {build: ., env_file: conf/web.env, environment: {TOPIC: '${TOPIC}', OTHER: '${OTHER:-usual}'}}}\n"


@pytest.mark.parametrize(
    "name",
    [
        ".env", ".env.example", ".env.sample", ".env-example", ".env_sample", "example.env", "sample.env", ".example.env",
        "env.example", ".env.dist", ".env.tmpl", ".env.defaults", "template.env",
    ],
)  # fmt: skip
def test_the_variables_of_a_compose_file_may_lie_in_a_file_to_be_copied(read: Read, name: str) -> None:
    (process,) = read(compose.READER, {"compose.yml": WEB, name: "TOPIC=orders\nOTHER=\n"}).processes
    assert {s.name: s.value for s in process.environment} == {"TOPIC": "orders", "OTHER": "usual"}


@pytest.mark.parametrize("name", [".env.production", "example.txt", "environment", ".envrc", "sample/.env", "test.env"])
def test_other_files_hold_no_variables_of_a_compose_file(read: Read, name: str) -> None:
    (process,) = read(compose.READER, {"compose.yml": WEB, name: "TOPIC=orders\n"}).processes
    assert {s.name: s.value for s in process.environment} == {"OTHER": "usual"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("conf/web.env", {"A": "1", "B": ""}),
        ("conf/web.env.example", {"A": "1"}),
        ("conf/web.example.env", {"A": "1"}),
        ("conf/web-sample.env", {"A": "1"}),
        ("conf/example.web.env", {"A": "1"}),
        ("conf/api.env.example", {}),
        ("web.env.example", {}),
    ],
)
def test_a_file_of_variables_may_be_one_to_be_copied(read: Read, name: str, expected: dict[str, str]) -> None:
    (process,) = read(compose.READER, {"compose.yml": WEB, name: "A=1\nB=\n"}).processes
    assert {s.name: s.value for s in process.fallbacks} == expected


@pytest.mark.parametrize(
    ("name", "line", "given"),
    [
        (".env.example", "MAIL_URL=YOUR_MAIL_SERVICE_URL_HERE", False),
        (".env.sample", "MAIL_API_ENDPOINT=<your endpoint>", False),
        (".env.example", "MAIL_HOST=your-mail-host", False),
        (".env.example", "MAIL_URL=changeme", False),
        (".env.example", "MAIL_URL=http://mail:8000", True),
        (".env.example", "MAIL_HOST=mail", True),
        (".env.example", "QUEUE_URL=your-queue", True),
        (".env.example", "MAIL_TOPIC=YOUR_TOPIC_HERE", True),
        (".env", "MAIL_URL=YOUR_MAIL_SERVICE_URL_HERE", True),
    ],
)
def test_an_address_that_somebody_is_to_fill_in_is_none(read: Read, name: str, line: str, given: bool) -> None:
    web = "services: {web: {build: ., env_file: .env}}\n"
    (process,) = read(compose.READER, {"compose.yml": web, name: line}).processes
    assert bool(process.fallbacks) is given
    assert bool(read(dotenv.READER, {name: line}).settings) is given


@pytest.mark.parametrize(
    ("name", "others", "names"),
    [
        ("docker-compose.yml.sample", (), ["web"]),
        ("deploy/compose.yaml.example", (), ["web"]),
        ("docker-compose.yml.dist", ("docker-compose.yml",), []),
    ],
)
def test_a_compose_file_may_be_one_to_be_copied(read: Read, name: str, others: tuple[str, ...], names: list[str]) -> None:
    assert [p.name for p in read(compose.READER, {name: WEB, **dict.fromkeys(others, WEB)}).processes] == names


@pytest.mark.parametrize("name", ["docker-compose.yml.bak", "values.yml.sample", "compose.sample", "docker-compose.yml.sample.md"])
def test_other_copies_are_no_compose_files(name: str) -> None:
    assert not compose.READER.matches(name)


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("conf/web.ini", "conf/web.ini"),
        ("conf/web.ini.sample", "conf/web.ini.sample"),
        ("conf/web.ini/a.ini", "conf/web.ini"),
        ("conf/api.ini.sample", "conf/web.ini"),
    ],
)
def test_a_mounted_file_may_be_one_to_be_copied(read: Read, name: str, source: str) -> None:
    mounting = "services: {web: {build: ., volumes: ['./conf/web.ini:/etc/web.ini:ro']}}\n"
    (process,) = read(compose.READER, {"compose.yml": mounting, name: "[a]"}).processes
    assert [(m.source, m.target) for m in process.mounts] == [(source, "/etc/web.ini")]


SENDS = "import os\nfrom kafka import KafkaProducer\nKafkaProducer().send(os.environ['OUT'], b'')\n"
TAKES = "import os\nfrom kafka import KafkaConsumer\nfor m in KafkaConsumer(os.getenv('IN')): ...\n"
BOTH = "services:\n  sender: {build: sender, environment: {OUT: %s}}\n  taker: {build: taker, environment: {IN: %s}}\n"
POD = (
    "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {0}}}\nspec: {{template: {{spec: {{containers: [{{name: {0}, "
    "image: {0}, env: [{{name: {1}, valueFrom: {{secretKeyRef: {{name: bus, key: {2}}}}}}}]}}]}}}}}}\n"
)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"compose.yml": BOTH % ("'${TOPIC}'", "$TOPIC")}, ["${TOPIC}", "${TOPIC}"]),
        ({"compose.yml": BOTH % ("'${TOPIC:?must be set}'", "$TOPIC")}, [None, None]),
        ({"compose.yml": BOTH % ("'${TOPIC}'", "'${OTHER}'")}, [None, None]),
        ({"compose.yml": BOTH % ("'${TOPIC}-v1'", "'${TOPIC}-v1'")}, [None, None]),
        ({"compose.yml": BOTH % ("'${TOPIC}'", "'${TOPIC}'"), ".env": "TOPIC=orders\n"}, ["orders", "orders"]),
        (
            {
                "a/compose.yml": "services: {sender: {build: ../sender, environment: {OUT: '${TOPIC}'}}}\n",
                "b/compose.yml": "services: {taker: {build: ../taker, environment: {IN: '${TOPIC}'}}}\n",
            },
            [None, None],
        ),
        ({"k8s/all.yaml": POD.format("sender", "OUT", "topic") + POD.format("taker", "IN", "topic")}, ["${secrets/bus.topic}"] * 2),
        ({"k8s/all.yaml": POD.format("sender", "OUT", "topic") + POD.format("taker", "IN", "other")}, [None, None]),
    ],
)
def test_services_that_are_given_one_value_meet(tmp_path: Path, files: dict[str, str], expected: list[str | None]) -> None:
    recipe = "FROM python:3.12\nCOPY . .\nCMD python main.py\n"
    code = {"sender/main.py": SENDS, "taker/main.py": TAKES, "sender/Dockerfile": recipe, "taker/Dockerfile": recipe}
    for path, text in {**code, **files}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    flow = analyse(tmp_path, Config(), Settings(workers=1)).flow
    assert [i.channel for i in sorted(flow.interactions, key=lambda i: i.service)] == expected
    assert len(flow.edges) == (1 if expected[0] else 0)


STORE = (
    'resource "aws_sqs_queue" "q" {\n  name = "orders"\n}\n'
    'resource "aws_ssm_parameter" "p" {\n  name  = "/shop/queue"\n  value = %s\n}\n'
)
ASKS = (
    "import boto3\nssm = boto3.client('ssm')\nURL = ssm.get_parameter(Name=%r)%s\n"
    "boto3.client('sqs').send_message(QueueUrl=URL, MessageBody='x')\n"
)
VALUE = "['Parameter']['Value']"


@pytest.mark.parametrize(
    ("name", "taken", "value", "expected"),
    [
        ("/shop/queue", VALUE, "aws_sqs_queue.q.url", "orders"),
        ("/shop/queue", VALUE, '"kept"', "kept"),
        ("/shop/other", VALUE, "aws_sqs_queue.q.url", None),
        ("/shop/queue", VALUE, "var.unknown", None),
        ("/shop/queue", "['ResponseMetadata']", "aws_sqs_queue.q.url", None),
    ],
)
def test_entries_of_the_parameter_store(tmp_path: Path, name: str, taken: str, value: str, expected: str | None) -> None:
    """What Terraform puts into the store is what code that asks for it gets."""
    files = {"infra/main.tf": STORE % value, "shop/main.py": ASKS % (name, taken), "shop/requirements.txt": "boto3\n"}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    sites = analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions
    assert [i.channel for i in sites if i.role == "publish"] == [expected]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("    return store.get_parameter(Name=name)['Parameter']['Value']\n", ["bills", "orders"]),
        ("    answer = store.get_parameter(Name=name)\n    return answer['Parameter']['Value']\n", ["bills", "orders"]),
        ("    return store.get_parameter(Name=name)['ResponseMetadata']\n", [None, None]),
    ],
)
def test_a_function_of_ones_own_asks_the_store_for_what_its_callers_want(
    tmp_path: Path, body: str, expected: list[str | None]
) -> None:
    entry = 'resource "aws_ssm_parameter" "{0}" {{\n  name  = "/shop/{0}"\n  value = "{0}"\n}}\n'
    kept = entry.format("orders") + entry.format("bills")
    asks = "import boto3\nstore = boto3.client('ssm')\nqueues = boto3.client('sqs')\ndef setting(name):\n" + body
    sends = "".join(f"queues.send_message(QueueUrl=setting('/shop/{n}'), MessageBody='x')\n" for n in ("orders", "bills"))
    files = {"infra/main.tf": kept, "shop/main.py": asks + sends, "shop/requirements.txt": "boto3\n"}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    sites = analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions
    assert sorted((i.channel for i in sites if i.role == "publish"), key=str) == expected


SPELLED_OUT = (
    'resource "aws_sqs_queue" "q" {\n  name = "orders"\n}\n'
    'resource "aws_secretsmanager_secret" "s" {\n  name = "shop/${var.stage}/settings"\n}\n'
    'resource "aws_secretsmanager_secret_version" "v" {\n'
    "  secret_id     = aws_secretsmanager_secret.s.id\n  secret_string = %s\n}\n"
)
ENCODED = "jsonencode({ queue_url = aws_sqs_queue.q.url, open_url = var.open, jobs = [aws_sqs_queue.q.url] })"
WRITTEN = '<<EOT\n{"queue_url": "${aws_sqs_queue.q.id}"}\nEOT'
LOADS = (
    "import json, os\nimport boto3\nfrom house.config import Config\nclass Own(Config): ...\nclass Plain: ...\n"
    "def secret(name):\n    answer = boto3.client('secretsmanager').get_secret_value(SecretId=name)\n"
    "    return json.loads(answer['SecretString'])\n"
    "kept = secret(%s)\nboto3.client('sqs').send_message(QueueUrl=%s, MessageBody='x')\n"
)
NAMED, MINE = "f\"shop/{os.environ['STAGE']}/settings\"", "kept['queue_url']"
OTHER_STAGE = "'shop/live/settings'"
ARN = "'arn:aws:secretsmanager:eu-west-1:1:secret:shop/live/settings'"


@pytest.mark.parametrize(
    ("secret", "name", "taken", "expected"),
    [
        (ENCODED, NAMED, MINE, "orders"),
        (WRITTEN, NAMED, MINE, "orders"),
        (ENCODED, OTHER_STAGE, "kept.get('queue_url')", "orders"),
        (ENCODED, ARN, MINE, "orders"),
        (ENCODED, NAMED, "kept['jobs'][0]", "orders"),
        (ENCODED, NAMED, "Own().queue_url", "orders"),
        (ENCODED, NAMED, "Own().other_url", None),
        (ENCODED, NAMED, "Plain().queue_url", None),
        (ENCODED, NAMED, "kept['open_url']", None),
        (ENCODED, NAMED, "kept['missing']", None),
        (ENCODED, "'shop/settings'", MINE, None),
        (ENCODED, "f\"{os.environ['SECRET']}\"", MINE, None),
        ("var.unknown", NAMED, MINE, None),
        ('"no object"', NAMED, MINE, None),
    ],
)
def test_fields_of_secrets(tmp_path: Path, secret: str, name: str, taken: str, expected: str | None) -> None:
    """What Terraform writes into a secret as JSON is what code gets that parses it; unknown libraries have its fields."""
    files = {"infra/main.tf": SPELLED_OUT % secret, "shop/main.py": LOADS % (name, taken), "shop/requirements.txt": "boto3\n"}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    sites = analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions
    assert [i.channel for i in sites if i.role == "publish"] == [expected]

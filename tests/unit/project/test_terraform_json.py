"""Terraform's JSON form says what its own language says."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.project.readers.terraform import READER

Read = Callable[..., Declarations]

HCL = """
locals { name = "orders" }
variable "stage" { default = "prod" }
resource "aws_sqs_queue" "orders" { name = "${local.name}-${var.stage}" }
resource "aws_sns_topic" "placed" { name = "order-placed" }
resource "aws_sns_topic_subscription" "s" {
  topic_arn = aws_sns_topic.placed.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.orders.arn
}
resource "aws_lambda_function" "f" {
  filename      = data.archive_file.z.output_path
  function_name = "f"
  handler       = "main.handler"
  environment { variables = { Q = aws_sqs_queue.orders.url, N = 3, ON = true } }
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = aws_sqs_queue.orders.arn
  function_name    = aws_lambda_function.f.arn
}
data "archive_file" "z" { source_dir = "${path.module}/../src/f" }
"""
JSON = {
    "//": "a note",
    "locals": {"name": "orders"},
    "variable": {"stage": {"default": "prod"}},
    "resource": {
        "aws_sqs_queue": {"orders": {"name": "${local.name}-${var.stage}"}},
        "aws_sns_topic": {"placed": [{"//": "a note", "name": "order-placed"}]},
        "aws_sns_topic_subscription": {
            "s": {"topic_arn": "${aws_sns_topic.placed.arn}", "protocol": "sqs", "endpoint": "${aws_sqs_queue.orders.arn}"}
        },
        "aws_lambda_function": [
            {
                "f": {
                    "filename": "${data.archive_file.z.output_path}",
                    "function_name": "f",
                    "handler": "main.handler",
                    "environment": {"variables": {"Q": "${aws_sqs_queue.orders.url}", "N": 3, "ON": True}},
                }
            }
        ],
        "aws_lambda_event_source_mapping": {
            "m": {"event_source_arn": "${aws_sqs_queue.orders.arn}", "function_name": "${aws_lambda_function.f.arn}"}
        },
    },
    "data": {"archive_file": {"z": {"source_dir": "${path.module}/../src/f"}}},
}
CODE = {"src/f/main.py": "def handler(event, context): ...\n"}


def _said(found: Declarations) -> list[object]:
    """What is stated, without the lines."""
    processes = [(p.name, p.folder, sorted((s.name, s.value) for s in p.environment)) for p in found.processes]
    wires = [(w.transport, w.channel, w.handler, w.services, w.role) for w in found.wires]
    return [processes, wires, [(f.source, f.target) for f in found.forwards], found.diagnostics]


def test_both_forms_say_the_same(read: Read) -> None:
    own = _said(read(READER, {"infra/main.tf": HCL, **CODE}))
    assert all(own[:3])
    assert _said(read(READER, {"infra/main.tf.json": json.dumps(JSON, indent=1), **CODE})) == own


def test_both_forms_may_stand_side_by_side(read: Read) -> None:
    names = {"locals": {"name": "orders"}, "variable": {"stage": {"default": "prod"}}}
    rest = HCL.replace('locals { name = "orders" }', "").replace('variable "stage" { default = "prod" }', "")
    both = read(READER, {"infra/main.tf": rest, "infra/names.tf.json": json.dumps(names), **CODE})
    assert _said(both) == _said(read(READER, {"infra/main.tf": HCL, **CODE}))


def test_a_line_is_that_of_the_json(read: Read) -> None:
    text = json.dumps(JSON, indent=1)
    wires = read(READER, {"infra/main.tf.json": text, **CODE}).wires
    assert {text.splitlines()[w.location.line - 1].strip() for w in wires} == {'"event_source_arn": "${aws_sqs_queue.orders.arn}",'}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[1]", 1),
        ("{", 1),
        ('{"resource": {\n"aws_sqs_queue": {"q": {"name": "${a"}}}}', 2),
        ('{"a": ' * 200 + "1" + "}" * 200, 1),
        ("", 1),
    ],
)
def test_what_cannot_be_read_is_said(read: Read, text: str, line: int) -> None:
    found = read(READER, {"infra/main.tf.json": text})
    assert [str(d.location) for d in found.diagnostics] == [f"infra/main.tf.json:{line}"]


@pytest.mark.parametrize(
    "text", ['{"resource": 1}', '{"resource": {"aws_sqs_queue": "x"}}', '{"resource": {"aws_sqs_queue": {"q": [1, null]}}}', "{}"]
)
def test_what_states_nothing(read: Read, text: str) -> None:
    assert _said(read(READER, {"infra/main.tf.json": text})) == [[], [], [], ()]


def test_which_files() -> None:
    assert [p for p in ("a.tf", "a.tf.json", "a.json", "a.tfstate.json", "atf.json") if READER.matches(p)] == ["a.tf", "a.tf.json"]

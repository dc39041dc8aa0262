"""Terraform as a language: what expressions are worth, and that no file can make the reader fail, hang or grow."""

from __future__ import annotations

from contextlib import suppress

import pytest
from flowmap.project.terraform.evaluating import attribute
from flowmap.project.terraform.modules import Bounds, Module, source_of
from flowmap.project.terraform.parsing import parsed
from flowmap.project.terraform.scanning import HclError
from flowmap.project.terraform.values import UNKNOWN, Pointer, Value, filled, text
from hypothesis import given
from hypothesis import strategies as st

SETUP = """
variable "env" { default = "dev" }
variable "region" {}
locals {
  prefix = "shop-${var.env}"
  names  = { orders = { queue = "orders-q" }, bills = { queue = "bills-q" } }
  round  = local.trip
  trip   = local.round
}
resource "aws_sqs_queue" "orders" { name = "${local.prefix}-orders" }
resource "aws_sqs_queue" "nameless" {}
resource "aws_sqs_queue" "each" {
  for_each = local.names
  name     = each.value.queue
}
resource "aws_sns_topic" "news" { name = "news-${var.region}" }
resource "azurerm_eventgrid_topic" "t" { name = "grid" }
data "aws_sns_topic" "old" { name = "old-news" }
"""


def worth(expression: str, **files: str) -> Value:
    """What an output of the setup is worth."""
    body = parsed(f'{SETUP}\noutput "x" {{\n  value = {expression}\n}}\n', "infra/main.tf")
    source = source_of("infra", [body], {})
    look = {f"infra/{name}.txt": text.encode() for name, text in files.items()}.get
    return attribute(Module(source, {"infra": source}, look, Bounds()), "x")


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ('"plain"', "plain"),
        ("var.env", "dev"),
        ("local.prefix", "shop-dev"),
        ('"${var.region}-x"', "{}-x"),
        ("aws_sqs_queue.orders.name", "shop-dev-orders"),
        ("aws_sqs_queue.orders.url", "https://sqs.{}.amazonaws.com/{}/shop-dev-orders"),
        ("aws_sqs_queue.orders.arn", "arn:aws:sqs:{}:{}:shop-dev-orders"),
        ("aws_sqs_queue.orders[0].arn", "arn:aws:sqs:{}:{}:shop-dev-orders"),
        ("aws_sqs_queue.nameless.name", "nameless"),
        ('aws_sqs_queue.each["bills"].name', "bills-q"),
        ("aws_sns_topic.news.arn", "arn:aws:sns:{}:{}:news-{}"),
        ("data.aws_sns_topic.old.arn", "arn:aws:sns:{}:{}:old-news"),
        ("azurerm_eventgrid_topic.t.endpoint", "https://grid.{}.eventgrid.azure.net/api/events"),
        ('format("%s-%03d-%%", var.env, 7)', "dev-7-%"),
        ('join("/", ["a", var.env, var.region])', "a/dev/{}"),
        ('lower(replace("A-B", "-", "_"))', "a_b"),
        ('trimsuffix("orders.fifo", ".fifo")', "orders"),
        ('lookup({ dev = "d" }, var.env, "none")', "d"),
        ('coalesce("", null, "last")', "last"),
        ('try(var.region, "fallback")', "fallback"),
        ('merge({ a = "1" }, { a = "2" })["a"]', "2"),
        ("keys(local.names)[1]", "bills"),
        ('var.env == "dev" ? "yes" : "no"', "yes"),
        ('var.region != "" ? "given" : ""', "given"),
        ("[for k, v in local.names : v.queue][0]", "orders-q"),
        ('{ for k, v in local.names : v.queue => k }["bills-q"]', "bills"),
        ("values(aws_sqs_queue.each)[*].name", ("orders-q", "bills-q")),
        ('jsondecode("[{\\"a\\": \\"b\\"}]")[0].a', "b"),
        ("path.module", "infra"),
        ("true ? 1 : 2", 1),
        ("null", None),
        ('"$${not} %%{this}"', "${not} %{this}"),
        ('"a\\u0041\\n"', "aA\n"),
        ("<<-EOT\n    one ${var.env}\n    two\n  EOT", "one dev\ntwo\n"),
        ('file("${path.module}/note.txt")', "hello"),
        ('templatefile("${path.module}/form.txt", { who = var.env })', "for dev: {}"),
    ],
)
def test_a_value(expression: str, expected: object) -> None:
    found = worth(expression, note="hello", form="for ${who}: ${join(1)}")
    assert (text(found) if isinstance(found, Pointer) else found) == expected


@pytest.mark.parametrize(
    "expression",
    [
        "var.region", "var.missing", "local.missing", "local.round", "module.none.x", "aws_sqs_queue.none.url", "each.key",
        "count.index", "self.x", "data.aws_region.x.y", "unheard(1)", "1 + 2", "var.region == var.env", "[1][5]", "format(1)",
        "jsondecode(\"{\")", 'file("../../etc/passwd")', 'file("/etc/passwd")', "aws_sns_topic.news.owner.x",
    ],
)  # fmt: skip
def test_what_nobody_can_tell(expression: str) -> None:
    assert filled(worth(expression)) == "{}"


@pytest.mark.parametrize(
    "source", ["a = 1,\nb = 2,\n", "x {\n  a = 1,\n  b = 2,\n}\n", "x {\n  a = { c = 1, d = 2 },\n  b = [1, 2],\n}\n"]
)
def test_commas_behind_attributes_as_in_old_files(source: str) -> None:
    body = parsed(source, "x.tf")
    assert set((body.blocks[0].body if body.blocks else body).attributes) == {"a", "b"}


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("a = 1,,\nb = 2\n", 1),
        (",a = 1\n", 1),
        ("a = ", 1),
        ('\nresource "a" "b" {\n  x = 1\n', 4),
        ("a = [1, 2", 1),
        ("a = [1 2]", 1),
        ('a = "open\n', 2),
        ('a = "${b"\n', 1),
        ("a = {b}\n", 1),
        ("a = <<EOT\nno end\n", 1),
        ("a = (1\n", 2),
        ("../elsewhere/main.tf", 1),
        ("}", 1),
        ("a = " + "[" * 500, 1),
        ("a {" * 500, 1),
        ('a = "' + "${x" * 500, 1),
    ],
)
def test_what_is_no_terraform(source: str, line: int) -> None:
    with pytest.raises(HclError) as caught:
        parsed(source, "x.tf")
    assert caught.value.line == line


@given(st.text(alphabet='ab1 \n"${}[]()=.:?<-#/*,E\\', max_size=80))
def test_any_text_is_a_body_or_an_error(source: str) -> None:
    with suppress(HclError):
        parsed(source, "x.tf")


@pytest.mark.parametrize(
    "bomb",
    [
        "\n".join(f'locals {{\n  a{n} = "${{local.a{n - 1}}}${{local.a{n - 1}}}"\n}}' for n in range(1, 60)),
        "locals {\n  a0 = "
        "["
        + "1," * 400
        + "]\n"
        + "".join(f"  a{n} = [for x in local.a{n - 1} : [for y in local.a{n - 1} : y]]\n" for n in range(1, 6))
        + "  a59 = local.a5\n}",
        "locals {\n  a0 = 1\n  a59 = " + "1 + " * 100_000 + "1\n}",
    ],
)
def test_a_bomb_stays_small(bomb: str) -> None:
    body = parsed(f'{bomb}\nlocals {{\n  a0 = "xxxxxxxxxx"\n}}\noutput "x" {{\n  value = local.a59\n}}', "x.tf")
    source = source_of(".", [body], {})
    attribute(Module(source, {".": source}, lambda _: None, Bounds()), "x")


def test_unknown_is_one_value() -> None:
    assert worth("var.region") == UNKNOWN

"""Modules of the registry that many configurations are made of: what they make of their variables, in Terraform's own words.

Only what carries messages, and what a function is made of, is written down here; their releases differ in little of that. What such
a module makes stands at the line of its call.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from flowmap.project.terraform.expressions import Assigned, Block, Body, Constant
from flowmap.project.terraform.modules import source_of
from flowmap.project.terraform.parsing import parsed

if TYPE_CHECKING:
    from flowmap.project.terraform.modules import Source

_SOURCE = re.compile(
    r"(?:(?:registry\.terraform\.io|app\.terraform\.io)/)?terraform-aws-modules/(?P<name>\w+)/aws"
    r"|(?:git::)?(?:https://|ssh://git@|git@)?github\.com[/:]terraform-aws-modules/terraform-aws-(?P<repository>\w+)(?:\.git)?(?:\?.*)?"
)
_OFF = (("create", False), ("create_function", False), ("create_layer", True))
"""Switches of these modules by which none of what is written here is made."""
_WRITTEN = {
    "sqs": """
variable "create_dlq" { default = false }
resource "aws_sqs_queue" "this" { name = var.name }
resource "aws_sqs_queue" "dlq" {
  for_each = var.create_dlq ? { dlq = try(var.dlq_name, "${var.name}-dlq") } : {}
  name     = each.value
}
output "queue_arn" { value = aws_sqs_queue.this.arn }
output "queue_id" { value = aws_sqs_queue.this.id }
output "queue_url" { value = aws_sqs_queue.this.url }
output "queue_name" { value = aws_sqs_queue.this.name }
output "sqs_queue_arn" { value = aws_sqs_queue.this.arn }
output "sqs_queue_id" { value = aws_sqs_queue.this.id }
output "sqs_queue_name" { value = aws_sqs_queue.this.name }
output "dead_letter_queue_arn" { value = aws_sqs_queue.dlq["dlq"].arn }
output "dead_letter_queue_name" { value = aws_sqs_queue.dlq["dlq"].name }
output "dead_letter_queue_url" { value = aws_sqs_queue.dlq["dlq"].url }
""",
    "sns": """
resource "aws_sns_topic" "this" { name = var.name }
resource "aws_sns_topic_subscription" "this" {
  for_each  = var.subscriptions
  topic_arn = aws_sns_topic.this.arn
  protocol  = each.value.protocol
  endpoint  = each.value.endpoint
}
output "topic_arn" { value = aws_sns_topic.this.arn }
output "topic_id" { value = aws_sns_topic.this.id }
output "topic_name" { value = aws_sns_topic.this.name }
output "sns_topic_arn" { value = aws_sns_topic.this.arn }
output "sns_topic_id" { value = aws_sns_topic.this.id }
output "sns_topic_name" { value = aws_sns_topic.this.name }
""",
    "lambda": """
data "archive_file" "package" {
  source_dir  = try(var.source_path[0].path, var.source_path[0], var.source_path.path, var.source_path)
  output_path = "package.zip"
}
resource "aws_lambda_function" "this" {
  filename      = data.archive_file.package.output_path
  function_name = var.function_name
  handler       = var.handler
  image_uri     = var.image_uri
  environment { variables = var.environment_variables }
}
resource "aws_lambda_event_source_mapping" "this" {
  for_each         = var.event_source_mapping
  event_source_arn = each.value.event_source_arn
  topics           = try(each.value.topics, [])
  function_name    = aws_lambda_function.this.arn
}
output "lambda_function_arn" { value = aws_lambda_function.this.arn }
output "lambda_function_name" { value = aws_lambda_function.this.function_name }
output "lambda_function_arn_static" { value = aws_lambda_function.this.arn }
output "lambda_function_qualified_arn" { value = aws_lambda_function.this.arn }
output "lambda_function_invoke_arn" { value = aws_lambda_function.this.arn }
""",
    "eventbridge": """
variable "bus_name" { default = "default" }
resource "aws_cloudwatch_event_bus" "this" { name = var.bus_name }
resource "aws_cloudwatch_event_rule" "this" {
  for_each       = var.rules
  name           = each.key
  event_bus_name = var.bus_name
  event_pattern  = each.value.event_pattern
}
resource "aws_cloudwatch_event_target" "this" {
  for_each = {
    for t in flatten([for rule, all in var.targets : [for one in all : { rule = rule, to = one }]]) : "${t.rule}/${t.to.name}" => t
  }
  rule     = aws_cloudwatch_event_rule.this[each.value.rule].name
  arn      = each.value.to.arn
}
output "eventbridge_bus_name" { value = aws_cloudwatch_event_bus.this.name }
output "eventbridge_bus_arn" { value = aws_cloudwatch_event_bus.this.arn }
""",
}


def known_source(folder: str, call: Block) -> Source | None:
    """What the module that a call in a folder names holds; None if it is not one of these."""
    stated = call.body.attributes.get("source")
    named = stated.value.value if stated is not None and isinstance(stated.value, Constant) else None
    match = _SOURCE.fullmatch(named) if isinstance(named, str) else None
    name = (match["name"] or match["repository"]) if match is not None else ""
    made = name in _WRITTEN and not any(_is(call, switch, value=value) for switch, value in _OFF)
    return source_of(folder, [_moved(_body(name), call)], {}) if made else None


def _is(call: Block, switch: str, *, value: bool) -> bool:
    held = call.body.attributes.get(switch)
    return held is not None and held.value == Constant(value)


@cache
def _body(name: str) -> Body:
    return parsed(_WRITTEN[name], "")


def _moved(body: Body, call: Block) -> Body:
    """The body as it stands at a call."""
    attributes = {name: Assigned(held.value, call.line, call.line) for name, held in body.attributes.items()}
    blocks = (replace(b, body=_moved(b.body, call), path=call.path, line=call.line, end_line=call.line) for b in body.blocks)
    return Body(attributes, tuple(blocks))

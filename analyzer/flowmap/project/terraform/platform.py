"""Parts of a cloud that send messages without any code: alarms and buckets to topics and queues, schedules to queues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import External, ExternalKind
from flowmap.project.terraform.resources import channel_of, given, named_blocks, value_in
from flowmap.project.terraform.values import Resource, Value, elements
from flowmap.project.terraform.wiring import meant

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALARMS = ("alarm_actions", "ok_actions", "insufficient_data_actions")
_SENDERS = {
    "aws_cloudwatch_composite_alarm": "aws.cloudwatch",
    "aws_cloudwatch_metric_alarm": "aws.cloudwatch",
    "aws_cloudwatch_event_target": "aws.scheduler",
    "aws_s3_bucket_notification": "aws.s3",
}


def senders(resource: Resource) -> Iterator[External]:
    """Who sends to which channels where a resource says so."""
    name = _SENDERS.get(resource.type)
    for value in _targets(resource) if name is not None else ():
        channel = channel_of(value)
        if name is not None and channel is not None:
            yield External(name, ExternalKind.PRODUCT, publishes=(channel[1],))


def _targets(resource: Resource) -> Iterator[Value]:
    match resource.type:
        case "aws_s3_bucket_notification":
            for kind in ("queue", "topic"):
                yield from (value_in(b.body, f"{kind}_arn", scope) for b, scope in named_blocks(resource, kind))
        case "aws_cloudwatch_event_target":
            rule = meant(given(resource, "rule"), "aws_cloudwatch_event_rule", resource)
            if rule is not None and "schedule_expression" in rule.block.body.attributes:
                yield given(resource, "arn")
        case _:
            for actions in _ALARMS:
                yield from elements(given(resource, actions))

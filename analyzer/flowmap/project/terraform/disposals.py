"""What resources say becomes of messages that nobody can handle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.descriptor_api import Disposal
from flowmap.project.terraform.resources import channel_of, given, named_blocks, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.terraform.values import Resource


def disposals_of(resource: Resource) -> Iterator[Disposal]:
    """What a queue or a subscription says, or a policy that is a resource of its own."""
    body = resource.block.body
    match resource.type:
        case "aws_sqs_queue":
            yield Disposal(
                "sqs", resource.name, place(resource), bool({"redrive_policy", "redrive_allow_policy"} & body.attributes.keys())
            )
        case "aws_sqs_queue_redrive_policy" | "aws_sqs_queue_redrive_allow_policy":
            queue = channel_of(given(resource, "queue_url"))
            if queue is not None:
                yield Disposal(*queue, place(resource), True)
        case "google_pubsub_subscription":
            ends = any(True for _ in named_blocks(resource, "dead_letter_policy"))
            yield Disposal("pubsub", resource.name, place(resource, "topic"), ends)

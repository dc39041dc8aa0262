"""Names of AWS resources: the ARNs, URLs and plain names by which templates and code speak of the same queue.

The account and the region are holes (`{}`): nothing in a repository knows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flowmap.descriptor_api import Conduit
from flowmap.project.exports import is_marked

HOLE = "{}"
_ARN = re.compile(r"arn:[^:]*:(?P<service>[\w-]+):[^:]*:[^:]*:(?P<rest>.+)", re.DOTALL)
_QUEUE_URL = re.compile(r"https?://(?:sqs[.-]|[^/]*\bqueue\b|localhost|localstack)[^/]*/[^/]+/(?P<name>[^/?]+)$")
_KINDS = {
    "AWS::SQS::Queue": ("sqs", "{name}", "QueueName"),
    "AWS::SNS::Topic": ("sns", "{name}", "TopicName"),
    "AWS::Kinesis::Stream": ("kinesis", "stream/{name}", "Name"),
    "AWS::KinesisFirehose::DeliveryStream": ("firehose", "deliverystream/{name}", "DeliveryStreamName"),
    "AWS::DynamoDB::Table": ("dynamodb", "table/{name}", "TableName"),
    "AWS::DynamoDB::GlobalTable": ("dynamodb", "table/{name}", "TableName"),
    "AWS::Serverless::SimpleTable": ("dynamodb", "table/{name}", "TableName"),
    "AWS::Lambda::Function": ("lambda", "function:{name}", "FunctionName"),
    "AWS::Serverless::Function": ("lambda", "function:{name}", "FunctionName"),
    "AWS::StepFunctions::StateMachine": ("states", "stateMachine:{name}", "StateMachineName"),
    "AWS::Serverless::StateMachine": ("states", "stateMachine:{name}", "Name"),
    "AWS::StepFunctions::Activity": ("states", "activity:{name}", "Name"),
    "AWS::Events::EventBus": ("events", "event-bus/{name}", "Name"),
    "AWS::SecretsManager::Secret": ("secretsmanager", "secret:{name}", "Name"),
}
_WORDS = {"queue": "sqs", "sqs": "sqs", "topic": "sns", "sns": "sns", "table": "dynamodb", "stream": "kinesis"}
_BY_ARN = frozenset({
    "AWS::SNS::Topic", "AWS::SecretsManager::Secret", "AWS::StepFunctions::Activity", "AWS::StepFunctions::StateMachine",
    "AWS::Serverless::StateMachine",
})  # fmt: skip
FUNCTIONS = ("AWS::Serverless::Function", "AWS::Lambda::Function")
MACHINES = ("AWS::Serverless::StateMachine", "AWS::StepFunctions::StateMachine")


@dataclass(frozen=True, slots=True)
class Named:
    """What a text names: the service of AWS, and the resource's own name."""

    service: str
    name: str


def name_property(kind: str) -> str:
    """The property under which a resource of this type may be given its name; empty if it is not known to have one."""
    return _KINDS[kind][2] if kind in _KINDS else ""


def reference(kind: str, name: str) -> str:
    """What `Ref` gives for a resource."""
    if kind == "AWS::SQS::Queue":
        return f"https://sqs.{HOLE}.amazonaws.com/{HOLE}/{name}"
    return attribute(kind, name, "Arn") if kind in _BY_ARN else name


def attribute(kind: str, name: str, wanted: str) -> str:
    """What `Fn::GetAtt` gives for a resource; its name where nothing else is known."""
    if kind not in _KINDS or not wanted.endswith("Arn"):
        return reference(kind, name) if wanted == "QueueUrl" else name
    service, rest, _ = _KINDS[kind]
    stream = f"/stream/{HOLE}" if wanted == "StreamArn" else ""
    return f"arn:aws:{service}:{HOLE}:{HOLE}:{rest.replace('{name}', name)}{stream}"


def named(text: str) -> Named | None:
    """The resource behind an ARN or the URL of a queue; None for any other text."""
    if url := _QUEUE_URL.match(text):
        return Named("sqs", url["name"])
    arn = _ARN.match(text)
    if arn is None:
        return None
    service, rest = arn["service"], arn["rest"]
    if service == "dynamodb":
        return Named(service, rest.split("/")[1] if "/" in rest else rest)
    if service == "lambda":
        return Named(service, rest.partition(":")[2].partition(":")[0] or rest)
    return Named(service, re.split(r"[:/]", rest)[-1])


def conduit(text: str, transport: str = "") -> Conduit | None:
    """The queue, topic or stream that a text names; a plain name is taken for one of `transport`, one that stands elsewhere for
    what its own name says."""
    found = named(text)
    if found is None:
        told = next((t for word, t in _WORDS.items() if word in text.lower()), "") if is_marked(text) else ""
        transport = transport or told
        return Conduit(transport, text) if transport and text else None
    return Conduit(found.service, found.name) if found.service in ("sqs", "sns", "kinesis", "dynamodb", "firehose") else None

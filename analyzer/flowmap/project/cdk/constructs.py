"""Constructs: their names in the template, and the texts that stand for their addresses until it is known what they are called."""

from __future__ import annotations

import re

from flowmap.project.infrapy.labels import Labelling
from flowmap.project.infrapy.values import HOLE, Method, Object, Thing, Value, piece

NAMED = {
    "aws_sqs.Queue": ("AWS::SQS::Queue", "QueueName", "queue_name"),
    "aws_sns.Topic": ("AWS::SNS::Topic", "TopicName", "topic_name"),
    "aws_kinesis.Stream": ("AWS::Kinesis::Stream", "Name", "stream_name"),
    "aws_dynamodb.Table": ("AWS::DynamoDB::Table", "TableName", "table_name"),
    "aws_dynamodb.TableV2": ("AWS::DynamoDB::Table", "TableName", "table_name"),
    "aws_events.EventBus": ("AWS::Events::EventBus", "Name", "event_bus_name"),
}
"""Constructs that are their name and no more: the type of the resource, its property and the keyword for the name."""
FUNCTIONS = (
    "aws_lambda.Function", "aws_lambda.DockerImageFunction", "aws_lambda.SingletonFunction", "aws_lambda_python.PythonFunction",
)  # fmt: skip
MACHINE = "aws_stepfunctions.StateMachine"
APIS = {
    "aws_apigateway.LambdaRestApi": "AWS::Serverless::Api",
    "aws_apigateway.RestApi": "AWS::Serverless::Api",
    "aws_apigatewayv2.HttpApi": "AWS::Serverless::HttpApi",
}
SERVICES = {
    "aws_dynamodb": "DynamoDB", "aws_events": "Events", "aws_kinesis": "Kinesis", "aws_lambda": "Lambda", "aws_pipes": "Pipes",
    "aws_secretsmanager": "SecretsManager", "aws_sns": "SNS", "aws_sqs": "SQS", "aws_ssm": "SSM",
}  # fmt: skip
"""The modules with constructs of the lowest level that carry messages, as CloudFormation calls them."""
NATIVE = re.compile(r"(?P<service>aws_\w+)\.Cfn(?P<kind>\w+)")
_SERVICES = {
    "aws_sqs.Queue": "sqs", "aws_sns.Topic": "sns", "aws_kinesis.Stream": "kinesis", "aws_lambda.Function": "lambda",
    "aws_dynamodb.Table": "dynamodb", "aws_events.EventBus": "events", MACHINE: "states",
}  # fmt: skip
_REST = {"lambda": "function:", "dynamodb": "table/", "kinesis": "stream/", "events": "event-bus/", "states": "stateMachine:"}
# What CDK calls a text, and what stands for it in the template.
_TEXTS = {
    "queue_url": "${%s}", "queue_arn": "${%s.Arn}", "queue_name": "${%s.QueueName}", "topic_arn": "${%s.Arn}",
    "topic_name": "${%s.TopicName}", "stream_arn": "${%s.Arn}", "stream_name": "${%s}", "table_arn": "${%s.Arn}",
    "table_name": "${%s}", "table_stream_arn": "${%s.StreamArn}", "event_bus_arn": "${%s.Arn}", "event_bus_name": "${%s}",
    "function_arn": "${%s.Arn}", "function_name": "${%s}", "state_machine_arn": "${%s.Arn}", "state_machine_name": "${%s.Name}",
    "string_value": "${%s.Value}", "attr_arn": "${%s.Arn}", "ref": "${%s}", "attr_queue_url": "${%s}",
    "attr_topic_arn": "${%s.Arn}", "secret_name": "${%s.Name}", "secret_arn": "${%s.Arn}", "secret_full_arn": "${%s.Arn}",
}  # fmt: skip
_ADDRESSES = {"url": "https://${%s}.execute-api.{}.amazonaws.com/", "api_endpoint": "https://${%s}.execute-api.{}.amazonaws.com"}
_SUBJECTS = ("queue", "topic", "stream", "table", "handler", "fn", "machine", "event_bus", "url", "task_definition")
_DEEPEST = 5
_IMPORTED = re.compile(r"(?P<kind>.+)\.from_\w+")


def plain(name: str) -> str:
    """The name of a construct without what only says which release of the CDK it is of."""
    return name.removeprefix("aws_cdk.").removeprefix("core.").replace("_alpha.", ".")


def thing_of(value: Value) -> Thing | None:
    """The construct that a value is, itself or to the library; of an alias or a version, the function."""
    thing = value.thing if isinstance(value, Object) else value if isinstance(value, Thing) else None
    for _ in range(_DEEPEST):
        kind = plain(thing.name) if thing is not None else ""
        if thing is None or not kind.endswith((".Alias", ".Version", ".add_alias")):
            break
        inner = thing.of or thing.given("version") or thing.given("lambda_")
        inner = inner.of if isinstance(inner, Method) else inner
        thing = inner.thing if isinstance(inner, Object) else inner if isinstance(inner, Thing) else None
    return thing


def subject(thing: Thing | None) -> Value:
    """What a target, a source or a subscription is for: its first argument, which may be named."""
    if thing is None or thing.arguments:
        return thing.arguments[0] if thing is not None else None
    return next((thing.keywords[name] for name in _SUBJECTS if name in thing.keywords), None)


class Labels(Labelling):
    """The names of constructs in the template, given out as they are asked for."""

    def names(self, thing: Thing) -> list[str]:
        """A construct's own name, and that behind those of what it is made in."""
        own = re.sub(r"\W", "", piece(thing.given("id", 1))) or plain(thing.name).rpartition(".")[2]
        around = [re.sub(r"\W", "", part) for part in thing.around.split("/")]
        return ["".join((*around[len(around) - n :], own)) for n in range(len(around) + 1)]

    def arn(self, value: Value) -> str:
        """The text that stands for the ARN of a construct; empty if the value is none."""
        thing = thing_of(value)
        if thing is None:
            return ""
        imported = _IMPORTED.fullmatch(plain(thing.name))
        return _imported_arn(thing, imported["kind"]) if imported is not None else f"${{{self.of(thing)}.Arn}}"

    def attribute(self, thing: Thing, name: str) -> Value:
        """An attribute of a construct: a text, a part of it, or one of its methods."""
        kind = plain(thing.name)
        imported = _IMPORTED.fullmatch(kind)
        if name in _TEXTS and imported is not None:
            arn = _imported_arn(thing, imported["kind"])
            return arn if name.endswith("_arn") else re.split(r"[:/]", arn)[-1]
        if name in _TEXTS and _is_resource(kind):
            return _TEXTS[name] % self.of(thing)
        if name in _ADDRESSES and kind in APIS:
            return _ADDRESSES[name] % self.of(thing)
        if name == "root":
            return Thing(f"{thing.name}.root", [], {}, thing.path, thing.line, thing)
        if name in ("dead_letter_queue", "queue", "task_definition", "default_container", "service"):
            return thing.given(name) or Thing(f"{thing.name}.{name}", [], {}, thing.path, thing.line, thing)
        if name in ("value_as_string", "value"):
            return HOLE
        return Method(thing, name)


def _is_resource(kind: str) -> bool:
    """Whether a construct stands in the template."""
    native = NATIVE.fullmatch(kind)
    return kind in {*NAMED, *FUNCTIONS, *APIS, MACHINE, "aws_secretsmanager.Secret", "aws_ssm.StringParameter"} or (
        native is not None and native["service"] in SERVICES
    )


def _imported_arn(thing: Thing, kind: str) -> str:
    """The ARN of something that another stack has, by its ARN or its name."""
    given = next((v for k, v in thing.keywords.items() if k.endswith(("_arn", "_name"))), thing.given("", 2))
    text = piece(given)
    service = _SERVICES.get(kind, "")
    return text if text.startswith("arn:") or not service else f"arn:aws:{service}:{{}}:{{}}:{_REST.get(service, '')}{text}"

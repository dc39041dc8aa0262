"""Resources of a Pulumi program in the words of CloudFormation, which take their names and addresses from one another."""

from __future__ import annotations

import posixpath
import re

from flowmap.project.infrapy.data import in_scan, path_join
from flowmap.project.infrapy.labels import Labelling
from flowmap.project.infrapy.lines import Modules
from flowmap.project.infrapy.nodes import Nodes
from flowmap.project.infrapy.values import HOLE, Method, Object, Thing, Unknown, Value, piece
from flowmap.project.paths import parent
from flowmap.project.yaml_nodes import Table

_NAMED = {
    "sqs.Queue": ("AWS::SQS::Queue", "QueueName"),
    "sns.Topic": ("AWS::SNS::Topic", "TopicName"),
    "kinesis.Stream": ("AWS::Kinesis::Stream", "Name"),
    "dynamodb.Table": ("AWS::DynamoDB::Table", "TableName"),
    "cloudwatch.EventBus": ("AWS::Events::EventBus", "Name"),
}
_FUNCTIONS = ("lambda_.Function", "lambda.Function")
_DEEPEST = 5
_RULE, _TARGET = "cloudwatch.EventRule", "cloudwatch.EventTarget"
_RESOURCES = (*_NAMED, *_FUNCTIONS, _RULE)
_MAPPINGS = ("lambda_.EventSourceMapping", "lambda.EventSourceMapping")
_TEXTS = {"name": "${%s}", "url": "${%s}", "stream_arn": "${%s.StreamArn}", "arn": "${%s.Arn}", "invoke_arn": "${%s.Arn}"}
_NAMES = {"sqs.Queue": "${%s.QueueName}", "sns.Topic": "${%s.TopicName}"}


def kind_of(thing: Thing) -> str:
    """The module and class of a resource; empty if it is none of AWS."""
    return thing.name.removeprefix("pulumi_aws.") if thing.name.startswith("pulumi_aws.") else ""


class Labels(Labelling):
    """The names of resources in the template."""

    def names(self, thing: Thing) -> list[str]:
        """The name that the program gives a resource."""
        return [re.sub(r"[^\w-]", "", piece(thing.given("resource_name", 0))) or kind_of(thing).rpartition(".")[2]]

    def attribute(self, thing: Thing, name: str) -> Value:
        """An attribute of a resource: a text that stands for it, or one of its methods."""
        kind = kind_of(thing)
        if kind not in _RESOURCES:
            return Method(thing, name)
        if name == "id":
            name = "arn" if kind == "sns.Topic" else "url" if kind == "sqs.Queue" else "name"
        form = _NAMES.get(kind, _TEXTS["name"]) if name == "name" else _TEXTS.get(name)
        return form % self.of(thing) if form is not None else Method(thing, name)


class Synthesis:
    """A template while it is made. `faults` are the resources that were not understood, each with why."""

    def __init__(self, things: list[Thing], labels: Labels, modules: Modules) -> None:
        self.labels = labels
        self.modules = modules
        self.resources: dict[str, Value] = {}
        self.lines: dict[str, int] = {}
        self.faults: list[tuple[Thing, str]] = []
        self._targets: dict[str, list[Value]] = {}
        for thing in things:
            if kind_of(thing) == _TARGET:
                arn = piece(thing.given("arn"))
                self._targets.setdefault(piece(thing.given("rule")), []).append({"Arn": arn})
                if arn == HOLE:
                    self.faults.append((thing, "where it sends events to"))
        for thing in things:
            self._resource(thing, kind_of(thing))

    def template(self) -> Table:
        """The template as a tree."""
        nodes = Nodes()
        entries = {name: nodes.of(resource, self.lines[name]) for name, resource in self.resources.items()}
        return Table({"Resources": Table(entries, self.lines, 1)}, {"Resources": 1}, 1)

    def _put(self, thing: Thing, kind: str, properties: dict[str, Value]) -> None:
        known: Value = {k: v for k, v in properties.items() if v not in (None, HOLE) and not isinstance(v, Unknown)}
        label = self.labels.of(thing)
        resource: dict[str, Value] = {"Type": kind, "Properties": known}
        self.resources[label] = resource
        self.lines[label] = self.modules.line(thing)

    def _resource(self, thing: Thing, kind: str) -> None:
        if kind in _NAMED:
            made, key = _NAMED[kind]
            self._put(thing, made, {key: thing.given("name")})
        elif kind in _FUNCTIONS:
            self._function(thing)
        elif kind in _MAPPINGS:
            source, target = piece(thing.given("event_source_arn")), piece(thing.given("function_name"))
            self._put(thing, "AWS::Lambda::EventSourceMapping", {"EventSourceArn": source, "FunctionName": target})
            if HOLE in (source, target):
                self.faults.append((thing, "what wakes which function"))
        elif kind == "sns.TopicSubscription":
            told = {
                "TopicArn": _address(thing.given("topic"), self.labels),
                "Endpoint": _address(thing.given("endpoint"), self.labels),
            }
            self._put(thing, "AWS::SNS::Subscription", {**told, "Protocol": thing.given("protocol")})
            if HOLE in told.values():
                self.faults.append((thing, "who subscribes to what"))
        elif kind == _RULE:
            pattern = thing.given("event_pattern")
            told_rule: dict[str, Value] = {
                "EventPattern": pattern,
                "EventBusName": thing.given("event_bus_name"),
                "Targets": self._targets.get(f"${{{self.labels.of(thing)}}}", []),
            }
            if pattern is None:
                told_rule["ScheduleExpression"] = thing.given("schedule_expression")
            elif not isinstance(pattern, str | dict) or pattern == HOLE:
                self.faults.append((thing, "what its pattern asks for"))
            self._put(thing, "AWS::Events::Rule", told_rule)

    def _function(self, thing: Thing) -> None:
        folder = parent(self.modules.path)
        code = thing.given("code")
        path = _archived(code)
        where = in_scan(path, folder) if path else None
        environment = thing.given("environment")
        stated = environment.keywords if isinstance(environment, Thing) else environment if isinstance(environment, dict) else {}
        variables = stated.get("variables")
        told: dict[str, Value] = {
            "FunctionName": thing.given("name"),
            "Runtime": thing.given("runtime") if isinstance(thing.given("runtime"), str) else HOLE,
            "Handler": thing.given("handler"),
            "Environment": {"Variables": variables} if isinstance(variables, dict) else None,
            "CodeUri": posixpath.relpath(f"/{where}", f"/{folder}") if where is not None else None,
        }
        self._put(thing, "AWS::Serverless::Function", told)
        if where is None and thing.given("image_uri") is None and thing.given("s3_bucket") is None:
            self.faults.append((thing, "where the code of the function lies"))


def _address(value: Value, labels: Labels) -> str:
    """An address, which a resource itself may stand for."""
    thing = value.thing if isinstance(value, Object) else value
    return piece(labels.attribute(thing, "arn")) if isinstance(thing, Thing) else piece(value)


def _archived(code: Value, depth: int = 0) -> str:
    """The folder that is packed for a function, in itself or as the root of an archive that is put together."""
    if depth > _DEEPEST or not isinstance(code, Thing) or not code.name.endswith("Archive"):
        return ""
    first = code.given("path", 0) or code.given("assets")
    if isinstance(first, dict):
        held = first.get(".")
        return _archived(held, depth + 1) or next((_parent_of(v) for v in first.values() if isinstance(v, Thing)), "")
    return piece(path_join([first]))


def _parent_of(asset: Thing) -> str:
    path = asset.given("path", 0)
    return posixpath.dirname(path) or "." if isinstance(path, str) and path.endswith(".py") else ""

"""What a program of constructs becomes: queues, topics, buses, functions, and all that brings messages from one to another.

The result is a template of CloudFormation, with functions in the words of SAM. What is asked for and cannot be told is a fault."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flowmap.project.cdk.constructs import APIS, FUNCTIONS, MACHINE, NAMED, Labels, plain, subject, thing_of
from flowmap.project.cdk.packages import function_of
from flowmap.project.cdk.plainest import Spelling, resource_of
from flowmap.project.cdk.routes import routes_of
from flowmap.project.cdk.tasks import states_of
from flowmap.project.infrapy.nodes import LINE, Nodes
from flowmap.project.infrapy.values import HOLE, Library, Object, Thing, Unknown, Value, piece
from flowmap.project.paths import parent
from flowmap.project.yaml_nodes import Table

if TYPE_CHECKING:
    from flowmap.project.infrapy.lines import Modules
    from flowmap.project.infrapy.running import Program

_METHODS = {
    "add_environment", "add_event_notification", "add_event_source", "add_event_source_mapping",
    "add_object_created_notification", "add_subscription",
}  # fmt: skip
_OURS = ("aws_cdk.", "constructs.")
_TARGETS = "aws_events_targets."
_ELSEWHERE = {
    "ApiDestination", "AwsApi", "BatchJob", "CloudWatchLogGroup", "CodeBuildProject", "CodePipeline", "KinesisFirehoseStream",
    "KinesisFirehoseStreamV2",
}  # fmt: skip
"""Targets that are no code of anybody's service."""
_PROTOCOLS = {
    "SqsSubscription": "sqs", "LambdaSubscription": "lambda", "UrlSubscription": "https", "EmailSubscription": "email",
    "SmsSubscription": "sms",
}  # fmt: skip


class Synthesis:
    """A template while it is made. `resources` are its entries, `faults` the constructs that were not understood, each with why."""

    def __init__(self, program: Program, labels: Labels, modules: Modules) -> None:
        self.labels = labels
        self.folder = parent(modules.path)
        self.resources: dict[str, dict[str, Value]] = {}
        self.lines: dict[str, int] = {}
        self.faults: list[tuple[Thing, str]] = []
        self.line = modules.line
        self._events = 0
        self._spelling = Spelling()
        self._patterns: dict[int, list[Thing]] = {}
        for thing in program.things:
            if thing.of is not None and thing.name.endswith(".add_event_pattern"):
                self._patterns.setdefault(id(thing.of), []).append(thing)
        for thing in program.things:
            self._construct(thing)
        for thing in program.things:
            self._wiring(thing)

    def template(self) -> Table:
        """The template as a tree."""
        nodes = Nodes()
        entries = {name: nodes.of(resource, self.lines[name]) for name, resource in self.resources.items()}
        return Table({"Resources": Table(entries, self.lines, 1)}, {"Resources": 1}, 1)

    def put(self, thing: Thing, kind: str, properties: dict[str, Value], name: str = "") -> None:
        """Add a resource; properties that nobody knows are left out."""
        label = name or self.labels.of(thing)
        known: Value = {k: v for k, v in properties.items() if v not in (None, HOLE) and not isinstance(v, Unknown)}
        resource: dict[str, Value] = {"Type": kind, "Properties": known}
        self.resources[label] = resource
        self.lines[label] = self.line(thing)

    def properties(self, value: Value) -> dict[str, Value]:
        """The properties of the resource that a construct became; those of nothing if it became none."""
        thing = thing_of(value)
        held = self.resources.get(self.labels.of(thing), {}).get("Properties") if thing is not None else None
        return held if isinstance(held, dict) else {}

    def _construct(self, thing: Thing) -> None:
        kind = plain(thing.name)
        if kind in NAMED:
            made, key, keyword = NAMED[kind]
            dead = thing_of(thing.given("dead_letter_queue"))
            told: dict[str, Value] = {key: thing.given(keyword)}
            if thing.given("dead_letter_queue") is not None:
                told["RedrivePolicy"] = {"deadLetterTargetArn": self.labels.arn(dead.given("queue")) if dead is not None else ""}
            self.put(thing, made, told)
        elif kind in FUNCTIONS:
            self._function(thing, kind)
        elif kind == "aws_ssm.StringParameter":
            self.put(thing, "AWS::SSM::Parameter", {"Name": thing.given("parameter_name"), "Value": thing.given("string_value")})
        elif kind == "aws_secretsmanager.Secret":
            told = {"Name": thing.given("secret_name"), "SecretString": _spelled_out(thing)}
            self.put(thing, "AWS::SecretsManager::Secret", told)
        elif kind == MACHINE:
            states = states_of(thing, self.labels, self.folder, self.line)
            self.put(thing, "AWS::StepFunctions::StateMachine", {"StateMachineName": thing.given("state_machine_name"), **states})
        elif kind in APIS:
            self.put(thing, APIS[kind], {})
        elif (native := resource_of(thing, self._spelling)) is not None:
            self.put(thing, *native)
        elif len(thing.arguments) > 1 and isinstance(thing.arguments[0], Object) and not thing.name.startswith(_OURS):
            self._foreign(thing)

    def _foreign(self, thing: Thing) -> None:
        """A construct of another library: what it does with constructs that carry messages is not known."""
        given = [plain(t.name) for v in (*thing.arguments, *thing.keywords.values()) if (t := thing_of(v)) is not None]
        if any(kind in NAMED or kind in FUNCTIONS for kind in given):
            self.faults.append((thing, f"what {thing.name} does with what it is given"))

    def _function(self, thing: Thing, kind: str) -> None:
        properties, metadata, fault = function_of(thing, kind, self.folder)
        self.put(thing, "AWS::Serverless::Function", properties)
        if metadata:
            self.resources[self.labels.of(thing)]["Metadata"] = metadata
        if fault:
            self.faults.append((thing, fault))

    def _wiring(self, thing: Thing) -> None:
        for function, verb, path in routes_of(thing):
            self._endpoint(thing, function, verb, path)
        kind = plain(thing.name)
        method = kind.rpartition(".")[2]
        if kind == "aws_events.Rule":
            self._rule(thing)
        elif kind == "aws_sns.Subscription":
            self._own_subscription(thing)
        elif kind == "aws_lambda.EventSourceMapping":
            self._mapping(thing, piece(thing.given("event_source_arn")), thing.given("target"))
        elif kind in FUNCTIONS:
            sources = thing.given("events")
            for source in sources if isinstance(sources, list) else ():
                self._source(thing, source, thing)
        elif kind == "aws_apigateway.AwsIntegration" and thing.given("service") == "sqs":
            uri = f"arn:aws:apigateway:{{}}:sqs:path/{piece(thing.given('path'))}"
            self._put_beside(thing, "AWS::ApiGateway::Method", {"Integration": {"Uri": uri}})
        elif thing.of is not None and method in _METHODS:
            self._method(thing, thing.of, method)

    def _method(self, thing: Thing, of: Thing, method: str) -> None:
        match method:
            case "add_subscription":
                self._subscription(
                    thing, of, thing_of(thing.arguments[0] if thing.arguments else next(iter(thing.keywords.values()), None))
                )
            case "add_event_source":
                self._source(thing, thing.given("source", 0), of)
            case "add_event_source_mapping":
                self._mapping(thing, piece(thing.given("event_source_arn")), of)
            case "add_environment":
                environment = self.properties(of).setdefault("Environment", {"Variables": {}})
                variables = environment.get("Variables") if isinstance(environment, dict) else None
                if isinstance(variables, dict):
                    variables[piece(thing.given("key", 0))] = thing.given("value", 1)
            case "add_event_notification" | "add_object_created_notification":
                self._notification(of, thing_of(next((v for v in thing.arguments if "Destination" in _name_of(v)), None)))

    def _rule(self, thing: Thing) -> None:
        pattern = thing_of(thing.given("event_pattern"))
        given = thing.given("event_pattern")
        stated = pattern.keywords if pattern is not None else given if isinstance(given, dict) else {}
        stated = {**stated}
        for call in self._patterns.get(id(thing), ()):
            stated |= call.keywords
        if not stated and given is not None:
            self.faults.append((thing, "what its pattern asks for"))
            return
        asked = {k.replace("_", "-"): v for k, v in stated.items() if k in ("source", "detail_type", "detail-type")}
        targets = thing.given("targets")
        led = [v for v in thing.led if (t := thing_of(v)) is not None and plain(t.name).startswith(_TARGETS)]
        arns: list[Value] = []
        for target in (thing_of(t) for t in (*(targets if isinstance(targets, list) else ()), *led)):
            arn = self.labels.arn(subject(target))
            if arn and self._is_there(subject(target)):
                arns.append({"Arn": arn})
            elif target is None or plain(target.name).removeprefix(_TARGETS) not in _ELSEWHERE:
                self.faults.append((thing, "where it sends events to"))
        bus = self.labels.arn(thing.given("event_bus"))
        told: dict[str, Value] = {"EventPattern": asked if stated else None, "Targets": arns, "EventBusName": bus or None}
        self.put(thing, "AWS::Events::Rule", told)

    def _is_there(self, value: Value) -> bool:
        """Whether a construct became a resource, or is one of another stack."""
        thing = thing_of(value)
        return thing is not None and (".from_" in thing.name or self.labels.of(thing) in self.resources)

    def _subscription(self, thing: Thing, topic: Thing, stated: Thing | None) -> None:
        kind = plain(stated.name).rpartition(".")[2] if stated is not None else ""
        target = subject(stated)
        protocol = _PROTOCOLS.get(kind, "")
        endpoint = self.labels.arn(target) if protocol in ("sqs", "lambda") else piece(target)
        there = protocol not in ("sqs", "lambda") or self._is_there(target)
        if stated is None or not protocol or not there:
            self.faults.append((thing, "who subscribes"))
            return
        self._subscribed(thing, self.labels.arn(topic), protocol, endpoint, stated)

    def _own_subscription(self, thing: Thing) -> None:
        """A subscription that is a construct of its own."""
        protocol = thing.given("protocol")
        word = protocol.name.rpartition(".")[2].lower() if isinstance(protocol, Library) else ""
        topic, endpoint = self.labels.arn(thing.given("topic")), piece(thing.given("endpoint"))
        if word and topic and (endpoint != HOLE or word in ("email", "sms")):
            self._subscribed(thing, topic, word, endpoint, thing)
        else:
            self.faults.append((thing, "who subscribes"))

    def _subscribed(self, thing: Thing, topic: str, protocol: str, endpoint: str, stated: Thing) -> None:
        told: dict[str, Value] = {"TopicArn": topic, "Protocol": protocol, "Endpoint": endpoint, "FilterPolicy": _filter(stated)}
        self._put_beside(thing, "AWS::SNS::Subscription", told)

    def _source(self, thing: Thing, value: Value, function: Value) -> None:
        source = thing_of(value)
        kind = plain(source.name).rpartition(".")[2] if source is not None else ""
        origin = self.labels.arn(subject(source))
        if source is None or not origin or not self._is_there(subject(source)):
            if kind not in ("S3EventSource", "S3EventSourceV2", "ApiEventSource"):
                self.faults.append((thing, "what wakes the function"))
        elif kind == "SnsEventSource":
            told = {
                "TopicArn": origin,
                "Protocol": "lambda",
                "Endpoint": self.labels.arn(function),
                "FilterPolicy": _filter(source),
            }
            self._put_beside(thing, "AWS::SNS::Subscription", told)
        elif not kind.startswith("S3"):
            arn = origin.replace(".Arn}", ".StreamArn}") if kind == "DynamoEventSource" else origin
            self._mapping(thing, arn, function)

    def _mapping(self, thing: Thing, arn: str, function: Value) -> None:
        target = self.labels.arn(function)
        if not target or not arn.replace(HOLE, ""):
            self.faults.append((thing, "what wakes which function"))
            return
        self._put_beside(thing, "AWS::Lambda::EventSourceMapping", {"EventSourceArn": arn, "FunctionName": target})

    def _put_beside(self, thing: Thing, kind: str, properties: dict[str, Value]) -> None:
        self._events += 1
        self.put(thing, kind, properties, f"Wire{self._events}")

    def _notification(self, bucket: Thing, destination: Thing | None) -> None:
        """What a bucket tells to a queue or a topic."""
        target = subject(destination)
        if destination is None or not self._is_there(target):
            return
        held = self.properties(bucket)
        if not held:
            held = {"NotificationConfiguration": {"QueueConfigurations": [], "TopicConfigurations": []}}
            self.put(bucket, "AWS::S3::Bucket", held)
        told = held["NotificationConfiguration"]
        key = {"Sqs": "Queue", "Sns": "Topic"}.get(_name_of(destination).removesuffix("Destination"), "")
        rows = told.get(f"{key}Configurations") if isinstance(told, dict) else None
        if isinstance(rows, list):
            rows.append({key: self.labels.arn(target)})

    def _endpoint(self, thing: Thing, function: Value, verb: str, path: str) -> None:
        """A route of an API, which is an event of the function behind it."""
        held = self.properties(function)
        if held:
            events = held.setdefault("Events", {})
            if isinstance(events, dict):
                self._events += 1
                route: dict[str, Value] = {"Path": path or "/", "Method": verb}
                events[f"Route{self._events}"] = {"Type": "Api", "Properties": route, LINE: self.line(thing)}


def _name_of(value: Value) -> str:
    """The last part of the name of a construct."""
    thing = thing_of(value)
    return plain(thing.name).rpartition(".")[2] if thing is not None else ""


def _spelled_out(secret: Thing) -> Value:
    """The text of a secret that the program itself writes."""
    fields = secret.given("secret_object_value")
    if isinstance(fields, dict):
        return json.dumps({str(k): piece(_plain_text(v)) for k, v in fields.items()})
    return _plain_text(secret.given("secret_string_value"))


def _plain_text(value: Value) -> Value:
    written = isinstance(value, Thing) and plain(value.name).endswith(("SecretValue.unsafe_plain_text", "SecretValue.plain_text"))
    return value.given("secret", 0) if isinstance(value, Thing) and written else None


def _filter(stated: Thing) -> Value:
    """The filter policy of a subscription as the template writes it."""
    policy = stated.given("filter_policy")
    found: dict[str, Value] = {}
    for key, value in policy.items() if isinstance(policy, dict) else ():
        test = thing_of(value)
        allowed = test.given("allowlist") or test.given("whitelist") if test is not None else None
        if isinstance(allowed, list):
            found[key] = allowed
    return found or None

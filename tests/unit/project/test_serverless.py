"""serverless.yml: the variables of the framework, the service and its functions, what wakes them."""

from __future__ import annotations

import pytest
from fixtures import Read, Scan
from flowmap.descriptor_api import Role
from flowmap.project.exports import filled
from flowmap.project.readers.serverless import READER

HANDLER = "def take(event, context): ...\n"
OTHERS = {
    "shop/src/orders.py": HANDLER,
    "shop/env.yml": "dev: {URL: http://x, Q: {Ref: Jobs}}\n",
    "shop/bomb.yml": "a: ${file(bomb.yml)}\n",
}
HEAD = """
service: shop
provider:
  name: aws
  stage: ${opt:stage, 'dev'}
  environment: {COMMON: c}
custom:
  queue: jobs-${self:provider.stage}
  dev: {name: small}
  round: ${self:custom.round}
  others: ${file(env.yml):${self:provider.stage}}
params: {default: {table: rows}}
resources:
  Resources:
    Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: '${self:custom.queue}'}}
    News: {Type: AWS::SNS::Topic}
"""


def template(function: str) -> str:
    return f"{HEAD}functions:\n  takeOrder:\n    handler: src/orders.take\n{function}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("${self:custom.queue}", "jobs-dev"),
        ("${self:custom.${self:provider.stage}.name}", "small"),
        ("${self:custom.nobody, 'other'}", "other"),
        ("${env:NOBODY, 'd'}", "d"),
        ("a-${env:NOBODY}-b", "a-{}-b"),
        ("${sls:stage}", "dev"),
        ("${opt:stage, self:provider.stage}", "dev"),
        ("${self:service}", "shop"),
        ("${param:table}", "rows"),
        ("${file(env.yml):dev.URL}", "http://x"),
        ("${self:custom.others.URL}", "http://x"),
        ("${file(../../etc/passwd.yml):x}", None),
        ("${file(bomb.yml):a}", None),
        ("${self:custom.round}", None),
        ("!Ref Jobs", "https://sqs.{}.amazonaws.com/{}/jobs-dev"),
        ("{Ref: Jobs}", "https://sqs.{}.amazonaws.com/{}/jobs-dev"),
        ("!Sub 'x-${AWS::Region}'", "x-{}"),
        ("${ssm:/a/b}", None),
        ("${cf:other.Arn}", None),
    ],
)
def test_a_value(read: Read, value: str, expected: str | None) -> None:
    quoted = value if value.startswith(("!", "{R")) else f'"{value}"'
    found = filled(read(READER, {"shop/serverless.yml": template(f"    environment: {{V: {quoted}}}\n"), **OTHERS}))
    assert next((s.value for p in found.processes for s in p.environment if s.name == "V"), None) == expected


def test_the_service(scan: Scan) -> None:
    files = {"shop/serverless.yml": template("    environment: ${file(env.yml):dev}\n"), **OTHERS}
    (service,) = scan(files).services
    assert (service.name, service.root) == ("shop", "shop")
    assert {"takeOrder", "shop-dev-takeOrder", "TakeOrderLambdaFunction"} <= set(service.aliases)
    assert [(s.name, s.value, s.location.line) for s in service.environment] == [
        ("COMMON", "c", 6),
        ("Q", "https://sqs.{}.amazonaws.com/{}/jobs-dev", 20),
        ("URL", "http://x", 20),
    ]


BY = "shop/src/orders.py:take"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("sqs: {arn: !GetAtt Jobs.Arn, batchSize: 1}", ["sqs jobs-dev"]),
        ("sqs: arn:aws:sqs:eu-west-1:1:mine", ["sqs mine"]),
        ("sqs: {arn: {'Fn::GetAtt': [Jobs, Arn]}}", ["sqs jobs-dev"]),
        ("sns: news", ["sns news"]),
        ("sns: {arn: !Ref News, topicName: x, filterPolicy: {type: [A, B]}}", ["sns News A", "sns News B"]),
        ("sns: {topicName: news}", ["sns news"]),
        ("stream: {type: dynamodb, arn: 'arn:aws:dynamodb:e:1:table/rows/stream/x'}", ["dynamodb rows"]),
        ("stream: arn:aws:kinesis:e:1:stream/clicks", ["kinesis clicks"]),
        ("eventBridge: {eventBus: shop, pattern: {source: [s], detail-type: [A]}}", ["eventbridge shop:A"]),
        ("eventBridge: {schedule: rate(1 day)}", []),
        ("cloudwatchEvent: {event: {detail-type: [A]}}", ["eventbridge default:A"]),
        ("kafka: {topic: clicks}", ["kafka clicks"]),
        ("rabbitmq: {queue: jobs}", ["amqp jobs"]),
        ("http: {path: orders/{id}, method: get}".replace("{id}", "one"), ["http GET /orders/one"]),
        ("http: GET /orders", ["http GET /orders"]),
        ("httpApi: '*'", ["http {} /{proxy+}"]),
        ("httpApi: {path: /orders, method: POST}", ["http POST /orders"]),
        ("schedule: rate(1 day)", []),
        ("s3: bucket", []),
        ("alb: {listenerArn: x}", []),
        ("websocket: $connect", []),
    ],
)
def test_an_event(read: Read, event: str, expected: list[str]) -> None:
    found = filled(read(READER, {"shop/serverless.yml": template(f"    events:\n      - {event}\n"), **OTHERS}))
    wires = [w for w in found.wires if w.transport != "rpc"]
    said = [f"{w.transport} {w.exchange + ':' if w.exchange else ''}{w.operation or w.channel} {w.event}".strip() for w in wires]
    assert said == expected
    assert {(w.handler, w.location.line) for w in wires} <= {(BY, 21)}


SOURCE = "    events: [{sqs: {arn: '${ssm:/shop/orders-arn}'}}]\n"


@pytest.mark.parametrize(
    ("function", "stored", "told"),
    [
        (SOURCE, [("ssm:/shop/orders-arn", "orders")], None),
        (SOURCE + "    environment: {Q: '${ssm:/shop/orders-url}'}\n", [("ssm:/shop/orders-arn", "orders")], "orders"),
        (SOURCE + "    environment: {Q: '${ssm:/shop/bills-url}'}\n", [("ssm:/shop/orders-arn", "orders")], None),
        (SOURCE + "    environment: {Q: 'x-${ssm:/shop/orders-url}'}\n", [("ssm:/shop/orders-arn", "orders")], "x-{}"),
        ("    environment: {Q: '${ssm:/shop/orders-url}'}\n", [], None),
        (SOURCE.replace("${ssm:/shop/orders-arn}", "${cf:other.OrdersArn}"), [], None),
    ],
)
def test_an_entry_that_only_names_a_queue(read: Read, function: str, stored: list[tuple[str, str]], told: str | None) -> None:
    """Whoever asks for the same entry means the same queue, though nobody knows its name."""
    found = filled(read(READER, {"shop/serverless.yml": template(function), **OTHERS}))
    assert [(s.name, s.value) for s in found.exports] == stored
    assert next((s.value for p in found.processes for s in p.environment if s.name == "Q"), None) == told


def test_a_function_that_nothing_wakes_can_be_called(read: Read) -> None:
    (wire,) = read(READER, {"shop/serverless.yml": template(""), **OTHERS}).wires
    assert (wire.role, wire.transport, wire.handler) == (Role.SERVE, "rpc", BY)


def test_a_queue_construct(read: Read) -> None:
    text = f"{HEAD}constructs:\n  jobs:\n    type: queue\n    worker: {{handler: src/orders.take}}\n"
    assert [(w.transport, w.channel, w.handler) for w in read(READER, {"shop/serverless.yml": text, **OTHERS}).wires] == [
        ("sqs", "jobs", BY)
    ]


def test_state_machines(read: Read) -> None:
    text = (
        template("")
        + """
stepFunctions:
  stateMachines:
    checkout:
      definition:
        StartAt: Take
        States:
          Take: {Type: Task, Resource: !GetAtt TakeOrderLambdaFunction.Arn, End: true}
"""
    )
    found = filled(read(READER, {"shop/serverless.yml": text, **OTHERS}))
    assert [(w.role.value, w.operation, w.services) for w in found.wires] == [
        ("serve", "checkout", ("shop",)),
        ("call", "shop-dev-takeOrder", ("shop",)),
        ("serve", "shop-dev-takeOrder", ()),
    ]


DOUBLING = "\n".join(f"  a{n}: '${{self:custom.a{n + 1}}}${{self:custom.a{n + 1}}}'" for n in range(40))
INCLUDING = "  x: ${file(serverless.yml)}\n  y: ${file(serverless.yml)}\n  z: [&a [x, x], &b [*a, *a, *a], &c [*b, *b, *b]]\n"


@pytest.mark.parametrize("custom", [DOUBLING, INCLUDING])
def test_a_bomb_stays_small(read: Read, custom: str) -> None:
    text = f"service: shop\ncustom:\n{custom}\nfunctions:\n  take: {{handler: src/orders.take}}\n"
    assert len(read(READER, {"shop/serverless.yml": text, **OTHERS}).processes) == 1


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("service: [", True),
        ("service: shop\nfunctions: 12\n", False),
        ("service: shop\nfunctions: {a: {handler: nobody.here}}\n", False),
        ("service: shop\nprovider: {name: azure}\nfunctions: {a: {handler: src/orders.take}}\n", False),
        ("name: something\n", False),
        ("", False),
    ],
)
def test_what_is_no_service_says_nothing(read: Read, content: str, problem: bool) -> None:
    found = read(READER, {"shop/serverless.yml": content, **OTHERS})
    assert (found.processes, found.wires, bool(found.diagnostics)) == ((), (), problem)

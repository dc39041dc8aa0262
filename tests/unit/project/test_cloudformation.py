"""CloudFormation and SAM templates: what their texts are worth, which functions are one service, what wakes whom."""

from __future__ import annotations

import json

import pytest
from fixtures import Read, Scan
from flowmap.descriptor_api import Declarations, Forward, Role, Wire
from flowmap.project.exports import filled
from flowmap.project.readers.cloudformation import READER

HANDLER = "def handler(event, context): ...\n"
FUNCTION = """
Resources:
  Take:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: src/, Handler: app.handler, Runtime: python3.12}
"""


def told(read: Read, value: str, rest: str = "") -> str | None:
    """What the variable V of a function is worth."""
    template = f"""
Parameters:
  Stage: {{Type: String, Default: dev}}
  Owner: {{Type: String}}
  Kept: {{Type: 'AWS::SSM::Parameter::Value<String>', Default: /a/b}}
Mappings: {{Sizes: {{dev: {{queue: small}}, prod: {{queue: big}}}}}}
Resources:
  Jobs: {{Type: AWS::SQS::Queue, Properties: {{QueueName: !Sub 'jobs-${{Stage}}'}}}}
  News: {{Type: AWS::SNS::Topic}}
  Shop: {{Type: AWS::Serverless::Api}}
  Take:
    Type: AWS::Serverless::Function
    Properties: {{CodeUri: src, Handler: app.handler, Runtime: python3.12, Environment: {{Variables: {{V: {value}}}}}}}
{rest}"""
    found = filled(read(READER, {"orders/template.yaml": template, "orders/src/app.py": HANDLER}))
    return next((s.value for p in found.processes for s in p.environment), None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("plain", "plain"),
        ("12", "12"),
        ("!Ref Stage", "dev"),
        ("{Ref: Stage}", "dev"),
        ("!Sub 'a-${Stage}-${AWS::Region}'", "a-dev-{}"),
        ("!Sub ['${X}/${Stage}', {X: !Ref Stage}]", "dev/dev"),
        ("!Sub '${!Literal}'", "${Literal}"),
        ("!Join ['-', [a, !Ref Stage, !Ref Owner]]", "a-dev-{}"),
        ("{'Fn::Join': ['', ['a', {Ref: Stage}]]}", "adev"),
        ("!FindInMap [Sizes, !Ref Stage, queue]", "small"),
        ("!If [IsProd, one, two]", "one"),
        ("!Select [1, !Split ['-', 'a-b-c']]", "b"),
        ("!Select [0, [x, y]]", "x"),
        ("!Ref Jobs", "https://sqs.{}.amazonaws.com/{}/jobs-dev"),
        ("!GetAtt Jobs.Arn", "arn:aws:sqs:{}:{}:jobs-dev"),
        ("!GetAtt Jobs.QueueName", "jobs-dev"),
        ("!Ref News", "arn:aws:sns:{}:{}:News"),
        ("!Sub '${News.TopicName}'", "News"),
        ("!Sub 'https://${Shop}.execute-api.${AWS::Region}.amazonaws.com/prod/orders'", "https://shop.orders.execute-api.{}.amazonaws.com/orders"),
        ("!Ref Owner", None),
        ("!Sub '${Owner}/orders'", None),
        ("!Ref Kept", None),
        ("!ImportValue other-stack", None),
        ("'{{resolve:ssm:/a/b:1}}'", None),
        ("!Unknown {a: b}", None),
        ("!Ref Nobody", None),
    ],
)  # fmt: skip
def test_a_value(read: Read, value: str, expected: str | None) -> None:
    assert told(read, value) == expected


def wired(read: Read, resources: str, files: dict[str, str] | None = None) -> list[str]:
    template = f"{FUNCTION}{resources}"
    found = filled(read(READER, {"orders/template.yaml": template, "orders/src/app.py": HANDLER, **(files or {})}))
    return said(found)


def said(found: Declarations) -> list[str]:
    return [line(w) for w in found.wires if (w.transport, w.role) != ("rpc", Role.SERVE)] + [hop(f) for f in found.forwards]


def line(wire: Wire) -> str:
    name = wire.operation or wire.channel
    name = f"{wire.exchange}:{name}" if wire.exchange else name
    by = wire.handler or wire.actor or ",".join(wire.services)
    more = "".join(f" {k}={v}" for k, v in (("event", wire.event), ("source", wire.source), ("target", wire.target)) if v)
    return f"{wire.role.value} {wire.transport} {name}{more} by {by} at {wire.location.line}" + " without waiting" * (
        not wire.waits
    )


def hop(forward: Forward) -> str:
    ends = (f"{c.transport} {c.exchange + ':' if c.exchange else ''}{c.channel}{' ' + c.event if c.event else ''}"
            for c in (forward.source, forward.target))  # fmt: skip
    return " -> ".join(ends) + f" at {forward.location.line}"


BY = "by orders/src/app.py:handler"


@pytest.mark.parametrize(
    ("kind", "stated", "expected"),
    [
        ("SQS", "{Queue: !GetAtt Jobs.Arn}", [f"subscribe sqs Jobs {BY} at 11"]),
        ("SQS", "{Queue: 'arn:aws:sqs:eu-west-1:1:jobs'}", [f"subscribe sqs jobs {BY} at 11"]),
        ("SNS", "{Topic: !Ref News}", [f"subscribe sns News {BY} at 11"]),
        (
            "SNS",
            "{Topic: !Ref News, FilterPolicy: {event_type: [Placed, Paid]}}",
            [f"subscribe sns News event=Placed {BY} at 11", f"subscribe sns News event=Paid {BY} at 11"],
        ),
        ("SNS", "{Topic: !Ref News, FilterPolicy: {region: [eu]}}", [f"subscribe sns News {BY} at 11"]),
        ("Kinesis", "{Stream: 'arn:aws:kinesis:e:1:stream/clicks'}", [f"subscribe kinesis clicks {BY} at 11"]),
        ("DynamoDB", "{Stream: !GetAtt Rows.StreamArn}", [f"subscribe dynamodb Rows {BY} at 11"]),
        ("Api", "{Path: '/orders/{id}', Method: get}", [f"serve http GET /orders/{{id}} {BY} at 11"]),
        ("HttpApi", "{Path: /orders, Method: POST}", [f"serve http POST /orders {BY} at 11"]),
        ("MSK", "{Topics: [clicks]}", [f"subscribe kafka clicks {BY} at 11"]),
        ("EventBridgeRule", "{Pattern: {detail-type: [A, B]}}", [f"subscribe eventbridge default:{t} {BY} at 11" for t in "AB"]),
        (
            "CloudWatchEvent",
            "{EventBusName: !Ref Bus, Pattern: {source: [shop], detail-type: [{prefix: Order}]}}",
            [f"subscribe eventbridge Bus:Order* source=shop {BY} at 11"],
        ),
        ("EventBridgeRule", "{Pattern: {source: [shop]}}", [f"subscribe eventbridge default:* source=shop {BY} at 11"]),
        ("Schedule", "{Schedule: rate(1 day)}", []),
        ("S3", "{Bucket: !Ref Bucket}", []),
        ("Cognito", "{UserPool: !Ref Pool, Trigger: PreSignUp}", []),
        ("SQS", "{}", []),
    ],
)
def test_an_event_of_a_function(read: Read, kind: str, stated: str, expected: list[str]) -> None:
    kinds = (("Jobs", "SQS::Queue"), ("News", "SNS::Topic"), ("Rows", "DynamoDB::Table"), ("Bus", "Events::EventBus"))
    rest = "\n".join(f"  {name}: {{Type: 'AWS::{kind}'}}" for name, kind in kinds)
    template = f"""
Resources:
{rest}
  Take:
    Type: AWS::Serverless::Function
    Properties:
      {{CodeUri: src/, Handler: app.handler, Runtime: python3.12,
      Events: {{One: {{Type: {kind}, Properties: {stated}}}}}}}
"""
    found = filled(read(READER, {"orders/template.yaml": template, "orders/src/app.py": HANDLER}))
    assert said(found) == expected


RESOURCES = "  Jobs: {Type: AWS::SQS::Queue}\n  News: {Type: AWS::SNS::Topic}\n"


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (
            "  M: {Type: AWS::Lambda::EventSourceMapping, Properties: {EventSourceArn: !GetAtt Jobs.Arn, FunctionName: !Ref Take}}",
            [f"subscribe sqs Jobs {BY} at 8"],
        ),
        (
            "  S: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref News, Protocol: sqs, Endpoint: !GetAtt Jobs.Arn}}",
            ["sns News -> sqs Jobs at 8"],
        ),
        (
            "  S: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref News, Protocol: lambda, Endpoint: !GetAtt Take.Arn}}",
            [f"subscribe sns News {BY} at 8"],
        ),
        (
            "  T: {Type: AWS::SNS::Topic, Properties: {Subscription: [{Protocol: sqs, Endpoint: !GetAtt Jobs.Arn}]}}",
            ["sns T -> sqs Jobs at 8"],
        ),
        (
            (
                "  R: {Type: AWS::Events::Rule, Properties: {EventPattern: {detail-type: [A]}, "
                "Targets: [{Id: q, Arn: !GetAtt Jobs.Arn}, {Id: f, Arn: !GetAtt Take.Arn}]}}"
            ),
            [f"subscribe eventbridge default:A {BY} at 8", "eventbridge default:A -> sqs Jobs at 8"],
        ),
        ("  R: {Type: AWS::Events::Rule, Properties: {ScheduleExpression: rate(1 day), Targets: [{Arn: !GetAtt Take.Arn}]}}", []),
        (
            "  P: {Type: AWS::Pipes::Pipe, Properties: {Source: !GetAtt Jobs.Arn, Target: !Ref News}}",
            ["sqs Jobs -> sns News at 8"],
        ),
        (
            "  Q: {Type: AWS::SQS::Queue, Properties: {RedrivePolicy: {deadLetterTargetArn: !GetAtt Jobs.Arn}}}",
            ["sqs Q -> sqs Jobs at 8"],
        ),
        ("  B: {Type: AWS::S3::Bucket}", []),
        ("  Strange: 12", []),
        ("  Strange: {Type: [a]}", []),
    ],
)
def test_a_resource_that_wires(read: Read, resource: str, expected: list[str]) -> None:
    assert wired(read, f"{RESOURCES}{resource}\n") == expected


OTHER = """
Resources:
  OrdersQueue: {Type: AWS::SQS::Queue}
  Kept: {Type: AWS::SSM::Parameter, Properties: {Name: !Sub '/shop/${Stage}/orders/queue/arn', Value: !GetAtt OrdersQueue.Arn}}
Parameters: {Stage: {Type: String}}
Outputs:
  Arn: {Value: !GetAtt OrdersQueue.Arn, Export: {Name: !Sub '${AWS::StackName}-queue'}}
"""


@pytest.mark.parametrize(
    "queue",
    [
        "!ImportValue orders-queue",
        "{'Fn::ImportValue': !Sub '${Stack}-queue'}",
        "'{{resolve:ssm:/shop/dev/orders/queue/arn}}'",
        "!Sub '{{resolve:ssm:/shop/${Stack}/orders/queue/arn}}'",
        "!Ref Stored",
        "!Ref OrdersQueueArn",
    ],
)
def test_what_another_stack_holds(scan: Scan, queue: str) -> None:
    template = f"""
Parameters:
  Stack: {{Type: String}}
  OrdersQueueArn: {{Type: String}}
  Stored: {{Type: AWS::SSM::Parameter::Value<String>, Default: /shop/dev/orders/queue/arn}}
{FUNCTION}      Events: {{One: {{Type: SQS, Properties: {{Queue: {queue}}}}}}}
""".replace(
        "Properties: {CodeUri: src/, Handler: app.handler, Runtime: python3.12}",
        "Properties:\n      CodeUri: src/\n      Handler: app.handler\n      Runtime: python3.12",
    )
    project = scan({"mail/template.yaml": template, "mail/src/app.py": HANDLER, "orders/template.yaml": OTHER})
    assert [(w.transport, w.channel) for w in project.wires if w.role is Role.SUBSCRIBE] == [("sqs", "OrdersQueue")]


def test_code_may_ask_for_what_is_stored(scan: Scan) -> None:
    files = {"orders/template.yaml": OTHER, "mail/template.yaml": FUNCTION, "mail/src/app.py": HANDLER}
    assert [(s.name, s.value) for s in scan(files).stored] == [
        ("ssm:/shop/{}/orders/queue/arn", "arn:aws:sqs:{}:{}:OrdersQueue"),
    ]


@pytest.mark.parametrize(
    ("secret", "setting", "expected"),
    [
        ('Name: shop/settings, SecretString: !Sub \'{"queue": "${Jobs}"}\'', "shop/settings:SecretString:queue", "{}/Jobs"),
        ('Name: kept, SecretString: \'{"queue": "q"}\'', "${Kept}:SecretString:queue", "q"),
        ("Name: shop/settings, SecretString: plain", "shop/settings", "plain"),
        ('Name: shop/settings, SecretString: \'{"queue": "q"}\'', "shop/settings:SecretString:other", None),
        ("Name: shop/settings, GenerateSecretString: {}", "shop/settings:SecretString:queue", None),
    ],
)
def test_a_secret_that_a_template_spells_out(scan: Scan, secret: str, setting: str, expected: str | None) -> None:
    template = f"""
Resources:
  Jobs: {{Type: AWS::SQS::Queue}}
  Kept: {{Type: AWS::SecretsManager::Secret, Properties: {{{secret}}}}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src/
      Handler: app.handler
      Runtime: python3.12
      Environment: {{Variables: {{WHERE: !Sub '{{{{resolve:secretsmanager:{setting}}}}}'}}}}
"""
    (service,) = scan({"template.yaml": template, "src/app.py": HANDLER}).services
    found = [s.value for s in service.environment if s.name == "WHERE"]
    assert [v.rpartition(".com/")[2] for v in found] == ([expected] if expected else [])


def test_a_nested_stack_knows_what_it_is_given(scan: Scan) -> None:
    top = """
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Mail: {Type: AWS::Serverless::Application, Properties: {Location: mail/template.yaml, Parameters: {Source: !GetAtt Jobs.Arn}}}
"""
    child = "Parameters: {Source: {Type: String}}\n" + FUNCTION.replace(
        "python3.12}", "python3.12, Events: {A: {Type: SQS, Properties: {Queue: !Ref Source}}}}"
    )
    project = scan({"template.yaml": top, "mail/template.yaml": child, "mail/src/app.py": HANDLER})
    assert [(w.transport, w.channel) for w in project.wires] == [("sqs", "Jobs")]


def functions(*handlers: str, code: str = "") -> str:
    lines = ["Resources:"]
    for number, handler in enumerate(handlers):
        folder, _, own = handler.rpartition("|")
        properties = (
            f"CodeUri: '{folder or code}', Handler: {own}, Runtime: python3.12, Environment: {{Variables: {{N: '{number}'}}}}"
        )
        lines.append(f"  F{number}: {{Type: AWS::Serverless::Function, Properties: {{{properties}}}}}")
    return "\n".join(lines)


TAKE_AND_GIVE = {"fn/take/app.py": HANDLER, "fn/give/app.py": HANDLER}
IN_LAYERS = {
    "src/services/pay/handlers/charge.py": HANDLER,
    "src/services/pay/handlers/refund.py": HANDLER,
    "src/services/ship/send.py": HANDLER,
}
LAYERED = ("services.pay.handlers.charge.handler", "services.pay.handlers.refund.handler", "services.ship.send.handler")


@pytest.mark.parametrize(
    ("path", "template", "files", "expected"),
    [
        (
            "orders/template.yaml",
            functions("src/take|app.handler", "src/give|app.handler"),
            {"orders/src/take/app.py": HANDLER, "orders/src/give/app.py": HANDLER},
            ["orders in orders"],
        ),
        (
            "template.yaml",
            functions("fn/take|app.handler", "fn/give|app.handler"),
            TAKE_AND_GIVE,
            ["give in fn/give", "take in fn/take"],
        ),
        ("template.yaml", functions(*LAYERED, code="src"), IN_LAYERS, ["pay in src/services/pay", "ship in src/services/ship"]),
        (
            "template.yaml",
            functions("take.handler", "give.handler", code="src"),
            {"src/take.py": HANDLER, "src/give.py": HANDLER},
            ["F0 in src"],
        ),
        (
            "infra/template.yaml",
            functions("../fn/take|app.handler", "../fn/give|app.handler"),
            TAKE_AND_GIVE,
            ["give in fn/give", "take in fn/take"],
        ),
    ],
)
def test_which_functions_are_a_service(scan: Scan, path: str, template: str, files: dict[str, str], expected: list[str]) -> None:
    assert [f"{s.name} in {s.root}" for s in scan({path: template, **files}).services] == expected


def test_what_only_one_function_is_told_is_said_of_its_code(scan: Scan) -> None:
    files = {"orders/template.yaml": functions("src/take|app.handler", "src/give|app.handler")}
    project = scan({**files, "orders/src/take/app.py": HANDLER, "orders/src/give/app.py": HANDLER})
    assert [(s.name, s.value, s.within) for s in project.services[0].environment] == [
        ("N", "1", "orders/src/give"),
        ("N", "0", "orders/src/take"),
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("Resources:\n  A: {Type: AWS::SQS::Queue\n", True),
        ("Resources:\n{{ range .Queues }}\n  A: {Type: AWS::SQS::Queue}\n{{ end }}\n", True),
        ("Resources: {A: &a {Type: AWS::SQS::Queue, B: *nobody}}\n", True),
        ("Resources: {A: !GetAtt, B: !Strange {x: !!binary y}, C: {Type: AWS::SQS::Queue}, C: {Type: AWS::SNS::Topic}}\n", False),
        ("Resources: &r {A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Sub [*r, *r]}}}\n", True),
        (
            "a: &a [x]\nb: &b [*a, *a, *a]\nResources: {A: {Type: AWS::SQS::Queue, Properties: {QueueName: !Join ['', *b]}}}\n",
            False,
        ),
        ("Resources: [AWS::SQS::Queue]\n", False),
        ("kind: Pod\n", False),
        ("", False),
    ],
)
def test_a_broken_template_is_a_diagnostic(read: Read, content: str, problem: bool) -> None:
    assert bool(read(READER, {"x/template.yaml": content}).diagnostics) is problem


@pytest.mark.parametrize(("levels", "told"), [(5, False), (40, True)])
def test_a_bomb_stays_small(read: Read, levels: int, told: bool) -> None:
    joins = [f"j{n}: &j{n} {{'Fn::Join': ['', [{', '.join([f'*j{n - 1}'] * 10)}]]}}" for n in range(1, levels)]
    queue = f"Resources: {{A: {{Type: AWS::SQS::Queue, Properties: {{QueueName: *j{levels - 1}}}}}, B: {{Type: AWS::Pipes::Pipe}}}}"
    found = read(READER, {"x/template.yaml": "\n".join(("j0: &j0 xxxxxxxxxx", *joins, queue))})
    assert bool(found.diagnostics) is told


def test_a_template_in_json(read: Read) -> None:
    template = {
        "Resources": {
            "Take": {
                "Type": "AWS::Serverless::Function",
                "Properties": {
                    "CodeUri": "src",
                    "Handler": "app.handler",
                    "Runtime": "python3.12",
                    "Events": {"A": {"Type": "SQS", "Properties": {"Queue": {"Fn::GetAtt": ["Jobs", "Arn"]}}}},
                },
            },
            "Jobs": {"Type": "AWS::SQS::Queue"},
        }
    }
    found = filled(read(READER, {"x/template.json": json.dumps(template, indent=1), "x/src/app.py": HANDLER}))
    assert [(w.transport, w.channel, w.location.line) for w in found.wires] == [("sqs", "Jobs", 10)]


def test_resources_of_one_name_in_two_stacks_are_two(scan: Scan) -> None:
    text = """
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  Take:
    Type: AWS::Serverless::Function
    Properties:
      {CodeUri: src, Handler: app.handler, Runtime: python3.12, Events: {A: {Type: SQS, Properties: {Queue: !GetAtt Jobs.Arn}}}}
"""
    files = {
        f"{name}/{path}": content
        for name in ("mail", "shop")
        for path, content in (("template.yaml", text), ("src/app.py", HANDLER))
    }
    assert [w.channel for w in scan(files).wires] == ["mail-Jobs", "shop-Jobs"]


SURE = """
Parameters:
  Open: {Type: String}
  Ours: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /shop/queue}
  Theirs: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /elsewhere/bills}
Resources:
  Kept: {Type: AWS::SSM::Parameter, Properties: {Name: /shop/queue, Value: !GetAtt Jobs.Arn}}
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  News: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
  Take:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: src
      Handler: app.handler
      Runtime: python3.12
      Events: {E: {Type: SQS, Properties: {Queue: %s}}}
  Fed: {Type: AWS::SNS::Subscription, Properties: {Protocol: sqs, TopicArn: !Ref News, Endpoint: %s}}
"""


@pytest.mark.parametrize(
    ("queue", "channel", "confidence"),
    [
        ("!GetAtt Jobs.Arn", "jobs", "certain"),
        ("arn:aws:sqs:eu-west-1:1:jobs", "jobs", "certain"),
        ("!Ref Ours", "jobs", "derived"),
        ("!Ref Theirs", "bills", "guess"),
        ("!Ref Open", "Open", "guess"),
        ("!Sub 'arn:aws:sqs:a:1:${Open}-jobs'", "{}-jobs", "guess"),
        ("!ImportValue not-there", "not-there", "guess"),
    ],
)
def test_how_sure_a_name_is(read: Read, queue: str, channel: str, confidence: str) -> None:
    found = filled(read(READER, {"shop/template.yaml": SURE % (queue, queue), "shop/src/app.py": HANDLER}))
    assert [(w.channel, w.confidence) for w in found.wires if w.transport == "sqs"] == [(channel, confidence)]
    into = [f for f in found.forwards if f.source.transport == "sns"]
    assert [(f.target.channel, f.confidence) for f in into] == [(channel, confidence)]


QUEUES = """
Resources:
  Jobs: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs}}
  News: {Type: AWS::SNS::Topic, Properties: {TopicName: news}}
  Sends: {Type: %s, Properties: %s}
"""


@pytest.mark.parametrize(
    ("kind", "properties", "expected"),
    [
        (
            "AWS::S3::Bucket",
            (
                "{NotificationConfiguration: {QueueConfigurations: [{Queue: !GetAtt Jobs.Arn}],"
                " TopicConfigurations: [{Topic: !Ref News}]}}"
            ),
            [("aws.s3", "jobs"), ("aws.s3", "news")],
        ),
        ("AWS::S3::Bucket", "{BucketName: jobs}", []),
        (
            "AWS::ApiGateway::Method",
            "{Integration: {Uri: !Sub 'arn:aws:apigateway:${AWS::Region}:sqs:path/${AWS::AccountId}/${Jobs.QueueName}'}}",
            [("aws.apigateway", "jobs")],
        ),
        ("AWS::ApiGateway::Method", "{Integration: {Uri: !Sub 'arn:aws:apigateway:a:s3:path/b/jobs'}}", []),
        (
            "AWS::Events::Rule",
            "{ScheduleExpression: rate(1 day), Targets: [{Arn: !GetAtt Jobs.Arn}, {Arn: 'arn:aws:lambda:a:1:function:f'}]}",
            [("aws.scheduler", "jobs")],
        ),
        (
            "AWS::CloudWatch::Alarm",
            "{AlarmActions: [!Ref News], OKActions: [!Ref News, 'arn:aws:automate:a:ec2:stop'], MetricName: jobs}",
            [("aws.cloudwatch", "news"), ("aws.cloudwatch", "news")],
        ),
    ],
)
def test_what_aws_itself_sends(read: Read, kind: str, properties: str, expected: list[tuple[str, str]]) -> None:
    found = filled(read(READER, {"shop/template.yaml": QUEUES % (kind, properties)}))
    assert [(e.name, c) for e in found.externals for c in e.publishes] == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("!Ref 'AWS::StackName'", "!Ref 'AWS::StackName'"),
        ("!Sub '${AWS::StackName}-${AWS::Region}'", "!Ref 'AWS::StackName'"),
        ("one", "two"),
    ],
)
def test_functions_whose_names_nobody_knows_are_told_apart(read: Read, one: str, other: str) -> None:
    functions = "".join(
        f"  {name.title()}:\n    Type: AWS::Lambda::Function\n"
        f"    Properties: {{Code: src, Handler: {name}.run, Runtime: python3.12, FunctionName: {given}}}\n"
        for name, given in (("one", one), ("two", other))
    )
    rule = "  R: {Type: AWS::Events::Rule, Properties: {EventPattern: {detail-type: [X]}, Targets: [{Arn: !GetAtt Two.Arn}]}}\n"
    files = {"shop/template.yaml": f"Resources:\n{functions}{rule}", "shop/src/one.py": "", "shop/src/two.py": ""}
    wires = filled(read(READER, files)).wires
    assert [w.handler for w in wires if w.transport == "eventbridge"] == ["shop/src/two.py:run"]


def _asking(handler: str, url: str, event: str) -> str:
    """A template with one function that is told a URL and woken by an event of an API."""
    return f"""
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: {handler}/
      Handler: app.handler
      Runtime: python3.12
      Environment: {{Variables: {{URL: {url}}}}}
      Events: {{E: {{Type: {event}, Properties: {{Path: /x, Method: get}}}}}}
  Known: {{Type: 'AWS::SSM::Parameter', Properties: {{Name: /{handler}/url, Value: !Sub 'https://${{ServerlessRestApi}}.execute-api.${{AWS::Region}}.amazonaws.com/Prod'}}}}
"""


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("carts.yaml", "goods.yaml"), {"carts-code": "back/carts-code", "goods-code": "back/goods-code"}),
        (("carts-service.yml", "goods-service.yml"), {"carts-code": "back/carts-code", "goods-code": "back/goods-code"}),
        (("template.yaml",), {"back": "back"}),
        (("template.yaml", "goods.yaml"), {"back": "back"}),
        (("sam-template.yaml",), {"back": "back"}),
    ],
)
def test_several_templates_in_a_folder_are_several_services(scan: Scan, names: tuple[str, ...], expected: dict[str, str]) -> None:
    codes = ("carts-code", "goods-code")[: len(names)]
    files = {f"back/{name}": _asking(code, "x", "Api") for name, code in zip(names, codes, strict=True)}
    project = scan({**files, **{f"back/{code}/app.py": HANDLER for code in codes}})
    assert {s.name: s.root for s in project.services} == expected


@pytest.mark.parametrize("code", ["src", "functions", "lambda"])
def test_a_folder_that_says_nothing_names_no_service(scan: Scan, code: str) -> None:
    (found,) = scan({"carts/store.yaml": _asking(code, "x", "Api"), f"carts/{code}/app.py": HANDLER}).services
    assert (found.name, found.root) == ("carts", "carts")


def test_the_gateway_that_sam_adds_has_an_address(scan: Scan) -> None:
    url = "'{{resolve:ssm:/goods/url}}'"
    files = {"carts/template.yaml": _asking("code", url, "Api"), "goods/template.yaml": _asking("goods", "x", "Api")}
    found = scan({**files, "carts/code/app.py": HANDLER, "goods/goods/app.py": HANDLER}).services
    hosts = {s.name: {a.host for a in s.addresses} for s in found}
    (told_url,) = (s.value for service in found if service.name == "carts" for s in service.environment if s.name == "URL")
    assert told_url.removeprefix("https://") in hosts["goods"] - hosts["carts"]


@pytest.mark.parametrize(
    ("event", "reference", "there"),
    [
        ("{Type: Api, Properties: {Path: /x, Method: get}}", "ServerlessRestApi", True),
        ("{Type: HttpApi, Properties: {Path: /x, Method: get}}", "ServerlessHttpApi", True),
        ("{Type: HttpApi}", "ServerlessHttpApi", True),
        ("{Type: HttpApi}", "ServerlessRestApi", False),
        ("{Type: Api, Properties: {Path: /x, Method: get, RestApiId: !Ref Own}}", "ServerlessRestApi", False),
        ("{Type: SQS, Properties: {Queue: q}}", "ServerlessRestApi", False),
    ],
)
def test_which_gateway_sam_adds(read: Read, event: str, reference: str, there: bool) -> None:
    template = f"{FUNCTION.replace('}', f', Environment: {{Variables: {{V: !Ref {reference}}}}}, Events: {{E: {event}}}}}')}"
    found = filled(read(READER, {"orders/template.yaml": template, "orders/src/app.py": HANDLER}))
    assert any(s.name == "V" for p in found.processes for s in p.environment) is there


IMAGE = """
Parameters: {ImageUri: {Type: String}}
Resources:
  Take:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      ImageConfig: {Command: [COMMAND]}
      Code: {ImageUri: !Ref ImageUri}
"""
OF_BOTH = "FROM public.ecr.aws/lambda/python:3.12\nCOPY mail/src ${LAMBDA_TASK_ROOT}\nCOPY ./bills/src ${LAMBDA_TASK_ROOT}\n"


@pytest.mark.parametrize(
    ("command", "recipe", "expected"),
    [
        ("post.handler", OF_BOTH, {"mail": "mail/src"}),
        ("book.handler", OF_BOTH, {"bills": "bills/src"}),
        ("post.handler", OF_BOTH.replace("mail/src", "--from=build mail/src"), {}),
        ("post.handler", OF_BOTH.replace("mail/src", "${CODE}"), {}),
        ("other.handler", OF_BOTH, {}),
    ],
)
def test_a_function_whose_image_a_parameter_names(scan: Scan, command: str, recipe: str, expected: dict[str, str]) -> None:
    """The command of the function says what runs, the recipe beside the template where that lies."""
    files = {
        "template.yml": IMAGE.replace("COMMAND", command),
        "Dockerfile": recipe,
        "mail/src/post.py": HANDLER,
        "bills/src/book.py": HANDLER,
    }
    services = (s for s in scan(files).services if any("cloudformation" in e.what for e in s.evidence))
    assert {s.name: s.root for s in services} == expected

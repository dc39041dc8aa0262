"""State machines in templates: what their states do, at which line, and whose machines they are."""

from __future__ import annotations

import json
from textwrap import indent

import pytest
from fixtures import Read, Scan
from flowmap.model.project import Wire
from flowmap.project.exports import filled
from flowmap.project.readers.cloudformation import READER

HANDLER = "def handler(event, context): ...\n"
HEAD = """
Resources:
  Jobs: {Type: AWS::SQS::Queue}
  News: {Type: AWS::SNS::Topic}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}
  Take: {Type: AWS::Serverless::Function, Properties: {CodeUri: src, Handler: app.handler, Runtime: python3.12}}
  Ship: {Type: AWS::StepFunctions::StateMachine}
  Buy:
    Type: AWS::Serverless::StateMachine
    Properties:
"""


def said(wires: tuple[Wire, ...]) -> list[str]:
    found = []
    for w in wires:
        name = f"{w.exchange}:{w.channel}" if w.exchange else w.operation or w.channel
        waits = "" if w.waits else " without waiting"
        found.append(f"{w.role.value} {w.transport} {name}{waits} at {w.location.line}")
    return found


def wired(read: Read, properties: str, **files: str) -> tuple[Wire, ...]:
    others = {f"orders/{name.replace('_', '.')}": content for name, content in files.items()}
    return filled(read(READER, {"orders/template.yaml": HEAD + properties, "orders/src/app.py": HANDLER, **others})).wires


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("{Resource: !GetAtt Take.Arn}", ["call rpc Take at 15"]),
        ("{Resource: 'arn:aws:lambda:e:1:function:other:live'}", ["call rpc other at 15"]),
        ("{Resource: 'arn:aws:states:::lambda:invoke', Parameters: {FunctionName: !Ref Take}}", ["call rpc Take at 15"]),
        (
            "{Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', Parameters: {FunctionName: !GetAtt Take.Arn}}",
            ["call rpc Take at 15"],
        ),
        (
            "{Resource: 'arn:aws:states:::lambda:invoke', Arguments: {FunctionName: !Ref Take, InvocationType: Event}}",
            ["call rpc Take without waiting at 15"],
        ),
        (
            "{Resource: 'arn:aws:states:::states:startExecution', Parameters: {StateMachineArn: !Ref Ship}}",
            ["call rpc Ship without waiting at 15"],
        ),
        (
            "{Resource: 'arn:aws:states:::states:startExecution.sync:2', Parameters: {StateMachineArn: !Ref Ship}}",
            ["call rpc Ship at 15"],
        ),
        ("{Resource: 'arn:aws:states:::sqs:sendMessage', Parameters: {QueueUrl: !Ref Jobs}}", ["publish sqs Jobs at 15"]),
        ("{Resource: 'arn:aws:states:::aws-sdk:sns:publish', Parameters: {TopicArn: !Ref News}}", ["publish sns News at 15"]),
        (
            "{Resource: 'arn:aws:states:::events:putEvents', Parameters: {Entries: [{DetailType: D, EventBusName: !Ref Bus}]}}",
            ["publish eventbridge shop:D at 15"],
        ),
        ("{Resource: 'arn:aws:states:::dynamodb:putItem', Parameters: {TableName: rows}}", []),
        ("{Resource: 'arn:aws:states:::lambda:invoke', Parameters: {'FunctionName.$': $.name}}", []),
        ("{Resource: 12}", ["call rpc 12 at 15"]),
        ("{}", []),
    ],
)
def test_a_task(read: Read, state: str, expected: list[str]) -> None:
    task = state.replace("{", "{Type: Task, ", 1).replace(", }", "}")
    definition = (
        f"      Definition:\n        StartAt: One\n        States:\n          Wait: {{Type: Wait}}\n          One: {task}\n"
    )
    found = said(wired(read, definition.replace("        States", "        Comment: c\n        States", 0)))
    assert [s.replace("at 14", "at 15") for s in found if "serve" not in s] == expected


def test_states_inside_others_count(read: Read) -> None:
    inner = "{StartAt: A, States: {A: {Type: Task, Resource: '%s'}}}"
    states = (
        f"P: {{Type: Parallel, Branches: [{inner % 'one'}, {inner % 'two'}]}}, M: {{Type: Map, ItemProcessor: {inner % 'three'}}}"
    )
    found = wired(read, f"      Definition: {{StartAt: P, States: {{{states}}}}}\n")
    assert [w.target for w in found if w.role == "call"] == ["one", "two", "three"]


ASL = json.dumps({"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${TakeArn}"}}}, indent=1)


@pytest.mark.parametrize(
    ("properties", "path", "line"),
    [
        ("      DefinitionUri: buy.json\n      DefinitionSubstitutions: {TakeArn: !GetAtt Take.Arn}\n", "orders/buy.json", 4),
        (
            f"      DefinitionString: !Sub\n        - |\n{indent(ASL, ' ' * 10)}\n        - {{TakeArn: !GetAtt Take.Arn}}\n",
            "orders/template.yaml",
            16,
        ),
    ],
)  # fmt: skip
def test_a_definition_elsewhere(read: Read, properties: str, path: str, line: int) -> None:
    (call,) = [w for w in wired(read, properties, buy_json=ASL) if w.role == "call"]
    assert (call.target, call.location.path, call.location.line) == ("Take", path, line)


@pytest.mark.parametrize(
    "properties",
    [
        "      DefinitionUri: nowhere.json\n",
        "      DefinitionUri: ../../out.json\n",
        "      DefinitionUri: buy.json\n",
        "      DefinitionString: '{ not json'\n",
        "      Definition: [a]\n",
        "      Definition: {States: 12}\n",
        "      {}\n",
    ],
)
def test_a_machine_that_cannot_be_read_does_nothing(read: Read, properties: str) -> None:
    assert [w for w in wired(read, properties, buy_json="{{ broken") if w.role == "call"] == []


def machine_over(*folders: str) -> str:
    kind = "Type: AWS::Serverless::Function"
    lines = [f"  {f}: {{{kind}, Properties: {{CodeUri: fn/{f}, Handler: app.handler, Runtime: python3.12}}}}" for f in folders]
    functions = "\n".join(lines)
    states = ", ".join(f"{f}: {{Type: Task, Resource: !GetAtt {f}.Arn}}" for f in folders)
    machine = f"  Buy: {{Type: AWS::Serverless::StateMachine, Properties: {{Definition: {{StartAt: x, States: {{{states}}}}}}}}}"
    return f"Resources:\n{functions}\n{machine}\n"


def test_a_machine_over_several_services_is_one_itself(scan: Scan) -> None:
    files = {"template.yaml": machine_over("pay", "ship"), "fn/pay/app.py": HANDLER, "fn/ship/app.py": HANDLER}
    project = scan(files)
    assert [(s.name, s.root, s.entry) for s in project.services] == [
        ("Buy", ".", "template.yaml"),
        ("pay", "fn/pay", None),
        ("ship", "fn/ship", None),
    ]
    assert [(w.services, w.target) for w in project.wires if w.role == "call"] == [(("Buy",), "pay"), (("Buy",), "ship")]


def test_a_machine_of_one_service_is_part_of_it(scan: Scan) -> None:
    (service,) = scan({"shop/template.yaml": machine_over("pay"), "shop/fn/pay/app.py": HANDLER}).services
    assert (service.name, "Buy" in service.aliases) == ("shop", True)

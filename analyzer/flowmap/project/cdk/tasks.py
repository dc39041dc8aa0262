"""State machines of constructs: the tasks that can be reached from a definition, as states of the States Language."""

from __future__ import annotations

import posixpath
from collections import deque
from typing import TYPE_CHECKING

from flowmap.project.cdk.constructs import Labels, plain, thing_of
from flowmap.project.infrapy.data import in_scan
from flowmap.project.infrapy.nodes import LINE
from flowmap.project.infrapy.values import Library, Thing, Value, piece

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST = 500
_TASKS = "aws_stepfunctions_tasks."


def states_of(machine: Thing, labels: Labels, folder: str, line: Callable[[Thing], int]) -> dict[str, Value]:
    """The definition of a machine, in itself or in a file; empty if nothing is known of it."""
    first = machine.given("definition") or machine.given("definition_body")
    body = thing_of(first)
    if body is not None and plain(body.name).endswith("DefinitionBody.from_file"):
        where = in_scan(piece(body.given("path", 0)), folder)
        given = machine.given("definition_substitutions")
        told: dict[str, Value] = {"DefinitionSubstitutions": given if isinstance(given, dict) else {}}
        return told | ({"DefinitionUri": posixpath.relpath(f"/{where}", f"/{folder}")} if where is not None else {})
    states: dict[str, Value] = {}
    for task in _reached(first):
        meant = _meant(task, labels)
        if meant is not None:
            states[piece(task.given("id", 1))] = {"Type": "Task", "Resource": meant[0], "Parameters": meant[1], LINE: line(task)}
    return {"Definition": {"States": states}} if states else {}


def _reached(first: Value) -> Iterator[Thing]:
    """The things that a definition is chained of, each once."""
    waiting: deque[Value] = deque([first])
    seen: set[int] = set()
    while waiting and len(seen) < _MOST:
        value = waiting.popleft()
        thing = value if isinstance(value, list) else thing_of(value)
        if thing is None or id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, list):
            waiting += thing[:_MOST]
        elif plain(thing.name).startswith("aws_stepfunctions"):
            yield thing
            waiting += [thing.of, *thing.led[:_MOST], *thing.arguments[:_MOST], *thing.keywords.values()]


def _meant(task: Thing, labels: Labels) -> tuple[str, Value] | None:
    """The resource of a task and its parameters; None if it is none that others see."""
    kind = plain(task.name)
    pattern = task.given("integration_pattern")
    ending = pattern.name.rpartition(".")[2] if isinstance(pattern, Library) else ""
    tail = {"WAIT_FOR_TASK_TOKEN": ".waitForTaskToken", "RUN_JOB": ".sync"}.get(ending, "")
    match kind.removeprefix(_TASKS) if kind.startswith(_TASKS) else "":
        case "LambdaInvoke":
            return f"arn:aws:states:::lambda:invoke{tail}", {"FunctionName": labels.arn(task.given("lambda_function"))}
        case "SqsSendMessage":
            return f"arn:aws:states:::sqs:sendMessage{tail}", {"QueueUrl": labels.arn(task.given("queue"))}
        case "SnsPublish":
            return f"arn:aws:states:::sns:publish{tail}", {"TopicArn": labels.arn(task.given("topic"))}
        case "StepFunctionsStartExecution":
            return f"arn:aws:states:::states:startExecution{tail}", {"StateMachineArn": labels.arn(task.given("state_machine"))}
        case "EventBridgePutEvents":
            return f"arn:aws:states:::events:putEvents{tail}", {"Entries": list(_entries(task.given("entries"), labels))}
        case _:
            return None


def _entries(given: Value, labels: Labels) -> Iterator[Value]:
    for entry in (thing_of(e) for e in given) if isinstance(given, list) else ():
        if entry is not None:
            told: dict[str, Value] = {"DetailType": entry.given("detail_type"), "Source": entry.given("source")}
            bus = labels.arn(entry.given("event_bus"))
            yield told | ({"EventBusName": bus} if bus else {})

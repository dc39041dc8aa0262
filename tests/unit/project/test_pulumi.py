"""Pulumi in Python: what a program brings from where to whom, and that what is not understood is said."""

from __future__ import annotations

import pytest
from fixtures import Read
from flowmap.descriptor_api import Declarations
from flowmap.project.exports import filled
from flowmap.project.readers.pulumi import READER

HEAD = """import json
import pulumi
import pulumi_aws as aws
from pulumi import FileArchive
jobs = aws.sqs.Queue("jobs", name="work-jobs")
news = aws.sns.Topic("news", name="work-news")
bus = aws.cloudwatch.EventBus("bus", name="shop")
work = aws.lambda_.Function("work", name="work", runtime="python3.12", handler="app.work", code=FileArchive("../src"))
"""
CODE = {"src/app.py": "def work(event, context): ...\n"}
WORK = "src/app.py:work"


def stated(read: Read, body: str, project: str = "name: x\nruntime: python\n") -> Declarations:
    return filled(read(READER, {"infra/Pulumi.yaml": project, "infra/__main__.py": HEAD + body, **CODE}))


def ways(found: Declarations) -> list[str]:
    """What is brought where; functions that nothing wakes are left out."""
    wires = [f"{w.transport} {w.exchange or '-'} {w.channel} -> {w.handler}" for w in found.wires if w.transport != "rpc"]
    passed = [f"{f.source.transport} {f.source.channel} -> {f.target.transport} {f.target.channel}" for f in found.forwards]
    return sorted([*wires, *passed, *(f"{c} -> {e.name}" for e in found.externals for c in e.subscribes)])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "aws.lambda_.EventSourceMapping('m', event_source_arn=jobs.arn, function_name=work.name)",
            [f"sqs - work-jobs -> {WORK}"],
        ),
        (
            "aws.lambda_.EventSourceMapping('m', event_source_arn=jobs.arn, function_name=work.arn)",
            [f"sqs - work-jobs -> {WORK}"],
        ),
        (
            (
                "t = aws.dynamodb.Table('t', stream_enabled=True)\n"
                "aws.lambda_.EventSourceMapping('m', event_source_arn=t.stream_arn, function_name=work.arn)"
            ),
            [f"dynamodb - t -> {WORK}"],
        ),
        (
            "aws.sns.TopicSubscription('s', topic=news.arn, protocol='sqs', endpoint=jobs.arn)",
            ["sns work-news -> sqs work-jobs"],
        ),
        (
            "aws.sns.TopicSubscription('s', topic=news, protocol='lambda', endpoint=work.arn)",
            [f"sns - work-news -> {WORK}"],
        ),
        (
            "aws.sns.TopicSubscription('s', topic=news.id, protocol='email', endpoint='a@b')",
            ["work-news -> email subscriber"],
        ),
        (
            (
                "placed = json.dumps({'detail-type': ['Placed']})\n"
                "rule = aws.cloudwatch.EventRule('r', event_bus_name=bus.name, event_pattern=placed)\n"
                "aws.cloudwatch.EventTarget('t', rule=rule.name, arn=work.arn)"
            ),
            [f"eventbridge shop Placed -> {WORK}"],
        ),
        (
            (
                "rule = aws.cloudwatch.EventRule('r', event_pattern='{\"detail-type\": [\"Placed\"]}')\n"
                "aws.cloudwatch.EventTarget('t', rule=rule.id, arn=jobs.arn)"
            ),
            ["eventbridge Placed -> sqs work-jobs"],
        ),
        (
            (
                "rule = aws.cloudwatch.EventRule('r', schedule_expression='rate(1 hour)')\n"
                "aws.cloudwatch.EventTarget('t', rule=rule.name, arn=work.arn)"
            ),
            [],
        ),
        ("aws.iam.Role('r', name='jobs')\npulumi.export('q', jobs.url)", []),
        ("import other\nother.sns.TopicSubscription('s', topic=news.arn, protocol='sqs', endpoint=jobs.arn)", []),
    ],
)
def test_ways(read: Read, body: str, expected: list[str]) -> None:
    found = stated(read, body)
    assert ways(found) == expected
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("jobs.url", "https://sqs.{}.amazonaws.com/{}/work-jobs"),
        ("jobs.id", "https://sqs.{}.amazonaws.com/{}/work-jobs"),
        ("news.arn", "arn:aws:sns:{}:{}:work-news"),
        ("pulumi.Output.concat(jobs.name, '-x')", "work-jobs-x"),
        ("pulumi.Config().get('x') or 'usual'", "usual"),
        ("pulumi.Config().require('x')", "{}"),
        ("jobs.url.apply(lambda u: u)", "{}"),
    ],
)
@pytest.mark.parametrize("form", ["{'variables': {'V': %s}}", "aws.lambda_.FunctionEnvironmentArgs(variables={'V': %s})"])
def test_what_a_function_is_told(read: Read, value: str, expected: str, form: str) -> None:
    given = f"handler='app.work', code=FileArchive('../src'), environment={form % value}"
    body = f"aws.lambda_.Function('f', runtime='python3.12', {given})"
    assert [(s.name, s.value) for p in stated(read, body).processes for s in p.environment] == [("V", expected)]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("aws.lambda_.EventSourceMapping('m', event_source_arn=unknown, function_name=work.name)", "what wakes which function"),
        ("aws.sns.TopicSubscription('s', topic=news.arn, protocol='sqs', endpoint=unknown)", "who subscribes to what"),
        ("aws.cloudwatch.EventTarget('t', rule='r', arn=unknown)", "where it sends events to"),
        ("aws.cloudwatch.EventRule('r', event_pattern=unknown)", "what its pattern asks for"),
        ("aws.lambda_.Function('f', runtime='python3.12', handler='a.b', code=unknown)", "where the code of the function lies"),
    ],
)
def test_what_is_not_understood(read: Read, body: str, problem: str) -> None:
    (said,) = stated(read, body).diagnostics
    assert said.message == f"this part of the infrastructure is not understood: {problem}"
    assert str(said.location) == "infra/__main__.py:9"


@pytest.mark.parametrize(
    ("project", "problem"),
    [
        ("runtime: nodejs\n", ""),
        ("runtime: {name: go}\n", ""),
        ("- a\n", ""),
        ("", ""),
        ("runtime: python\nmain: ../..\n", ""),
        ("runtime: [\n", "Pulumi.yaml cannot be read"),
        ("runtime: python\nmain: gone\n", "the program of this app, infra/gone/__main__.py, is not there"),
    ],
)
def test_what_is_no_program_of_python(read: Read, project: str, problem: str) -> None:
    found = stated(read, "", project)
    assert (found.processes, [d.message[: len(problem)] for d in found.diagnostics]) == ((), [problem] if problem else [])

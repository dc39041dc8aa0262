"""The AWS CDK in Python: what stacks bring from where to whom, and that what is not understood is said."""

from __future__ import annotations

import json

import pytest
from fixtures import Read
from flowmap.descriptor_api import Declarations
from flowmap.project.exports import filled
from flowmap.project.readers.cdk import READER

HEAD = """
import os
from pathlib import Path
import aws_cdk as cdk
from aws_cdk import Stack, aws_apigateway as apigateway, aws_apigatewayv2 as http, aws_dynamodb as dynamodb, aws_ecs as ecs
from aws_cdk import aws_apigatewayv2_integrations as integrations, aws_ecs_patterns as patterns, aws_events as events
from aws_cdk import aws_events_targets as targets, aws_kinesis as kinesis, aws_lambda as lambda_, aws_secretsmanager as secrets
from aws_cdk import aws_lambda_event_sources as sources, aws_pipes as pipes
from aws_cdk import aws_lambda_python_alpha as python, aws_s3 as s3, aws_s3_notifications as notify, aws_sns as sns, aws_sqs as sqs
from aws_cdk import aws_sns_subscriptions as subscriptions, aws_stepfunctions as sfn, aws_stepfunctions_tasks as tasks
import other_library
PY, JS = lambda_.Runtime.PYTHON_3_12, lambda_.Runtime.NODEJS_20_X

class Shop(Stack):
    def __init__(self, scope, construct_id, **kwargs):
        super().__init__(scope, construct_id, **kwargs)
        jobs = sqs.Queue(self, "Jobs", queue_name="jobs")
        news = sns.Topic(self, "News", topic_name="news")
        bus = events.EventBus(self, "Bus", event_bus_name="shop")
        work = self.function("Work", "app.work")
"""
TAIL = """
    def function(self, name, handler):
        return lambda_.Function(
            self, name, function_name=name, runtime=lambda_.Runtime.PYTHON_3_12, handler=handler,
            code=lambda_.Code.from_asset("src"),
        )

app = cdk.App()
Shop(app, "shop")
app.synth()
"""
CODE = {"src/app.py": "def work(event, context): ...\n", "src/index.py": "def handler(event, context): ...\n", "web/Dockerfile": ""}


def stated(read: Read, body: str, app: str = "python3 app.py", **files: str) -> Declarations:
    """What an app states whose stack has these lines."""
    lines = "".join(f"        {line}\n" for line in body.splitlines())
    return filled(read(READER, {"cdk.json": json.dumps({"app": app}), "app.py": HEAD + lines + TAIL, **CODE, **files}))


def ways(found: Declarations) -> list[str]:
    """What is brought where, in one line each; functions that nothing wakes are left out."""
    wires = [w for w in found.wires if w.transport != "rpc" or w.actor]
    names = [f"{w.exchange}:{w.channel}" if w.exchange else w.channel or w.operation for w in wires]
    ends = [f"{w.transport} {n} -> {w.handler or w.actor}" for w, n in zip(wires, names, strict=True)]
    passed = [f"{f.source.transport} {f.source.channel} -> {f.target.transport} {f.target.channel}" for f in found.forwards]
    sent = [f"{e.name} -> {c}" for e in found.externals for c in e.publishes]
    heard = [f"{c} -> {e.name}" for e in found.externals for c in e.subscribes]
    return sorted([*ends, *passed, *sent, *heard])


WORK = "src/app.py:work"
PLACED = "events.EventPattern(source=['a'], detail_type=['Placed'])"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("work.add_event_source(sources.SqsEventSource(jobs))", [f"sqs jobs -> {WORK}"]),
        ("work.add_event_source(sources.SqsEventSource(queue=jobs, batch_size=1))", [f"sqs jobs -> {WORK}"]),
        ("work.add_event_source(sources.SnsEventSource(news))", [f"sns news -> {WORK}"]),
        (
            "work.add_event_source(sources.DynamoEventSource(dynamodb.Table(self, 'T', table_name='t'), starting_position=1))",
            [f"dynamodb t -> {WORK}"],
        ),
        ("work.add_event_source(sources.KinesisEventSource(stream=kinesis.Stream(self, 'S')))", [f"kinesis S -> {WORK}"]),
        ("work.add_event_source_mapping('m', event_source_arn=jobs.queue_arn)", [f"sqs jobs -> {WORK}"]),
        ("lambda_.EventSourceMapping(self, 'm', target=work, event_source_arn=jobs.queue_arn)", [f"sqs jobs -> {WORK}"]),
        ("work.add_event_source(sources.S3EventSource(s3.Bucket(self, 'b'), events=[]))", []),
        (
            ("live = lambda_.Alias(self, 'L', alias_name='live', version=work.current_version)\n"
            "live.add_event_source(sources.SqsEventSource(jobs))"),
            [f"sqs jobs -> {WORK}"],
        ),
        ("work.add_alias('live').add_event_source(sources.SqsEventSource(jobs))", [f"sqs jobs -> {WORK}"]),
        ("sources.SqsEventSource(jobs)", []),
        ("jobs.grant_consume_messages(work)\nnews.grant_publish(work)", []),
        (
            "old = sqs.Queue.from_queue_arn(self, 'O', 'arn:aws:sqs:x:1:old')\nwork.add_event_source(sources.SqsEventSource(old))",
            [f"sqs old -> {WORK}"],
        ),
        ("news.add_subscription(subscriptions.SqsSubscription(jobs))", ["sns news -> sqs jobs"]),
        ("news.add_subscription(topic_subscription=subscriptions.LambdaSubscription(fn=work))", [f"sns news -> {WORK}"]),
        ("news.add_subscription(subscriptions.EmailSubscription('a@b'))", ["news -> email subscriber"]),
        ("sns.Subscription(self, 's', topic=news, protocol=sns.SubscriptionProtocol.SQS, endpoint=jobs.queue_arn)",
         ["sns news -> sqs jobs"]),
        ("for q in [sqs.Queue(self, f'Q{n}') for n in ('a', 'b')]:\n    news.add_subscription(subscriptions.SqsSubscription(q))",
         ["sns news -> sqs Qa", "sns news -> sqs Qb"]),
        (f"events.Rule(self, 'R', event_bus=bus, event_pattern={PLACED}, targets=[targets.LambdaFunction(work)])",
         [f"eventbridge shop:Placed -> {WORK}"]),
        (f"rule = events.Rule(self, 'R', event_pattern={PLACED})\nrule.add_target(targets.SqsQueue(jobs))",
         ["eventbridge Placed -> sqs jobs"]),
        ("rule = events.Rule(self, 'R')\nrule.add_event_pattern(detail_type=['Placed'])\nrule.add_target(targets.SqsQueue(jobs))",
         ["eventbridge Placed -> sqs jobs"]),
        ("events.Rule(self, 'R', schedule=events.Schedule.expression('rate(1 day)'), targets=[targets.LambdaFunction(work)])", []),
        ("events.Rule(self, 'R', schedule=events.Schedule.expression('rate(1 day)'), targets=[targets.SqsQueue(jobs)])",
         ["aws.scheduler -> jobs"]),
        (("events.CfnRule(self, 'R', event_bus_name='shop', event_pattern={'detail-type': ['Placed']}, "
         "targets=[events.CfnRule.TargetProperty(arn=jobs.queue_arn, id='t')])"), ["eventbridge Placed -> sqs jobs"]),
        ("pipes.CfnPipe(self, 'P', source=jobs.queue_arn, target=news.topic_arn, role_arn='r')", ["sqs jobs -> sns news"]),
        ("sqs.Queue(self, 'Q', dead_letter_queue=sqs.DeadLetterQueue(queue=jobs, max_receive_count=1))", ["sqs Q -> sqs jobs"]),
        ("s3.Bucket(self, 'b').add_event_notification(1, notify.SqsDestination(jobs))", ["aws.s3 -> jobs"]),
        ("s3.Bucket(self, 'b').add_event_notification(1, notify.LambdaDestination(work))", []),
        ("apigateway.AwsIntegration(service='sqs', path=f'{cdk.Aws.ACCOUNT_ID}/{jobs.queue_name}')", ["aws.apigateway -> jobs"]),
        ("apigateway.LambdaRestApi(self, 'A', handler=work)", [f"http {{}} /{{proxy+}} -> {WORK}"]),
        ("api = apigateway.LambdaRestApi(self, 'A', handler=work, proxy=False)\napi.root.add_resource('x').add_method('GET')",
         [f"http GET /x -> {WORK}"]),
        (("api = apigateway.RestApi(self, 'A')\nx = api.root.add_resource('x')\n"
         "x.add_resource('{id}').add_method('PUT', apigateway.LambdaIntegration(work))"), [f"http PUT /x/{{id}} -> {WORK}"]),
        ("apigateway.RestApi(self, 'A').root.resource_for_path('/x/y').add_method('ANY', apigateway.LambdaIntegration(work))",
         [f"http {{}} /x/y -> {WORK}"]),
        ("apigateway.RestApi(self, 'A').root.add_method('GET', apigateway.MockIntegration())", []),
        (("http.HttpApi(self, 'A').add_routes(path='/x', methods=[http.HttpMethod.GET], "
         "integration=integrations.HttpLambdaIntegration('i', work))"), [f"http GET /x -> {WORK}"]),
        (("step = tasks.LambdaInvoke(self, 'One', lambda_function=work).next(tasks.SqsSendMessage(self, 'Two', queue=jobs))\n"
         "sfn.StateMachine(self, 'M', definition_body=sfn.DefinitionBody.from_chainable(step))"),
         ["rpc M -> cdk.json:M", "rpc Work -> cdk.json:M", "sqs jobs -> cdk.json:M"]),
        ("tasks.LambdaInvoke(self, 'One', lambda_function=work)", []),
    ],
)  # fmt: skip
def test_ways(read: Read, body: str, expected: list[str]) -> None:
    found = stated(read, body)
    assert ways(found) == sorted(expected)
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("'plain'", "plain"),
        ("jobs.queue_url", "https://sqs.{}.amazonaws.com/{}/jobs"),
        ("news.topic_arn", "arn:aws:sns:{}:{}:news"),
        ("bus.event_bus_name", "shop"),
        ("f'{jobs.queue_name}-{os.environ[\"X\"]}'", "jobs-{}"),
        ("'a-{}'.format(news.topic_name)", "a-news"),
        ("os.getenv('X', 'there')", "there"),
        ("os.environ['X']", "{}"),
        ("self.node.try_get_context('x') or 'usual'", "usual"),
        ("{'a': {'b': 'deep'}}['a']['b']", "deep"),
        ("'-'.join(['a', 'b'])", "a-b"),
        ("str(Path('a') / 'b')", "a/b"),
        ("'yes' if 1 == 2 else 'no'", "{}"),
        ("'same' if os.environ['X'] else 'same'", "same"),
        ('f\'{"eu" if os.environ["X"] else "us"}-jobs\'', "{}-jobs"),
        ("'yes' if 'a' == 'b' else 'no'", "no"),
        ("s3.Bucket(self, 'b').bucket_name", "{}"),
        ("undefined", "{}"),
    ],
)
def test_what_a_function_is_told(read: Read, value: str, expected: str) -> None:
    found = stated(read, f"work.add_environment('V', {value})")
    assert [(s.name, s.value) for p in found.processes for s in p.environment] == [("V", expected)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("name = 'dev'\nif os.environ['X']:\n    name = 'prod'", "{}"),
        ("if os.environ['X']:\n    name = 'prod'\nelse:\n    name = 'dev'", "{}"),
        ("if os.environ['X']:\n    name = 'same'\nelse:\n    name = 'same'", "same"),
        ("name = 'dev'\nif 'a' == 'b':\n    name = 'prod'", "dev"),
        ("name = 'dev'\nif 'a' == 'a':\n    name = 'prod'", "prod"),
        ("def named():\n    if os.environ['X']:\n        return 'prod'\n    return 'dev'\nname = named()", "{}"),
    ],
)
def test_what_two_ways_tell_differently_is_not_known(read: Read, body: str, expected: str) -> None:
    found = stated(read, f"{body}\nwork.add_environment('V', name)")
    assert [(s.name, s.value) for p in found.processes for s in p.environment] == [("V", expected)]


@pytest.mark.parametrize(
    ("body", "handler"),
    [
        ("python.PythonFunction(self, 'F', entry='src', runtime=lambda_.Runtime.PYTHON_3_12)", "src/index.py:handler"),
        ("python.PythonFunction(self, 'F', entry='src', index='app.py', handler='work')", WORK),
        (
            (
                "lambda_.Function(self, 'F', runtime=PY, handler='app.work', "
                "code=lambda_.Code.from_asset(os.path.join(os.path.dirname(__file__), 'src')))"
            ),
            WORK,
        ),
        (
            (
                "with open('src/app.py') as text:\n    code = text.read()\n"
                "lambda_.Function(self, 'F', runtime=PY, handler='index.work', code=lambda_.InlineCode(code))"
            ),
            WORK,
        ),
        ("lambda_.DockerImageFunction(self, 'F', code=lambda_.DockerImageCode.from_image_asset('src', cmd=['app.work']))", WORK),
        (
            "lambda_.Function(self, 'F', runtime=JS, handler='app.work', code=lambda_.Code.from_asset('src'))",
            "",
        ),
        (
            "lambda_.Function(self, 'F', runtime=PY, handler='no.work', code=lambda_.Code.from_asset('src'))",
            "",
        ),
    ],
)
def test_where_a_function_lies(read: Read, body: str, handler: str) -> None:
    found = stated(read, body)
    assert [w.handler for w in found.wires if w.operation == "F"] == ([handler] if handler else [])
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("work.add_event_source(sources.SqsEventSource(undefined))", "what wakes the function"),
        ("news.add_subscription(undefined)", "who subscribes"),
        ("news.add_subscription(subscriptions.SqsSubscription(undefined))", "who subscribes"),
        (
            f"events.Rule(self, 'R', event_pattern={PLACED}, targets=[targets.LambdaFunction(undefined)])",
            "where it sends events to",
        ),
        ("events.Rule(self, 'R', event_pattern=undefined, targets=[targets.SqsQueue(jobs)])", "what its pattern asks for"),
        (
            "lambda_.Function(self, 'F', runtime=PY, handler='a.b', code=lambda_.Code.from_bucket(1, 2))",
            "where the code of the function lies",
        ),
        (
            "lambda_.Function(self, 'F', runtime=PY, handler='a.b', code=lambda_.Code.from_asset('../../x'))",
            "where the code of the function lies",
        ),
        ("other_library.Wired(self, 'W', queue=jobs)", "what other_library.Wired does with what it is given"),
    ],
)
def test_what_is_not_understood(read: Read, body: str, problem: str) -> None:
    (said,) = stated(read, body).diagnostics
    assert said.message == f"this part of the infrastructure is not understood: {problem}"
    assert (said.location.path, said.location.line) == ("app.py", 21)  # type: ignore[union-attr]


def test_several_files_of_a_program(read: Read) -> None:
    files = {
        "infra/cdk.json": '{"app": "uv run python -m infra.main"}',
        "infra/infra/main.py": "from aws_cdk import App\nfrom .a import A\nfrom infra.b import B\nB(1, 'b', queue=A(1, 'a').q)\n",
        "infra/infra/a.py": "from aws_cdk import Stack, aws_sqs\nclass A(Stack):\n    def __init__(self, s, i, **k):\n"
        "        super().__init__(s, i, **k)\n        self.q = aws_sqs.Queue(self, 'Jobs')\n",
        "infra/infra/b.py": "from aws_cdk import Stack\nfrom aws_cdk.aws_lambda import Code, Function, Runtime\n"
        "from aws_cdk.aws_lambda_event_sources import SqsEventSource\nclass B(Stack):\n    def __init__(self, s, i, *, queue):\n"
        "        super().__init__(s, i)\n        f = Function(self, 'F', runtime=Runtime.PYTHON_3_12, handler='app.work',\n"
        "                     code=Code.from_asset('../src'))\n        f.add_event_source(SqsEventSource(queue))\n",
        **CODE,
    }
    found = filled(read(READER, files))
    assert [(w.channel, w.handler, str(w.location)) for w in found.wires] == [("Jobs", WORK, "infra/infra/b.py:9")]


def test_containers(read: Read) -> None:
    found = stated(
        read,
        "task = ecs.FargateTaskDefinition(self, 'T')\n"
        "task.add_container('web', image=ecs.ContainerImage.from_asset('web'), environment={'Q': jobs.queue_url}, command=['x'])\n"
        "task.add_container('proxy', image=ecs.ContainerImage.from_registry('nginx:1'))\n"
        "patterns.ApplicationLoadBalancedFargateService(self, 'S', task_image_options=\n"
        "    patterns.ApplicationLoadBalancedTaskImageOptions(image=ecs.ContainerImage.from_asset('web', file='x/Dockerfile')))",
    )
    found_processes = [p for p in found.processes if p.system == "cdk"]
    assert [(p.name, p.build and (p.build.context, p.build.dockerfile), p.image, p.command) for p in found_processes] == [
        ("web", ("web", None), "", ("x",)),
        ("proxy", None, "nginx:1", ()),
        ("S", ("web", "web/x/Dockerfile"), "", ()),
    ]
    assert [s.value for s in found_processes[0].environment] == ["https://sqs.{}.amazonaws.com/{}/jobs"]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("{", "cdk.json cannot be read"),
        ("[" * 100_000, "cdk.json cannot be read"),
        ("[]", ""),
        ('{"app": ["a"]}', ""),
        ('{"app": "npx ts-node app.ts"}', ""),
        ('{"app": "python3 \'app.py"}', ""),
        ('{"app": "python3 ../app.py"}', ""),
        (f'{{"app": "python3 {"a" * 1_000_000} app.py"}}', ""),
        ('{"app": "python3 gone.py"}', "the program of this app, gone.py, is not there"),
    ],
)
def test_what_is_no_app_of_python(read: Read, content: str, problem: str) -> None:
    found = read(READER, {"cdk.json": content, "app.py": "import aws_cdk\n"})
    assert [d.message[: len(problem)] for d in found.diagnostics] == ([problem] if problem else [])
    assert found.processes == ()


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("x = (", "this file cannot be read as Python"),
        ("x = " + "(" * 5_000 + ")" * 5_000, "this file cannot be read as Python"),
        ("x = " + "-" * 50_000 + "1", "this file cannot be read as Python"),
        ("x = " + " + ".join(["'a'"] * 300), "the program of this app is too large"),
        ("def f(): return f()\nf()", "the program of this app is too large"),
        ("class A:\n    def __init__(self): A()\nA()", "the program of this app is too large"),
        ("class A(B): pass\nclass B(A): pass\nA().x", ""),
        ("x = ['a'] * 3\n" + "x = [x, x]\n" * 60 + "y = str(x) + ''.join(x)", ""),
        ("x = 'a' * 9\n" + "x = x + x\n" * 60, ""),
        ("x = 'aa'\n" + "x = x.replace('a', x)\n" * 60, ""),
        ("x = ['a'] * 1\n" + "for a in range(3):\n    x.extend(x)\n", ""),
        ("for a in list('b'):\n    " + "pass", ""),
        ("while True:\n    pass", ""),
        ("import app\nfrom app import *\nfrom . import app", ""),
        ("from " + "." * 500 + "x import y", ""),
        (
            "l = [" + "1," * 200 + "]\n" + "".join(f"{' ' * n}for a{n} in l:\n" for n in range(9)) + " " * 9 + "f()",
            "the program of this app",
        ),
    ],
)
def test_hostile_programs(read: Read, program: str, problem: str) -> None:
    found = read(READER, {"cdk.json": '{"app": "python3 app.py"}', "app.py": f"import aws_cdk\n{program}\n"})
    assert [d.message[: len(problem)] for d in found.diagnostics] == ([problem] if problem else [])


def test_a_machine_that_is_defined_in_a_file(read: Read) -> None:
    machine = '{"States": {\n"One": {"Type": "Task", "Resource": "${work}"}}}'
    found = stated(
        read,
        "sfn.StateMachine(self, 'M', definition_body=sfn.DefinitionBody.from_file('m.asl.json'), "
        "definition_substitutions={'work': work.function_arn})",
        **{"m.asl.json": machine},
    )
    calls = [(w.role, w.operation, str(w.location)) for w in found.wires if w.actor]
    assert calls == [("serve", "M", "m.asl.json:1"), ("call", "Work", "m.asl.json:2")]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("secret_object_value={'queue': cdk.SecretValue.unsafe_plain_text(jobs.queue_name)}", ["secret:kept::queue"]),
        ('secret_string_value=cdk.SecretValue.unsafe_plain_text(\'{"queue": "jobs"}\')', ["secret:kept::queue"]),
        ("secret_string_value=cdk.SecretValue.ssm_secure('x')", []),
        ("", []),
    ],
)
def test_a_secret_that_the_program_writes(read: Read, given: str, expected: list[str]) -> None:
    found = stated(read, f"secrets.Secret(self, 'Kept', secret_name='kept', {given})").exports
    assert [e.name for e in found if "::" in e.name] == expected

"""Queues that deployment files make, and what they say of messages that nobody can handle."""

from __future__ import annotations

import json
from types import ModuleType

import pytest
from fixtures import Read, Scan
from flowmap.model.disposal import Disposal
from flowmap.project.readers import cdk, cloudformation, gcloud, pulumi, rabbitmq, serverless, terraform

QUEUE = "  {}: {{Type: AWS::SQS::Queue, Properties: {}}}\n"
DEAD = QUEUE.format("Dead", "{QueueName: dead}")
REDRIVE = "RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}"
SUBSCRIPTION = 'resource "google_pubsub_subscription" "s" {\n  name = "orders"\n  topic = "placed"\n'
SERVERLESS = "service: shop\nprovider: {name: aws}\nresources:\n Resources:\n"
CDK = (
    "import aws_cdk as cdk\nfrom aws_cdk import aws_sqs as sqs\n\nclass Shop(cdk.Stack):\n"
    "    def __init__(self, scope, construct_id):\n"
    "        super().__init__(scope, construct_id)\n        dead = sqs.Queue(self, 'Dead', queue_name='dead')\n"
    "        sqs.Queue(self, 'Jobs', queue_name='jobs'{})\n\napp = cdk.App()\nShop(app, 'shop')\napp.synth()\n"
)


def _said(disposal: Disposal) -> str:
    return f"{disposal.transport} {disposal.channel}{' ends' * disposal.ends} :{disposal.location.line}"


def _definitions(queues: str, policies: str = "[]") -> str:
    return f'{{"exchanges": [], "bindings": [],\n"policies": {policies},\n"queues": {queues}}}'


@pytest.mark.parametrize(
    ("reader", "files", "expected"),
    [
        (cloudformation, {"t.yaml": f"Resources:\n{QUEUE.format('Q', '{QueueName: jobs}')}"}, ["sqs jobs :2"]),
        (
            cloudformation,
            {"t.yaml": f"Resources:\n{DEAD}{QUEUE.format('Q', f'{{QueueName: jobs, {REDRIVE}}}')}"},
            ["sqs dead ends :2", "sqs jobs ends :3"],
        ),
        (
            serverless,
            {"serverless.yml": SERVERLESS + QUEUE.format("Q", "{QueueName: jobs}")},
            ["sqs jobs :5"],
        ),
        (terraform, {"a.tf": 'resource "aws_sqs_queue" "q" {\n  name = "jobs"\n}'}, ["sqs jobs :1"]),
        (terraform, {"a.tf": 'resource "aws_sqs_queue" "q" {\n  name = "jobs"\n  redrive_policy = var.x\n}'}, ["sqs jobs ends :1"]),
        (
            terraform,
            {
                "a.tf": 'resource "aws_sqs_queue" "q" {\n  name = "jobs"\n}\n'
                'resource "aws_sqs_queue_redrive_policy" "p" {\n  queue_url = aws_sqs_queue.q.id\n}'
            },
            ["sqs jobs :1", "sqs jobs ends :4"],
        ),
        (terraform, {"a.tf": SUBSCRIPTION + "}"}, ["pubsub orders :3"]),
        (
            terraform,
            {"a.tf": SUBSCRIPTION + '  dead_letter_policy {\n    dead_letter_topic = "x"\n  }\n}'},
            ["pubsub orders ends :3"],
        ),
        (gcloud, {"run.sh": "gcloud pubsub subscriptions create orders --topic=placed"}, ["pubsub orders :1"]),
        (
            gcloud,
            {"run.sh": "gcloud pubsub subscriptions create orders --topic=placed --dead-letter-topic=dead"},
            ["pubsub orders ends :1"],
        ),
        (rabbitmq, {"definitions.json": _definitions('[{"name": "jobs"}]')}, ["amqp jobs :3"]),
        (
            rabbitmq,
            {"definitions.json": _definitions('[{"name": "jobs", "arguments": {"x-dead-letter-exchange": "dead"}}]')},
            ["amqp jobs ends :3"],
        ),
        (
            rabbitmq,
            {"definitions.json": _definitions('[{"name": "jobs"}]', '[{"pattern": ".*", "definition": {"delivery-limit": 5}}]')},
            ["amqp jobs ends :3"],
        ),
        (
            rabbitmq,
            {"definitions.json": _definitions('[{"name": "jobs"}]', '[{"pattern": ".*", "definition": {"ha-mode": "all"}}]')},
            ["amqp jobs :3"],
        ),
        (cdk, {"cdk.json": '{"app": "python app.py"}', "app.py": CDK.format("")}, ["sqs dead :7", "sqs jobs :8"]),
        (
            cdk,
            {
                "cdk.json": '{"app": "python app.py"}',
                "app.py": CDK.format(", dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=3)"),
            },
            ["sqs dead ends :7", "sqs jobs ends :8"],
        ),
        (
            cdk,
            {"cdk.json": '{"app": "python app.py"}', "app.py": CDK.format(", dead_letter_queue=elsewhere()")},
            ["sqs dead :7", "sqs jobs ends :8"],
        ),
        # look-alikes
        (cloudformation, {"t.yaml": "Resources:\n  T: {Type: AWS::SNS::Topic, Properties: {TopicName: jobs}}\n"}, []),
        (terraform, {"a.tf": 'resource "aws_sns_topic" "q" {\n  name = "jobs"\n}'}, []),
        (terraform, {"a.tf": 'data "aws_sqs_queue" "q" {\n  name = "jobs"\n}'}, []),
        (gcloud, {"run.sh": "gcloud pubsub topics create orders"}, []),
        (gcloud, {"run.sh": "gcloud pubsub subscriptions create $NAME --topic=placed"}, []),
        (rabbitmq, {"definitions.json": _definitions('[{"name": "jobs", "auto_delete": true}]')}, []),
        (
            pulumi,
            {
                "Pulumi.yaml": "name: a\nruntime: python\n",
                "__main__.py": "import pulumi_aws as aws\naws.sqs.Queue('jobs', name='jobs')\n",
            },
            [],
        ),
    ],
)
def test_what_becomes_of_messages(read: Read, reader: ModuleType, files: dict[str, str], expected: list[str]) -> None:
    assert sorted(_said(d) for d in read(reader.READER, files).disposals) == expected


def test_a_queue_without_a_name_is_called_as_the_stack_calls_it(scan: Scan) -> None:
    template = f"Resources:\n{QUEUE.format('Jobs', '{}')}"
    assert [_said(d) for d in scan({"app.py": "", "template.yaml": template}).disposals] == ["sqs Jobs :2"]


def test_definitions_that_are_given_say_it_too(scan: Scan) -> None:
    given = {"name": "jobs", "arguments": {"x-delivery-limit": 3}}
    files = {"app.py": "", "rabbitmq/definitions.json": _definitions(json.dumps([given]))}
    assert [d.ends for d in scan(files).disposals] == [True]

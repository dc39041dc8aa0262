"""Starts a repair for each message."""

import os

import boto3
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

processor = BatchProcessor(event_type=EventType.SQS)


def start(record: dict) -> None:
    machines, arn = boto3.client("stepfunctions"), os.environ["MACHINE_ARN"]
    machines.start_execution(stateMachineArn=arn, input=record["body"])  # flow: call rpc Repair -> workshop


def handler(event: dict, context: object) -> dict:
    return process_partial_response(event=event, record_handler=start, processor=processor, context=context)

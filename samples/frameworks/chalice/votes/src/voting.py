"""Takes votes, and counts them when there is time."""

import json
import os

import boto3


def vote(event: dict, _: object) -> dict:
    queue = os.environ["BALLOTS_URL"]
    boto3.client("sqs").send_message(QueueUrl=queue, MessageBody=event["body"])  # flow: publish sqs ballots-dev
    return {"statusCode": 202}


def count(event: dict, _: object) -> None:
    votes = [json.loads(r["body"])["photo"] for r in event["Records"]]
    winner = max(set(votes), key=votes.count)
    decided = {"Source": "contest.votes", "DetailType": "ContestDecided", "Detail": json.dumps({"photo": winner})}
    boto3.client("events").put_events(Entries=[decided])  # flow: publish eventbridge ContestDecided exchange=default


def open_ballot(event: dict, _: object) -> int:
    return len(event.get("Records", []))

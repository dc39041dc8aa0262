"""Takes bicycles in."""

import os
from uuid import uuid4

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver

app = APIGatewayHttpResolver()
logger = Logger(service="intake")


@app.post("/repairs")  # flow: serve http POST /repairs handler=take
def take() -> dict[str, str]:
    repair = {"id": str(uuid4()), **app.current_event.json_body}
    table = boto3.resource("dynamodb").Table(os.environ["REPAIRS_TABLE"])
    table.put_item(Item=repair)  # flow: publish dynamodb Repairs
    logger.info("taken in", repair_id=repair["id"])
    return {"id": repair["id"]}


def handler(event: dict, context: object) -> dict:
    return app.resolve(event, context)

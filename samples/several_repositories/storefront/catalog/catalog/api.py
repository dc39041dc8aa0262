"""Products, and the announcement of what changes."""

import json
import os

import boto3
from flask import Flask, request

TOPIC = os.environ["CHANGES_TOPIC"]
app = Flask(__name__)
sns = boto3.client("sns")


@app.get("/products/<sku>")  # flow: serve http GET /products/{}
def product(sku: str) -> dict[str, str]:
    return {"sku": sku}


@app.put("/products/<sku>")  # flow: serve http PUT /products/{}
def change(sku: str) -> dict[str, str]:
    sns.publish(TopicArn=TOPIC, Message=json.dumps({"sku": sku, **request.get_json()}))  # flow: publish sns catalog-changes
    return {"sku": sku}

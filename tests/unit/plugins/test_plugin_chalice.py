"""Chalice: routes and what wakes its functions."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
from chalice import Blueprint, Chalice, Rate

app = Chalice(app_name="shop")
part = Blueprint(__name__)
app.register_blueprint(part, url_prefix="/part")

@app.route("/control")
def control(): ...
"""
CONTROL = "serve http GET /control by control"

FORMS = [
    ("@app.route('/orders/{order_id}')", "serve http GET /orders/{} by handle"),
    ("@app.route('/orders', methods=['POST', 'PUT'])", "serve http POST /orders by handle", "serve http PUT /orders by handle"),
    ("@part.route('/orders', methods=['POST'])", "serve http POST /part/orders by handle"),
    ("@app.on_sqs_message(queue='jobs', batch_size=1)", "subscribe sqs jobs (command) by handle"),
    ("@app.on_sqs_message('jobs')", "subscribe sqs jobs (command) by handle"),
    ("@app.on_sqs_message(queue_arn='arn:aws:sqs:e:1:jobs')", "subscribe sqs jobs (command) by handle"),
    ("@part.on_sqs_message(queue='jobs')", "subscribe sqs jobs (command) by handle"),
    ("@app.on_sns_message(topic='news')", "subscribe sns news by handle"),
    ("@app.on_sns_message(topic='arn:aws:sns:e:1:news')", "subscribe sns news by handle"),
    ("@app.on_kinesis_record(stream='clicks')", "subscribe kinesis clicks by handle"),
    ("@app.on_dynamodb_record(stream_arn='arn:aws:dynamodb:e:1:table/rows/stream/2020')", "subscribe dynamodb rows by handle"),
    (
        "@app.on_cw_event({'source': ['shop'], 'detail-type': ['A', 'B']})",
        "subscribe eventbridge default:A by handle",
        "subscribe eventbridge default:B by handle",
    ),
    ("@app.lambda_function(name='resize')", "serve rpc resize by handle"),
    ("@app.lambda_function()", "serve rpc handle by handle"),
    ("from chalice.app import Chalice as C\nother = C('x')\n@other.route('/o')", "serve http GET /o by handle"),
]

LOOK_ALIKES = [
    "@app.schedule(Rate(1, unit=Rate.HOURS))",
    "@app.on_s3_event(bucket='b')",
    "@app.authorizer()",
    "@app.middleware('http')",
    "@app.on_ws_message()",
    "class Other:\n    def on_sqs_message(self, queue): return lambda f: f\n@Other().on_sqs_message(queue='jobs')",
    "def on_sns_message(topic): return lambda f: f\n@on_sns_message(topic='news')",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_found(form: tuple[str, ...]) -> None:
    code, *expected = form
    assert sightings(SETUP, f"{code}\ndef handle(event): ...") == sorted([CONTROL, *expected])


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_a_look_alike_is_not(code: str) -> None:
    assert sightings(SETUP, f"{code}\ndef handle(event): ...") == [CONTROL]

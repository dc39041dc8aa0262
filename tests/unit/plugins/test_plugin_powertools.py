"""AWS Lambda Powertools: routes of resolvers and routers; everything else it does is inside the function."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, APIGatewayRestResolver
from aws_lambda_powertools.event_handler.api_gateway import Router

app = APIGatewayRestResolver()
router = Router()
app.include_router(router, prefix="/part")

@app.get("/control")
def control(): ...
"""
CONTROL = "serve http GET /control by control"

FORMS = [
    ("@app.get('/orders/<order_id>')", "serve http GET /orders/{} by handle"),
    ("@app.post('/orders')", "serve http POST /orders by handle"),
    ("@app.delete(rule='/orders')", "serve http DELETE /orders by handle"),
    ("@app.route('/orders', method='PUT')", "serve http PUT /orders by handle"),
    ("@app.route('/orders', method=['PUT', 'PATCH'])", "serve http PATCH /orders by handle", "serve http PUT /orders by handle"),
    ("@router.get('/orders')", "serve http GET /part/orders by handle"),
    ("http = APIGatewayHttpResolver()\n@http.patch('/orders')", "serve http PATCH /orders by handle"),
    (
        "from aws_lambda_powertools.event_handler import LambdaFunctionUrlResolver\nu = LambdaFunctionUrlResolver()\n@u.head('/o')",
        "serve http HEAD /o by handle",
    ),
    (
        "from aws_lambda_powertools.event_handler.router import ALBRouter\nr = ALBRouter()\napp.include_router(r)\n@r.get('/o')",
        "serve http GET /o by handle",
    ),
]  # fmt: skip

LOOK_ALIKES = [
    "@app.not_found",
    "@app.exception_handler(ValueError)",
    "from aws_lambda_powertools import Tracer\n@Tracer().capture_method",
    "from aws_lambda_powertools import Logger\n@Logger().inject_lambda_context",
    "from aws_lambda_powertools.utilities.data_classes import SQSEvent, event_source\n@event_source(data_class=SQSEvent)",
    "from aws_lambda_powertools.utilities.idempotency import idempotent\n@idempotent(persistence_store=None)",
    "class Router:\n    def get(self, rule): return lambda f: f\n@Router().get('/orders')",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_found(form: tuple[str, ...]) -> None:
    code, *expected = form
    assert sightings(SETUP, f"{code}\ndef handle(event): ...") == sorted([CONTROL, *expected])


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_a_look_alike_is_not(code: str) -> None:
    assert sightings(SETUP, f"{code}\ndef handle(event): ...") == [CONTROL]

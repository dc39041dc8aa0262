"""Duties: what a parcel costs at the border."""

import logging
import os

import requests
from flask import Flask, Response, request
from jsonrpcclient import Ok, parse
from jsonrpcclient import request as body
from jsonrpcserver import Result, Success, dispatch, method

app = Flask(__name__)
log = logging.getLogger(__name__)


def ask(url: str, name: str, **params: object) -> int:
    answer = requests.post(url, json=body(name, params), timeout=5)
    parsed = parse(answer.json())
    return int(parsed.result) if isinstance(parsed, Ok) else 0


@method
def duty(goods: str, grams: int) -> Result:  # flow: serve rpc duty handler=duty
    rate = ask(
        os.environ["RATES_URL"], "rate_of", goods=goods
    )  # flow: call rpc rate_of -> rates timeout=5 ; call http POST /api/v1/rates -> rates
    freight = ask(
        os.environ["QUOTES_URL"], "by_weight", grams=grams
    )  # flow: call rpc by_weight -> quotes ; call http POST /rpc -> quotes
    return Success(rate * freight)


@method(name="duty.explain")  # flow: serve rpc duty.explain handler=explain
def explain(goods: str) -> Result:
    log.info("asked for %s", body("rate_of", {"goods": goods}))  # flow: nothing
    return Success(f"duty on {goods}")


@app.post("/")  # flow: serve http POST / handler=index
def index() -> Response:
    return Response(dispatch(request.get_data().decode()), content_type="application/json")

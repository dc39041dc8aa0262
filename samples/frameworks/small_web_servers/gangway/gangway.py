"""Who may come on board (Emmett)."""

import os

import requests
from emmett import App
from emmett.tools import service

CRANES = os.environ["CRANES_URL"]

app = App(__name__)
crew = app.module(__name__, "crew", url_prefix="crew")


@app.route("/cargo/<str:number>", methods=["get"])  # flow: serve http GET /cargo/{} handler=cargo
@service.json
async def cargo(number: str) -> dict[str, str]:
    return requests.get(f"{CRANES}/v1/cargo/{number}", timeout=2).json()  # flow: call http GET /v1/cargo/{} -> cranes


@crew.route(methods="post")  # flow: serve http POST /crew/aboard handler=aboard
@service.json
async def aboard() -> dict[str, bool]:
    return {"aboard": True}

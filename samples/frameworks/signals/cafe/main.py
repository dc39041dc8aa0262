"""The cafe of the library."""

import logging

from fastapi import FastAPI
from fastapi_events.dispatcher import dispatch
from fastapi_events.handlers.local import local_handler
from fastapi_events.middleware import EventHandlerASGIMiddleware
from fastapi_events.typing import Event

app = FastAPI()
app.add_middleware(EventHandlerASGIMiddleware, handlers=[local_handler])


@app.post("/cakes")  # flow: serve http POST /cakes handler=sell
def sell(cake: str) -> None:
    dispatch("cake.sold", payload={"cake": cake})  # flow: publish signal cake.sold


@local_handler.register(event_name="cake.*")  # flow: subscribe signal cake.* handler=count
async def count(event: Event) -> None:
    logging.info("%s: %s", *event)

"""Meetings: requests and domain events by diator."""

import logging
from dataclasses import dataclass

from di import Container
from diator.container.di import DIContainer
from diator.events import DomainEvent, Event, EventEmitter, EventHandler, EventMap
from diator.mediator import Mediator
from diator.requests import Request, RequestHandler, RequestMap
from fastapi import FastAPI

app = FastAPI()


@dataclass(frozen=True, kw_only=True)
class Join(Request):
    """Somebody comes."""

    user: int


@dataclass(frozen=True, kw_only=True)
class Joined(DomainEvent):
    """Somebody came."""

    user: int


class JoinHandler(RequestHandler[Join, None]):
    """Lets people in."""

    def __init__(self) -> None:
        self._events: list[Event] = []

    @property
    def events(self) -> list[Event]:
        return self._events

    async def handle(self, request: Join) -> None:
        self._events.append(Joined(user=request.user))


class Greeter(EventHandler[Joined]):
    """Says hello."""

    async def handle(self, event: Joined) -> None:
        logging.info("hello %s", event.user)


def make() -> Mediator:
    requests, events = RequestMap(), EventMap()
    requests.bind(Join, JoinHandler)  # flow: subscribe mediator Join handler=JoinHandler.handle
    events.bind(Joined, Greeter)  # flow: subscribe mediator Joined handler=Greeter.handle
    container = DIContainer()
    container.attach_external_container(Container())
    return Mediator(request_map=requests, event_emitter=EventEmitter(event_map=events, container=container), container=container)


@app.post("/meetings/{user}")  # flow: serve http POST /meetings/{} handler=join
async def join(user: int) -> None:
    await make().send(Join(user=user))  # flow: publish mediator Join

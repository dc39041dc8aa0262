"""The gates at the pier ask whether a ticket is good (Tornado)."""

import asyncio
import json
import os
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.web import Application, RequestHandler, url

TICKETS = os.environ["TICKETS_URL"]


class Gate(RequestHandler):
    """What all gates know."""

    def initialize(self, pier: str) -> None:
        self.pier = pier


class Scan(Gate):
    """Somebody holds a ticket against the reader."""

    async def post(self, gate: str, ticket: str) -> None:
        request = HTTPRequest(f"{TICKETS}/v1/tickets/{ticket}", request_timeout=2)
        found = await AsyncHTTPClient().fetch(request)  # flow: call http GET /v1/tickets/{} -> tickets
        self.write({"gate": gate, "open": not json.loads(found.body)["used"]})


class Counter(Gate):
    """How many have passed."""

    def get(self, gate: str) -> None:
        self.write({"gate": gate, "passed": 0})


class Gates(Application):
    """The gates of one pier."""

    def __init__(self, **settings: Any) -> None:
        given = {"pier": os.environ.get("PIER", "main")}
        handlers = [
            (r"/gates/(\d+)/scans/(\d+)/?", Scan, given),  # flow: serve http POST /gates/{}/scans/{} handler=Scan.post
            url(r"/gates/(?P<gate>\d+)", Counter, given, name="counter"),  # flow: serve http GET /gates/{} handler=Counter.get
        ]
        super().__init__(handlers, **settings)


async def main() -> None:
    Gates(debug=False).listen(8888)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())

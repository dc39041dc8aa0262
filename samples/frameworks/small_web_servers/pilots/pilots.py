"""Which pilot brings a ship in (the standard library's server)."""

import json
import os
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlparse

ON_DUTY = {"north": "Ada", "south": "Grace"}


class Pilots(BaseHTTPRequestHandler):
    """Answers by path."""

    def do_GET(self) -> None:
        address = urlparse(self.path)
        if address.path == "/health":  # flow: serve http GET /health handler=Pilots.do_GET
            self._answer({"well": True})
        elif address.path.startswith("/pilots/"):  # flow: serve http GET /pilots/{**} handler=Pilots.do_GET
            self._answer({"pilot": ON_DUTY[address.path.rpartition("/")[2]], "for": parse_qs(address.query).get("ship")})
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        if self.path == "/shifts":  # flow: serve http POST /shifts handler=Pilots.change
            self.change()

    def change(self) -> None:
        shift = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        ON_DUTY[shift["side"]] = shift["pilot"]
        self._answer(shift)

    def _answer(self, body: Any) -> None:
        self.send_response(HTTPStatus.OK)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())


if __name__ == "__main__":
    HTTPServer((os.environ.get("HOST", "127.0.0.1"), 8000), Pilots).serve_forever()

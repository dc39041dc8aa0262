"""Writes down what it is told."""

import logging
from http.server import BaseHTTPRequestHandler, HTTPServer


class Hook(BaseHTTPRequestHandler):
    """Takes messages at any path."""

    def do_POST(self) -> None:  # flow: serve http POST /{**} handler=Hook.do_POST
        logging.info("%s: %s", self.path, self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()


if __name__ == "__main__":
    HTTPServer(("", 9000), Hook).serve_forever()

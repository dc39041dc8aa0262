"""What the crew is paid (XML-RPC)."""

import os
from collections import Counter
from xmlrpc.server import SimpleXMLRPCServer

HOURS: Counter[str] = Counter()


def add_hours(name: str, hours: int) -> int:
    HOURS[name] += hours
    return HOURS[name]


def main() -> None:
    with SimpleXMLRPCServer((os.environ.get("HOST", "127.0.0.1"), 8000), allow_none=True) as server:
        server.register_function(add_hours, "hours.add")  # flow: serve rpc hours.add handler=add_hours
        server.serve_forever()


if __name__ == "__main__":
    main()

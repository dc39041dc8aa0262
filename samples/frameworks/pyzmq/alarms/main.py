"""Raises an alarm where a reading is above its limit."""

import os

import zmq

PORT = 5556


class Climate:
    """What the sensors say."""

    def __init__(self, context: zmq.Context, host: str) -> None:
        self._socket = context.socket(zmq.SUB)
        self._socket.connect(f"tcp://{host}:{PORT}")
        self._socket.setsockopt_string(zmq.SUBSCRIBE, "climate.")
        self._socket.setsockopt(zmq.RCVTIMEO, 60_000)  # flow: nothing

    def next(self) -> tuple[str, float]:
        topic, value = self._socket.recv_string().split()
        return topic, float(value)


def limit(context: zmq.Context, name: str) -> float:
    asking = context.socket(zmq.REQ)
    asking.connect(f"tcp://{os.environ['SENSORS']}:5558")
    asking.send_string(name)  # flow: call rpc 5558 -> sensors
    return float(asking.recv_json())


def main() -> None:
    context = zmq.Context.instance()
    climate = Climate(context, os.environ["SENSORS"])  # flow: subscribe zmq climate.* exchange=5556 handler=Climate.next
    reports = context.socket(zmq.PUSH)
    reports.connect(os.environ["REPORTS"])
    while True:
        topic, value = climate.next()
        if value > limit(context, topic.removeprefix("climate.")):
            reports.send_json({"topic": topic, "value": value})  # flow: publish zmq 5560


if __name__ == "__main__":
    main()

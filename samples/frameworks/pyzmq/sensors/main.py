"""Readings of the greenhouse, and what the sensors are set to."""

import os
import time

import zmq

CLIMATE, SETTINGS = "tcp://*:5556", "tcp://*:5558"
LIMITS = {"temperature": 30.0, "humidity": 0.8}


def measure() -> dict[str, float]:
    return {"temperature": 21.5, "humidity": 0.6}


def main() -> None:
    context = zmq.Context()
    climate = context.socket(zmq.PUB)
    climate.bind(CLIMATE)
    settings = context.socket(zmq.REP)
    notices = context.socket(zmq.PUB)
    notices.connect(f"tcp://{os.environ['SWITCH']}:5570")
    notices.send_string("notice.started sensors")  # flow: publish zmq notice.started exchange=5570
    settings.bind(SETTINGS)  # flow: subscribe zmq 5558 handler=main
    while True:
        readings = measure()
        warmth = str(readings["temperature"]).encode()
        climate.send_multipart([b"climate.temperature", warmth])  # flow: publish zmq climate.temperature exchange=5556
        climate.send_string(f"climate.humidity {readings['humidity']}")  # flow: publish zmq climate.humidity exchange=5556
        climate.send_string("battery", zmq.SNDMORE)  # flow: publish zmq battery exchange=5556
        climate.send_json({"left": 0.4})  # flow: nothing
        if settings.poll(timeout=100):
            settings.send_json(LIMITS[settings.recv_string()])  # flow: nothing
        time.sleep(1)


if __name__ == "__main__":
    main()

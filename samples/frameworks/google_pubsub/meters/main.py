"""Takes the readings of the meters in and passes them on."""

import json
import os
import sys

from google.cloud import pubsub_v1

PROJECT = os.environ.get("GOOGLE_CLOUD_PROJECT", "meters")


class Readings:
    """The topic of all readings."""

    def __init__(self) -> None:
        self._publisher = pubsub_v1.PublisherClient()
        self._topic = self._publisher.topic_path(PROJECT, os.environ["READINGS_TOPIC"])

    def announce(self, meter: str, value: float) -> str:
        body = json.dumps({"meter": meter, "value": value}).encode()
        sent = self._publisher.publish(
            self._topic, body, event_type="reading.taken"
        )  # flow: publish pubsub meter-readings event=reading.taken
        return str(sent.result(timeout=10))


if __name__ == "__main__":
    readings = Readings()
    for line in sys.stdin:
        meter, value = line.split()
        readings.announce(meter, float(value))

"""Reports who comes and goes."""

import os
import sys

import pulsar

TOPIC = "persistent://public/default/visits"


class Doors:
    """The doors of the museum."""

    def __init__(self, client: pulsar.Client) -> None:
        self._visits = client.create_producer(TOPIC, producer_name="doors")

    def passed(self, door: str, people: int) -> None:
        self._visits.send(str(people).encode(), properties={"door": door})  # flow: publish pulsar visits


if __name__ == "__main__":
    connected = pulsar.Client(os.environ.get("PULSAR_URL", "pulsar://localhost:6650"))
    doors = Doors(connected)
    for line in sys.stdin:
        doors.passed(line.strip(), 1)
    connected.close()

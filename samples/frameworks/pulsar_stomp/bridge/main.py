"""Tells the signs how many people are inside."""

import os

import pulsar
import stomp


def main() -> None:
    connection = stomp.Connection([(os.environ.get("STOMP_HOST", "localhost"), 61613)])
    connection.connect(wait=True)
    client = pulsar.Client(os.environ.get("PULSAR_URL", "pulsar://localhost:6650"))
    visits = client.subscribe("visits", subscription_name="bridge")  # flow: subscribe pulsar visits handler=main
    inside = 0
    while True:
        message = visits.receive()
        inside += int(message.data())
        connection.send("/topic/inside", str(inside))  # flow: publish stomp /topic/inside
        visits.acknowledge(message)


if __name__ == "__main__":
    main()

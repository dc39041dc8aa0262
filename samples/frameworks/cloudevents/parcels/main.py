"""Parcels on their way."""

import os

import requests
from cloudevents.http import CloudEvent
from cloudevents.http import to_structured as to_request
from cloudevents.kafka import to_binary, to_structured
from kafka import KafkaProducer


def producer() -> KafkaProducer:
    return KafkaProducer(bootstrap_servers=os.environ["BOOTSTRAP"])


def tell(what: str, parcel: str) -> None:
    event = CloudEvent({"type": f"parcel.{what}", "source": "/parcels"}, {"parcel": parcel, "type": "small"})
    message = to_binary(event)
    producer().send("parcels", key=message.key, value=message.value, headers=list((message.headers or {}).items()))


def lose(parcel: str) -> None:
    event = CloudEvent({"type": "parcel.lost", "source": "/parcels"}, {"parcel": parcel})
    producer().send("losses", to_structured(event).value)  # flow: publish kafka losses event=parcel.lost
    headers, body = to_request(event)
    requests.post(
        f"{os.environ['NOTICES_URL']}/notices", data=body, headers=headers, timeout=3
    )  # flow: call http POST /notices -> notices


if __name__ == "__main__":
    tell("sent", "1")  # flow: publish kafka parcels event=parcel.sent
    tell("delivered", "1")  # flow: publish kafka parcels event=parcel.delivered
    lose("2")

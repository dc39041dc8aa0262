"""Takes parcels in, and says so."""

import json
import os
import uuid

from azure.core.credentials import AzureKeyCredential
from azure.eventgrid import EventGridEvent, EventGridPublisherClient
from azure.eventhub import EventData, EventHubProducerClient
from fastapi import FastAPI

app = FastAPI()


def announce(kind: str, parcel: dict[str, str]) -> None:
    client = EventGridPublisherClient(os.environ["PARCELS_ENDPOINT"], AzureKeyCredential(os.environ["PARCELS_KEY"]))
    event = EventGridEvent(subject=f"parcels/{parcel['id']}", event_type=kind, data=parcel, data_version="1.0")
    client.send([event])


def weigh(parcel: dict[str, str]) -> None:
    producer = EventHubProducerClient.from_connection_string(os.environ["HUB"], eventhub_name=os.environ["WEIGHTS_HUB"])
    with producer:
        batch = producer.create_batch()
        batch.add(EventData(json.dumps({"parcel": parcel["id"], "grams": parcel["grams"]})))
        producer.send_batch(batch)  # flow: publish eventhub weights


@app.post("/parcels")  # flow: serve http POST /parcels handler=accept
def accept(parcel: dict[str, str]) -> dict[str, str]:
    known = {"id": str(uuid.uuid4()), **parcel}
    announce("Depot.ParcelAccepted", known)  # flow: publish eventgrid depot-parcels event=Depot.ParcelAccepted
    weigh(known)
    return known

"""Charges for the hours that a repair takes."""

import requests

CHARGES = "https://api.payments.example/charges"


def handler(event: dict, _: object) -> dict:
    charge = {"repair": event["id"], "hours": event["hours"]}
    answer = requests.post(CHARGES, json=charge, timeout=5)  # flow: call http POST /charges -> external:api.payments.example
    return {"paid": answer.ok}

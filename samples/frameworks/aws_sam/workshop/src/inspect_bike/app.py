"""Looks at a bicycle."""


def handler(event: dict, _: object) -> dict:
    return {"id": event["id"], "hours": 2 if event.get("brakes") else 1}

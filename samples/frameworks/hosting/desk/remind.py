"""Reminds members of their walks."""

import json
import logging
import os

import redis
import requests


def main() -> None:
    listener = redis.Redis.from_url(os.environ["REDIS_URL"]).pubsub()
    listener.subscribe(os.environ["CHANNEL"])  # flow: subscribe redis walks
    for message in listener.listen():
        if message["type"] == "message":
            coming = requests.get(f"http://{os.environ['DESK']}/walks/next", timeout=3)  # flow: call http GET /walks/next -> desk
            logging.info("%s walks to %s", json.loads(message["data"])["member"], coming.json()["where"])


if __name__ == "__main__":
    main()

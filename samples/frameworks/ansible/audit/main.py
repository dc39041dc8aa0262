"""Counts what was sold."""

import logging
import os

import redis


def main() -> None:
    heard = redis.Redis(host=os.environ["REDIS_HOST"]).pubsub()
    heard.subscribe(os.environ["AUDIT_CHANNEL"])  # flow: subscribe redis remedy.sold handler=main
    for message in heard.listen():
        logging.info("%s", message["data"])


if __name__ == "__main__":
    main()

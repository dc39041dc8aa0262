"""Repairs clocks."""

import logging
import os

import redis


def main() -> None:
    store = redis.Redis(host=os.environ["REDIS"])
    while True:
        clock = store.blpop(os.environ["REPAIRS"])  # flow: subscribe redis clock-repairs
        logging.info("repaired %s", clock)


if __name__ == "__main__":
    main()

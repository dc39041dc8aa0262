"""Prints a poster."""

import json
import logging


def main(poster) -> None:
    logging.getLogger(__name__).info("printing %s", json.loads(poster.get_body())["film"])

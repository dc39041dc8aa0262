"""Writes down what was announced."""

import logging

from hop import stream


def main() -> None:
    url = "kafka://kafka:9092/flare.seen,flare.retracted"
    with stream.open(url, group_id="archive") as alerts:  # flow: subscribe kafka flare.seen ; subscribe kafka flare.retracted
        for alert in alerts:
            logging.info("%s", alert.content)


if __name__ == "__main__":
    main()

"""Lets measurements through that are above the limit."""

import os

from quixstreams import Application


def main() -> None:
    app = Application(consumer_group="limits")
    limit = float(os.environ["LIMIT"])
    measured = app.topic(os.environ["INPUT"], value_deserializer="json")
    too_high = app.topic(os.environ["OUTPUT"], value_serializer="json")

    frame = app.dataframe(measured)  # flow: subscribe kafka measurements handler=main
    frame = frame[frame["celsius"] > limit]
    frame.to_topic(too_high)  # flow: publish kafka too-high
    app.run()


if __name__ == "__main__":
    main()

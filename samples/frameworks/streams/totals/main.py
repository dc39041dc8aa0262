"""Adds up what was ordered, hour by hour."""

import os
from datetime import timedelta

from quixstreams import Application


def main() -> None:
    app = Application(broker_address=os.environ.get("BROKER", "localhost:9092"), consumer_group="totals")
    checked = app.topic("orders-checked", value_deserializer="json")
    totals = app.topic(os.environ["TOTALS_TOPIC"], value_serializer="json")

    frame = app.dataframe(checked)  # flow: subscribe kafka orders-checked handler=main
    frame = frame[frame["amount"] > 0]
    frame = frame.apply(lambda order: order["amount"]).tumbling_window(timedelta(hours=1)).sum().final()
    frame.to_topic(totals)  # flow: publish kafka order-totals
    app.run()


if __name__ == "__main__":
    main()

"""Keeps what was measured."""

import json
import os

from kafka import KafkaConsumer
from names.channels import RAIN

days: list[float] = []


def main() -> None:
    for message in KafkaConsumer(
        RAIN, bootstrap_servers=os.environ["KAFKA"], group_id="almanac"
    ):  # flow: subscribe kafka rain.measured
        days.append(json.loads(message.value)["millimetres"])


if __name__ == "__main__":
    main()

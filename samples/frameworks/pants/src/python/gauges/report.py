"""Reports the rain."""

import json
import os
import sys

from kafka import KafkaProducer
from names.channels import RAIN


def main() -> None:
    producer = KafkaProducer(bootstrap_servers=os.environ["KAFKA"])
    for line in sys.stdin:
        producer.send(RAIN, json.dumps({"millimetres": float(line)}).encode())  # flow: publish kafka rain.measured


if __name__ == "__main__":
    main()

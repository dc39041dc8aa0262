"""Sums what the counters changed."""

import logging
import os
from collections.abc import Mapping

from arroyo import Message, Partition, Topic
from arroyo.backends.kafka import (
    KafkaConsumer,
    KafkaPayload,
    KafkaProducer,
    build_kafka_configuration,
    build_kafka_consumer_configuration,
)
from arroyo.processing import StreamProcessor
from arroyo.processing.strategies import CommitOffsets, ProcessingStrategy, ProcessingStrategyFactory, Produce, RunTask
from arroyo.types import Commit

BROKERS = ["kafka:9092"]
SUMS = Topic(os.environ["SUMS_TOPIC"])


class Adding(ProcessingStrategyFactory[KafkaPayload]):
    """Makes the steps of each run."""

    def __init__(self, producer: KafkaProducer) -> None:
        self._producer = producer

    def create_with_partitions(self, commit: Commit, partitions: Mapping[Partition, int]) -> ProcessingStrategy[KafkaPayload]:
        logging.info("reads %s", partitions)
        last = Produce(self._producer, SUMS, CommitOffsets(commit))  # flow: publish kafka sums
        return RunTask(self.add, last)

    def add(self, message: Message[KafkaPayload]) -> KafkaPayload:
        if not message.payload.value:
            self._producer.produce(Topic("sums-refused"), message.payload)  # flow: publish kafka sums-refused
        return message.payload


def main() -> None:
    settings = build_kafka_consumer_configuration({}, bootstrap_servers=BROKERS, group_id="sums")
    producer = KafkaProducer(build_kafka_configuration({}, bootstrap_servers=BROKERS))
    StreamProcessor(  # flow: subscribe kafka changes handler=create_with_partitions
        KafkaConsumer(settings), Topic("changes"), Adding(producer)
    ).run()


if __name__ == "__main__":
    main()

"""Takes orders, and says so."""

import os

from confluent_kafka import Producer, SerializingProducer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

TOPIC = "orders"
PLACED = """
{
  "type": "record",
  "namespace": "shop",
  "name": "OrderPlaced",
  "fields": [{"name": "number", "type": "string"}]
}
"""
CANCELLED = """
{"title": "OrderCancelled", "type": "object", "properties": {"number": {"type": "string"}, "title": {"type": "string"}}}
"""


class Sender:
    """Sends messages of one type."""

    def __init__(self, registry: SchemaRegistryClient, schema: str) -> None:
        self._write = AvroSerializer(registry, schema)
        self._producer = Producer({"bootstrap.servers": os.environ["BOOTSTRAP"]})

    def send(self, message: dict[str, str]) -> None:
        value = self._write(message, SerializationContext(TOPIC, MessageField.VALUE))
        self._producer.produce(TOPIC, value)  # flow: publish kafka orders event=OrderPlaced


def main() -> None:
    registry = SchemaRegistryClient({"url": os.environ["REGISTRY"]})
    placed = Sender(registry, PLACED)
    placed.send({"number": "1"})
    settings = {"bootstrap.servers": os.environ["BOOTSTRAP"], "value.serializer": JSONSerializer(CANCELLED, registry)}
    SerializingProducer(settings).produce(TOPIC, value={"number": "1"})  # flow: publish kafka orders event=OrderCancelled


if __name__ == "__main__":
    main()

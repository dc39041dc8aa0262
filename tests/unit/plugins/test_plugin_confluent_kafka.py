"""confluent-kafka: plain, serialising, Avro and asyncio clients, and what only looks like them."""

from __future__ import annotations

import pytest
from sightings import checks, sightings

SETUP = """
from confluent_kafka import Consumer, DeserializingConsumer, Producer, SerializingProducer, TopicPartition

producer = Producer({"bootstrap.servers": "kafka:9092"})
producer.produce("control", b"x")
"""
CONTROL = "publish kafka control"

FORMS = [
    ("producer.produce('orders', b'x', b'k')", "publish kafka orders"),
    ("producer.produce(topic='orders', value=b'x', on_delivery=print)", "publish kafka orders"),
    ("producer.produce('orders', value=b'x', callback=print)", "publish kafka orders"),
    (
        """
        import json
        producer.produce('orders', json.dumps({'event_type': 'OrderPlaced'}).encode())
        """,
        "publish kafka orders [OrderPlaced]",
    ),
    ("SerializingProducer({}).produce('orders', 'key', {'type': 'OrderPlaced'})", "publish kafka orders [OrderPlaced]"),
    ("SerializingProducer({}).produce(topic='orders', key='k', value='v')", "publish kafka orders"),
    ("from confluent_kafka.avro import AvroProducer\nAvroProducer({}).produce(topic='orders', value={})", "publish kafka orders"),
    (
        """
        from confluent_kafka.aio import AIOProducer
        async def tell():
            await AIOProducer({}).produce('orders', b'x')
        """,
        "publish kafka orders",
    ),
    (
        """
        from confluent_kafka.experimental.aio import AIOProducer
        async def tell():
            await AIOProducer({}).produce('orders', b'x')
        """,
        "publish kafka orders",
    ),
    ("producer.produce_batch('orders', [{'value': b'x'}])", "publish kafka orders"),
    (
        """
        def run():
            consumer = Consumer({'group.id': 'billing'})
            consumer.subscribe(['orders', 'payments'])
            while True:
                consumer.poll(1.0)
        """,
        "subscribe kafka orders in billing by run",
        "subscribe kafka payments in billing by run",
    ),
    (
        """
        CONF = {'group.id': 'billing'}
        def run():
            consumer = Consumer(CONF)
            consumer.subscribe(topics=['orders'], on_assign=print)
        """,
        "subscribe kafka orders in billing by run",
    ),
    (
        """
        def run():
            consumer = Consumer({})
            consumer.subscribe(['^orders-.*'])
        """,
        "subscribe kafka ^orders-.* regex by run",
    ),
    ("def run():\n    DeserializingConsumer({}).subscribe(['orders'])", "subscribe kafka orders by run"),
    (
        """
        from confluent_kafka.avro import AvroConsumer
        def run():
            AvroConsumer({}).subscribe(['orders'])
        """,
        "subscribe kafka orders by run",
    ),
    (
        """
        from confluent_kafka.aio import AIOConsumer
        async def run():
            await AIOConsumer({}).subscribe(['orders'])
        """,
        "subscribe kafka orders by run",
    ),
    (
        """
        def run():
            consumer = Consumer({'group.id': 'billing'})
            consumer.assign([TopicPartition('orders', 0)])
            consumer.poll()
        """,
        "subscribe kafka orders in billing by run",
    ),
    (
        """
        from confluent_kafka import ShareConsumer
        def run():
            ShareConsumer({}).subscribe(['orders'])
        """,
        "subscribe kafka orders by run",
    ),
]

LOOK_ALIKES = [
    "producer.flush()",
    "producer.poll(0)",
    "producer.list_topics('orders')",
    "producer.init_transactions()",
    "class Film:\n    def produce(self, title): ...\nFilm().produce('orders')",
    "def make(studio):\n    studio.produce('orders')",
    "from confluent_kafka.admin import AdminClient, NewTopic\nAdminClient({}).create_topics([NewTopic('orders')])",
    """
    def run():
        consumer = Consumer({})
        consumer.poll(1.0)
        consumer.commit()
        consumer.close()
    """,
    "TopicPartition('orders', 0)",
    "def run():\n    Consumer({}).seek(TopicPartition('orders', 0))",
    "def run():\n    Consumer({}).list_topics('orders')",
    """
    from confluent_kafka.schema_registry import SchemaRegistryClient
    SchemaRegistryClient({}).register_schema('orders-value', None)
    """,
    "from rx.subject import Subject\nSubject().subscribe(['orders'])",
    "names = []\nnames.append('orders')",
    """
    from dataclasses import dataclass
    @dataclass
    class Consumer2:
        topic: str
    Consumer2('orders')
    """,
    "class Newsletter:\n    def subscribe(self, who): ...\nNewsletter().subscribe(['orders'])",
    "from kafka_admin_ui import client\nclient.produce('orders', b'x')",
    "assert producer.produce is not None",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)


REGISTRY = """
from confluent_kafka import Producer, SerializingProducer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufSerializer
import orders_pb2
AVRO = '{"type": "record", "namespace": "shop", "name": "shop.Placed", "fields": [{"name": "number", "type": "string"}]}'
JSON = '{"title": "Placed", "type": "object", "properties": {"title": {"type": "string"}}}'
LATE = '{"type": "record", "fields": [{"name": "number", "type": "string"}], "name": "Placed"}'
client = SchemaRegistryClient({"url": "http://registry:8081"})
"""
WRITTEN = [
    ("Producer({}).produce('orders', AvroSerializer(client, AVRO)({}, None))", "publish kafka orders [Placed]"),
    ("Producer({}).produce(topic='orders', value=JSONSerializer(JSON, client)({}, None))", "publish kafka orders [Placed]"),
    ("Producer({}).produce('orders', ProtobufSerializer(orders_pb2.Placed, client)(None, None))", "publish kafka orders"),
    ("Producer({}).produce('orders', '{\"name\": \"Jo\"}')", "publish kafka orders"),
    (
        (
            "write = AvroSerializer(schema_str=AVRO, schema_registry_client=client)\n"
            "SerializingProducer({'value.serializer': write}).produce('orders')"
        ),
        "publish kafka orders [Placed]",
    ),
    (
        (
            "from confluent_kafka import avro\n"
            "avro.AvroProducer({}, default_value_schema=avro.loads(AVRO)).produce(topic='orders', value={})"
        ),
        "publish kafka orders [Placed]",
    ),
    (
        "from confluent_kafka import avro\navro.AvroProducer({}).produce(topic='orders', value={}, value_schema=avro.loads(AVRO))",
        "publish kafka orders [Placed]",
    ),
    (
        "from confluent_kafka import avro\navro.AvroProducer({}).produce(topic='orders', value={}, key_schema=avro.loads(AVRO))",
        "publish kafka orders",
    ),
    ("SerializingProducer({'value.serializer': JSONSerializer(JSON, client)}).produce('orders')", "publish kafka orders [Placed]"),
    (
        """
        class Sender:
            def __init__(self, schema):
                self.write = AvroSerializer(client, schema, lambda value, context: value)
                self.producer = Producer({})
            def send(self, value):
                self.producer.produce(topic="orders", key="k", value=self.write(value, None))
        Sender(AVRO).send({})
        """,
        "publish kafka orders [Placed]",
    ),
    ("Producer({}).produce('orders', AvroSerializer(client, LATE)({}, None))", "publish kafka orders"),
    ("Producer({}).produce('orders', AvroSerializer(client)({}, None))", "publish kafka orders"),
    ("SerializingProducer({'key.serializer': AvroSerializer(client, AVRO)}).produce('orders')", "publish kafka orders"),
]


@pytest.mark.parametrize("form", WRITTEN)
def test_a_schema_says_what_a_message_is(form: tuple[str, str]) -> None:
    code, expected = form
    assert sightings(REGISTRY, code) == [expected]

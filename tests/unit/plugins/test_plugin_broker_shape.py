"""Publishers and subscribers of libraries that nobody knows: by the name of a broker, a verb, and a channel."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config
from sightings import interactions, sightings

SETUP = """
import house.rabbit
from house import kafka
from house.messaging import Broker, EventProducer, HouseClient, JobConsumer, KafkaBroker, OrderPublisher
from house.messaging import KafkaBus, MqttLink, PubsubService, RabbitMQPublisher, SQSClient, SnsPublisher
TOPIC = "projects/shop/topics/orders"
"""

FORMS = [
    ("PubsubService().publish_message(TOPIC, '{}')", "publish pubsub orders"),
    ("SnsPublisher().send_event('arn:aws:sns:eu-west-1:123456789012:orders', {})", "publish sns orders"),
    ("PubsubService().publish(f'projects/{input()}/topics/orders')", "publish pubsub orders"),
    ("PubsubService().publish('arn:aws:sns:eu-west-1:1:orders')", "publish pubsub orders guess"),
    ("PubsubService().publish(input())", "publish pubsub ? guess"),
    ("PubsubService().publish(topic='orders', data=b'')", "publish pubsub orders guess"),
    ("PubsubService().quarantine(TOPIC, 'reason')", "publish pubsub orders guess"),
    ("SnsPublisher().announce('arn:aws:sns:eu-west-1:123456789012:orders', {})", "publish sns orders guess"),
    ("SQSClient().hand_over('https://sqs.eu-west-1.amazonaws.com/123456789012/orders', {})", "publish sqs orders guess"),
    ("SQSClient().send_message(queue_url='https://sqs.eu-west-1.amazonaws.com/1/orders', body='')", "publish sqs orders"),
    ("KafkaBus().send('orders', {})", "publish kafka orders guess"),
    ("KafkaBus().produce(topic='orders', value=b'')", "publish kafka orders guess"),
    ("kafka.send_event('orders', {})", "publish kafka orders guess"),
    ("house.rabbit.publish_event(routing_key='order.placed', body={})", "publish amqp order.placed guess"),
    ("RabbitMQPublisher().publish('order.placed', {})", "publish amqp order.placed guess"),
    ("SQSClient().dispatch_jobs(queue_arn='arn:aws:sqs:eu-west-1:1:orders', jobs=[])", "publish sqs orders guess"),
    ("SQSClient().enqueue(queue_name='orders', body='')", "publish sqs orders guess"),
    ("KafkaBus().emit(topic='orders', data={})", "publish kafka orders guess"),
    ("house.rabbit.push_job(routing_key=input())", "publish amqp ? guess"),
    ("SQSClient(queue_url='https://sqs.eu-west-1.amazonaws.com/1/orders').add_message_to_queue({})", "publish sqs orders guess"),
    ("SQSClient(queue_name='orders').send({'a': 1})", "publish sqs orders guess"),
    ("KafkaBus(topic=input()).send_message({})", "publish kafka ? guess"),
    ("MqttLink().publish('sensors/1', b'')", "publish mqtt sensors/1 guess"),
    ("RabbitMQPublisher().publish({'type': 'placed'})", "publish amqp ? guess"),
    ("KafkaBus().publish(topic=input())", "publish kafka ? guess"),
    ("def on_order(m): ...\nKafkaBus().subscribe('orders', on_order)", "subscribe kafka orders by on_order guess"),
    ("def on_order(m): ...\nKafkaBus().consume(topic='orders', handler=on_order)", "subscribe kafka orders by on_order guess"),
    ("@KafkaBus().subscribe('orders')\ndef on_order(m): ...", "subscribe kafka orders by on_order guess"),
    ("HouseClient('house', 7).produce('orders', 'key', '{}')", "publish broker orders guess"),
    ("Broker().publish('orders', {})", "publish broker orders guess"),
    ("Broker().publish_event(topic='orders', data={})", "publish broker orders guess"),
    ("OrderPublisher().publish('order.placed', {})", "publish broker order.placed guess"),
    ("from house.messaging import HouseQueue\nHouseQueue().publish('orders', {})", "publish broker orders guess"),
    ("from house.messaging import HouseQueue\nHouseQueue().publish(input(), {})", "publish broker ? guess"),
    ("EventProducer().send('orders', {})", "publish broker orders guess"),
    ("KafkaBroker().publish('orders', {})", "publish kafka orders guess"),
    ("from house import broker\nbroker.publish('orders', {})", "publish broker orders guess"),
    ("def on_order(m): ...\nHouseClient().subscribe('orders', on_order)", "subscribe broker orders by on_order guess"),
    ("def on_order(m): ...\nHouseClient().subscribe('orders', callback=on_order)", "subscribe broker orders by on_order guess"),
    ("def on_order(m): ...\nJobConsumer().listen('jobs', on_order)", "subscribe broker jobs by on_order guess"),
    (
        """
        class Listening:
            def __init__(self, client):
                self.client = client
            def start(self, topic):
                self.client.subscribe(topic, self.on_order)
            def on_order(self, message): ...
        Listening(HouseClient()).start("orders")
        """,
        "subscribe broker orders by Listening.on_order guess",
    ),
    (
        """
        class Own(RabbitMQPublisher):
            def placed(self, order):
                self.publish("order.placed", order)
        """,
        "publish amqp order.placed guess",
    ),
]
LOOK_ALIKES = [
    "from house.sqs import SQSClient\nSQSClient(queue_url='https://sqs.eu-west-1.amazonaws.com/1/orders')",
    "KafkaBus().send({'orders': 1})",
    "KafkaBus().send('an order was placed', {})",
    "@kafka.consumer_of('orders')\ndef on_order(m): ...",
    "kafka.sender_of('orders')",
    "SQSClient().dispatch_jobs([])",
    "SQSClient().enqueue('orders')",
    "KafkaBus().emit('orders', {})",
    "from house.mail import Mailer\nMailer().dispatch(topic='orders')",
    "SQSClient('orders').add_message_to_queue({})",
    "SQSClient(queue_name='orders').delete({})",
    "SQSClient(queue_name='orders').receive_messages()",
    "KafkaBus().flush()",
    "KafkaBus().close('orders')",
    "KafkaBus().subscribe()",
    "PubsubService().create_topic(TOPIC)",
    "PubsubService().get_topic(TOPIC)",
    "PubsubService().delete_subscription('projects/shop/subscriptions/orders')",
    "PubsubService().quarantine('orders', 'reason')",
    "from house.mail import Mailer\nMailer().send('orders', {})",
    "from house.mail import Mailer\nMailer().publish('orders', {})",
    "from logging.handlers import QueueHandler\nQueueHandler(None).send('orders')",
    "HouseClient().publish('orders', {})",
    "from house.messaging import HouseQueue\nHouseQueue().publish({'type': 'placed'})",
    "from house.messaging import HouseQueue\nHouseQueue().send('orders', {})",
    "HouseClient().send('orders', {})",
    "HouseClient().subscribe('orders')",
    "HouseClient().subscribe('weekly', 'ann@house.example')",
    "HouseClient().subscribe('orders', 1)",
    "HouseClient().produce({'orders': 1})",
    "HouseClient().produce('a report of all orders')",
    "HouseClient().produce(input())",
    "OrderPublisher().subscribe('orders', print)",
    "JobConsumer().publish('orders', {})",
    "def on_order(m): ...\nJobConsumer().listen(on_order, 'jobs')",
    "from house.messaging import Bus\ndef on_order(m): ...\nBus().subscribe('orders', on_order)",
    "class HouseBroker:\n    def publish(self, topic): ...\nHouseBroker().publish('orders')",
    "class KafkaThing:\n    def publish(self, topic): ...\nKafkaThing().publish('orders')",
    "def publish_kafka(topic): ...\npublish_kafka('orders')",
]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_is_found(form: tuple[str, str]) -> None:
    code, expected = form
    assert sightings(SETUP, code) == [expected]


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_a_look_alike_is_not(code: str) -> None:
    assert sightings(SETUP, code) == []


def test_an_unknown_channel_may_be_the_librarys_own_business() -> None:
    (site,) = interactions(SETUP, "KafkaBus().publish({'type': 'placed'})")
    assert site.unresolved is not None
    assert site.unresolved.endswith(", and goes through a library that is not in the scan")


@pytest.mark.parametrize(("library", "expected"), [("bus", ["orders"]), ("shop.other", [])])
def test_a_package_may_wrap_a_library_of_its_own_name(tmp_path: Path, library: str, expected: list[str]) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/bus/__init__.py": f"from {library} import HouseBroker\nbroker = HouseBroker()\n",
        "shop/other.py": "class HouseBroker:\n    def publish(self, topic): ...\n",
        "shop/main.py": "from shop.bus import broker\nbroker.publish('orders', {})\n",
    }
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    assert [i.channel for i in analyse(tmp_path, Config(), Settings(workers=1)).flow.interactions] == expected

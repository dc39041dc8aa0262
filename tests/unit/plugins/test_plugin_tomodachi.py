"""tomodachi: topics, queues, routing keys and endpoints, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
import tomodachi
"""
_IN = "class Shop(tomodachi.Service):\n    {}\n    async def handle(self, data):\n        {}\n"


def shop(decorator: str, body: str = "pass") -> str:
    """A service with one method."""
    return _IN.format(decorator, body)


FORMS = [
    (shop("@tomodachi.aws_sns_sqs('placed', queue_name='shop--placed')"), "subscribe sns placed in shop--placed by Shop.handle"),
    (shop("@tomodachi.awssnssqs(topic='placed')"), "subscribe sns placed by Shop.handle"),
    (shop("@tomodachi.aws_sns_sqs(queue_name='jobs')"), "subscribe sqs jobs (command) by Shop.handle"),
    (shop("@tomodachi.amqp('orders.*')"), "subscribe amqp amq.topic:orders.* by Shop.handle"),
    (shop("@tomodachi.amqp('orders', exchange_name='shop')"), "subscribe amqp shop:orders by Shop.handle"),
    (shop("@tomodachi.http('GET', r'/orders/?')"), "serve http GET /orders by Shop.handle"),
    (
        shop("@tomodachi.http(['GET', 'PUT'], r'^/order/(?P<id>[0-9a-f]+?)/lines$')"),
        "serve http GET /order/{}/lines by Shop.handle",
        "serve http PUT /order/{}/lines by Shop.handle",
    ),
    (shop("", "await tomodachi.aws_sns_sqs_publish(self, data, topic='placed')"), "publish sns placed"),
    (shop("", "await tomodachi.sns_publish(service=self, data=data, topic='placed', wait=False)"), "publish sns placed"),
    (shop("", "await tomodachi.sqs_send_message(self, data, 'jobs')"), "publish sqs jobs (command)"),
    (shop("", "await tomodachi.amqp_publish(self, data, routing_key='orders')"), "publish amqp amq.topic:orders"),
    (
        "from tomodachi.transport.aws_sns_sqs import aws_sns_sqs_publish\n"
        + shop("", "await aws_sns_sqs_publish(self, data, 'placed')"),
        "publish sns placed",
    ),
]
LOOK_ALIKES = [
    shop("@tomodachi.schedule(interval='every hour')"),
    shop("@tomodachi.http_error(status_code=500)"),
    shop("@tomodachi.http_static('static', r'/files')"),
    "def publish(service, data, topic): ...\npublish(None, {}, topic='placed')",
    "class Other:\n    def aws_sns_sqs_publish(self, data, topic): ...\nOther().aws_sns_sqs_publish({}, topic='placed')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)

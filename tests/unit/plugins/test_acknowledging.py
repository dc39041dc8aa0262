"""Messages that are taken as done before they are worked on, and failed ones that are put back or refused (pika, aio-pika)."""

from __future__ import annotations

from textwrap import indent

from keeping import checks

SETUP = """
import aio_pika
import pika
channel = pika.BlockingConnection().channel()

def work(body): ...
"""


def failing(*lines: str, caught: str = "Exception", handler: str = "ch, method, properties, body") -> str:
    """A handler of which the lines run after a failure."""
    body = indent("\n".join(lines), "        ")
    return f"def on_order({handler}):\n    try:\n        work(body)\n    except {caught}:\n{body}\n"


AIO = "message: aio_pika.IncomingMessage, body=None"
FORMS: list[tuple[str, ...]] = [
    ("channel.basic_consume('orders', work, auto_ack=True)", "take orders"),
    ("channel.basic_consume('orders', work, True)", "take orders"),
    ("channel.basic_consume(work, queue='orders', no_ack=True)", "take orders"),
    ("async def run(q: aio_pika.Queue):\n    await q.consume(work, no_ack=True)", "take"),
    ("async def run(q: aio_pika.abc.AbstractQueue):\n    async with q.iterator(no_ack=True) as them: ...", "take"),
    (failing("ch.basic_nack(method.delivery_tag)"), "return"),
    (failing("ch.basic_nack(delivery_tag=method.delivery_tag, requeue=True)"), "return"),
    (failing("ch.basic_reject(method.delivery_tag)"), "return"),
    (failing("channel.basic_nack(1)"), "return"),
    (failing("ch.basic_nack(1)", caught="(ValueError, Exception)"), "return"),
    (failing("await message.nack()", handler=AIO).replace("def ", "async def "), "return"),
    (failing("await message.reject(requeue=True)", handler=AIO).replace("def ", "async def "), "return"),
    (failing("message.nack(requeue=True)", handler="message, body"), "return guess"),
    (failing("ch.basic_nack(method.delivery_tag, requeue=False)"), "refuse"),
    (failing("ch.basic_nack(method.delivery_tag, False, False)"), "refuse"),
    (failing("await message.reject()", handler=AIO).replace("def ", "async def "), "refuse"),
]

LOOK_ALIKES = [
    "channel.basic_consume('orders', work)",
    "channel.basic_consume('orders', work, auto_ack=False)",
    "def run(auto):\n    channel.basic_consume('orders', work, auto_ack=auto)",
    "async def run(q: aio_pika.Queue):\n    await q.consume(work)",
    failing("ch.basic_ack(method.delivery_tag)"),
    failing("ch.basic_reject(method.delivery_tag, requeue=not method.redelivered)"),
    failing("ch.basic_nack(method.delivery_tag)", caught="ConnectionError"),
    failing("if properties.headers['x-death']:", "    return", "ch.basic_nack(method.delivery_tag)"),
    failing("if attempts(body) < 3:", "    ch.basic_nack(method.delivery_tag)"),
    "def on_order(ch, method, properties, body):\n    ch.basic_nack(method.delivery_tag)",
    failing("body.nack()"),
]

test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)

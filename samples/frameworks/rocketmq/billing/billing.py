"""Bills what was ordered, and says so."""

import os
import time

from rocketmq.client import ConsumeStatus, Message, Producer, PushConsumer, ReceivedMessage

producer = Producer("billing")


def on_order(message: ReceivedMessage) -> ConsumeStatus:
    bill = Message("bills")
    bill.set_body(message.body)
    producer.send_oneway(bill)  # flow: publish rocketmq bills
    return ConsumeStatus.CONSUME_SUCCESS


def main() -> None:
    producer.set_name_server_address(os.environ["NAME_SERVER"])
    producer.start()
    consumer = PushConsumer("billing")
    consumer.set_name_server_address(os.environ["NAME_SERVER"])
    consumer.subscribe("orders", on_order, "placed")  # flow: subscribe rocketmq orders handler=on_order
    consumer.start()
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main()

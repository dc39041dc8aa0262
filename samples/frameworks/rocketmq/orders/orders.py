"""Takes orders."""

import json
import os

from rocketmq.client import Message, Producer


class Pigeon:
    """Post of another kind."""

    def send_sync(self, message: Message) -> Message:
        return message


class Bus:
    """One producer for all."""

    def __init__(self, group: str) -> None:
        self.producer = Producer(group)
        self.producer.set_name_server_address(os.environ["NAME_SERVER"])
        self.producer.start()

    def send(self, topic: str, body: dict[str, int]) -> None:
        message = Message(topic)
        message.set_tags("placed")
        message.set_body(json.dumps(body))
        self.producer.send_sync(message)


def main() -> None:
    Bus("orders").send(os.environ["TOPIC"], {"number": 7})  # flow: publish rocketmq orders event=placed
    Pigeon().send_sync(Message("orders"))  # flow: nothing


if __name__ == "__main__":
    main()

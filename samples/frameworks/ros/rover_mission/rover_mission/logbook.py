"""Writes down what was delivered."""

import logging

import rclpy
from rclpy.node import Node
from std_msgs.msg import String


class Logbook(Node):
    """Hears of every delivery."""

    def __init__(self) -> None:
        super().__init__("logbook")
        self.create_subscription(String, "parcel/delivered", self.on_delivered, 10)  # flow: subscribe ros parcel/delivered

    def on_delivered(self, message: String) -> None:
        logging.info("delivered %s", message.data)


def main() -> None:
    rclpy.init()
    rclpy.spin(Logbook())

"""Stops the rover before it meets a wall."""

import rclpy
from rclpy.node import Node
from sensor_msgs.msg import LaserScan
from std_srvs.srv import Trigger


class Guard(Node):
    """Switches the motors off when something is near."""

    def __init__(self) -> None:
        super().__init__("guard")
        self.declare_parameter("distance", 0.3)
        self.declare_parameter("ranges", "/laser/front")
        ranges = self.get_parameter("ranges").get_parameter_value().string_value
        self.create_subscription(LaserScan, ranges, self.on_ranges, 5)  # flow: subscribe ros laser/front handler=Guard.on_ranges
        self.motors_off = self.create_client(Trigger, "/motors_off")

    def on_ranges(self, message: LaserScan) -> None:
        if min(message.ranges) < self.get_parameter("distance").value:
            self.motors_off.call_async(Trigger.Request())  # flow: call rpc motors_off -> driver


def main() -> None:
    rclpy.init()
    rclpy.spin(Guard())

"""Drives to a pose, watching how far the rover came."""

import rclpy
from geometry_msgs.msg import Twist
from nav2_msgs.action import NavigateToPose
from nav_msgs.msg import Odometry
from rclpy.action import ActionServer
from rclpy.action.server import ServerGoalHandle
from rclpy.node import Node


class Navigator(Node):
    """Knows where the rover is and where it shall be."""

    def __init__(self) -> None:
        super().__init__("navigator")
        self.create_subscription(Odometry, "/odom", self.on_odometry, 10)  # flow: subscribe ros odom handler=Navigator.on_odometry
        self.velocity = self.create_publisher(Twist, "/velocity", 10)
        self.server = ActionServer(
            self, NavigateToPose, "navigate", self.on_goal
        )  # flow: serve rpc navigate handler=Navigator.on_goal
        self.position: Odometry | None = None

    def on_odometry(self, message: Odometry) -> None:
        self.position = message

    def on_goal(self, handle: ServerGoalHandle) -> NavigateToPose.Result:
        self.velocity.publish(Twist())  # flow: publish ros velocity
        handle.succeed()
        return NavigateToPose.Result()


def main() -> None:
    rclpy.init()
    rclpy.spin(Navigator())

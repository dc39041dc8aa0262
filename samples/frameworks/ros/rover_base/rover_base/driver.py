"""Turns velocities into motion and says how far the rover came."""

import rclpy
from geometry_msgs.msg import Twist
from nav_msgs.msg import Odometry
from rclpy.node import Node
from std_srvs.srv import Trigger


class Driver(Node):
    """Listens to velocities until its motors are switched off."""

    def __init__(self) -> None:
        super().__init__("driver")
        self.create_subscription(Twist, "velocity", self.on_velocity, 10)  # flow: subscribe ros velocity handler=Driver.on_velocity
        self.odometry = self.create_publisher(Odometry, "odom", 10)
        self.create_service(Trigger, "motors_off", self.on_motors_off)  # flow: serve rpc motors_off handler=Driver.on_motors_off
        self.enabled = True

    def on_velocity(self, message: Twist) -> None:
        if self.enabled:
            self.get_logger().info(f"driving at {message.linear.x}")
            self.odometry.publish(Odometry())  # flow: publish ros odom

    def on_motors_off(self, _request: Trigger.Request, response: Trigger.Response) -> Trigger.Response:
        self.enabled = False
        response.success = True
        return response


def main() -> None:
    rclpy.init()
    node = Driver()
    try:
        rclpy.spin(node)
    finally:
        node.destroy_node()
        rclpy.shutdown()

"""ROS: topics, services and actions of nodes in both generations, parameters that name them, and what only looks like them."""

from __future__ import annotations

import pytest
from sightings import checks, sightings

SETUP = """
import rclpy
from rclpy.action import ActionClient, ActionServer
from rclpy.node import Node
from geometry_msgs.msg import Twist
from std_srvs.srv import Trigger
from nav2_msgs.action import NavigateToPose

rclpy.init()
control = rclpy.create_node('control')
control.create_publisher(Twist, 'control', 10).publish(Twist())
"""
CONTROL = "publish ros control"


def node(*body: str, base: str = "Node") -> str:
    """A node whose constructor holds these lines."""
    lines = "".join(f"        {line}\n" for line in body)
    return (
        f"class Robot({base}):\n    def __init__(self):\n        super().__init__('robot')\n{lines}"
        "    def heard(self, message): ...\n    def reset(self, request, response): ...\n    def drive(self, goal): ...\n"
    )


FORMS = [
    (node("self.out = self.create_publisher(Twist, '/cmd_vel', 10)", "self.out.publish(Twist())"), "publish ros cmd_vel"),
    (
        node("self.create_publisher(msg_type=Twist, topic='arm/joints', qos_profile=1).publish(Twist())"),
        "publish ros arm/joints",
    ),
    (
        node("self.create_subscription(Twist, '/odom', self.heard, 10)"),
        "subscribe ros odom by Robot.heard",
    ),
    (
        node("self.create_subscription(Twist, callback=self.heard, topic='odom', qos_profile=10)"),
        "subscribe ros odom by Robot.heard",
    ),
    ("def heard(message): ...\ncontrol.create_subscription(Twist, 'odom', heard, 10)", "subscribe ros odom by heard"),
    (
        "from rclpy.lifecycle import LifecycleNode\n"
        + node("self.create_lifecycle_publisher(Twist, 'a', 1).publish(Twist())", base="LifecycleNode"),
        "publish ros a",
    ),
    (
        "import message_filters\n" + node("message_filters.Subscriber(self, Twist, '/left/image')"),
        "subscribe ros left/image by ?",
    ),
    (node("self.create_service(Trigger, 'reset', self.reset)"), "serve rpc reset by Robot.reset"),
    (
        node("client = self.create_client(Trigger, '/reset')", "client.wait_for_service()", "client.call_async(Trigger.Request())"),
        "call rpc reset",
    ),
    (node("self.create_client(Trigger, srv_name='reset').call(Trigger.Request())"), "call rpc reset"),
    (node("ActionServer(self, NavigateToPose, 'go', self.drive)"), "serve rpc go by Robot.drive"),
    (
        node("ActionServer(self, NavigateToPose, 'go', execute_callback=self.drive, goal_callback=self.heard)"),
        "serve rpc go by Robot.drive",
    ),
    (node("ActionClient(self, NavigateToPose, 'go').send_goal_async(NavigateToPose.Goal())"), "call rpc go"),
    (
        node(
            "self.declare_parameter('odometry', '/odom')",
            "self.declare_parameter('scan_topic', 'laser')",
            "self.create_subscription(Twist, self.get_parameter('scan_topic').value, self.heard, 10)",
        ),
        "subscribe ros laser by Robot.heard",
    ),
    (
        node(
            "self.declare_parameter('a', 'wrong')",
            "self.declare_parameter('b', '/right')",
            "topic = self.get_parameter('b').get_parameter_value().string_value",
            "self.create_subscription(Twist, topic, self.heard, 10)",
        ),
        "subscribe ros right by Robot.heard",
    ),
    (
        node("topic = self.declare_parameter('a', 'b').value", "self.create_subscription(Twist, topic, self.heard, 10)"),
        "subscribe ros b by Robot.heard",
    ),
    (
        node("self.create_subscription(Twist, self.get_parameter('nobody').value, self.heard, 10)"),
        "subscribe ros ? by Robot.heard",
    ),
]
LOOK_ALIKES = [
    node("self.create_publisher(Twist, 'cmd_vel', 10)"),
    node("self.create_client(Trigger, 'reset').wait_for_service()"),
    node("self.create_timer(0.1, self.heard)"),
    node("self.get_logger().info('publish')"),
    "class Billing:\n    def create_subscription(self, plan, topic, callback): ...\nBilling().create_subscription('a', 'b', print)",
    "class Press:\n    def publish(self, message): ...\nPress().publish('x')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)

OLD = """
import actionlib
import rospy
from std_msgs.msg import String
from std_srvs.srv import Trigger

def heard(message): ...
"""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("out = rospy.Publisher('/chatter', String, queue_size=10)\nout.publish('hello')", "publish ros chatter"),
        ("rospy.Subscriber('chatter', String, heard)", "subscribe ros chatter by heard"),
        ("rospy.Subscriber(rospy.get_param('~topic', 'chatter'), String, callback=heard)", "subscribe ros chatter by heard"),
        ("rospy.Subscriber(rospy.get_param('~topic'), String, heard)", "subscribe ros ? by heard"),
        ("rospy.Service('reset', Trigger, heard)", "serve rpc reset by heard"),
        ("reset = rospy.ServiceProxy('/reset', Trigger)\nreset()", "call rpc reset"),
        ("rospy.ServiceProxy('reset', Trigger).call()", "call rpc reset"),
        ("actionlib.SimpleActionServer('go', String, execute_cb=heard, auto_start=False)", "serve rpc go by heard"),
        ("actionlib.SimpleActionClient('go', String).send_goal_and_wait(None)", "call rpc go"),
    ],
)
def test_the_first_generation_is_known(code: str, expected: str) -> None:
    assert sightings(OLD, code) == [expected]


@pytest.mark.parametrize("code", ["rospy.ServiceProxy('reset', Trigger)", "rospy.loginfo('chatter')", "rospy.Rate(10).sleep()"])
def test_the_first_generation_has_look_alikes(code: str) -> None:
    assert sightings(OLD, code) == []

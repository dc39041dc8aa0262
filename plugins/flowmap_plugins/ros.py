"""ROS: what nodes publish, subscribe to, serve and call, with rclpy (ROS 2) or rospy and actionlib (ROS 1).

Names count as if every node stood in the root namespace, nothing remapped them and parameters were what the code declares or falls
back to: what a launch file says is not followed. Who calls a service or sends a goal waits for its result, even where a future
brings it."""

from flowmap.plugin_api import (
    Called,
    FirstOf,
    Gives,
    Maker,
    Matched,
    Messages,
    Pattern,
    Plugin,
    Receiver,
    Ref,
    RemoteCalls,
    Role,
    Serves,
    arg,
    keyword,
)

_NODE = "rclpy.node.Node"
_ACTION_CLIENT, _ACTION_SERVER = "rclpy.action.ActionClient", "rclpy.action.ActionServer"


def _name(of: Ref) -> Ref:
    """A name without the slash of the root namespace."""
    return FirstOf((Matched(of, r"^/*(.+)"), of))


def _declared(node: Ref, name: Ref) -> Ref:
    """What a node declares the parameter of this name with."""
    return Called(node, ("declare_parameter",), arg(1, "value"), same=(name, arg(0, "name")))


def _subscribed(target: str, topic: Ref, handler: Ref | None) -> Pattern:
    return Messages(target=target, role=Role.SUBSCRIBE, channel=_name(topic), handler=handler, around=False)


def _published(target: str, topic: Ref) -> Pattern:
    return Messages(target=target, role=Role.PUBLISH, channel=_name(Maker(topic)))


def _called(target: str, name: Ref) -> Pattern:
    return RemoteCalls(target=target, operation=_name(Maker(name)))


def _served(target: str, name: Ref, handler: Ref) -> Pattern:
    return Serves(target=target, form="call", operation=_name(name), handler=handler, transport="rpc")


PLUGIN = Plugin(
    name="ros",
    roots=("rclpy", "rospy"),
    transport="ros",
    aliases={
        "rclpy.Node": _NODE,
        "rclpy.lifecycle.Node": _NODE,
        "rclpy.lifecycle.LifecycleNode": _NODE,
        "rclpy.action.client.ActionClient": _ACTION_CLIENT,
        "rclpy.action.server.ActionServer": _ACTION_SERVER,
    },
    types={
        "rclpy.create_node()": _NODE,
        f"{_NODE}.create_publisher()": "rclpy.publisher.Publisher",
        f"{_NODE}.create_lifecycle_publisher()": "rclpy.publisher.Publisher",
        f"{_NODE}.create_client()": "rclpy.client.Client",
    },
    gives=(
        Gives("rospy.get_param()", arg(1, "default")),
        Gives(f"{_NODE}.declare_parameter().value", arg(1, "value")),
        Gives(f"{_NODE}.get_parameter().value", _declared(Receiver(), arg(0, "name"))),
        Gives(f"{_NODE}.get_parameter().get_parameter_value().string_value", _declared(Maker(Receiver()), Maker(arg(0, "name")))),
    ),
    patterns=(
        _published("rclpy.publisher.Publisher.publish", arg(1, "topic")),
        _subscribed(f"{_NODE}.create_subscription", arg(1, "topic"), arg(2, "callback")),
        _subscribed("message_filters.Subscriber", FirstOf((keyword("topic"), arg(2))), None),
        *(_called(f"rclpy.client.Client.{m}", arg(1, "srv_name")) for m in ("call", "call_async")),
        _served(f"{_NODE}.create_service", arg(1, "srv_name"), arg(2, "callback")),
        *(_called(f"{_ACTION_CLIENT}.{m}", arg(2, "action_name")) for m in ("send_goal", "send_goal_async")),
        _served(_ACTION_SERVER, arg(2, "action_name"), arg(3, "execute_callback")),
        _published("rospy.Publisher.publish", arg(0, "name")),
        _subscribed("rospy.Subscriber", arg(0, "name"), arg(2, "callback")),
        *(_called(f"rospy.ServiceProxy.{m}", arg(0, "name")) for m in ("__call__", "call")),
        _served("rospy.Service", arg(0, "name"), arg(2, "handler")),
        *(_called(f"actionlib.SimpleActionClient.{m}", arg(0, "ns")) for m in ("send_goal", "send_goal_and_wait")),
        _served("actionlib.SimpleActionServer", arg(0, "name"), arg(2, "execute_cb")),
    ),
)

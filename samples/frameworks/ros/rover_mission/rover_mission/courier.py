"""Takes parcels along: asks the navigator to go somewhere and tells when the rover is there."""

import rclpy
from geometry_msgs.msg import PoseStamped
from nav2_msgs.action import NavigateToPose
from rclpy.action import ActionClient
from rclpy.node import Node
from std_msgs.msg import String


class Courier(Node):
    """One parcel at a time."""

    def __init__(self) -> None:
        super().__init__("courier")
        self.create_subscription(
            String, "parcel/loaded", self.on_loaded, 10
        )  # flow: subscribe ros parcel/loaded handler=Courier.on_loaded
        self.delivered = self.create_publisher(String, "parcel/delivered", 10)
        self.navigation = ActionClient(self, NavigateToPose, "navigate")

    async def on_loaded(self, message: String) -> None:
        goal = NavigateToPose.Goal(pose=PoseStamped())
        handle = await self.navigation.send_goal_async(goal)  # flow: call rpc navigate -> navigator
        await handle.get_result_async()
        self.delivered.publish(String(data=message.data))  # flow: publish ros parcel/delivered


def main() -> None:
    rclpy.init()
    rclpy.spin(Courier())

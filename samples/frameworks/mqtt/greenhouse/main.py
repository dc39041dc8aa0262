"""Waters dry beds and has the window opened when it is hot."""

import json
import os
from typing import Any

import paho.mqtt.client as mqtt


class Greenhouse:
    """Listens to the beds of a site."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2)
        self.client.on_connect = self.connected
        self.client.on_message = self.arrived
        self.client.message_callback_add(
            "sensors/#", self.sensors_changed
        )  # flow: subscribe mqtt sensors/# handler=sensors_changed

    def connected(self, client: mqtt.Client, _userdata: Any, _flags: Any, _reason_code: Any, _properties: Any) -> None:
        client.subscribe(
            [(f"{self.site}/+/climate", 1), ("sensors/#", 0)]
        )  # flow: subscribe mqtt beds/+/climate handler=arrived ; subscribe mqtt sensors/# handler=arrived

    def arrived(self, client: mqtt.Client, _userdata: Any, message: mqtt.MQTTMessage) -> None:
        climate = json.loads(message.payload)
        if climate["moisture"] < 0.35:
            client.publish("water/on", message.topic.split("/")[1])  # flow: publish mqtt water/on
        if climate["temperature"] > 30:
            client.publish("window/set", "open")  # flow: publish mqtt window/set

    def sensors_changed(self, client: mqtt.Client, _userdata: Any, message: mqtt.MQTTMessage) -> None:
        client.unsubscribe(message.topic)  # flow: nothing

    def run(self) -> None:
        self.client.connect(os.environ.get("BROKER", "localhost"))
        self.client.loop_forever()


if __name__ == "__main__":
    Greenhouse(os.environ.get("SITE", "beds")).run()

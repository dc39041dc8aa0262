"""Shows the state of the greenhouse."""

import os
from typing import Any

from flask import Flask
from flask_mqtt import Mqtt

app = Flask(__name__)
app.config["MQTT_BROKER_URL"] = os.environ.get("BROKER", "localhost")
mqtt = Mqtt(connect_async=True)
state: dict[str, str] = {}


@mqtt.on_connect()
def connected(_client: Any, _userdata: Any, _flags: Any, _code: int) -> None:
    mqtt.subscribe("beds/#")  # flow: subscribe mqtt beds/# handler=anything


@mqtt.on_topic("window/moved")  # flow: subscribe mqtt window/moved handler=moved
def moved(_client: Any, _userdata: Any, message: Any) -> None:
    state["window"] = message.payload.decode()


@mqtt.on_message()
def anything(_client: Any, _userdata: Any, message: Any) -> None:
    state[message.topic] = message.payload.decode()


@app.post("/window/<position>")  # flow: serve http POST /window/{} handler=set_window
def set_window(position: str) -> str:
    mqtt.publish("window/set", position)  # flow: publish mqtt window/set
    return position


def create_app() -> Flask:
    mqtt.init_app(app)
    return app

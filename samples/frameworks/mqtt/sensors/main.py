"""Reports what the sensors of the beds measure."""

import json
import os
import time

import paho.mqtt.client as mqtt
from paho.mqtt import publish

BROKER = os.environ.get("BROKER", "localhost")
BEDS = ("north", "south")


def measure(bed: str) -> dict[str, float]:
    return {"temperature": 21.5, "moisture": 0.3 if bed == "north" else 0.4}


def main() -> None:
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="sensors")
    client.will_set("sensors/gone", "power?", retain=True)  # flow: publish mqtt sensors/gone
    client.connect(BROKER)
    client.loop_start()
    while True:
        for bed in BEDS:
            report(client, bed, "climate")  # flow: publish mqtt beds/north/climate ; publish mqtt beds/south/climate
            report(client, bed, "light")  # flow: publish mqtt beds/north/light ; publish mqtt beds/south/light
        time.sleep(60)


def report(client: mqtt.Client, bed: str, what: str) -> None:
    message = json.dumps(measure(bed))
    client.publish(f"beds/{bed}/{what}", message, qos=1)


def check_in() -> None:
    publish.single("sensors/here", "1", hostname=BROKER)  # flow: publish mqtt sensors/here


if __name__ == "__main__":
    check_in()
    main()

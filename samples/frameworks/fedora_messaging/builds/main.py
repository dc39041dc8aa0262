"""Builds what is asked for."""

import sys

import backoff
from fedora_messaging import api
from fedora_messaging.exceptions import ConnectionException
from messages import BuildDone, BuildMessage, BuildStarted


@backoff.on_exception(backoff.expo, ConnectionException, max_tries=3)
def tell(message: BuildMessage) -> None:
    api.publish(message)


def build(name: str) -> None:
    tell(BuildStarted.of(name))  # flow: publish fedora-messaging builds.build.started
    ok = name.isidentifier()
    tell(BuildDone.of(name, ok=ok))  # flow: publish fedora-messaging builds.build.done
    if not ok:
        failed = api.Message(topic=f"builds.failed.{name}", body={"build": name})
        api.publish(failed, exchange="alarms")  # flow: publish fedora-messaging builds.failed.{} exchange=alarms


def on_message(message: api.Message) -> None:
    build(message.body["name"])


if __name__ == "__main__":
    sys.exit(api.consume(on_message))  # flow: blind subscribe fedora-messaging

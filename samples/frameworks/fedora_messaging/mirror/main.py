"""Mirrors what was built."""

import logging

from fedora_messaging import api, config

BINDINGS = [{"queue": "mirror", "exchange": "amq.topic", "routing_keys": ["builds.build.#", "mirrors.*.moved"]}]


class Mirror:
    """Keeps copies."""

    def __call__(self, message: api.Message) -> None:
        if message.topic.endswith("done"):
            self.publish(message.body["build"])  # flow: nothing

    def publish(self, build: str) -> None:
        logging.info("%s is there", build)


if __name__ == "__main__":
    config.conf.setup_logging()
    api.consume(
        Mirror(),  # flow: subscribe fedora-messaging builds.build.# exchange=amq.topic handler=Mirror.__call__
        bindings=BINDINGS,  # flow: subscribe fedora-messaging mirrors.*.moved exchange=amq.topic
    )

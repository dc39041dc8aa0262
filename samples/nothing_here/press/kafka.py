"""The Kafka edition: novels and stories, read aloud. Nothing to do with a broker of that name."""

import logging
from collections.abc import Iterator

logger = logging.getLogger(__name__)


class KafkaProducer:
    """Produces audiobooks; so far it only says what it would do."""

    def __init__(self, bootstrap_servers: str = "studio-1") -> None:
        self.studio = bootstrap_servers

    def send(self, topic: str, value: bytes = b"") -> None:
        logger.info("%s: recording %s (%d bytes of manuscript)", self.studio, topic, len(value))

    def flush(self) -> None:
        logger.info("%s: lights out", self.studio)


class KafkaConsumer:
    """A reader who takes one title after the other."""

    def __init__(self, *titles: str) -> None:
        self.titles = titles

    def __iter__(self) -> Iterator[str]:
        return iter(self.titles)

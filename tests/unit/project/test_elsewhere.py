"""What programs in other languages name."""

from __future__ import annotations

import pytest
from flowmap.project.elsewhere import LARGEST, elsewhere
from flowmap.project.files import Tree
from flowmap.project.index import index_of

SEND = "$bus = new AMQPStreamConnection($host);\n$bus->send('orders.placed');\n"
KAFKA = "import { Kafka } from 'kafkajs';\n"
TOPIC = 'export const TOPIC = "orders-placed";\n'
SPRING = "spring.kafka.topic=orders-placed\nname: other one\n# key=left-out\n"


def _named(files: dict[str, str]) -> list[str]:
    held = {path: text.encode() for path, text in files.items()}
    index = index_of(Tree(None, "shop", (), tuple(sorted(held)), (), ()), held.get)  # type: ignore[arg-type]  # nobody asks for the root
    return [f"{e.transport} {e.channel} {e.location}" for e in elsewhere(index)]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"web/send.php": SEND}, ["amqp orders.placed web/send.php:2"]),
        ({"web/send.php": SEND, "api/send.php": SEND}, ["amqp orders.placed api/send.php:2"]),
        ({"a.go": 'x := amqp.Dial("orders")\nredis.Publish("orders")\n'}, ["amqp orders a.go:1", "redis orders a.go:1"]),
        ({"a.ts": KAFKA, "b.ts": TOPIC}, ["kafka kafkajs a.ts:1", "kafka orders-placed b.ts:1"]),
        ({"app/package.json": "{}", "app/bus/a.ts": "kafka", "app/names/b.ts": TOPIC}, ["kafka orders-placed app/names/b.ts:1"]),
        (
            {"pom.xml": "", "src/main/resources/application.properties": SPRING, "src/main/java/A.java": "KafkaTemplate"},
            ["kafka orders-placed src/main/resources/application.properties:1"],
        ),
        # nothing is said of a transport there, or nothing is named
        ({}, []),
        ({"a.ts": TOPIC}, []),
        ({"bus/a.ts": "kafka", "names/b.ts": TOPIC}, []),
        ({"one/package.json": "{}", "one/a.ts": "kafka", "two/package.json": "{}", "two/b.ts": TOPIC}, []),
        ({"a.ts": "var sakafka = 1\n" + TOPIC}, []),
        ({"a.ts": "kafka", "b.ts": "export const TOPIC = orders;"}, []),
        # no program
        ({"README.md": SEND, "deploy.yaml": SEND, "settings.properties": SPRING}, []),
        ({"send.test.ts": KAFKA + TOPIC, "OrderTests.cs": KAFKA + TOPIC, "lib.min.js": KAFKA + TOPIC}, []),
        ({"a.ts": KAFKA + TOPIC + " " * LARGEST}, []),
    ],
)
def test_which_names_programs_in_other_languages_hold(files: dict[str, str], expected: list[str]) -> None:
    assert _named(files) == expected

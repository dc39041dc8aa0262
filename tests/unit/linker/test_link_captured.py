"""Rows of an outbox that a connector publishes: who makes them publishes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.frontend.workers import with_large_stack
from flowmap.linker.recognise import recognise
from flowmap.model.interaction import Interaction
from flowmap.model.location import Location
from flowmap.model.project import External, ExternalKind, Wire
from flowmap.plugin_api import Role
from linking import BUS, ENVIRONMENT, Files, as_files, linked, named

ROWS = "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\n"
OUTBOX = ROWS + "class Outgoing(Base):\n    __tablename__ = 'outbox'\n    id: int\n    topic: str\n"
DJANGO = "from django.db import models\nclass Outgoing(models.Model):\n    topic = models.CharField()\n"
MANY = "def put(session, topic):\n    session.add(Outgoing(topic=topic))\nput(s, 'paid')\nput(s, 'sent')\n"


def sites(source: str | Files, rows: str, channel: str = "out.{}") -> tuple[Interaction, ...]:
    """What is published where a connector takes the rows of a table."""
    program = linked(as_files(source))
    wire = Wire("kafka", channel, Location("outbox.json", 3, 3), role=Role.PUBLISH, rows=rows)
    outside = External("outbox", ExternalKind.DECLARED, does=(wire,))
    program = replace(program, project=replace(program.project, externals=(outside,)))
    return with_large_stack(lambda: recognise(program, (BUS, ENVIRONMENT))).interactions


def published(source: str | Files, rows: str, channel: str = "out.{}") -> list[str]:
    return sorted(f"{i.service} {named(i)}" for i in sites(source, rows, channel))


@pytest.mark.parametrize(
    ("source", "rows", "channel", "expected"),
    [
        (OUTBOX + "Outgoing(topic='paid')", "outbox.topic", "out.{}", ["main out.paid"]),
        (OUTBOX + "Outgoing(topic='paid')", "OUTBOX.topic", "{}", ["main paid"]),
        (OUTBOX + "Outgoing(topic='paid')", "outbox.", "orders", ["main orders"]),
        (OUTBOX + MANY, "outbox.topic", "out.{}", ["main out.paid", "main out.sent"]),
        (
            OUTBOX + "def f(topic):\n    Outgoing(topic=topic)",
            "outbox.topic",
            "out.{}",
            ["main ? parameter `topic` of `f`, which nothing in the scan calls"],
        ),
        # rows that nothing of the scan makes: the connector itself publishes
        (OUTBOX, "outbox.topic", "out.{}", ["external:outbox out.{}"]),
        (OUTBOX, "outbox.topic", "{}", ["external:outbox ? the rows of a table say the channel"]),
        (OUTBOX + "Outgoing(topic='paid')", "inbox.topic", "out.{}", ["external:outbox out.{}"]),
        ("class Outgoing:\n    __tablename__ = 'outbox'\nOutgoing(topic='paid')", "outbox.topic", "x.{}", ["external:outbox x.{}"]),
        # what stands behind the value is no name that anybody could put together
        (OUTBOX + "Outgoing(topic='paid')", "outbox.topic", "out.{}.v1", ["external:outbox out.{}.v1"]),
    ],
)
def test_who_makes_a_row_publishes(source: str, rows: str, channel: str, expected: list[str]) -> None:
    assert published(source, rows, channel) == expected


@pytest.mark.parametrize(
    ("table", "meta"),
    [
        ("shop_outgoing", ""),
        ("letters", "    class Meta:\n        db_table = 'letters'\n"),
        ("mail_outgoing", "    class Meta:\n        app_label = 'mail'\n"),
    ],
)
def test_django_names_a_table_by_application_and_class(table: str, meta: str) -> None:
    files = {"shop/models.py": DJANGO + meta, "app.py": "from shop.models import Outgoing\nOutgoing.objects.create(topic='paid')\n"}
    assert published(files, f"{table}.topic") == ["main out.paid"]
    assert published(files, "other.topic") == ["external:outbox out.{}"]


def test_the_connector_is_a_hop_on_the_way() -> None:
    (site,) = sites(OUTBOX + "Outgoing(topic='paid')", "outbox.topic")
    assert [str(hop.location) for hop in site.via] == ["outbox.json:3"]
    assert site.plugin == "connector"

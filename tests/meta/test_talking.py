"""The libraries by which the discover stage tells programs that take part in a system from tools are those that plugins know."""

from __future__ import annotations

import pytest
from flowmap.extensions import load_plugins
from flowmap.plugin_api import Messages, Plugin, RemoteCalls, Requests
from flowmap.project.lexical import TALKING

DEFINING = frozenset(
    "MySQLdb airflow asyncio asyncpg blinker bubus cloudevents cornice cqrs defusedxml diator django_celery_beat django_q "
    "django_redis django_tasks fakeredis fastapi_events flask_graphql graphene graphql_server homeassistant kytos lato "
    "mediatr ninja openedx_events prefect psycopg psycopg2 pubsub pydispatch pyee rest_framework six sqlalchemy yarl".split()
)
"""Imported by modules that a framework loads or that define something, by what stays in a process, or by whoever keeps data."""


def _talks(plugin: Plugin) -> bool:
    return any(isinstance(p, Requests | RemoteCalls) or (isinstance(p, Messages) and not p.local) for p in plugin.patterns)


@pytest.mark.parametrize("plugin", [p for p in load_plugins() if _talks(p)], ids=lambda p: p.name)
def test_a_library_that_talks_is_known_as_such(plugin: Plugin) -> None:
    assert {root.partition(".")[0] for root in plugin.roots} - TALKING - DEFINING == set()

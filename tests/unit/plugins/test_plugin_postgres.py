"""Postgres as a bus: what SQL and asyncpg's listeners say; almost all of what a database is asked is no message."""

from __future__ import annotations

import pytest
from sightings import sightings

ASYNCPG = """
import asyncpg

CHANNEL = "orders"
def on_order(connection, pid, channel, payload): ...
"""
PSYCOPG = """
import psycopg
import psycopg2
from psycopg import sql
from psycopg_pool import ConnectionPool

CHANNEL = "orders"
conn = psycopg.connect("x", autocommit=True)
old = psycopg2.connect("x")
"""
OTHERS = """
from django.db import connection, connections
from sqlalchemy import create_engine, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, scoped_session, sessionmaker

CHANNEL = "orders"
engine = create_engine("x")
Local = sessionmaker(engine)
Scoped = scoped_session(Local)
"""


def with_connection(statement: str) -> str:
    return f"async def run():\n    c = await asyncpg.connect('x')\n    await c.{statement}"


FORMS = [
    (ASYNCPG, with_connection("add_listener(CHANNEL, on_order)"), "subscribe postgres orders by on_order"),
    (ASYNCPG, with_connection("add_listener(channel='orders', callback=on_order)"), "subscribe postgres orders by on_order"),
    (ASYNCPG, with_connection("execute('NOTIFY orders')"), "publish postgres orders"),
    (ASYNCPG, with_connection("execute(\"notify orders, 'x'\")"), "publish postgres orders"),
    (ASYNCPG, with_connection("execute('NOTIFY \"orders\"')"), "publish postgres orders"),
    (ASYNCPG, with_connection("execute(f\"NOTIFY {CHANNEL}, '{1}'\")"), "publish postgres orders"),
    (ASYNCPG, with_connection("execute(\"SELECT pg_notify('orders', $1)\", 'x')"), "publish postgres orders"),
    (ASYNCPG, with_connection("fetchval('SELECT pg_notify($1, $2)', CHANNEL, 'x')"), "publish postgres orders"),
    (ASYNCPG, with_connection("execute('LISTEN orders')"), "subscribe postgres orders by run"),
    (
        ASYNCPG,
        "async def run(user):\n    c = await asyncpg.connect('x')\n    await c.execute(f'NOTIFY user_{user.id}_seen')",
        "publish postgres user_{}_seen",
    ),
    (
        ASYNCPG,
        """
        async def run():
            async with asyncpg.create_pool('x') as pool, pool.acquire() as c:
                await c.execute('NOTIFY orders')
        """,
        "publish postgres orders",
    ),
    (
        ASYNCPG,
        """
        class Bus:
            def __init__(self, pool: asyncpg.Pool):
                self.pool = pool
            async def tell(self, channel):
                await self.pool.execute('SELECT pg_notify($1, $2)', channel, 'x')
        async def run(bus: Bus):
            await bus.tell('orders')
        """,
        "publish postgres orders",
    ),
    (ASYNCPG, "async def run(c: asyncpg.Connection, name):\n    await c.execute(f'LISTEN {name}')", "subscribe postgres ? by run"),
    (
        PSYCOPG,
        "def run():\n    conn.execute('LISTEN orders;')\n    for n in conn.notifies(): print(n)",
        "subscribe postgres orders by run",
    ),
    (PSYCOPG, "conn.execute(sql.SQL('NOTIFY {}').format(sql.Identifier(CHANNEL)))", "publish postgres orders"),
    (PSYCOPG, "conn.execute('SELECT pg_notify(%s, %s)', (CHANNEL, 'x'))", "publish postgres orders"),
    (PSYCOPG, "with conn.cursor() as cursor:\n    cursor.execute('NOTIFY orders')", "publish postgres orders"),
    (
        PSYCOPG,
        """
        with ConnectionPool('x').connection() as c:
            c.execute('SELECT pg_notify(%(channel)s, %(p)s)', {'channel': CHANNEL, 'p': 1})
        """,
        "publish postgres orders",
    ),
    (
        PSYCOPG,
        "def run():\n    cursor = old.cursor()\n    cursor.execute(f'LISTEN {CHANNEL};')",
        "subscribe postgres orders by run",
    ),
    (OTHERS, "with Local() as s:\n    s.execute(text('NOTIFY orders'))", "publish postgres orders"),
    (OTHERS, "Scoped.execute(text('NOTIFY orders'))", "publish postgres orders"),
    (OTHERS, "Scoped().execute(text(\"SELECT pg_notify('orders', :p)\"), {'p': 'x'})", "publish postgres orders"),
    (OTHERS, "with Local.begin() as s:\n    s.execute(text('NOTIFY orders'))", "publish postgres orders"),
    (OTHERS, "with engine.begin() as c:\n    c.execute(text('NOTIFY orders'))", "publish postgres orders"),
    (
        OTHERS,
        "def run(s: Session):\n    s.execute(text('SELECT pg_notify(:channel, :p)'), {'channel': CHANNEL, 'p': 1})",
        "publish postgres orders",
    ),
    (
        OTHERS,
        "async def run(s: AsyncSession):\n    await s.execute(text(\"SELECT pg_notify('orders', :p)\"))",
        "publish postgres orders",
    ),
    (OTHERS, "with connection.cursor() as cursor:\n    cursor.execute('NOTIFY orders')", "publish postgres orders"),
    (OTHERS, "connections['x'].cursor().execute('SELECT pg_notify(%s, %s)', [CHANNEL, 1])", "publish postgres orders"),
]

LOOK_ALIKES = [
    (ASYNCPG, with_connection("execute('SELECT * FROM notify')")),
    (ASYNCPG, with_connection("execute('INSERT INTO listen VALUES (1)')")),
    (ASYNCPG, with_connection("execute('UNLISTEN orders')")),
    (ASYNCPG, with_connection("fetch(\"SELECT 'NOTIFY orders'\")")),
    (ASYNCPG, with_connection("fetch('SELECT pg_listening_channels()')")),
    (ASYNCPG, with_connection("remove_listener('orders', on_order)")),
    (ASYNCPG, with_connection("add_termination_listener(on_order)")),
    (ASYNCPG, "async def run(c: asyncpg.Connection, query):\n    await c.execute(query)"),
    (ASYNCPG, "async def run(c: asyncpg.Connection, name):\n    await c.execute(f'SELECT * FROM {name}')"),
    (ASYNCPG, "class Shell:\n    def execute(self, text): ...\nShell().execute('NOTIFY orders')"),
    (ASYNCPG, "import sqlite3\nsqlite3.connect('x').execute('NOTIFY orders')"),
    (PSYCOPG, "conn.execute('SELECT 1')"),
    (PSYCOPG, "conn.execute('SELECT %s, %s', (CHANNEL, 'x'))"),
    (PSYCOPG, "conn.add_notify_handler(print)"),
    (OTHERS, "with Local() as s:\n    s.execute(text('DELETE FROM orders'))"),
    (OTHERS, "def run(s: Session, statement):\n    s.execute(statement)"),
    (OTHERS, "text('NOTIFY orders')"),
]


@pytest.mark.parametrize("case", FORMS, ids=lambda c: c[1])
def test_it_is_seen(case: tuple[str, ...]) -> None:
    setup, code, *expected = case
    assert sightings(setup, code) == expected


@pytest.mark.parametrize("case", LOOK_ALIKES, ids=lambda c: c[1])
def test_nothing_is_seen(case: tuple[str, str]) -> None:
    assert sightings(*case) == []

"""Postgres as a bus: LISTEN and NOTIFY, as SQL that is handed to a driver, or by asyncpg's listeners; queues of
pgmq by its functions. What else a database is asked is no message.
"""

from flowmap.plugin_api import Argument, Entry, FirstOf, Guard, Kind, Matched, Messages, Passes, Pattern, Plugin, Ref, Role, arg

_DRIVERS = ("psycopg", "psycopg2")
_SQL = arg(0)
_NAME = '"?([^\\s"\',;()]+)'
_NOTIFY, _CALLED = rf"(?i)^\s*NOTIFY\s+{_NAME}", r"(?i)\bpg_notify\s*\(\s*'([^']+)'"
_LISTEN = rf"(?i)^\s*LISTEN\s+{_NAME}"
_GIVEN = r"(?i)\bpg_notify\s*\(\s*(%s|\$1|\?)"
_NAMED = r"(?i)\bpg_notify\s*\(\s*(?::channel\b|%\(channel\)s|CAST\(:channel\b)"
_QUEUES = (("send(?:_batch)?", Role.PUBLISH), ("(?:read(?:_with_poll|_grouped)?|pop)", Role.SUBSCRIBE))
"""The functions of pgmq, whose first argument is a queue."""
_QUEUE = r"(?::queue_name\b|%\(queue_name\)s|:queue\b|%\(queue\)s)"
_ASYNCPG = tuple(
    f"asyncpg.{owner}.{method}" for owner in ("Connection", "Pool") for method in ("execute", "fetch", "fetchval", "fetchrow")
)
_OTHERS = (
    "psycopg.Connection.execute",
    "psycopg.Cursor.execute",
    "psycopg2.connection.cursor().execute",
    "django.db.connection.cursor().execute",
    "sqlalchemy.Connection.execute",
    "sqlalchemy.orm.Session.execute",
    "sqlalchemy.orm.Session.scalar",
    "sqlalchemy.orm.scoped_session().execute",
    "sqlalchemy.ext.asyncio.async_scoped_session().execute",
)


def _statements(target: str, parameters: Ref, first: Ref) -> list[Pattern]:
    """What an execution of SQL says: the channel in the statement, or beside it."""
    stated = FirstOf((Matched(_SQL, _NOTIFY), Matched(_SQL, _CALLED)))
    return [
        Messages(target=target, role=Role.PUBLISH, channel=stated),
        Messages(target=target, role=Role.PUBLISH, channel=first, when=(Guard(_SQL, matching=_GIVEN),)),
        Messages(target=target, role=Role.PUBLISH, channel=Entry(parameters, "channel"), when=(Guard(_SQL, matching=_NAMED),)),
        Messages(target=target, role=Role.SUBSCRIBE, channel=Matched(_SQL, _LISTEN)),
    ]


def _queued(target: str, parameters: Ref, first: Ref) -> list[Pattern]:
    """The same for queues of pgmq."""
    found: list[Pattern] = []
    for name, role in _QUEUES:
        called = rf"(?i)\bpgmq\.{name}\s*\(\s*(?:queue_name\s*(?::=|=>)\s*)?"
        given = FirstOf((Entry(parameters, "queue_name"), Entry(parameters, "queue")))
        ways: tuple[tuple[Ref, tuple[Guard, ...]], ...] = (
            (Matched(_SQL, rf"{called}'([^']+)'"), ()),
            (first, (Guard(_SQL, matching=rf"{called}(?:%s|\$1|\?)"),)),
            (given, (Guard(_SQL, matching=called + _QUEUE),)),
        )
        found += [
            Messages(target=target, transport="pgmq", role=role, channel=channel, kind=Kind.COMMAND, when=when)
            for channel, when in ways
        ]
    return found


PLUGIN = Plugin(
    name="postgres",
    roots=("asyncpg", "psycopg", "psycopg2", "sqlalchemy", "django"),
    passive=("asyncpg", "psycopg", "psycopg2", "sqlalchemy"),
    transport="postgres",
    aliases={
        "asyncpg.connection.Connection": "asyncpg.Connection",
        "asyncpg.pool.Pool": "asyncpg.Pool",
        "psycopg.AsyncConnection": "psycopg.Connection",
        "psycopg.AsyncCursor": "psycopg.Cursor",
        "psycopg2.extensions.connection": "psycopg2.connection",
        "sqlalchemy.engine.Connection": "sqlalchemy.Connection",
        "sqlalchemy.engine.Engine": "sqlalchemy.Engine",
        "sqlalchemy.ext.asyncio.AsyncConnection": "sqlalchemy.Connection",
        "sqlalchemy.ext.asyncio.AsyncEngine": "sqlalchemy.Engine",
        "sqlalchemy.ext.asyncio.AsyncSession": "sqlalchemy.orm.Session",
        "sqlalchemy.orm.session.Session": "sqlalchemy.orm.Session",
        "sqlalchemy.ext.asyncio.create_async_engine": "sqlalchemy.create_engine",
        "sqlalchemy.ext.asyncio.async_sessionmaker": "sqlalchemy.orm.sessionmaker",
        "sqlalchemy.sql.text": "sqlalchemy.text",
    },
    types={
        "asyncpg.connect()": "asyncpg.Connection",
        "asyncpg.create_pool()": "asyncpg.Pool",
        "asyncpg.Pool.acquire()": "asyncpg.Connection",
        "psycopg.connect()": "psycopg.Connection",
        "psycopg.Connection.connect()": "psycopg.Connection",
        "psycopg.Connection.cursor()": "psycopg.Cursor",
        "psycopg_pool.ConnectionPool.connection()": "psycopg.Connection",
        "psycopg_pool.AsyncConnectionPool.connection()": "psycopg.Connection",
        "psycopg2.connect()": "psycopg2.connection",
        "sqlalchemy.create_engine()": "sqlalchemy.Engine",
        "sqlalchemy.Engine.connect()": "sqlalchemy.Connection",
        "sqlalchemy.Engine.begin()": "sqlalchemy.Connection",
        "sqlalchemy.orm.sessionmaker().__call__()": "sqlalchemy.orm.Session",
        "sqlalchemy.orm.scoped_session().__call__()": "sqlalchemy.orm.Session",
        "sqlalchemy.orm.sessionmaker().begin()": "sqlalchemy.orm.Session",
        "django.db.connections[]": "django.db.connection",
    },
    passes=tuple(
        Passes(f, arg(0)) for f in (*(f"{d}.sql.{t}" for d in _DRIVERS for t in ("SQL", "Identifier")), "sqlalchemy.text")
    ),
    patterns=(
        *(p for said in (_statements, _queued) for target in _ASYNCPG for p in said(target, Argument(1), Argument(1))),
        *(p for said in (_statements, _queued) for target in _OTHERS for p in said(target, Argument(1), Entry(Argument(1), 0))),
        Messages(
            target="asyncpg.Connection.add_listener", role=Role.SUBSCRIBE, channel=arg(0, "channel"), handler=arg(1, "callback")
        ),
    ),
)

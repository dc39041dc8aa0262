"""Database drivers as what a service keeps: SQL that writes lasts once its connection commits, at asyncpg at once."""

from collections.abc import Iterator

from flowmap.plugin_api import Does, Effects, FirstOf, Format, Plugin, arg, keyword

_CONNECTIONS = (
    "psycopg.Connection",
    "psycopg2.connection",
    "psycopg2.pool.SimpleConnectionPool.getconn()",
    "psycopg2.pool.ThreadedConnectionPool.getconn()",
    "sqlite3.connect()",
    "sqlite3.Connection",
    "aiosqlite.connect()",
    "aiosqlite.Connection",
    "pymysql.connect()",
    "pymysql.connections.Connection",
    "aiomysql.connect()",
    "MySQLdb.connect()",
    "mysql.connector.connect()",
    "flask_mysqldb.MySQL.connection",
)
_CURSORS = ("psycopg.Cursor", "psycopg2.extensions.cursor", "sqlite3.Cursor", "django.db.connection.cursor()")
_ASYNCPG = ("asyncpg.Connection", "asyncpg.Pool")
_NAME = FirstOf(tuple(keyword(k) for k in ("dbname", "database", "db")))
_DATABASE = FirstOf((arg(0, "dsn"), keyword("conninfo"), keyword("url"), Format("host={} dbname={}", (keyword("host"), _NAME))))
_OPENS = (
    "psycopg.connect",
    "psycopg2.connect",
    "asyncpg.connect",
    "asyncpg.create_pool",
    "pymysql.connect",
    "mysql.connector.connect",
    "aiomysql.create_pool",
    "aiopg.create_pool",
    "psycopg_pool.ConnectionPool",
    "psycopg_pool.AsyncConnectionPool",
    "databases.Database",
)
_LEFT = (
    *("psycopg2.connect()", "psycopg2.connection", "sqlite3.connect()", "sqlite3.Connection"),
    *("psycopg.connect()", "psycopg.Connection", "psycopg.Connection.connect()", "psycopg.Connection.transaction()"),
    *("psycopg_pool.ConnectionPool.connection()", "psycopg_pool.AsyncConnectionPool.connection()"),
    *(f"{a}.transaction()" for a in _ASYNCPG),
)
"""What commits when its `with` is left."""
_CALLED = ("conn", "connection", "cnx", "con", "_conn")
"""What connections are called where nothing says what they are."""


def _statements(owner: str, *, lasts: bool = False) -> Iterator[Effects]:
    for method in ("execute", "executemany"):
        yield Effects(
            target=f"{owner}.{method}", does=Does.WRITES, about=arg(0), statements=(), lasts=lasts, called=("cursor", "cur")
        )


PLUGIN = Plugin(
    name="databases",
    roots=(
        *("psycopg", "psycopg2", "psycopg_pool", "asyncpg", "sqlite3", "aiosqlite"),
        *("pymysql", "aiomysql", "aiopg", "databases", "MySQLdb", "mysql.connector", "flask_mysqldb"),
    ),
    effects=(
        *(e for c in _CONNECTIONS for owner in (c, f"{c}.cursor()") for e in _statements(owner)),
        *(e for c in _CURSORS for e in _statements(c, lasts=c.startswith("django"))),
        *(e for c in _ASYNCPG for e in _statements(c, lasts=True)),
        *(
            Effects(target=f"{c}.{read}", does=Does.WRITES, about=arg(0), statements=(), lasts=True)
            for c in _ASYNCPG
            for read in ("fetch", "fetchrow", "fetchval")
        ),
        *(Effects(target=f"{c}.commit", does=Does.COMMITS, lasts=True, called=_CALLED) for c in _CONNECTIONS),
        *(Effects(target=c, does=Does.BEGINS, form="context", lasts=True) for c in _LEFT),
        *(Effects(target=c, does=Does.OPENS, about=_DATABASE) for c in _OPENS),
    ),
)

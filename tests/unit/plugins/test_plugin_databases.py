"""Database drivers."""

from keeping import checks

SETUP = """
import asyncpg
import psycopg
import psycopg2
import pymysql
import sqlite3
from mysql import connector
"""

FORMS: list[tuple[str, ...]] = [
    (
        """
        conn = psycopg2.connect("dbname=shop host=db user=me")
        cur = conn.cursor()
        cur.execute("INSERT INTO orders VALUES (1)")
        conn.commit()
        """,
        "open db/shop",
        "write orders",
        "commit lasts",
    ),
    ("def run(conn: psycopg.Connection):\n    conn.execute('UPDATE orders SET x = 1')", "write orders"),
    (
        "with psycopg.connect('host=db') as conn:\n    conn.execute('DELETE FROM orders')",
        "open",
        "begin lasts",
        "write orders again",
    ),
    (
        "conn = sqlite3.connect('a.db')\nwith conn:\n    conn.execute('INSERT OR IGNORE INTO a VALUES (1)')",
        "begin lasts",
        "write a again",
    ),
    ("c = sqlite3.connect('a.db').cursor()\nc.executemany('''\n  insert into a values (?)''', [])", "write a"),
    ("async def run(c: asyncpg.Connection):\n    await c.execute('INSERT INTO app.orders VALUES (1)')", "write app.orders lasts"),
    ("async def run(p: asyncpg.Pool):\n    await p.fetchval('UPDATE orders SET x = 1 RETURNING id')", "write orders lasts"),
    (
        "async def run(c: asyncpg.Connection):\n    async with c.transaction():\n        await c.execute('DELETE FROM a')",
        "begin lasts",
        "write a lasts again",
    ),
    ("def run(c: asyncpg.Connection, n):\n    c.execute(f'INSERT INTO orders_{n} VALUES (1)')", "write orders_ lasts"),
    ("pymysql.connect(host='db', database='shop').commit()", "open db/shop", "commit lasts"),
    ("psycopg.connect('postgresql://db/shop')", "open db/shop"),
    ("from psycopg2.pool import ThreadedConnectionPool\nThreadedConnectionPool(1, 2).getconn().commit()", "commit lasts"),
    ("from flask_mysqldb import MySQL\nmysql = MySQL()\nmysql.connection.commit()", "commit lasts"),
    ("psycopg.connect('postgresql://me:a@b@db/shop')", "open"),
    ("def run(host):\n    psycopg.connect(f'postgresql://{host}/shop')", "open"),
    ("sqlite3.connect('a.db').commit()", "commit lasts"),
    (
        "c = connector.connect(host='db')\nc.cursor().execute('REPLACE INTO a VALUES (1)')\nc.commit()",
        "open",
        "write a again",
        "commit lasts",
    ),
    ("def run(conn):\n    conn.commit()", "commit lasts guess"),
    ("def run(cursor):\n    cursor.execute('INSERT INTO a VALUES (1)')", "write a guess"),
]

LOOK_ALIKES = [
    "def run(conn: psycopg.Connection):\n    conn.execute('SELECT 1')",
    "def run(conn: psycopg.Connection, sql):\n    conn.execute(sql)",
    "def run(c: asyncpg.Connection):\n    c.fetch('SELECT * FROM updates')",
    "def run(job):\n    job.execute('INSERT INTO a VALUES (1)')",
    "def run(cursor):\n    cursor.execute('PRAGMA x')",
    "class Conn:\n    def commit(self): ...\nconn = Conn()\nconn.commit()",
    "def run(repo):\n    repo.commit()",
]

test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)

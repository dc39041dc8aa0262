"""Which database a service opens, however it is told: URLs, settings of frameworks, mappings, clients and their names."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.analysis import Settings, analyse
from flowmap.config import Config
from flowmap.model.effect import Does

COMPOSE = """
services:
  shop:
    build: .
    command: python main.py
    environment:
      DATABASE_URL: postgresql://me:secret@db:5432/shop
      DB_HOST: db
      MONGO: mongodb://me:secret@docs:27017
"""
IMPORTS = ("aiopg asyncpg databases dj_database_url environ mongoengine os peewee psycopg_pool pymysql sqlalchemy tortoise").split()
SETUP = "\n".join(f"import {name}" for name in IMPORTS) + (
    "\nfrom django.db import models\nfrom flask import Flask\nfrom flask_pymongo import PyMongo\n"
    "from flask_sqlalchemy import SQLAlchemy\n"
    "from motor.motor_asyncio import AsyncIOMotorClient\nfrom pymongo import MongoClient\n"
    "from sqlalchemy.ext.asyncio import create_async_engine\nfrom tortoise.contrib.fastapi import register_tortoise\n"
    "URL = os.environ['DATABASE_URL']\n"
)
CLASS = """
class S:
    def __init__(self, url="mongodb://a"):
        self.c = AsyncIOMotorClient(url)
    async def f(self):
        await self.c.x.y.update_one({}, {})
"""
DJANGO = "INSTALLED_APPS = []\n"


def _opened(folder: Path, code: str) -> list[str]:
    (folder / "docker-compose.yml").write_text(COMPOSE)
    (folder / "Dockerfile").write_text("FROM python\nCOPY . .\n")
    (folder / "main.py").write_text(f"{SETUP}{code}\n")
    effects = analyse(folder, Config(), Settings(workers=1)).flow.parts.effects
    return sorted(e.about for e in effects if e.does is Does.OPENS and e.about)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("sqlalchemy.create_engine(URL)", ["db/shop"]),
        ("create_async_engine(URL.replace('postgresql://', 'postgresql+asyncpg://'))", ["db/shop"]),
        ("create_async_engine(url=f'mysql+aiomysql://{1}@one/two')", ["one/two"]),
        ("app = Flask('x')\napp.config['SQLALCHEMY_DATABASE_URI'] = URL\nSQLAlchemy(app)", ["db/shop"]),
        ("class Conf:\n    SQLALCHEMY_DATABASE_URI = URL", ["db/shop"]),
        ("SQLALCHEMY_DATABASE_URI = 'mysql://one/two'", ["one/two"]),
        (DJANGO + "DATABASES = {'default': {'HOST': os.environ['DB_HOST'], 'NAME': 'shop'}}", ["db/shop"]),
        (DJANGO + "DATABASES = {'default': dj_database_url.config()}", ["db/shop"]),
        (DJANGO + "DATABASES = {'default': dj_database_url.config(env='OTHER', default='mysql://one/two')}", ["one/two"]),
        (DJANGO + "DATABASES = {'default': dj_database_url.parse(URL)}", ["db/shop"]),
        (DJANGO + "env = environ.Env()\nDATABASES = {'default': env.db()}", ["db/shop"]),
        (DJANGO + "env = environ.Env()\nDATABASES = {'default': env.db('DATABASE_URL')}", ["db/shop"]),
        (DJANGO + "A = {'HOST': 'a', 'NAME': 'x'}\nDATABASES = {'default': A, 'other': {**A, 'NAME': 'y'}}", ["a/x", "a/y"]),
        ("tortoise.Tortoise.init(db_url=URL)", ["db/shop"]),
        ("register_tortoise(object(), db_url=URL)", ["db/shop"]),
        ("register_tortoise(object(), config={'connections': {'default': URL}})", ["db/shop"]),
        (
            "register_tortoise(object(), config={'connections': {'default': {'credentials': {'host': 'a', 'database': 'x'}}}})",
            ["a/x"],
        ),
        ("peewee.PostgresqlDatabase('x', host='a')", ["a/x"]),
        ("databases.Database(URL)", ["db/shop"]),
        ("psycopg_pool.ConnectionPool(conninfo=URL)", ["db/shop"]),
        ("aiopg.create_pool(URL)", ["db/shop"]),
        ("pymysql.connect(host='a', db='x')", ["a/x"]),
        ("mongoengine.connect('x', host='a')", ["a/x"]),
        ("mongoengine.connect(host='mongodb://a:1/x')", ["a/x"]),
        ("MongoClient('mongodb://a,b/x')", ["a/x"]),
        ("MongoClient(os.environ['MONGO'])['x']['y'].find_one({})", ["docs/x"]),
        ("MongoClient(os.environ['MONGO']).x.y.insert_one({})", ["docs/x"]),
        ("db = MongoClient('a', 27017).get_database('x')\ndb.y.find({})", ["a/x"]),
        (CLASS, ["a/x"]),
        ("PyMongo(Flask('x'), uri='mongodb://a:1/x')", ["a/x"]),
        ("app = Flask('x')\napp.config['MONGO_URI'] = 'mongodb://a:1/x'\nPyMongo(app)", ["a/x"]),
        ("c = MongoClient('mongodb://a')\nc.x.y.find_one({})\nc.x.z.find_one({})\nc.w.y.find_one({})", ["a/w", "a/x"]),
    ],
)
def test_databases_are_named(tmp_path: Path, code: str, expected: list[str]) -> None:
    assert _opened(tmp_path, code) == expected


@pytest.mark.parametrize(
    "code",
    [
        "sqlalchemy.create_engine('sqlite:///shop.db')",
        "sqlalchemy.create_engine(os.environ['ELSEWHERE'])",
        "SQLALCHEMY_DATABASE_URI = 'sqlite:///shop.db'",
        "SQLALCHEMY_DATABASE_URL = URL",
        "SQLALCHEMY_DATABASE_URI: str",
        "DATABASES = {'default': {'HOST': 'a', 'NAME': 'x'}}",  # nothing says that this is a module of settings
        DJANGO + "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'x.db'}}",
        DJANGO + "DATABASES = {'default': {'HOST': os.environ['ELSEWHERE'], 'NAME': 'x'}}",
        DJANGO + "DATABASES = {}",
        DJANGO + "CACHES = {'default': {'HOST': 'a', 'NAME': 'x'}}",
        DJANGO + "D = {}\nD['d'] = D\nDATABASES = D",
        "tortoise.Tortoise.init(db_url='sqlite://x.db')",
        "peewee.SqliteDatabase('x')",
        "MongoClient(os.environ['ELSEWHERE']).x.y.find_one({})",
        "MongoClient('mongodb://a')",
        "MongoClient('mongodb://a').find_one({})",
        "x.y.z.find_one({})",
    ],
)
def test_what_nobody_knows_is_no_database(tmp_path: Path, code: str) -> None:
    assert _opened(tmp_path, code) == []

"""SQLAlchemy, Flask-SQLAlchemy, SQLModel."""

from keeping import checks

SETUP = """
from flask_sqlalchemy import SQLAlchemy
from nameko_sqlalchemy import Database
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, delete, event, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Session, scoped_session, sessionmaker
from sqlmodel import Session as ModelSession

class Base(DeclarativeBase): ...

class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)

db = SQLAlchemy()
named = Database(Base)
table = Table("orders", MetaData())
Local = sessionmaker()
Scoped = scoped_session(Local)
AsyncLocal = async_sessionmaker()
"""

FORMS: list[tuple[str, ...]] = [
    ("def run(s: Session):\n    s.add(Order())\n    s.commit()", "write Order", "commit lasts"),
    ("def run(s: Session, order: Order):\n    s.delete(order)", "write Order"),
    ("def run(s: Session, order: Order):\n    s.merge(order)", "write Order again"),
    ("async def run(s: AsyncSession):\n    s.add(Order())\n    await s.commit()", "write Order", "commit lasts"),
    ("with Local() as s:\n    s.add_all([Order()])\n    s.commit()", "write", "commit lasts"),
    ("with Local.begin() as s:\n    s.add(Order())", "begin lasts", "write Order"),
    ("async def run():\n    async with AsyncLocal() as s, s.begin():\n        s.add(Order())", "begin lasts", "write Order"),
    ("Scoped.add(Order())\nScoped.commit()", "write Order", "commit lasts"),
    ("db.session.add(Order())\ndb.session.commit()", "write Order", "commit lasts"),
    ("def run(s: ModelSession):\n    s.add(Order())\n    s.commit()", "write Order", "commit lasts"),
    ("def run(s: Session):\n    s.query(Order).filter(Order.id == 1).update({'id': 2})", "write"),
    ("def run(s: Session):\n    s.query(Order).filter_by(id=1).delete()", "write"),
    ("def run(s: Session):\n    s.execute(insert(Order).values(id=1))", "write Order"),
    ("def run(s: Session):\n    s.execute(update(Order).where(Order.id == 1).values(id=2))", "write Order"),
    ("def run(s: Session):\n    s.execute(delete(Order))", "write Order again"),
    ("def run(s: Session):\n    s.execute(upsert(Order).values(id=1).on_conflict_do_nothing())", "write Order again"),
    ("def run(s: Session):\n    s.execute(text('INSERT INTO orders VALUES (1)'))", "write orders"),
    ("def run(s: Session):\n    s.execute(text('INSERT INTO orders VALUES (1) ON CONFLICT DO NOTHING'))", "write orders again"),
    (
        "with create_engine('postgresql://me:secret@DB:5432/shop?x=y').begin() as c:\n    c.execute(insert(Order))",
        "open db/shop",
        "begin lasts",
        "write Order",
    ),
    ("engine = create_async_engine('postgresql+asyncpg://db/shop')", "open db/shop"),
    ("def run(s: Session):\n    return s.get(Order, 1)", "read Order"),
    ("def run(s: Session):\n    s.execute(table.insert().values(id=1))", "write"),
    ("with named.get_session() as s:\n    s.commit()", "commit lasts"),
    ("def run(session):\n    session.commit()", "commit lasts guess"),
    ("class Repo:\n    def save(self):\n        self.session.commit()", "commit lasts guess"),
]

LOOK_ALIKES = [
    "def run(s: Session):\n    s.execute(select(Order))",
    "def run(s: Session):\n    s.execute(text('SELECT * FROM orders'))",
    "def run(s: Session, statement):\n    s.execute(statement)",
    "seen = set()\nseen.add(Order())",
    "def run(tracker):\n    tracker.commit()",
    "class Repo:\n    def commit(self): ...\nsession = Repo()\nsession.commit()",
    "class Session:\n    def add(self, x): ...\nSession().add(Order())",
    "headers = {}\nheaders.update({'a': 'b'})",
    "def run(s: Session):\n    s.query(Order).all()",
    "with Local() as s:\n    s.rollback()",
]

test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES)

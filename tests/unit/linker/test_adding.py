"""Which writes add one more each time that a message comes."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest
from flowmap.extensions import load_plugins
from flowmap.frontend.summarise import summarise
from flowmap.linker.program import link
from flowmap.linker.recognise import recognise
from flowmap.model.project import Project, Service, SourceFile

PLUGINS = load_plugins()
SETUP = """
import json
import uuid
import pika
from django.db import models
from pymongo import MongoClient
from sqlalchemy import Column, Integer, String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()
channel = pika.BlockingConnection().channel()
session = Session()
notes = MongoClient().shop.notes

class Order(Base):
    number = Column(String, primary_key=True)

class Invoice(Base):
    id = Column(Integer, primary_key=True)
    order = Column(String)

class Receipt(Base):
    id = Column(Integer, primary_key=True)
    order = Column(String, unique=True)

class Parcel(Base):
    __table_args__ = (UniqueConstraint("order"),)
    id = Column(Integer, primary_key=True)

class Ledger(models.Model):
    order = models.CharField()

class Repository:
    def add(self, invoice):
        session.add(invoice)
"""


def added(*lines: str, setup: str = "") -> list[str]:
    """What is added each time that a handler with these lines runs."""
    body = indent(dedent("\n".join(lines)), "    ")
    code = f"{SETUP}\n{setup}\ndef on_order(ch, method, properties, body):\n{body}\nchannel.basic_consume('orders', on_order)\n"
    file = SourceFile("app.py", code.encode())
    summary = summarise(file.path, file.content)
    assert summary.problem is None
    found = recognise(link([summary], Project((file,), (Service("shop", "."),))), PLUGINS)
    return [e.about for e in found.effects if e.adds]


ADDED = [
    (("session.add(Invoice(order=body))", "session.commit()"), ["Invoice"]),
    (("invoice = Invoice(order=body)", "session.add(invoice)"), ["Invoice"]),
    (("order = session.get(Order, body)", "if not order:", "    return", "session.add(Invoice(order=body))"), ["Invoice"]),
    (("number = json.loads(body).get('order')", "if not number:", "    return", "session.add(Invoice(order=number))"), ["Invoice"]),
    (("session.add(Invoice(id=uuid.uuid4(), order=body))",), ["Invoice"]),
    (("try:", "    session.add(Invoice(order=body))", "except ValueError:", "    session.rollback()"), ["Invoice"]),
    (("Repository().add(Invoice(order=body))",), ["Invoice"]),
    (("Ledger.objects.create(order=body)",), ["Ledger"]),
    (("notes.insert_one({'order': body})",), ["notes"]),
    (("session.add(Invoice(order=body))", "session.add(Receipt(order=body))"), ["Invoice"]),
]
NOT_ADDED = [
    ("session.merge(Invoice(order=body))",),
    ("session.add(Receipt(order=body))",),
    ("session.add(Parcel())",),
    ("session.add(Order(number=body))",),
    ("session.add(Invoice(id=int(body)))",),
    ("invoice = session.get(Invoice, int(body))", "invoice.order = body", "session.add(invoice)"),
    ("if session.get(Invoice, int(body)):", "    return", "session.add(Invoice(order=body))"),
    ("existing = find(body)", "if existing is None:", "    session.add(Invoice(order=body))"),
    ("found = session.scalars(select(Invoice)).first()", "if found is None:", "    session.add(Invoice(order=body))"),
    ("try:", "    session.add(Invoice(order=body))", "except IntegrityError:", "    session.rollback()"),
    ("if already_done(body):", "    return", "session.add(Invoice(order=body))"),
    ("mark_processed(body)", "session.add(Invoice(order=body))"),
    ("session.execute('x', idempotency_key=body)", "session.add(Invoice(order=body))"),
    ("Ledger.objects.get_or_create(order=body)",),
    ("Ledger.objects.update_or_create(order=body)",),
    ("notes.update_one({'order': body}, {'$set': {'a': 1}}, upsert=True)",),
    ("notes.insert_one({'_id': body})",),
    ("note = {'_id': body, 'order': body}", "notes.insert_one(note)"),
    ("note = dict(order=body)", "note['_id'] = body", "notes.insert_one(note)"),
    ("session.add(make(body))",),
]


@pytest.mark.parametrize(("lines", "expected"), ADDED)
def test_it_adds(lines: tuple[str, ...], expected: list[str]) -> None:
    assert added(*lines) == expected


@pytest.mark.parametrize("lines", NOT_ADDED)
def test_it_does_not(lines: tuple[str, ...]) -> None:
    assert added(*lines) == []


def test_an_index_lets_nothing_be_there_twice() -> None:
    assert added("notes.insert_one({'order': body})", setup="notes.create_index('order', unique=True)") == []


def test_what_leads_there_may_tell() -> None:
    setup = "def bill(body):\n    session.add(Invoice(order=body))"
    assert added("bill(body)", setup=setup) == ["Invoice"]
    assert added("if not is_duplicate(body):\n    bill(body)", setup=setup) == []


def test_what_no_handler_leads_to_is_left_out() -> None:
    assert added("print(body)", setup="def other():\n    session.add(Invoice(order='1'))") == []

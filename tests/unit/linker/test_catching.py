"""Which handlers of messages catch what goes wrong."""

from __future__ import annotations

from textwrap import dedent, indent

import pytest
from flowmap.extensions import load_plugins
from flowmap.frontend.summarise import summarise
from flowmap.linker.program import link
from flowmap.linker.recognise import recognise
from flowmap.model.effect import Does
from flowmap.model.project import Project, Service, SourceFile

PLUGINS = load_plugins()
SETUP = """
import contextlib
import functools
import json
import logging
import pika

channel = pika.BlockingConnection().channel()

def bill(body): ...

def safe(body):
    try:
        bill(body)
    except Exception:
        logging.exception("failed")

def deeper(body):
    safe(body)

def further(body):
    deeper(body)

def strict(body):
    try:
        bill(body)
    except ValueError:
        logging.exception("failed")

def caught(function):
    @functools.wraps(function)
    def around(*given):
        try:
            return function(*given)
        except Exception:
            logging.exception("failed")
    return around

def logged(function):
    @functools.wraps(function)
    def around(*given):
        logging.info("called")
        return function(*given)
    return around

"""


def caught_in(code: str) -> list[str]:
    """Where what goes wrong in the handlers of some code is caught."""
    file = SourceFile("app.py", (SETUP + dedent(code)).encode())
    summary = summarise(file.path, file.content)
    assert summary.problem is None
    found = recognise(link([summary], Project((file,), (Service("shop", "."),))), PLUGINS)
    effects = [e for e in found.effects if e.does is Does.CATCHES]
    assert all(e.triggers == tuple(sorted(i.id for i in found.interactions)) for e in effects)
    return [e.function for e in effects]


def caught_by(*lines: str, decorator: str = "") -> list[str]:
    """The same of a handler with these lines."""
    body = indent(dedent("\n".join(lines)), "    ")
    return caught_in(
        f"{decorator}\ndef on_order(ch, method, properties, body):\n{body}\nchannel.basic_consume('orders', on_order)\n"
    )


def tried(caught: str, *then: str) -> str:
    """Work after whose failure something is done."""
    return f"try:\n    bill(body)\nexcept {caught}:\n" + indent("\n".join(then or ("pass",)), "    ")


CAUGHT = [
    (tried("Exception"), "on_order"),
    (tried("BaseException as error"), "on_order"),
    (tried("(ValueError, KeyError)"), "on_order"),
    (tried("json.JSONDecodeError"), "on_order"),
    ("for _ in range(3):\n" + indent(tried("Exception", "continue"), "    "), "on_order"),
    (tried("Exception", "if body:", "    raise"), "on_order"),
    ("safe(body)", "safe"),
    ("deeper(body)", "safe"),
]
LEFT = [
    "bill(body)",
    tried("Exception", "logging.exception('failed')", "raise"),
    tried("Exception as error", "raise RuntimeError from error"),
    tried("KeyboardInterrupt"),
    tried("(KeyboardInterrupt, SystemExit)", "ch.close()"),
    "try:\n    bill(body)\nfinally:\n    ch.close()",
    "strict(body)",
    "further(body)",
    "json.loads(body)",
]


@pytest.mark.parametrize(("lines", "function"), CAUGHT)
def test_it_is_caught(lines: str, function: str) -> None:
    assert caught_by(lines) == [function]


@pytest.mark.parametrize("lines", LEFT)
def test_it_is_not(lines: str) -> None:
    assert caught_by(lines) == []


@pytest.mark.parametrize(("decorator", "expected"), [("@caught", ["caught.around"]), ("@logged", []), ("@functools.cache", [])])
def test_what_stands_around_a_handler_may_catch(decorator: str, expected: list[str]) -> None:
    assert caught_by("bill(body)", decorator=decorator) == expected


def test_what_tells_messages_apart_may_catch() -> None:
    code = """
        def on_placed(message): bill(message)
        def on_paid(message): bill(message)
        def on_message(ch, method, properties, body):
            message = json.loads(body)
            try:
                if message["type"] == "placed":
                    on_placed(message)
                elif message["type"] == "paid":
                    on_paid(message)
            except Exception:
                ch.basic_nack(method.delivery_tag)
        channel.basic_consume("orders", on_message)
    """
    assert caught_in(code) == ["on_message"]


def test_what_registers_a_handler_does_not() -> None:
    code = """
        def on_order(ch, method, properties, body): bill(body)
        def main():
            try:
                channel.basic_consume("orders", on_order)
            except Exception:
                channel.close()
    """
    assert caught_in(code) == []


def test_a_method_that_takes_the_place_of_another_may_catch() -> None:
    code = """
        class Worker:
            def on_order(self, ch, method, properties, body):
                raise NotImplementedError
            def start(self):
                channel.basic_consume("orders", self.on_order)
        class Biller(Worker):
            def on_order(self, ch, method, properties, body):
                try:
                    bill(body)
                except Exception:
                    ch.basic_ack(method.delivery_tag)
    """
    assert caught_in(code) == ["Biller.on_order"]


def test_what_is_done_before_a_handler_runs_does_not() -> None:
    code = """
        def consume():
            for method, properties, body in channel.consume("orders"):
                bill(body)
        def start():
            safe("x")
            consume()
    """
    assert caught_in(code) == []

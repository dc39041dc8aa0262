"""Methods that a library runs on objects of scanned classes, as a plugin states: on whose behalf, and on whose not."""

from __future__ import annotations

import pytest
from flowmap.model.interaction import Role
from flowmap.plugin_api import Plugin, Runs
from linking import BUS, lines, named, recognition

FORMS = Plugin(
    name="forms",
    roots=("forms",),
    runs=(
        Runs("forms.*Form", ("check", "check_*", "@forms.checks"), by=("is_right", "self.create")),
        Runs("forms.*Form", ("show", "get_{}"), by=("shown", "self.list")),
        Runs("forms.View", ("perform",), by=("self.create",)),
        Runs("forms.View", ("get_form",)),
        Runs("forms.Permission", ("allows",), always=True),
    ),
)
SETUP = """
import bus, forms
from forms import Form, Permission, View

web = bus.Web()

class Order(Form):
    status = None
    def check(self): bus.publish('check')
    def check_total(self): bus.publish('check_total')
    @forms.checks('stock')
    def stock(self): bus.publish('stock')
    def show(self): bus.publish('show')
    def get_status(self): bus.publish('get_status')
    def get_other(self): bus.publish('get_other')
    def helper(self): bus.publish('helper')

class Mine(Permission):
    def allows(self): bus.publish('allows')

class Plain:
    def check(self): bus.publish('plain')

"""
CHECKS = {"check", "check_total", "stock"}
SHOWS = {"show", "get_status"}


def started(source: str) -> set[str]:
    """The channels of what the handler of `/` leads to."""
    found = recognition(lines(SETUP, source), plugins=(BUS, FORMS)).interactions
    ids = {i.id for i in found if i.role is Role.SERVE}
    assert len(ids) == 1
    return {named(i) for i in found if i.role is Role.PUBLISH and ids & set(i.triggers)}


def handler(*statements: str) -> str:
    """A function that answers requests."""
    return "@web.get('/')\ndef answer(request):\n" + "".join(f"    {s}\n" for s in statements)


def view(body: str, method: str) -> str:
    """A view class of which one method answers requests."""
    answering = "\n".join(f"    {line}" for line in ("@web.get('/')", "def answer(self, request):", f"    {method}"))
    return "class Orders(View):\n" + "".join(f"    {line}\n" for line in body.splitlines()) + answering + "\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (handler("return Order(request).is_right()"), CHECKS),
        (handler("return Order(request).shown"), SHOWS),
        (handler("form = Order(request)", "form.is_right()", "return form.shown"), CHECKS | SHOWS),
        (handler("return Order(request)"), CHECKS | SHOWS),
        (handler("return Order.parse(request)"), CHECKS | SHOWS),
        (handler("return forms.render(request, Order)"), CHECKS | SHOWS),
        ("class Big(Order): ...\n" + handler("return Big(request).is_right()"), CHECKS),
        ("class Big(Order):\n    items = Order()\n" + handler("return Big(request).is_right()"), CHECKS),
        ("class Big(Form):\n    items = Order()\n" + handler("return Big(request).is_right()"), CHECKS),
        ("class Big(Form):\n    class Meta:\n        each = Order\n" + handler("return Big(request).shown"), SHOWS),
        ("class Check:\n    def check(self): bus.publish('mixed')\nclass Both(Check, Form): ...\n" + handler("Both()"), {"mixed"}),
        (view("form = Order", "return self.create(request)"), CHECKS),
        (view("form = Order", "return super().list(request)"), SHOWS),
        (view("form = Order", "return self.form(request).shown"), SHOWS),
        (view("def get_form(self): return Order", "return self.make_form(request)"), CHECKS | SHOWS),
        (view("def get_form(self): return Order", "return self.make_form(request).shown"), SHOWS),
        (view("def perform(self): bus.publish('perform')", "return self.create(request)"), {"perform"}),
        (view("allowed = [Mine]", "return 1"), {"allows"}),
        (view("def get_form(self): return Order\nallowed = [Mine]", "return 1"), {"allows"}),
        ("@forms.allowed(Mine)\n" + handler("return 1"), {"allows"}),
        ("@web.get('/')\ndef answer(order: Order): ...", CHECKS | SHOWS),
    ],
)
def test_a_library_runs_methods_on_behalf_of_whoever_uses_the_class(source: str, expected: set[str]) -> None:
    assert started(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        handler("return isinstance(request, Order)"),
        handler("return Order.status"),
        handler("return Plain().check"),
        handler("class Inner(Order): ..."),
        handler("return 'Order'"),
        "from lib import Order\n" + handler("return Order(request).is_right()"),
        "form = Order()\n" + handler("return 1"),
        view("form = Order", "return 1"),
        view("form = Order\ndef mine(self): ...", "return self.mine()"),
        view("def get_form(self): return Order", "return self.other.make(request)"),
        view("def perform(self): bus.publish('perform')", "return self.list(request)"),
        view("def prepare(self): bus.publish('prepare')", "return self.create(request)"),
        "class Others(View):\n    allowed = [Mine]\n    def answer(self): ...\n" + handler("return 1"),
        "@forms.described(Order)\n" + handler("return 1"),
        "def answer_not(order: Order): ...\n" + handler("return 1"),
    ],
)
def test_it_runs_none_for_those_who_do_not(source: str) -> None:
    assert started(source) == set()

"""What deployment files declare a service to do, and what infrastructure carries on between a publisher and a reader."""

from __future__ import annotations

import pytest
from flowmap.frontend.summarise import summarise
from flowmap.linker.program import link
from flowmap.linker.recognise import recognise
from flowmap.model.interaction import Interaction, Kind, Match, Role
from flowmap.model.location import Location
from flowmap.model.project import Conduit, Forward, Project, Service, SourceFile, Wire
from linking import BUS

AT, HOP = Location("stack.yaml", 3, 4), Location("stack.yaml", 9, 9)
SHOP = """
import bus
def on_order(event):
    bus.publish('paid')
class Desk:
    def take(self, event): ...
class Bell:
    def __call__(self, event): ...
"""
QUEUE, TOPIC, RULE = Conduit("bus", "queue"), Conduit("news", "topic"), Conduit("rules", "Order*", "shop", match=Match.GLOB)


def seen(*stated: Wire | Forward, shop: str = SHOP, other: str = "") -> tuple[Interaction, ...]:
    files = (SourceFile("shop/app.py", shop.encode()), SourceFile("mail/app.py", other.encode()))
    project = Project(
        files,
        (Service("mail", "mail"), Service("shop", "shop", aliases=("Shop_Stack",))),
        wires=tuple(w for w in stated if isinstance(w, Wire)),
        forwards=tuple(f for f in stated if isinstance(f, Forward)),
    )
    return recognise(link([summarise(f.path, f.content) for f in files], project), (BUS,)).interactions


def said(*stated: Wire | Forward, shop: str = SHOP, other: str = "") -> list[str]:
    lines = []
    for i in seen(*stated, shop=shop, other=other):
        name = i.operation or (f"{i.exchange}:{i.channel}" if i.exchange else i.channel)
        by = f" by {i.handler.name}" if i.handler else ""
        lines.append(f"{i.service} {i.role.value} {i.transport} {name}{by}" + f" to {i.target}" * bool(i.target))
    return sorted(lines)


PAID = "shop publish bus paid"


@pytest.mark.parametrize(
    ("wire", "expected"),
    [
        (Wire("q", "jobs", AT, handler="shop/app.py:on_order"), "shop subscribe q jobs by on_order"),
        (Wire("q", "jobs", AT, handler="shop/app.py:Desk.take"), "shop subscribe q jobs by Desk.take"),
        (Wire("q", "jobs", AT, handler="shop/app.py:nobody"), "shop subscribe q jobs"),
        (Wire("q", "jobs", AT, handler="app:on_order"), "shop subscribe q jobs by on_order"),
        (Wire("q", "jobs", AT, handler="app:Bell"), "shop subscribe q jobs by Bell.__call__"),
        (Wire("q", "jobs", AT, handler="app:Desk"), "shop subscribe q jobs by Desk"),
        (Wire("q", "jobs", AT, handler="absent.app:on_order"), None),
        (Wire("q", "jobs", AT, services=("shop-stack",)), "shop subscribe q jobs"),
        (Wire("q", "A*", AT, handler="shop/app.py:on_order", exchange="bus"), "shop subscribe q bus:A* by on_order"),
        (
            Wire("http", "", AT, role=Role.SERVE, operation="GET /orders/{id}", handler="shop/app.py:on_order"),
            "shop serve http GET /orders/{} by on_order",
        ),
        (Wire("rpc", "", AT, ("shop",), role=Role.CALL, operation="mail", target="mail"), "shop call rpc mail to mail"),
        (Wire("q", "jobs", AT, ("shop",), role=Role.PUBLISH), "shop publish q jobs"),
        (Wire("q", "jobs", AT, handler="elsewhere.py:on_order"), None),
        (Wire("q", "jobs", AT, services=("elsewhere",)), None),
    ],
)
def test_a_wire(wire: Wire, expected: str | None) -> None:
    assert said(wire) == sorted([PAID, *([expected] if expected else [])])


def test_what_a_state_machine_does_follows_from_its_start() -> None:
    start = Wire("rpc", "", AT, ("shop",), role=Role.SERVE, operation="Checkout", actor="stack.yaml:Checkout")
    call = Wire("rpc", "", HOP, ("shop",), role=Role.CALL, operation="mail", target="mail", actor="stack.yaml:Checkout")
    other = Wire("rpc", "", HOP, ("shop",), role=Role.CALL, operation="desk", target="mail", actor="stack.yaml:Other")
    found = {i.operation: i for i in seen(start, call, other)}
    assert (found["mail"].triggers, found["desk"].triggers) == ((found["Checkout"].id,), ())


def test_an_endpoint_in_code_is_the_one_of_the_deployment_file() -> None:
    code = "import bus\nw = bus.Web()\n@w.get('/orders/{id}')\ndef one(id): ...\ndef handler(event): ...\n"
    wire = Wire("http", "", AT, role=Role.SERVE, operation="GET /orders/{order}", handler="shop/app.py:handler")
    assert said(wire, shop=code) == ["shop serve http GET /orders/{} by one"]


READ = "import bus\ndef on(m): ...\nbus.subscribe('queue', on)\n"


@pytest.mark.parametrize(
    ("forwards", "shop", "expected"),
    [
        ((Forward(TOPIC, QUEUE, HOP),), READ, ["shop subscribe news topic by on"]),
        ((Forward(RULE, TOPIC, HOP), Forward(TOPIC, QUEUE, HOP)), READ, ["shop subscribe rules shop:Order* by on"]),
        (
            (Forward(TOPIC, QUEUE, HOP), Forward(RULE, QUEUE, HOP)),
            READ,
            ["shop subscribe news topic by on", "shop subscribe rules shop:Order* by on"],
        ),
        (
            (Forward(TOPIC, QUEUE, HOP),),
            f"{READ}bus.publish('queue')\n",
            ["shop publish bus queue", "shop subscribe bus queue by on", "shop subscribe news topic by on"],
        ),
        ((Forward(TOPIC, Conduit("bus", "other"), HOP),), READ, ["shop subscribe bus queue by on"]),
        ((Forward(TOPIC, Conduit("news", "queue"), HOP),), READ, ["shop subscribe bus queue by on"]),
        ((Forward(QUEUE, QUEUE, HOP),), READ, ["shop subscribe bus queue by on"]),
        ((Forward(QUEUE, TOPIC, HOP), Forward(TOPIC, QUEUE, HOP)), READ, ["shop subscribe bus queue by on"]),
    ],
)
def test_a_reader_listens_to_what_fills_its_queue(forwards: tuple[Forward, ...], shop: str, expected: list[str]) -> None:
    assert said(*forwards, shop=shop) == expected


def test_the_line_that_carries_on_is_evidence() -> None:
    (site,) = [i for i in seen(Forward(TOPIC, QUEUE, HOP), shop=READ) if i.role is Role.SUBSCRIBE]
    assert ([e.location for e in site.evidence], site.group, site.kind) == ([HOP], "queue", Kind.EVENT)

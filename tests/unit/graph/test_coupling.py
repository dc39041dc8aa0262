"""The numbers of services: who waits for whom, what is sent and heard, what can be answered alone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from flowmap.graph.coupling import UNKNOWN, coupling, waited_for
from flowmap.model.coupling import Coupling
from flowmap.model.interaction import Interaction
from flows import call, publish, serve, shop, subscribe, system


def waiting(*services: str) -> list[Interaction]:
    """A request that goes through these services one after the other."""
    ends = [serve(name, "GET /x") for name in services]
    return ends + [call(one, other, "GET /x", f"{one} serve GET /x") for one, other in pairwise(services)]


def _of(service: str, *sites: Interaction, each: float = 0.9) -> Coupling:
    return next(c for c in coupling(system(*sites), each) if c.service == service)


def test_a_shop() -> None:
    rows = {c.service: c for c in coupling(shop(), 0.9)}
    assert rows["gateway"] == Coupling("gateway", ("orders",), (), (), (), 1, 0, 0, 2, 0.81)
    assert rows["orders"] == Coupling("orders", ("stock",), ("gateway",), ("order-placed",), (), 2, 1, 0, 1, 0.9)
    assert rows["stock"] == Coupling("stock", (), ("orders",), (), (), 1, 1, 0, 0, 1.0)
    assert rows["billing"] == Coupling(
        "billing", ("external:api.stripe.com",), (), ("invoice-sent",), ("order-placed",), 0, 0, 0, 0, 0.9
    )
    assert (rows["mail"].consumes, rows["mail"].publishes, rows["mail"].autonomy) == (("order-placed",), (), None)
    assert rows["orders"].autonomy == 0.5


A = serve("a", "GET /x")
TO_B = call("a", "b", "GET /x", "a serve GET /x")


@pytest.mark.parametrize(
    ("sites", "alone", "availability"),
    [
        ([A], 1, 1.0),
        ([A, TO_B, serve("b", "GET /x")], 0, 0.9),
        ([A, TO_B, serve("b", "GET /y"), call("b", "c", "GET /x", "b serve GET /y"), serve("c", "GET /x")], 0, 0.9),
        (waiting("a", "b", "c"), 0, 0.81),
        (waiting("a", "b", "a"), 0, 0.9),
        ([A, call("a", "b", "GET /x"), serve("b", "GET /x")], 1, 1.0),
        ([A, replace(TO_B, waits=False), serve("b", "GET /x")], 1, 1.0),
        ([A, publish("a", "m", "a serve GET /x"), subscribe("b", "m")], 1, 1.0),
        ([A, call("a", "api.stripe.com", "GET /x", "a serve GET /x")], 0, 0.9),
        ([A, call("a", None, "GET /x", "a serve GET /x")], 0, 0.9),
        ([A, call("a", "a", "GET /y", "a serve GET /x"), serve("a", "GET /y", line=31)], 2, 1.0),
        ([A, TO_B, replace(TO_B, id="again", endpoint=serve("b", "GET /z").endpoint), serve("b", "GET /x")], 0, 0.9),
    ],
)
def test_what_can_be_answered_alone(sites: list[Interaction], alone: int, availability: float) -> None:
    found = _of("a", *{s.id: s for s in sites}.values())
    assert (found.alone, found.availability) == (alone, availability)


def test_a_handler_of_messages_waits_too() -> None:
    sites = [subscribe("a", "m"), call("a", "b", "GET /x", "a subscribe m"), *waiting("b", "c")]
    assert waited_for(system(*sites), sites[0]) == ("b", "c")
    found = _of("a", *sites)
    assert (found.endpoints, found.autonomy, found.longest_chain, found.availability) == (0, None, 2, 0.81)


def test_calls_to_nobody_knows_whom_are_counted() -> None:
    calls = [replace(call("a", None, "GET /x", "a serve GET /x", line=n), id=f"call {n}") for n in (1, 2)]
    graph = system(A, *calls)
    assert (coupling(graph, 0.9)[0].unknown, waited_for(graph, A)) == (2, (UNKNOWN,))


def test_a_circle_of_waiting_ends() -> None:
    sites = waiting("a", "b", "c", "a")
    assert waited_for(system(*{s.id: s for s in sites}.values()), sites[0]) == ("b", "c")

"""R403: messages that cannot be handled and have nowhere to go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.disposal import Disposal
from flowmap.model.effect import Does, Effect
from flowmap.model.interaction import Interaction
from flowmap.model.location import Evidence
from flowmap.model.step import Surrounding
from flowmap.rules.no_dead_letter import RULE
from flows import at, effect, publish, subscribe, system
from verdicts import judged, within

JOBS = subscribe("billing", "jobs", transport="sqs")
ORDERS = subscribe("billing", "orders", transport="amqp", line=22)
MAIL = subscribe("mail", "orders", transport="amqp", line=24)
BOUND = replace(subscribe("billing", "order.placed", transport="amqp", line=26), group="orders")
TOLD = publish("billing", "jobs-failed", JOBS.id)


def made(name: str, *, ends: bool = False, transport: str = "amqp", line: int = 5, path: str = "billing/app.py") -> Effect:
    """A queue that code makes."""
    return replace(effect(Does.MAKES, "billing", name), ends=ends, transport=transport, location=at(path, line))


def does(what: Does, *sites: Interaction, line: int = 50) -> Effect:
    """What the handlers of subscriptions do about a failure."""
    return effect(what, "billing", "", *(s.id for s in sites), line=line)


def deployed(name: str, *, ends: bool = False, transport: str = "sqs", line: int = 3) -> Disposal:
    """A queue that a deployment file makes."""
    return Disposal(transport, name, at("template.yaml", line), ends)


STUCK: list[tuple[str, tuple[Interaction, ...], tuple[Effect | Disposal, ...], list[str]]] = [
    ("of a deployment file", (JOBS,), (deployed("jobs"),), ["certain jobs"]),
    ("by a topic", (replace(JOBS, transport="sns", channel="news", group="jobs"),), (deployed("jobs"),), ["certain jobs"]),
    ("of a subscription", (replace(JOBS, transport="pubsub"),), (deployed("jobs", transport="pubsub"),), ["certain jobs"]),
    ("at the place", (replace(JOBS, transport="nats"),), (made("", transport="nats", line=20),), ["derived jobs"]),
    ("of the code", (ORDERS,), (made("orders"),), ["guess orders"]),
    ("of the code and the broker", (ORDERS,), (made("orders"), deployed("orders", transport="amqp")), ["certain orders"]),
    ("of a queue with a key", (BOUND,), (made("orders"),), ["guess orders"]),
    ("of a name that varies", (ORDERS,), (made(""),), ["guess orders"]),
    ("in a wrapper", (replace(ORDERS, via=(Evidence(at("bus.py", 8), "call"),)),), (made("", path="bus.py"),), ["guess orders"]),
    ("refused", (ORDERS,), (made("orders"), does(Does.REFUSES, ORDERS)), ["guess orders"]),
    (
        "refused where it is caught",
        (ORDERS,),
        (made("orders"), does(Does.REFUSES, ORDERS), does(Does.CATCHES, ORDERS)),
        ["guess orders"],
    ),
    ("of two readers", (ORDERS, MAIL), (made("orders"),), ["guess orders"]),
    ("another one catches", (ORDERS, JOBS), (made("orders"), does(Does.CATCHES, JOBS)), ["guess orders"]),
    ("another one has an end", (JOBS,), (deployed("jobs"), deployed("other", ends=True, line=9)), ["certain jobs"]),
]
ENDED: list[tuple[str, tuple[Interaction, ...], tuple[Effect | Disposal, ...]]] = [
    ("dead letters", (JOBS,), (deployed("jobs", ends=True),)),
    ("dead letters by a policy", (JOBS,), (deployed("jobs"), deployed("jobs", ends=True, line=9))),
    ("dead letters in the code", (ORDERS,), (made("orders", ends=True), does(Does.REFUSES, ORDERS))),
    ("made twice", (ORDERS,), (made("orders"), made("orders", ends=True, line=6))),
    ("made elsewhere", (ORDERS,), (made("refunds"),)),
    ("a name that varies, elsewhere", (ORDERS,), (made("", path="bus.py"),)),
    ("a name that varies, one has an end", (ORDERS,), (made(""), made("others", ends=True, line=6))),
    ("nobody makes it", (JOBS, ORDERS), ()),
    ("of another transport", (subscribe("billing", "orders"),), (made("orders"), deployed("orders"))),
    ("caught", (JOBS,), (deployed("jobs"), does(Does.CATCHES, JOBS))),
    ("put back", (ORDERS,), (made("orders"), does(Does.RETURNS, ORDERS))),
    ("taken early", (ORDERS,), (made("orders"), replace(does(Does.TAKES), location=ORDERS.location))),
    ("published elsewhere", (JOBS, within(TOLD, Surrounding.FAILURE)), (deployed("jobs"),)),
    ("nobody knows the handler", (replace(JOBS, handler=None),), (deployed("jobs"),)),
    ("nobody knows the queue", (replace(ORDERS, channel=None, unresolved="?"),), (made(""),)),
    ("a private queue", (replace(ORDERS, private=True),), (made("orders"),)),
    ("an answer", (JOBS, replace(TOLD, answers=True)), (deployed("jobs"),)),
    ("the dead letters", (subscribe("billing", "jobs-dlq", transport="sqs"),), (deployed("jobs-dlq"),)),
    ("what nothing calls", (replace(ORDERS, unreached=True),), (made("orders"),)),
]


@pytest.mark.parametrize(("sites", "said", "expected"), [pytest.param(*case, id=name) for name, *case in STUCK])
def test_it_has_nowhere_to_go(sites: tuple[Interaction, ...], said: tuple[Effect | Disposal, ...], expected: list[str]) -> None:
    found = judged(RULE, graph(sites, said))
    assert [f"{f.confidence.value} {f.subject}" for f in found] == expected


@pytest.mark.parametrize(("sites", "said"), [pytest.param(*case, id=name) for name, *case in ENDED])
def test_it_has_an_end(sites: tuple[Interaction, ...], said: tuple[Effect | Disposal, ...]) -> None:
    assert judged(RULE, graph(sites, said)) == []


def graph(sites: tuple[Interaction, ...], said: tuple[Effect | Disposal, ...]) -> FlowGraph:
    """The system of some sites, and what is said of their queues."""
    effects = tuple(s for s in said if isinstance(s, Effect))
    return system(*sites, effects=effects, disposals=tuple(s for s in said if isinstance(s, Disposal)))


def test_what_is_not_caught_is_told_with_the_place_that_makes_the_queue() -> None:
    (found,) = judged(RULE, system(ORDERS, MAIL, effects=(made("orders"),)))
    assert (
        found.message
        == "a message of orders that billing and mail cannot handle has nowhere to go: no dead letters, no limit of tries"
    )
    assert [e.location.line for e in found.evidence] == [22, 24, 5]

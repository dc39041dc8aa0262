"""A501 to A504: contracts, as they are written in the configuration, over small systems."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from flowmap.config import Config
from flowmap.graph.agreements import Agreed, absent, named_here, unheard_of
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.interaction import Confidence
from flowmap.model.location import Location
from flowmap.rule_api import Finding
from flowmap.rules import budget_exceeded, forbidden_edge, layer_breach, undeclared_edge
from flows import call, publish, serve, subscribe, system
from verdicts import judged, waiting

RULES = (forbidden_edge.RULE, undeclared_edge.RULE, layer_breach.RULE, budget_exceeded.RULE)
SHOP = system(
    serve("web", "GET /x"),
    call("web", "orders", "POST /orders", "web serve GET /x", line=41),
    serve("orders", "POST /orders"),
    call("orders", "crm", "GET /vip", "orders serve POST /orders", line=42),
    serve("crm", "GET /vip"),
    call("crm", "api.stripe.com", "POST /charges", "crm serve GET /vip", line=43),
    publish("orders", "order.placed", "orders serve POST /orders", line=44),
    subscribe("billing", "order.placed"),
    publish("billing", "billing.paid", "billing subscribe order.placed", line=45),
    publish("crm", "billing.late", "crm serve GET /vip", line=46),
    subscribe("mail", "billing.paid"),
    subscribe("mail", None, line=47),
    roots={"web": "edge/web", "orders": "core/orders", "billing": "core/billing", "crm": "core/crm", "mail": "edge/mail"},
)


def _agreed(text: str) -> list[Agreed]:
    head = '[[contracts]]\nname = "it"\nreason = "we said so"\nowner = "team-a"\n'
    config = Config.model_validate(tomllib.loads(head + text))
    return [Agreed(c, Location("flowmap.toml", 1, 1)) for c in config.contracts]


def _found(text: str, graph: FlowGraph = SHOP) -> list[Finding]:
    return [f for rule in RULES for f in judged(rule, graph, agreed=_agreed(text))]


PAID_TO_MAIL = ["A501 billing → billing.paid → mail"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('type = "forbidden"\nfrom = ["orders"]\nto = ["crm"]', ["A501 orders → crm"]),
        ('type = "forbidden"\nfrom = ["orders"]\nto = ["crm"]\nkind = "sync"', ["A501 orders → crm"]),
        ('type = "forbidden"\nfrom = ["*"]\nto = ["billing"]', ["A501 orders → order.placed → billing"]),
        ('type = "forbidden"\nfrom = ["o*"]\nto = ["*"]', ["A501 orders → crm", "A501 orders → order.placed → billing"]),
        ('type = "forbidden"\nfrom = ["*"]\nto = ["*"]\nchannels = ["billing.*"]', ["A501 billing → billing.paid → mail"]),
        ('type = "forbidden"\nfrom = ["crm"]\nto = ["external:*"]', ["A501 crm → api.stripe.com"]),
        ('type = "forbidden"\nfrom = ["crm"]\nto = ["api.stripe.com"]', ["A501 crm → api.stripe.com"]),
        ('type = "forbidden"\nfrom = ["domain:edge"]\nto = ["domain:core"]', ["A501 web → orders"]),
        ('type = "forbidden"\nfrom = ["web"]\nto = ["crm"]\nindirect = true', ["A501 web → crm"]),
        ('type = "forbidden"\nfrom = ["web"]\nto = ["mail"]\nindirect = true', ["A501 web → mail"]),
        ('type = "independence"\nservices = ["orders", "crm", "mail"]', ["A501 orders → crm"]),
        (
            'type = "independence"\nservices = ["domain:edge", "domain:core"]\nkind = "async"',
            ["A501 billing → billing.paid → mail"],
        ),
        ('type = "ownership"\nchannels = ["billing.*"]\npublishers = ["billing"]', ["A501 crm → billing.late"]),
        (
            'type = "allowed-only"\nedges = [{from = ["*"], to = ["*"], kind = "sync"}]',
            ["A502 billing → billing.paid → mail", "A502 orders → order.placed → billing"],
        ),
        ('type = "allowed-only"\nservices = ["web"]\nedges = [{from = ["web"], to = ["crm"]}]', ["A502 web → orders"]),
        (
            'type = "allowed-only"\nkind = "async"\nedges = [{from = ["*"], to = ["*"], channels = ["order.*"]}]',
            ["A502 billing → billing.paid → mail"],
        ),
        ('type = "layers"\nlayers = ["crm", "orders", "web"]', ["A503 orders → crm", "A503 web → orders"]),
        ('type = "layers"\nlayers = ["orders", ["billing", "mail"]]', ["A503 orders → order.placed → billing"]),
        ('type = "layers"\nlayers = ["domain:core", "domain:edge"]\nkind = "sync"', ["A503 web → orders"]),
        ('type = "budget"\nhops = 1', ["A504 hops of the system"]),
        ('type = "budget"\nservices = ["*"]\nhops = 1', ["A504 hops of web"]),
        ('type = "budget"\nfan-out = 2', ["A504 fan-out of the system"]),
        ('type = "budget"\nservices = ["orders", "web"]\nfan-out = 2', ["A504 fan-out of web"]),
        ('type = "budget"\nblind-spots = 0', ["A504 blind-spots of the system"]),
        ('type = "budget"\nservices = ["mail", "crm"]\nblind-spots = 0', ["A504 blind-spots of mail"]),
        ('type = "budget"\nsync-share = 0.5', ["A504 sync-share of the system"]),
        ('type = "budget"\nservices = ["orders", "crm"]\nsync-share = 0.5', ["A504 sync-share of crm"]),
    ],
)
def test_what_is_broken(text: str, expected: list[str]) -> None:
    found = _found(text)
    assert sorted(f"{f.code} {f.subject}" for f in found) == expected
    assert all("(contract 'it', flowmap.toml:1)" in f.message for f in found)
    assert {f.why for f in found} == {"We said so. Ask team-a."}
    assert all(f.evidence for f in found)


@pytest.mark.parametrize(
    "text",
    [
        'type = "forbidden"\nfrom = ["crm"]\nto = ["orders"]',
        'type = "forbidden"\nfrom = ["orders"]\nto = ["crm"]\nkind = "async"',
        'type = "forbidden"\nfrom = ["orders"]\nto = ["billing"]\nkind = "sync"',
        'type = "forbidden"\nfrom = ["*"]\nto = ["*"]\nchannels = ["stock.*"]',
        'type = "forbidden"\nfrom = ["web"]\nto = ["crm"]',
        'type = "forbidden"\nfrom = ["mail"]\nto = ["web"]\nindirect = true',
        'type = "forbidden"\nfrom = ["web"]\nto = ["mail"]\nindirect = true\nkind = "sync"',
        'type = "independence"\nservices = ["web", "crm", "mail"]',
        'type = "independence"\nservices = ["orders*", "order*"]',
        'type = "ownership"\nchannels = ["billing.*"]\npublishers = ["billing", "crm"]',
        'type = "ownership"\nchannels = ["stock.*"]\npublishers = ["billing"]',
        'type = "allowed-only"\nedges = [{from = ["*"], to = ["*"]}]',
        'type = "allowed-only"\nservices = ["mail"]\nedges = []',
        'type = "layers"\nlayers = ["web", "orders", "crm"]',
        'type = "layers"\nlayers = [["web", "orders", "crm"]]',
        'type = "layers"\nlayers = [["billing", "mail"], "orders"]',
        'type = "layers"\nlayers = ["crm", "mail"]',
        'type = "budget"\nhops = 2\nfan-out = 3\nblind-spots = 1\norphans = 1\nsync-share = 0.6',
        'type = "budget"\nservices = ["mail"]\nhops = 0\nfan-out = 0\norphans = 0\nsync-share = 0.0',
        # what is published and not heard may be heard by a subscription that is not known
        'type = "budget"\norphans = 0',
    ],
)
def test_what_is_kept(text: str) -> None:
    assert _found(text) == []


ORPHANS = system(publish("a", "x"), publish("a", "y", line=11), publish("b", "z"), subscribe("c", "z"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('type = "budget"\norphans = 1', ["A504 orphans of the system"]),
        ('type = "budget"\nservices = ["a", "b"]\norphans = 0', ["A504 orphans of a"]),
        ('type = "budget"\norphans = 2', []),
        ('type = "budget"\nservices = ["b", "c"]\norphans = 0', []),
    ],
)
def test_a_budget_of_orphans(text: str, expected: list[str]) -> None:
    assert [f"{f.code} {f.subject}" for f in _found(text, ORPHANS)] == expected


def test_an_indirect_way_is_shown_hop_by_hop() -> None:
    (found,) = _found('type = "forbidden"\nfrom = ["web"]\nto = ["mail"]\nindirect = true')
    assert found.message.startswith("web comes, in 3 steps, to mail: web → orders → billing → mail (contract")
    assert [e.what for e in found.evidence] == [
        "web waits for orders: POST /orders",
        "orders serves POST /orders",
        "orders publishes order.placed",
        "billing listens to order.placed",
        "billing publishes billing.paid",
        "mail listens to billing.paid",
    ]


@pytest.mark.parametrize(
    ("direct", "expected"),
    [
        ((), [("a → c", "derived", ("a", "b", "c"))]),
        (("certain",), [("a → c", "certain", ("a", "c"))]),
        # a guess hides no way that is sure
        (("guess",), [("a → c", "derived", ("a", "b", "c")), ("a → c", "guess", ("a", "c"))]),
    ],
)
def test_the_shortest_way_is_the_surest(direct: tuple[str, ...], expected: list[tuple[str, str, tuple[str, ...]]]) -> None:
    more = [replace(s, confidence=Confidence(kind)) for kind in direct for s in waiting("a", "c", path="y")]
    sites = [replace(s, confidence=Confidence.DERIVED) for s in waiting("a", "b", "c", "a")]
    found = _found('type = "forbidden"\nfrom = ["a"]\nto = ["c"]\nindirect = true', system(*sites, *more))
    assert [(f.subject, f.confidence.value, f.services) for f in found] == expected


def test_the_message_of_a_budget_names_the_path() -> None:
    (found,) = _found('type = "budget"\nhops = 1')
    assert found.message.startswith("the longest chain has 2 hops: web → orders → crm; 1 is the budget (contract 'it'")
    assert [e.what for e in found.evidence] == ["web waits for orders: POST /orders", "orders waits for crm: GET /vip"]


def test_what_only_names_tell_breaks_no_budget() -> None:
    known = waiting("a", "b", "c")
    limits = 'type = "budget"\nhops = 1\nfan-out = 1'
    assert [f.subject for f in _found(limits, system(*known))] == ["fan-out of the system", "hops of the system"]
    doubted = system(*(replace(site, confidence=Confidence.GUESS) for site in known))
    assert _found(limits, doubted) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('type = "forbidden"\nfrom = ["order"]\nto = ["crm", "crn"]', ["order", "crn"]),
        ('type = "forbidden"\nfrom = ["order"]\nto = ["crm"]\nmay-be-absent = true', []),
        ('type = "forbidden"\nfrom = ["external:api.stripe.com"]\nto = ["domain:core"]', []),
        ('type = "layers"\nlayers = ["domain:centre", ["web", "wap"]]', ["domain:centre", "wap"]),
        ('type = "independence"\nservices = ["x-*", "orders"]', ["x-*"]),
        ('type = "ownership"\nchannels = ["nothing.*"]\npublishers = ["ordersy"]', ["ordersy"]),
        ('type = "allowed-only"\nservices = ["w*"]\nedges = [{from = ["web"], to = ["orders", "ordres"]}]', ["ordres"]),
        ('type = "budget"\nservices = ["orders", "stock"]\nhops = 9', ["stock"]),
        ('type = "budget"\nhops = 9', []),
    ],
)
def test_names_that_nobody_has(text: str, expected: list[str]) -> None:
    (agreed,) = _agreed(text)
    assert absent(SHOP, agreed.contract) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('type = "ownership"\nchannels = ["biling.*", "billing.*"]\npublishers = ["billing"]', ["biling.*"]),
        ('type = "ownership"\nchannels = ["stock.*"]\npublishers = ["billing"]\nmay-be-absent = true', []),
        ('type = "forbidden"\nfrom = ["*"]\nto = ["*"]\nchannels = ["billing.payd"]', ["billing.payd"]),
        ('type = "allowed-only"\nedges = [{from = ["*"], to = ["*"], channels = ["order.*", "ordr.*"]}]', ["ordr.*"]),
        ('type = "layers"\nlayers = ["web", "orders"]', []),
    ],
)
def test_channels_that_nothing_has(text: str, expected: list[str]) -> None:
    (agreed,) = _agreed(text)
    assert unheard_of(SHOP, agreed.contract) == expected


def test_what_can_be_named() -> None:
    assert named_here(SHOP) == ["api.stripe.com", "billing", "crm", "domain:core", "domain:edge", "mail", "orders", "web"]

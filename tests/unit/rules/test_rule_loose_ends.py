"""T301 and T302: what nobody listens to, what nobody sends; the two are mirror images."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Match
from flowmap.model.location import Location
from flowmap.model.project import Conduit, Existing, External, ExternalKind, Forward
from flowmap.rule_api import Rule
from flowmap.rules.orphaned_event import RULE as ORPHANED
from flowmap.rules.phantom_subscription import RULE as PHANTOM
from flows import call, publish, serve, subscribe, system
from verdicts import findings, judged, subjects

CRM = External("crm", ExternalKind.DECLARED, publishes=("moved", "user-{}"), subscribes=("placed", "user-{}"))
AMQP_ALL = replace(subscribe("b", "orders.#", transport="amqp"), match=Match.AMQP)


def in_exchange(name: str, site: Interaction) -> Interaction:
    """The site on an exchange."""
    return replace(site, exchange=name)


PLACED = replace(publish("a", "orders"), event="Placed")
PAID_READ = replace(subscribe("b", "orders"), event="Paid", confidence=Confidence.DERIVED)
"""A type that is read from the code of a handler."""


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([publish("a", "x")], ["x"]),
        ([publish("a", "x"), subscribe("b", "y")], ["x"]),
        ([publish("a", "order-archived"), subscribe("b", "order-archive")], ["order-archived"]),
        ([publish("a", "x"), subscribe("b", "x", transport="amqp")], ["x"]),
        ([publish("a", "payments.made", transport="amqp"), AMQP_ALL], ["payments.made"]),
        ([PLACED, replace(subscribe("b", "orders"), event="Paid")], ["orders"]),
        ([publish("a", "x"), publish("a", "y"), subscribe("b", "x")], ["y"]),
        ([publish("a", "x"), publish("b", "x")], ["x"]),
        ([publish("a", "x"), serve("b", "x"), call("b", "a", "x")], ["x"]),
        ([replace(publish("a", "x", transport="redis"), space="stream"), subscribe("b", "x", transport="redis")], ["x"]),
        ([in_exchange("one", publish("a", "k")), in_exchange("two", subscribe("b", "k"))], ["k"]),
        ([publish("a", "user-{}"), subscribe("b", "account-{}")], ["user-{}"]),
        ([publish("a", "tasks.mail", transport="celery")], ["tasks.mail"]),
    ],
)
def test_orphaned_events_are_flagged(sites: list[Interaction], expected: list[str]) -> None:
    assert subjects(ORPHANED, *sites) == expected


@pytest.mark.parametrize(
    "sites",
    [
        [],
        [publish("a", "x"), subscribe("b", "x")],
        [publish("a", "x"), subscribe("a", "x")],
        [publish("a", None)],
        [subscribe("b", "x")],
        [publish("a", "orders.placed", transport="amqp"), AMQP_ALL],
        [publish("a", "user-{}"), subscribe("b", "user-7")],
        [publish("a", "user-7"), replace(subscribe("b", "user-*"), match=Match.GLOB)],
        [replace(publish("a", "x"), local=True)],
        [replace(publish("a", "x"), public=True)],
        [publish("a", "x", transport="broker")],
        [PLACED, subscribe("b", "orders")],
        [PLACED, PAID_READ],
        [publish("a", "orders"), replace(subscribe("b", "orders"), event="Placed")],
        [replace(publish("a", "list", transport="redis"), speculative=True)],
        [call("a", "b", "GET /x")],
        [replace(publish("a", "x", transport="confluent")), subscribe("b", "x", transport="kafka")],
    ],
)
def test_events_with_a_listener_are_not(sites: list[Interaction]) -> None:
    assert subjects(ORPHANED, *sites) == []


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([subscribe("b", "x")], ["x"]),
        ([subscribe("b", "order-cancelled"), publish("a", "order-canceled")], ["order-cancelled"]),
        ([subscribe("b", "x"), publish("a", "x", transport="amqp")], ["x"]),
        ([AMQP_ALL, publish("a", "payments.made", transport="amqp")], ["orders.#"]),
        ([replace(subscribe("b", "orders"), event="Paid"), PLACED], ["orders"]),
        ([subscribe("b", "x"), subscribe("c", "x")], ["x"]),
        ([subscribe("b", "x"), subscribe("b", "y"), publish("a", "x")], ["y"]),
        ([subscribe("b", "x"), call("a", "b", "x")], ["x"]),
        ([replace(subscribe("b", "x", transport="redis"), space="stream"), publish("a", "x", transport="redis")], ["x"]),
        ([subscribe("b", "x"), replace(publish("b", "x"), local=True)], ["x"]),
        ([subscribe("b", "orders-dlq")], ["orders-dlq"]),  # nothing but a program writes to such a topic of Kafka
        ([subscribe("b", "deadline", transport="sqs")], ["deadline"]),
    ],
)
def test_phantom_subscriptions_are_flagged(sites: list[Interaction], expected: list[str]) -> None:
    assert subjects(PHANTOM, *sites) == expected


@pytest.mark.parametrize(
    "sites",
    [
        [],
        [subscribe("b", "x"), publish("a", "x")],
        [replace(subscribe("b", "tasks.mail", transport="celery"), called=True)],
        [subscribe("b", "orders-dlq", transport="sqs")],
        [subscribe("b", "ordersDeadLetter", transport="servicebus")],
        [replace(AMQP_ALL, group="dead-orders")],
        [PAID_READ, PLACED],
        [subscribe("b", "x"), publish("b", "x")],
        [subscribe("b", None)],
        [publish("a", "x")],
        [AMQP_ALL, publish("a", "orders.placed", transport="amqp")],
        [subscribe("b", "user-7"), publish("a", "user-{}")],
        [replace(subscribe("b", "x"), local=True)],
        [replace(subscribe("b", "x"), public=True)],
        [replace(subscribe("b", "list", transport="redis"), speculative=True)],
        [subscribe("b", "q", transport="broker")],
        [subscribe("b", "q", transport="amqp"), replace(call("a", "b", "get", transport="rpc"), channel="q", broker="amqp")],
        [subscribe("b", "orders"), PLACED],
        [serve("b", "GET /x")],
    ],
)
def test_subscriptions_with_a_sender_are_not(sites: list[Interaction]) -> None:
    assert subjects(PHANTOM, *sites) == []


Site: TypeAlias = Callable[..., Interaction]
ENDS = [(ORPHANED, publish, subscribe), (PHANTOM, subscribe, publish)]


@pytest.mark.parametrize(("rule", "end", "other"), ENDS, ids=["T301", "T302"])
def test_an_unknown_end_on_the_same_transport_makes_it_a_guess(rule: Rule, end: Site, other: Site) -> None:
    known, unknown = end("a", "x"), other("b", None)
    (found,) = findings(rule, known, unknown)
    assert found.confidence is Confidence.GUESS
    assert "cannot tell" in found.message
    assert [e.location for e in found.evidence] == [known.location, unknown.location]
    assert "comes from a file" in found.evidence[1].what


@pytest.mark.parametrize(("rule", "end", "other"), ENDS, ids=["T301", "T302"])
@pytest.mark.parametrize("blind", ["elsewhere", "unreached", "same end", "none"])
def test_other_unknowns_leave_it_sure(rule: Rule, end: Site, other: Site, blind: str) -> None:
    sites = {
        "elsewhere": [other("b", None, transport="amqp")],
        "unreached": [replace(other("b", None), unreached=True)],
        "same end": [end("b", None)],
        "none": [],
    }[blind]
    (found,) = findings(rule, end("a", "x"), *sites)
    assert (found.confidence, "cannot tell" in found.message, len(found.evidence)) == (Confidence.CERTAIN, False, 1)


INTO = in_exchange("shop", publish("a", "placed", transport="amqp"))
QUEUE = subscribe("b", "orders", transport="amqp")


@pytest.mark.parametrize(
    ("sites", "verdicts"),
    [
        ((INTO, QUEUE), [("T301", "guess"), ("T302", "guess")]),  # somebody may have bound the queue by hand
        ((INTO, in_exchange("shop", QUEUE)), [("T301", "certain"), ("T302", "certain")]),
        ((publish("a", "placed", transport="amqp"), QUEUE), [("T301", "certain"), ("T302", "certain")]),
        ((INTO, QUEUE, publish("c", "orders", transport="amqp")), [("T301", "certain")]),  # its messages come from c
        ((INTO, QUEUE, in_exchange("shop", subscribe("c", "placed", transport="amqp"))), [("T302", "certain")]),
        ((INTO, subscribe("b", "orders")), [("T301", "certain"), ("T302", "certain")]),
    ],
)
def test_a_binding_that_nobody_sees_makes_both_ends_a_guess(
    sites: tuple[Interaction, ...], verdicts: list[tuple[str, str]]
) -> None:
    found = [*findings(ORPHANED, *sites), *findings(PHANTOM, *sites)]
    assert [(f.code, f.confidence.value) for f in found] == verdicts
    for finding in found:
        assert ("by a binding that the scan does not see" in finding.evidence[-1].what) is (finding.confidence is Confidence.GUESS)


@pytest.mark.parametrize(("rule", "end"), [(ORPHANED, publish), (PHANTOM, subscribe)], ids=["T301", "T302"])
@pytest.mark.parametrize("confidence", list(Confidence))
def test_it_is_as_sure_as_its_site(rule: Rule, end: Site, confidence: Confidence) -> None:
    (found,) = findings(rule, replace(end("a", "x"), confidence=confidence))
    assert found.confidence is confidence


@pytest.mark.parametrize(
    ("rule", "site", "silent"),
    [
        (ORPHANED, publish("a", "placed"), True),
        (ORPHANED, publish("a", "user-7"), True),
        (ORPHANED, publish("a", "user-{}"), True),
        (ORPHANED, publish("a", "moved"), False),
        (ORPHANED, publish("a", "placed2"), False),
        (PHANTOM, subscribe("a", "moved"), True),
        (PHANTOM, subscribe("a", "user-7"), True),
        (PHANTOM, subscribe("a", "placed"), False),
        (PHANTOM, subscribe("a", "Moved"), False),
    ],
)
def test_declared_externals_silence(rule: Rule, site: Interaction, silent: bool) -> None:
    assert (subjects(rule, site, externals=(CRM,)) == []) is silent


def test_one_finding_per_channel_names_all_its_services() -> None:
    graph = system(publish("a", "x", line=1), publish("b", "x", line=2), replace(publish("b", "x", line=3), id="again"))
    (found,) = judged(ORPHANED, graph)
    assert (found.services, len(found.evidence), found.severity) == (("a", "b"), 3, Severity.WARNING)
    assert found.message == "a and b publish x, and nothing in the scan listens to it"


def test_one_service_is_spoken_of_in_the_singular() -> None:
    assert [f.message for f in findings(ORPHANED, publish("a", "x"))] == ["a publishes x, and nothing in the scan listens to it"]
    assert [f.message for f in findings(PHANTOM, subscribe("a", "x"))] == ["a listens to x, and nothing in the scan publishes it"]


def test_only_a_few_blind_spots_are_shown_but_all_are_counted() -> None:
    blind = [replace(subscribe("b", None), id=str(n)) for n in range(8)]
    (found,) = findings(ORPHANED, publish("a", "x"), *blind)
    assert len(found.evidence) == 1 + 5
    assert "(8)" in found.message


@pytest.mark.parametrize(("rule", "end", "other"), ENDS, ids=["T301", "T302"])
@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([("a", "kafka", 3)], ["c0", "c1", "c2"]),
        ([("a", "kafka", 4)], ["a over kafka"]),
        ([("a", "kafka", 9)], ["a over kafka"]),
        ([("a", "kafka", 4), ("b", "kafka", 4)], ["a and b over kafka"]),
        ([("a", "kafka", 4), ("a", "amqp", 4)], ["a over kafka", "c0", "c1", "c2", "c3"]),
        ([("a", "kafka", 2), ("a", "amqp", 2)], ["c0", "c0", "c1", "c1"]),
    ],
)
def test_many_channels_under_one_doubt_are_one_finding(
    rule: Rule, end: Site, other: Site, sites: list[tuple[str, str, int]], expected: list[str]
) -> None:
    known = [end(name, f"c{n}", transport=transport) for name, transport, count in sites for n in range(count)]
    assert subjects(rule, *known, other("z", None)) == expected


@pytest.mark.parametrize(("rule", "end"), [(ORPHANED, publish), (PHANTOM, subscribe)], ids=["T301", "T302"])
def test_many_channels_that_only_names_speak_for_are_one_finding(rule: Rule, end: Site) -> None:
    guessed = [replace(end("a", f"c{n}"), confidence=Confidence.GUESS) for n in range(4)]
    assert subjects(rule, *guessed) == ["a over kafka"]
    assert subjects(rule, *guessed[:3]) == ["c0", "c1", "c2"]
    assert subjects(rule, *guessed, end("a", "d")) == ["a over kafka", "d"]


@pytest.mark.parametrize(("rule", "end"), [(ORPHANED, publish), (PHANTOM, subscribe)], ids=["T301", "T302"])
def test_many_channels_without_a_doubt_are_as_many_findings(rule: Rule, end: Site) -> None:
    assert subjects(rule, *(end("a", f"c{n}") for n in range(9))) == [f"c{n}" for n in range(9)]


@pytest.mark.parametrize(
    ("sites", "expected"),
    [
        ([("{}.paid.{}", 1), ("{}.paid._", 1), ("_.paid._", 1)], ["{}.paid.{}"]),
        ([("{}.paid.{}", 1), ("{}.paid.{}", 2), ("_.paid._", 2)], ["{}.paid.{}"]),
        ([("{}.paid.{}", 1), ("_.paid._", 2)], ["_.paid._", "{}.paid.{}"]),
        ([("{}.paid.{}", 1), ("_.sent._", 1)], ["_.sent._", "{}.paid.{}"]),
        ([("paid", 1), ("sent", 1)], ["paid", "sent"]),
    ],
)
def test_a_name_that_another_one_of_its_places_covers_is_not_told(sites: list[tuple[str, int]], expected: list[str]) -> None:
    assert subjects(ORPHANED, *(publish("a", name, line=line) for name, line in sites)) == expected


@pytest.mark.parametrize(
    ("rule", "end", "other", "message"),
    [
        (ORPHANED, publish, subscribe, "a publishes 4 channels that nothing in the scan is seen to listen to: 0, 1, 2 and 3"),
        (PHANTOM, subscribe, publish, "a listens to 4 channels that nothing in the scan is seen to publish: 0, 1, 2 and 3"),
    ],
)
def test_one_finding_of_many_names_them_and_the_doubt(rule: Rule, end: Site, other: Site, message: str) -> None:
    (found,) = findings(rule, *(end("a", str(n), line=n + 1) for n in range(4)), other("z", None))
    assert found.message.startswith(f"{message}; cannot tell, ")
    assert (found.confidence, len(found.evidence)) == (Confidence.GUESS, 5)


def test_the_fingerprint_does_not_depend_on_the_place() -> None:
    one, moved, other = (findings(ORPHANED, publish("a", c, line=n))[0].fingerprint for c, n in (("x", 1), ("x", 99), ("y", 1)))
    assert one == moved != other


@pytest.mark.parametrize(
    ("feed", "expected"),
    [
        (("kafka", "x", "sqs", "q"), []),
        (("kafka", "{}", "sqs", "q"), []),
        (("sns", "x", "sqs", "q"), ["x"]),
        (("kafka", "y", "sqs", "q"), ["x"]),
        (("sqs", "q", "kafka", "x"), ["x"]),
    ],
)
def test_what_a_deployment_file_leads_into_a_queue_is_heard(feed: tuple[str, str, str, str], expected: list[str]) -> None:
    forwards = (Forward(Conduit(*feed[:2]), Conduit(*feed[2:]), Location("main.tf", 1, 1)),)
    assert [f.subject for f in judged(ORPHANED, system(publish("a", "x"), forwards=forwards))] == expected


def there(*names: str, transport: str = "kafka") -> tuple[Existing, ...]:
    """Channels that are made, each on a line of its own."""
    return tuple(Existing(transport, name, Location("topics.yaml", n, n)) for n, name in enumerate(names, 1))


@pytest.mark.parametrize(("rule", "end"), [(ORPHANED, publish), (PHANTOM, subscribe)], ids=["T301", "T302"])
@pytest.mark.parametrize(
    ("channel", "existing", "message", "places"),
    [
        ("order-canceled", there("order-canceled", "paid"), "", [1]),
        ("order-canceled", (*there("order-canceled"), *there("x", "order-canceled")), "", [1, 2]),
        (
            "order-cancelled",
            there("paid", "order-canceled"),
            "; none of the 2 channels that are made or listed has that name, the nearest is order-canceled",
            [2],
        ),
        ("other", there("paid"), "; none of the 1 channels that are made or listed has that name", []),
        ("other", there("other", transport="confluent"), "", [1]),
        ("other", there("other", transport="amqp"), "", []),
        ("other-{}", there("other-1"), "", []),
        ("x" * 301, there("x" * 300), "; none of the 1 channels that are made or listed has that name", []),
        ("other", (), "", []),
    ],
)
def test_it_says_whether_the_channel_is_there(
    rule: Rule, end: Site, channel: str, existing: tuple[Existing, ...], message: str, places: list[int]
) -> None:
    (found,) = judged(rule, system(end("a", channel), existing=existing))
    assert found.message == findings(rule, end("a", channel))[0].message + message
    assert [(e.location.path, e.location.line) for e in found.evidence[1:]] == [("topics.yaml", n) for n in places]


@pytest.mark.parametrize(("rule", "end"), [(ORPHANED, publish), (PHANTOM, subscribe)], ids=["T301", "T302"])
@pytest.mark.parametrize(
    ("channel", "elsewhere", "expected"),
    [
        ("x", there("x"), []),
        ("x", there("y", "x"), []),
        ("x", there("x", transport="confluent"), []),
        ("x", there("y"), ["x"]),
        ("x", there("x", transport="amqp"), ["x"]),
        ("x-{}", there("x-1"), ["x-{}"]),
    ],
)
def test_a_program_in_another_language_may_be_the_other_end(
    rule: Rule, end: Site, channel: str, elsewhere: tuple[Existing, ...], expected: list[str]
) -> None:
    assert [f.subject for f in judged(rule, system(end("a", channel), elsewhere=elsewhere))] == expected


def test_a_key_of_an_exchange_and_a_pattern_are_no_names() -> None:
    queue = there("q", transport="amqp")
    for site in (in_exchange("e", publish("a", "k", transport="amqp")), replace(AMQP_ALL, exchange="e"), AMQP_ALL):
        rule = ORPHANED if site.role == "publish" else PHANTOM
        assert "made or listed" not in judged(rule, system(site, existing=queue))[0].message

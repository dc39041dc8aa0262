"""R401: what is published beside what lasts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.effect import Effect
from flowmap.model.interaction import Confidence, Interaction, Kind
from flowmap.rule_api import Options
from flowmap.rules.publication_gap import RULE
from flows import commit, publish, serve, subscribe, system
from verdicts import judged

START = serve("orders", "POST /orders")
PLACED = publish("orders", "order.placed", START.id)
OTHER = replace(PLACED, id="other", location=replace(PLACED.location, line=9))
TASK = replace(publish("orders", "bill", START.id, transport="celery"), kind=Kind.TASK)
COMMAND = replace(TASK, kind=Kind.COMMAND)
BILLING = subscribe("billing", "bill", transport="celery")
OWN = subscribe("orders", "bill", transport="celery")
LISTENING = (subscribe("orders", "order.placed"), subscribe("billing", "order.placed"))
AGAIN = publish("orders", "order.placed", "orders subscribe order.placed")
ALONE = publish("orders", "order.placed")
READING = publish("orders", "temperature", START.id, transport="mqtt")
TAKEN = subscribe("billing", "temperature", transport="mqtt")


def further(effect: Effect, *steps: int) -> Effect:
    """A meeting in a function that calls on to both, or to one of the two."""
    (beside,) = effect.beside
    moved = tuple(
        replace(s, location=replace(s.location, line=s.location.line + 500)) if n in (steps or (0, 1)) else s
        for n, s in enumerate(beside.steps)
    )
    return replace(effect, beside=(replace(beside, steps=(moved[0], moved[1])),))


def found(*effects: Effect, sites: tuple[Interaction, ...], options: Options | None = None) -> list[tuple[str, str]]:
    """The subjects and messages."""
    return sorted((f.subject, f.message) for f in judged(RULE, system(START, *sites, effects=effects), options))


GAPS: list[tuple[str, tuple[Effect, ...], tuple[Interaction, ...], str]] = [
    ("after", (commit("orders", PLACED),), (PLACED,), "orders commits to its database and then publishes order.placed, and "),
    ("before", (commit("orders", PLACED, after=False),), (PLACED,), "orders publishes order.placed before it commits to its "),
    (
        "both",
        (commit("orders", PLACED, after=False), commit("orders", PLACED, line=60)),
        (PLACED,),
        "orders commits to its database before or after it publishes order.placed, and ",
    ),
    (
        "two places",
        (commit("orders", PLACED), commit("orders", OTHER, line=60)),
        (PLACED, OTHER),
        "orders commits to its database and then publishes order.placed, in 2 places, and ",
    ),
    (
        "an event of a topic",
        (commit("orders", PLACED),),
        (replace(PLACED, event="Placed"),),
        "orders commits to its database and then publishes Placed",
    ),
    (
        "a task for another service",
        (commit("orders", TASK),),
        (TASK, BILLING),
        "orders commits to its database and then publishes bill",
    ),
    ("a command for another service", (commit("orders", COMMAND),), (COMMAND, BILLING), "orders commits"),
    ("nobody listens", (commit("orders", PLACED),), (PLACED,), "orders commits"),
    ("both further down", (further(commit("orders", PLACED)),), (PLACED,), "orders commits"),
    ("the one further down", (further(commit("orders", ALONE), 0),), (ALONE,), "orders commits"),
    ("a reading that another one takes", (commit("orders", READING),), (READING, TAKEN), "orders commits"),
    ("others listen too", (commit("orders", PLACED),), (PLACED, *LISTENING), "orders commits"),
]

TIED: list[tuple[str, tuple[Effect, ...], tuple[Interaction, ...]]] = [
    ("nothing is published beside it", (commit("orders"),), (PLACED,)),
    ("a task of its own", (commit("orders", TASK),), (TASK, subscribe("orders", "bill", transport="celery"))),
    ("an event of its own", (commit("orders", PLACED),), (PLACED, subscribe("orders", "order.placed"))),
    ("a task of code that another container runs", (commit("orders", TASK),), (TASK, OWN, replace(OWN, service="jobs", id="x"))),
    ("a task that nobody takes", (commit("orders", TASK),), (TASK,)),
    ("NOTIFY", (commit("orders", PLACED),), (replace(PLACED, transport="postgres"),)),
    ("a stream of the table", (commit("orders", PLACED),), (replace(PLACED, transport="dynamodb"),)),
    ("dead letters", (commit("orders", PLACED),), (replace(PLACED, channel="order.placed.dlq"),)),
    ("for browsers", (commit("orders", PLACED),), (replace(PLACED, public=True),)),
    ("an answer", (commit("orders", PLACED),), (replace(PLACED, answers=True),)),
    ("nobody knows where to", (commit("orders", PLACED),), (replace(PLACED, channel=None, unresolved="comes from a file"),)),
    ("it goes on with itself", (commit("orders", AGAIN),), (AGAIN, subscribe("orders", "order.placed"))),
    ("a reading", (commit("orders", READING),), (READING,)),
    ("a process is started", (further(commit("orders", ALONE)),), (ALONE,)),
    ("a process is started with other handlers", (further(replace(commit("orders", PLACED), triggers=())),), (PLACED,)),
    ("what is not shown", (commit("orders", PLACED),), ()),
]


@pytest.mark.parametrize(("effects", "sites", "message"), [pytest.param(*case, id=name) for name, *case in GAPS])
def test_a_gap_is_found(effects: tuple[Effect, ...], sites: tuple[Interaction, ...], message: str) -> None:
    (verdict,) = found(*effects, sites=sites)
    assert verdict[1].startswith(message)


@pytest.mark.parametrize(("effects", "sites"), [pytest.param(*case, id=name) for name, *case in TIED])
def test_what_is_tied_is_none(effects: tuple[Effect, ...], sites: tuple[Interaction, ...]) -> None:
    assert found(*effects, sites=sites) == []


def test_own_tasks_are_looked_at_if_a_team_says_so() -> None:
    sites = (TASK, subscribe("orders", "bill", transport="celery"))
    assert [s for s, _ in found(commit("orders", TASK), sites=sites, options=Options({"own-tasks": 1}))] == ["bill"]


def test_the_evidence_is_in_the_order_of_what_happens_and_no_surer_than_its_parts() -> None:
    guess = replace(commit("orders", PLACED), confidence=Confidence.GUESS)
    (verdict,) = judged(RULE, system(START, PLACED, effects=(guess,)))
    assert [(e.location.line, e.what) for e in verdict.evidence] == [
        (50, "orders makes Order last"),
        (10, "orders publishes order.placed"),
    ]
    assert (verdict.confidence, verdict.services) == (Confidence.GUESS, ("orders",))
    (other,) = judged(RULE, system(START, PLACED, effects=(commit("orders", PLACED, after=False),)))
    assert [e.location.line for e in other.evidence] == [10, 50]

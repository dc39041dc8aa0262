"""T306: services that direct others over events."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Kind
from flowmap.rules.hidden_orchestrator import RULE
from flows import system
from happenings import workflow
from verdicts import findings, judged, subjects

HUB = ("hub: -> placed", "b: placed -> reserved", "hub: reserved -> due", "c: due -> paid", "hub: paid ->")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (HUB, ["hub"]),
        ((*HUB[:4], "hub: paid -> ready", "d: ready -> sent", "hub: sent ->"), ["hub"]),
        ((*HUB[:4], "hub: paid -> ready", "d: ready ->"), ["hub"]),
        ((*HUB, "b: placed -> rejected", "hub: rejected ->"), ["hub"]),
        ((*HUB, "mail: paid ->"), ["hub"]),
        ((*HUB, "log: placed reserved due ->"), ["hub"]),
        (("web: -> asked", "hub: asked -> placed", *HUB[1:]), ["hub"]),
    ],
)
def test_flagged(lines: tuple[str, ...], expected: list[str]) -> None:
    assert subjects(RULE, *workflow(*lines)) == expected


@pytest.mark.parametrize(
    "sites",
    [
        [],
        workflow("a: -> placed", "b: placed -> reserved", "c: reserved -> paid", "d: paid ->"),
        workflow("a: -> placed", "b: placed -> reserved", "c: reserved -> paid", "a: reserved paid ->"),
        workflow("a: -> placed", "b: placed -> reserved", "a: reserved -> closed", "c: closed ->"),
        workflow("a: -> placed", "b: placed -> reserved", "c: placed -> billed", "a: reserved billed ->"),
        workflow(*HUB, "b: placed -> counted", "c: counted -> noted", "d: noted -> filed", "e: filed ->"),
        workflow(
            "a: -> placed", "b: placed -> reserved", "c: placed -> paid", "a: reserved paid -> confirmed", "mail: confirmed ->"
        ),
        [replace(s, service="order-saga") if s.service == "hub" else s for s in workflow(*HUB)],
        [replace(s, service="workflow_engine") if s.service == "hub" else s for s in workflow(*HUB)],
        workflow(*HUB, transport="celery"),
        workflow(*HUB, transport="amqp"),
        [replace(s, kind=Kind.COMMAND) for s in workflow(*HUB)],
        [replace(s, local=True) for s in workflow(*HUB)],
    ],
)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *sites) == []


def test_processes_of_one_code_base_are_one_service() -> None:
    assert judged(RULE, system(*workflow(*HUB), roots={"b": "x", "c": "x"})) == []


def test_the_finding_tells_both_sides() -> None:
    (found,) = findings(RULE, *workflow(*HUB))
    assert found.message == "hub directs b and c over events: it announces placed, due and reacts to reserved, paid"
    assert [e.what for e in found.evidence] == [
        "hub announces placed",
        "b announces reserved",
        "hub announces due",
        "c announces paid",
    ]
    assert (found.code, found.severity, found.services) == ("T306", Severity.WARNING, ("hub", "b", "c"))


def test_one_finding_per_service_about_its_largest_workflow() -> None:
    (found,) = findings(RULE, *workflow(*HUB, "hub: -> renewed", "b: renewed -> prolonged", "hub: prolonged -> due"))
    assert "placed, due" in found.message


@pytest.mark.parametrize("confidence", list(Confidence))
def test_it_is_as_sure_as_its_weakest_site(confidence: Confidence) -> None:
    sites = [replace(s, confidence=confidence) if s.channel == "paid" else s for s in workflow(*HUB)]
    assert [f.confidence for f in findings(RULE, *sites)] == [confidence]

"""T305: workflows that nobody sees the end of."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence, Interaction, Kind
from flowmap.rule_api import Options
from flowmap.rules.invisible_workflow import RULE
from flows import subscribe, system
from happenings import workflow
from verdicts import findings, judged, subjects

LINE = ("a: -> placed", "b: placed -> reserved", "c: reserved -> paid", "d: paid ->")


@pytest.mark.parametrize(
    ("lines", "way"),
    [
        (LINE, "placed → reserved → paid"),
        ((*LINE[:3], "d: paid -> sent"), "placed → reserved → paid → sent"),
        ((*LINE, "a: gone ->"), "placed → reserved → paid"),
        ((*LINE, "e: placed ->"), "placed → reserved → paid"),
        ((*LINE, "e: -> placed"), "placed → reserved → paid"),
        ((*LINE, "e: reserved paid ->"), "placed → reserved → paid"),
        (("a: -> placed", "b: placed -> reserved", "b: x -> y", "c: reserved -> paid", "d: paid -> sent", "e: sent ->"),
         "placed → reserved → paid → sent"),
        ((*LINE, "c: reserved -> declined"), "placed → reserved → paid"),
    ],
)  # fmt: skip
def test_flagged(lines: tuple[str, ...], way: str) -> None:
    assert [f.message.partition(": ")[2] for f in findings(RULE, *workflow(*lines))] == [way]


@pytest.mark.parametrize(
    "sites",
    [
        [],
        workflow("a: -> placed", "b: placed ->", "c: placed ->", "d: placed ->", "e: placed ->"),
        workflow("a: -> placed", "b: placed -> reserved", "c: reserved ->", "d: reserved ->", "e: placed ->"),
        workflow("a: -> placed", "b: placed -> reserved", "c: reserved -> paid"),
        workflow(*LINE, "a: paid ->"),
        workflow(*LINE, "e: -> placed", "e: paid ->"),
        workflow(*LINE, "a: reserved ->"),
        workflow(*LINE, "log: placed reserved paid ->"),
        workflow(*LINE, "b: paid ->"),
        workflow(*LINE[:3], "b: paid -> sent", "d: sent ->"),
        workflow("a: -> placed", "b: placed -> reserved", "c: reserved -> paid", "a: paid -> closed", "d: closed ->"),
        [replace(s, kind=Kind.TASK) for s in workflow(*LINE)],
        [replace(s, local=True) for s in workflow(*LINE)],
    ],
)
def test_not_flagged(sites: list[Interaction]) -> None:
    assert subjects(RULE, *sites) == []


@pytest.mark.parametrize(("least", "count"), [(2, 1), (4, 1), (5, 0)])
def test_small_workflows_need_no_eye(least: int, count: int) -> None:
    options = Options({"min-workflow-services": least})
    assert len(findings(RULE, *workflow(*LINE), options=options)) == count


def test_processes_of_one_code_base_are_one_service() -> None:
    assert judged(RULE, system(*workflow(*LINE), roots={"c": "shop", "d": "shop"})) == []
    assert judged(RULE, system(*workflow(*LINE[:3], "d: paid -> sent", "e: sent ->"), roots={"a": "shop", "d": "shop"})) == []


def test_the_finding_tells_the_longest_way() -> None:
    (found,) = findings(RULE, *workflow(*LINE))
    assert [e.what for e in found.evidence] == [
        "a announces placed to b",
        "b announces reserved to c",
        "c announces paid to d",
    ]
    assert found.message == "nobody sees where a workflow of 4 services stands that starts with placed: placed → reserved → paid"
    assert (found.code, found.severity, found.services) == ("T305", Severity.ADVICE, ("a", "b", "c", "d"))
    assert found.confidence is Confidence.CERTAIN


def test_a_function_of_several_kinds_of_messages_may_do_other_things_for_each() -> None:
    sites = workflow(*LINE, "c: other ->")
    one = next(s for s in sites if (s.service, s.channel) == ("c", "reserved"))
    (found,) = findings(RULE, *(replace(s, handler=one.handler) if s.service == "c" and s.handler else s for s in sites))
    assert found.confidence is Confidence.GUESS


def test_an_unknown_subscription_may_be_the_missing_eye() -> None:
    (found,) = findings(RULE, *workflow(*LINE), subscribe("log", None))
    assert found.confidence is Confidence.GUESS


@pytest.mark.parametrize("confidence", list(Confidence))
def test_it_is_as_sure_as_the_way(confidence: Confidence) -> None:
    sites = [replace(s, confidence=confidence) if s.channel == "paid" else s for s in workflow(*LINE)]
    assert [f.confidence for f in findings(RULE, *sites)] == [confidence]

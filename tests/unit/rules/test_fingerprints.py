"""Fingerprints: they tell findings apart, and do not change with what has nothing to do with them."""

from __future__ import annotations

from collections.abc import Iterable

from flowmap.checking import check
from flowmap.model.flow import Severity
from flowmap.model.interaction import Confidence
from flowmap.model.location import Evidence
from flowmap.rule_api import Finding, Options, Rule, RuleContext
from flows import at, system


def _prints(*places: tuple[str, int]) -> list[str]:
    """The fingerprints of findings about these subjects on these lines."""

    def told(_context: RuleContext, rule: Rule) -> Iterable[Finding]:
        for subject, line in places:
            hop = Evidence(at("a.py", line), "here")
            yield rule.finding(subject=subject, services=["a"], message="-", evidence=[hop], confidence=Confidence.CERTAIN, why="-")

    rule = Rule(code="X1", slug="x", severity=Severity.ADVICE, why="-", instead="-", check=told)
    found, failures = check(RuleContext(system(), Options.by_default()), [rule])
    assert failures == ()
    return [f.fingerprint for f in found]


def test_findings_about_different_things_differ() -> None:
    assert len(set(_prints(("one", 1), ("other", 1)))) == 2


def test_findings_about_the_same_thing_differ() -> None:
    assert len(set(_prints(("one", 1), ("one", 2), ("one", 3)))) == 3


def test_lines_do_not_matter() -> None:
    assert _prints(("one", 1), ("one", 2)) == _prints(("one", 7), ("one", 12))


def test_the_order_of_a_rule_does_not_matter() -> None:
    assert _prints(("one", 7), ("other", 1), ("one", 3)) == _prints(("other", 1), ("one", 3), ("one", 7))

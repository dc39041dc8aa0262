"""The rules over the graph. Selection, order and fingerprints are decided here, once; no rule knows of them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from flowmap.errors import failure
from flowmap.model.flow import Finding
from flowmap.model.gate import identity_of
from flowmap.model.project import Diagnostic
from flowmap.rule_api import Rule, RuleContext

_SEVERITY = ("error", "warning", "advice")


def check(context: RuleContext, rules: Iterable[Rule]) -> tuple[tuple[Finding, ...], tuple[Diagnostic, ...]]:
    """All findings, the gravest and surest first, and the rules that failed."""
    found: list[Finding] = []
    failures: list[Diagnostic] = []
    for rule in rules:
        try:
            found += _marked(rule.check(context, rule))
        except Exception as error:  # noqa: BLE001  somebody else's code: the other rules stand without it
            failures.append(Diagnostic(failure(f"rule {rule.code}", error), fatal=True))
    return tuple(sorted(found, key=order)), tuple(failures)


def selected(rules: Iterable[Rule], select: Iterable[str], extend: Iterable[str], ignore: Iterable[str]) -> tuple[Rule, ...]:
    """The rules to run: those on by default, or those whose codes start with a selected prefix, and those of `extend`, less the
    ignored ones."""
    wanted, more, unwanted = tuple(select), tuple(extend), tuple(ignore)
    chosen = (r for r in rules if (r.code.startswith(wanted) if wanted else r.on) or (more and r.code.startswith(more)))
    return tuple(r for r in chosen if not (unwanted and r.code.startswith(unwanted)))


def code_of(name: str, rules: Iterable[Rule]) -> str | None:
    """The code, or the beginning of codes, that a code or slug in any case means; None if it is that of no rule."""
    slugs = {rule.slug: rule.code for rule in rules}
    code = slugs.get(name.lower(), name.upper())
    return code if code and any(known.startswith(code) for known in slugs.values()) else None


def _marked(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with fingerprints, which are stable under edits: of what a finding is about, not where it stands. Those about
    the same are numbered in the order of their places."""
    counts: Counter[str] = Counter()
    found = []
    for finding in sorted(findings, key=order):
        code, subject, services = identity_of(finding)
        identity = "|".join((code, subject, *services))
        counts[identity] += 1
        again = f"|{counts[identity]}" if counts[identity] > 1 else ""
        found.append(replace(finding, fingerprint=hashlib.blake2b(f"{identity}{again}".encode(), digest_size=8).hexdigest()))
    return found


def order(finding: Finding) -> tuple[object, ...]:
    """Where a finding comes among others."""
    place = finding.evidence[0].location if finding.evidence else None
    return (
        _SEVERITY.index(finding.severity),
        -finding.confidence.rank,
        finding.code,
        finding.subject,
        finding.services,
        str(place),
    )

"""Which findings a team has set apart, by comments and by its configuration, and which of these do nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from flowmap.checking import code_of
from flowmap.graph.flowgraph import FlowGraph
from flowmap.model.flow import Finding, Suppressed
from flowmap.model.interaction import Interaction
from flowmap.model.location import Location
from flowmap.model.suppression import How, Suppression, Unused
from flowmap.project.leaving_out import globs
from flowmap.rule_api import Rule


@dataclass(frozen=True, slots=True)
class Parted:
    """The findings that count, and those that are set apart."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]


class Suppressing:
    """What is suppressed in a graph. `rules` are all that there are, whether they run or not."""

    def __init__(self, graph: FlowGraph, rules: Sequence[Rule], suppressions: Iterable[Suppression]) -> None:
        self._rules = rules
        self._names = {s: _codes(s.rules, rules) for s in suppressions}
        self._paths = {s: globs(list(s.paths)) for s in self._names}
        self._sites: dict[Location, list[Interaction]] = {}
        for site in graph.flow.interactions:
            self._sites.setdefault(site.location, []).append(site)
        self._used: set[tuple[Suppression, str]] = set()

    def parted(self, findings: Iterable[Finding]) -> Parted:
        """The findings in two. Every suppression that means one counts as used, also where another one comes first."""
        kept, apart = [], []
        for finding in findings:
            found = list(self._of(finding))
            self._used.update(found)
            if found:
                apart.append(Suppressed(finding, found[0][0]))
            else:
                kept.append(finding)
        return Parted(tuple(kept), tuple(apart))

    def _of(self, finding: Finding) -> Iterator[tuple[Suppression, str]]:
        """The suppressions that mean a finding, each with the name of the rule by which it does."""
        for suppression, codes in self._names.items():
            names = [name for name, code in codes.items() if code is not None and finding.code.startswith(code)]
            if names and self._means(suppression, finding):
                yield from ((suppression, name) for name in names)

    def _means(self, suppression: Suppression, finding: Finding) -> bool:
        if suppression.how is How.INLINE:
            return any(_covers(place, suppression.location) for place in self._places(finding))
        first = finding.evidence[0].location.path if finding.evidence else ""
        return (
            _any(suppression.services, finding.services)
            and _any(suppression.subjects, self._about(finding))
            and (not suppression.paths or self._paths[suppression].match_file(first))
        )

    def _places(self, finding: Finding) -> Iterator[Location]:
        """Where the evidence of a finding is a site."""
        return (hop.location for hop in finding.evidence if hop.location in self._sites)

    def _about(self, finding: Finding) -> list[str]:
        """What a finding is about, and the channels and events at its places."""
        sites = [site for place in self._places(finding) for site in self._sites[place]]
        return [finding.subject, *(name for site in sites for name in (site.channel, site.event) if name)]

    def unused(self, ran: Collection[str]) -> tuple[Unused, ...]:
        """What no finding needed, once all of them are parted. A name may still be needed if a rule that it means, and that is on
        by default, is none of those that `ran` (codes)."""
        judged = [r for r in self._rules if not r.last]
        expected = {r.code for r in judged if r.on}
        found = []
        for suppression, codes in self._names.items():
            for name, code in codes.items():
                meant = {r.code for r in judged if code is not None and r.code.startswith(code)}
                run = bool(meant & set(ran)) and meant & expected <= set(ran)
                if code is None or (run and (suppression, name) not in self._used):
                    found.append(Unused(suppression, name, known=code is not None))
        return tuple(found)


def _codes(names: tuple[str, ...], rules: Sequence[Rule]) -> dict[str, str | None]:
    """The codes, or beginnings of codes, that names mean; no name at all means every rule."""
    return {name: code_of(name, rules) for name in names} or {"": ""}


def _covers(place: Location, note: Location) -> bool:
    return place.path == note.path and place.line <= note.line <= place.end_line


def _any(patterns: Collection[str], names: Collection[str]) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for name in names for pattern in patterns)

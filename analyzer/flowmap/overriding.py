"""Which rules count where, and how grave their findings are there: what the configuration says for all, and for some services or
paths. Of several tables that mean a finding, the last one decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

from flowmap.model.flow import Finding, Severity
from flowmap.project.leaving_out import globs


@dataclass(frozen=True, slots=True)
class Override:
    """What holds for findings in which one of these services has a part, at these paths (globs; none for all)."""

    services: tuple[str, ...]
    paths: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    severity: tuple[tuple[str, Severity], ...]

    def means(self, finding: Finding) -> bool:
        """Whether it holds for a finding."""
        path = finding.evidence[0].location.path if finding.evidence else ""
        here = not self.paths or globs(list(self.paths)).match_file(path)
        return here and (not self.services or any(fnmatchcase(s, p) for s in finding.services for p in self.services))


@dataclass(frozen=True, slots=True)
class Overriding:
    """The codes of the rules that run everywhere, severities by codes or their beginnings, and what holds in places."""

    everywhere: frozenset[str] = frozenset()
    severity: tuple[tuple[str, Severity], ...] = ()
    overrides: tuple[Override, ...] = ()

    def applied(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that count where they are, as grave as they are there."""
        return [graded for finding in findings if (graded := self._graded(finding)) is not None]

    def _graded(self, finding: Finding) -> Finding | None:
        counts, severity = finding.code in self.everywhere, _last(self.severity, finding.code, finding.severity)
        for override in self.overrides:
            if override.means(finding):
                counts = (counts or finding.code.startswith(override.select)) and not finding.code.startswith(override.ignore)
                severity = _last(override.severity, finding.code, severity)
        return replace(finding, severity=severity) if counts else None


def _last(stated: Iterable[tuple[str, Severity]], code: str, before: Severity) -> Severity:
    """The severity that is stated for a code, by the longest beginning of it."""
    found = [(len(start), severity) for start, severity in stated if code.startswith(start)]
    return max(found, key=lambda pair: pair[0])[1] if found else before

"""A suppression sets no finding apart.

What: A comment `# flowmap: ignore[...]`, or a table `[[tool.flowmap.ignore]]` of the configuration, names a rule that finds nothing
there, or that does not exist.

Why: It speaks of a fault that is mended or was never there. Left alone, it will silently hide the next one on its line, and whoever
reads it believes in a problem that the system does not have.

How: Once all rules have run, each name in each suppression is looked at by itself. A name is unused if no finding of its rules
has the comment's line among its places, or meets all conditions of the table. Of rules that were not run nobody can tell: with
`--select` or `--ignore`, their suppressions are left alone.

Bad:
    producer.send("order-placed", order)          # flowmap: ignore[T301] -- nobody listens; but billing does by now

Good:
    producer.send("order-placed", order)

Fix: Delete the name, or the whole suppression if no name is left. A comment has to stand on a line of the place that the finding
shows.

Configure: nothing.

Ignore: Never; delete what is not needed.
"""

from collections.abc import Iterable

from flowmap.rule_api import Confidence, Evidence, Finding, How, Rule, RuleContext, Severity


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per name that is not needed."""
    for one in context.unused:
        note = one.suppression
        name = one.rule or "any rule"
        written = f"`ignore[{name}]`" if note.how is How.INLINE else f"what the configuration ignores ({name})"
        said = "sets no finding apart" if one.known else "names no rule"
        yield rule.finding(
            subject=written,
            services=(),
            message=f"{written} {said}",
            evidence=[Evidence(note.location, note.reason or "is written here")],
            confidence=Confidence.CERTAIN,
        )


RULE = Rule(
    code="S601",
    slug="unused-suppression",
    severity=Severity.ADVICE,
    why="It hides the next fault on its line, and tells of one that is not there.",
    instead="Delete it.",
    check=check,
    last=True,
)

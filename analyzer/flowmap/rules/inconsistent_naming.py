"""The names of channels are of several styles.

What: Names of one kind (channels of a transport, its queues, types of its messages) are put together in different ways:
`order.created`, `OrderShipped`, `payment_done`.

Why: A name that cannot be guessed has to be looked up, and what is looked up under the wrong spelling seems not to exist. Patterns
(`order.*`) and access rules by prefix leave out what is spelt otherwise, without a word.

How: The style of a name is its strongest separator, or how it is capitalised; single words are of every style. At least
`min-named-channels` (4) names have to be there. Where most share a style the others are reported, else all of them.
Only names that the scan publishes count, and only on transports where the team chooses them.

Bad:
    producer.send("order.created", event)
    producer.send("payment_done", event)

Good:
    producer.send("order.created", event)
    producer.send("payment.settled", event)

Fix: Agree on one style; publish under both names until everybody listens to the new one.

Configure: `min-named-channels` (4).

Ignore: When a name is given from outside.
"""

from collections.abc import Iterable

from flowmap.rule_api import Finding, Rule, RuleContext, Severity, Styles, Threshold, evidence, services, styles, weakest

LEAST = Threshold("min-named-channels", 4, "how many names of one kind there must be before their styles are compared", least=2)
SHOWN = 5
"""Names of each style that a message shows."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per kind of names."""
    for kind in context.graph.once(styles):
        count = sum(len(names) for _, names in kind.names)
        if count < context.options[LEAST]:
            continue
        first, *others = kind.names
        prevails = len(first[1]) * 2 > count
        told = [name for _, names in (others if prevails else kind.names) for name in names]
        sites = [kind.sites[name] for name in told]
        yield rule.finding(
            subject=kind.what,
            services=services(sites),
            message=_message(kind, count, prevails=prevails),
            evidence=[evidence(kind.sites[name], f"{kind.sites[name].service} publishes {name}") for name in told],
            confidence=weakest(sites),
        )


def _message(kind: Styles, count: int, *, prevails: bool) -> str:
    told = [f"{_few(names)} {'is' if len(names) == 1 else 'are'} {style}" for style, names in kind.names]
    if not prevails:
        return f"the {count} names of {kind.what} have no style in common: {'; '.join(told)}"
    style, names = kind.names[0]
    return f"{len(names)} of {count} names of {kind.what} are {style}, but {'; '.join(told[1:])}"


def _few(names: tuple[str, ...]) -> str:
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


RULE = Rule(
    code="E205",
    slug="inconsistent-naming",
    severity=Severity.ADVICE,
    why="Names that cannot be guessed are looked for under the wrong spelling, and patterns leave them out.",
    instead="Agree on one style and move the others to it.",
    check=check,
    thresholds=(LEAST,),
)

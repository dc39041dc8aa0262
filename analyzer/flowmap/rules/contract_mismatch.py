"""A subscriber reads what no publisher of the message sets.

What: The handler of a message reads a field that none of the services which publish the message ever puts into it.

Why: The code fails, or works with nothing, on the first message: the two ends were changed apart from each other, and no compiler
looks at both.

How: What a publisher hands to the library is followed to the dict, model, dataclass or schema that it is made of; what a handler
reads is followed through parsing, items, attributes, `.get`, models and the functions that it hands the message to. A field counts
as missing only if every publisher of the message is understood and none sets a field of that name, at whatever depth; of a handler
of several channels, if none of all their publishers does. Nothing is said where a publisher passes on something unknown, of fields
that are read with a default, in a test, or inside `except KeyError`, and of those that somebody who listens to all names of a
pattern reads in a branch. Types disagree if one end takes for a list or a mapping what the other sets as a simple value, or the
other way round. If a publication of the same transport could not be resolved, the finding is a `guess`.

Bad:
    producer.send("order-placed", {"order_id": order.id, "total": order.total})
    ...
    def on_order_placed(message):
        charge(message["order_id"], message["amount"])          # nobody sets `amount`

Good:
    def on_order_placed(message):
        charge(message["order_id"], message["total"])

Fix: Correct the name on the side that is wrong, have the publisher set the field, or read it as the optional field that it is.

Configure: nothing.

Ignore: When messages of another kind, from outside the scan, arrive on the same channel.
"""

import difflib
from collections.abc import Iterable

from flowmap.rule_api import (
    Confidence,
    Evidence,
    Field,
    Finding,
    Rule,
    RuleContext,
    Severity,
    Unmet,
    cannot_tell,
    evidence,
    list_of,
    services,
    weakest,
)

SHOWN = 6
"""Places of one end that are shown."""
CLOSE = 0.75
"""From which likeness on a name may be meant for another one, of 1."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per handler."""
    for case in context.graph.unmet():
        first, names = case.subscriptions[0], services(case.publishers)
        channel = " and ".join(dict.fromkeys(s.event or s.channel or "?" for s in case.subscriptions[:SHOWN]))
        doubt = cannot_tell(case.blind, "publications")
        yield rule.finding(
            subject=first.channel or "?",
            services=[first.service, *names],
            message=f"{first.service} reads {_differing(case, channel, names)}{doubt}",
            evidence=_hops(case),
            confidence=_confidence(case),
        )


def _differing(case: Unmet, channel: str, names: tuple[str, ...]) -> str:
    """What is read, and what is there instead."""
    one, said = len(names) == 1, []
    if case.fields:
        never = f"{list_of([f.name for f in case.fields])} of {channel}, which {list_of(names)} never set{'s' * one}"
        said.append(f"{never}{_meant(case)}")
    for read, found in case.disagreeing:
        said.append(f"{read.name} of {channel} as {read.type}, which {list_of(names)} set{'s' * one} as {found.type}")
    return "; and ".join(said)


def _meant(case: Unmet) -> str:
    """The set fields that the missing ones may be meant for."""
    known = {name.rpartition(".")[2].lower().replace("_", ""): name for name in case.known}
    pairs = []
    for field in case.fields:
        near = difflib.get_close_matches(field.leaf.lower().replace("_", ""), known, n=1, cutoff=CLOSE)
        pairs += [f"{known[near[0]]} for {field.name}"] if near else []
    return f" (but {list_of(pairs)})" if pairs else ""


def _hops(case: Unmet) -> list[Evidence]:
    reader = case.subscriptions[0]
    function = reader.handler.name if reader.handler is not None else reader.function
    read = [(f, f"reads {f.name}") for f in case.fields] + [(f, f"reads {f.name} as {f.type}") for f, _ in case.disagreeing]
    reads = [Evidence(f.location, f"{reader.service} {what}", function) for f, what in read[:SHOWN]]
    sets = [evidence(p, f"{p.service} sets {_set(p.payload.fields if p.payload else ())}") for p in case.publishers[:SHOWN]]
    return [*reads, evidence(reader, f"{reader.service} subscribes to {reader.channel}"), *sets]


def _set(fields: Iterable[Field]) -> str:
    return list_of([f.name for f in fields if "." not in f.name]) or "nothing"


def _confidence(case: Unmet) -> Confidence:
    if case.blind:
        return Confidence.GUESS
    return min(weakest((*case.subscriptions, *case.publishers)), Confidence.DERIVED, key=lambda c: c.rank)


RULE = Rule(
    code="E207",
    slug="contract-mismatch",
    severity=Severity.ERROR,
    why="The handler fails on the first message, or quietly works with nothing: the two ends have grown apart.",
    instead="Correct the name on the wrong side, have the publisher set the field, or read it as optional.",
    check=check,
)

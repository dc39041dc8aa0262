"""A service is called once per element of a collection.

What: A call to another service or system stands in a loop or comprehension over data, or in a function that is called in one.

Why: One request becomes as many as there are elements: latency grows with the data, and so does the load on the callee. It works
with the ten rows of a test and not with the ten thousand of a good day.

How: Loops over data on the way from a handler to the call. Loops that only repeat (`while`, `range`), that go through a few
things written in the code, or that take messages off a queue do not count, nor does the loop of a batch consumer over its
messages, nor one that ends with the call (`return`, `break`), nor one around a function that remembers its answers
(`functools.lru_cache` and its like).

Bad:
    for line in order.lines:
        price = httpx.get(f"http://pricing/prices/{line.sku}").json()

Good:
    prices = httpx.get("http://pricing/prices", params={"sku": [line.sku for line in order.lines]}).json()

Fix: Ask once for all of them, keep a local copy, or let each element be handled by a message of its own.

Configure: nothing.

Ignore: When there are never more than a few, or the other side has no call for many.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    Destination,
    Evidence,
    Finding,
    Interaction,
    Location,
    Role,
    Rule,
    RuleContext,
    Severity,
    Surrounding,
    Taken,
    all_named,
    destinations,
    entry,
    evidence,
    list_of,
    named,
    whoever_answers,
)


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per service and destination."""
    looped: dict[str, tuple[Taken, Location, Interaction]] = {}
    for start in context.graph.starts:
        for taken in context.graph.waiting.calls(start):
            loop = _loop(start, taken)
            if loop is not None:
                looped.setdefault(taken.site.id, (taken, loop, start))
    for found in destinations(taken.site for taken, _, _ in looped.values()):
        places, target = found.places, all_named(found.targets)
        cases = [looped[c.id] for c in places]
        at_once = " at the same time" if all(taken.has(Surrounding.TOGETHER) for taken, _, _ in cases) else ""
        where = f": {_operations(found, places[0])}" if len(places) == 1 else f", in {len(places)} places"
        yield rule.finding(
            subject=f"{found.service} → {target}",
            services=[found.service, *(t or "" for t in found.targets)],
            message=f"{found.service} calls {target} once per element of a collection{at_once}{where}",
            evidence=[hop for case in cases for hop in _hops(found, *case)],
            confidence=whoever_answers(context, found.calls),
        )


def _hops(found: Destination, taken: Taken, loop: Location, start: Interaction) -> tuple[Evidence, Evidence]:
    call = taken.site
    waits = f"{call.service} waits for {named(call.target)}: {_operations(found, call)}"
    return evidence(call, waits), Evidence(loop, f"the loop, in the work of {entry(start)}")


def _operations(found: Destination, place: Interaction) -> str:
    """What is asked for at a place; that calls it on behalf of several does not say for which of them it stands in the loop."""
    names = list(dict.fromkeys(c.operation or c.channel or "" for c in found.calls if c.location == place.location))
    return names[0] if len(names) == 1 else f"one of {list_of(names)}"


def _loop(start: Interaction, taken: Taken) -> Location | None:
    """The innermost loop over data around a call; that of a batch consumer over its own messages is none."""
    loops = [a.at for a in taken.around if a.kind is Surrounding.LOOP]
    if start.role is Role.SUBSCRIBE and start.handler is not None:
        own = start.handler.location
        loops = [at for at in loops if not (at.path == own.path and own.line <= at.line <= own.end_line)]
    return loops[-1] if loops else None


RULE = Rule(
    code="C109",
    slug="chatty-call",
    severity=Severity.WARNING,
    why="Latency and load grow with the data: what works with ten elements does not with ten thousand.",
    instead="Ask once for all of them, keep a local copy, or give each element a message of its own.",
    check=check,
)

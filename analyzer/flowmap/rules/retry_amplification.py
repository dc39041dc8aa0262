"""Retries multiply along a chain.

What: A call is tried again, and so are the calls that its answer needs: together the last service may be called more than
`max-retry-product` times for one request. Or nothing bounds how often a call is tried.

Why: Retries are harmless as long as everything works. When the last service is slow, each level above it tries again, and the load
on it is the product: three levels with three tries each make 27 calls out of one, at the very moment when it can stand least.

How: For each handler, the tries of the calls that lead to one another are multiplied: decorators and loops of retry libraries
around a call, retries of the client and its adapters. What is only tried again when no connection was made does not count, nor
does what could not be resolved. The message prints the arithmetic.

Bad:
    @retry(stop=stop_after_attempt(3))          # and so do the two services behind it
    def price(item): ...

Good:
    # only the first service tries again, with a budget; the others fail fast

Fix: Try again at one level only, the one nearest to the user; bound it, and let tries grow apart.

Configure: `max-retry-product` (10).

Ignore: When the levels never fail together.
"""

from collections.abc import Iterable
from math import prod

from flowmap.rule_api import Evidence, Finding, Interaction, Rule, RuleContext, Severity, Threshold, evidence, named, tries, weakest

MAX_RETRY_PRODUCT = Threshold("max-retry-product", 10, "the calls that one request may make of the last service", least=1)


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per way of calls whose tries multiply too far, and per call that is tried without bound."""
    told: set[tuple[str, ...]] = set()
    named_ways: set[tuple[str, ...]] = set()
    for start in context.graph.starts:
        for path in sorted(context.graph.waiting.paths(start), key=len, reverse=True):
            counts = [tries(call) for call in path]
            way = tuple(call.id for call in path)
            if counts[-1] in (1, 0) or any(way == known[len(known) - len(way) :] or way == known[: len(way)] for known in told):
                continue
            if None in counts or prod(c for c in counts if c is not None) > context.options[MAX_RETRY_PRODUCT]:
                told.add(way)
                names = (path[0].service, *(call.target or "" for call in path))
                if names not in named_ways:
                    named_ways.add(names)
                    yield _found(rule, path, counts)


def _found(rule: Rule, path: tuple[Interaction, ...], counts: list[int | None]) -> Finding:
    last, names = path[-1], (path[0].service, *(named(c.target) for c in path))
    if None in counts:
        unbounded = path[counts.index(None)]
        message = f"{unbounded.service} calls {named(unbounded.target)} again and again, without bound"
    else:
        known = [c for c in counts if c is not None]
        times = " x ".join(str(c) for c in known)
        sum_ = f"{times} = {prod(known)}" if len(known) > 1 else times
        message = f"one request may call {named(last.target)} {sum_} times: {' → '.join(names)}"
    return rule.finding(
        subject=named(last.target),
        services=names,
        message=message,
        evidence=[hop for call, count in zip(path, counts, strict=True) for hop in _hops(call, count)],
        confidence=weakest(path),
    )


def _hops(call: Interaction, count: int | None) -> Iterable[Evidence]:
    for retry in call.retries:
        if retry.location is not None:
            yield Evidence(retry.location, f"{retry.by} tries again", call.function)
    often = "as often as it takes" if count is None else f"{count} times at most" if count > 1 else "once"
    yield evidence(call, f"{call.service} calls {named(call.target)} {often}: {call.operation or call.channel}")


RULE = Rule(
    code="C107",
    slug="retry-amplification",
    severity=Severity.WARNING,
    why="Each level that tries again multiplies the load on the last one, just when it can stand least.",
    instead="Try again at one level only, bounded, and let the others fail fast.",
    check=check,
    thresholds=(MAX_RETRY_PRODUCT,),
)

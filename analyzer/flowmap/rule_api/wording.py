"""The words and hops in which findings are told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flowmap.model.effect import Effect
from flowmap.model.interaction import OUTSIDE, Confidence, Interaction
from flowmap.model.location import Evidence
from flowmap.rule_api.core import RuleContext


def evidence(interaction: Interaction | Effect, what: str) -> Evidence:
    """A hop at the place of an interaction or effect."""
    return Evidence(interaction.location, what, interaction.function)


def services(sites: Iterable[Interaction]) -> tuple[str, ...]:
    """The services of some sites, each once, in their order."""
    return tuple(dict.fromkeys(s.service for s in sites))


def cannot_tell(blind: Sequence[Interaction], what: str) -> str:
    """The end of a message that a blind spot puts in doubt; empty without one."""
    return f"; cannot tell, {what} over {blind[0].transport} could not be resolved ({len(blind)})" if blind else ""


def unseen(site: Interaction) -> str:
    """Why a site may be a missing end."""
    if site.unresolved is not None:
        return f"something unknown: {site.unresolved}"
    return f"{site.channel}, by a binding that the scan does not see"


def weakest(interactions: Iterable[Interaction]) -> Confidence:
    """The lowest confidence of the evidence; that a service does what stands beside its program is a guess."""
    known = (Confidence.GUESS if i.beside else i.confidence for i in interactions)
    return min(known, key=lambda c: c.rank, default=Confidence.DERIVED)


def whoever_answers(context: RuleContext, calls: Iterable[Interaction]) -> Confidence:
    """The same of calls, where it does not matter whose name was guessed: they are made all the same."""
    calls = list(calls)
    alone = weakest(context.graph.alone.get(c.id, c) for c in calls)
    return min(alone, Confidence.DERIVED, key=lambda c: c.rank) if weakest(calls) is Confidence.GUESS else alone


def waits_for(call: Interaction) -> Evidence:
    """A hop of a call that waits."""
    return evidence(call, f"{call.service} waits for {named(call.target)}: {call.operation or call.channel}")


def named(target: str | None) -> str:
    """A service or external as people read of it."""
    return target.removeprefix(OUTSIDE) if target else "an address that is not known"


def all_named(targets: Iterable[str | None]) -> str:
    """Several as a list in a sentence."""
    return list_of([named(t) for t in targets])


def entry(start: Interaction) -> str:
    """What an endpoint or subscription is called: its operation, or the channel that it listens to."""
    return start.operation or start.channel or start.function


def list_of(names: Sequence[str], most: int = 5) -> str:
    """Names as a list in a sentence: `a, b and c`, with the number of those left out."""
    if len(names) > most:
        return f"{', '.join(names[: most - 1])} and {len(names) - most + 1} more"
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)


def settled(calls: Iterable[Interaction]) -> list[Interaction]:
    """The calls without those whose other end is not known, where the same place is seen to reach somebody who is."""
    found = list(calls)
    known = {c.location for c in found if c.target is not None}
    return [c for c in found if c.target is not None or c.location not in known]

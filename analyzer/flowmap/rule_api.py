"""What a rule is, what it is given, and how it says what it found. The only module of flowmap that a rule imports.

A rule's module docstring is its documentation page: a first line, then paragraphs headed `What:`, `Why:`, `How:`, `Bad:`,
`Good:`, `Fix:`, `Configure:`, `Ignore:`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flowmap.graph.contexts import context_of, deciders
from flowmap.graph.contracts import Unmet
from flowmap.graph.courses import Taken, tries
from flowmap.graph.cycles import Cycle, event_cycles
from flowmap.graph.destinations import Destination, destinations
from flowmap.graph.endings import Ending
from flowmap.graph.flowgraph import FlowGraph, LooseEnd
from flowmap.graph.instructions import scored
from flowmap.graph.messages import Message, handles_several, messages
from flowmap.graph.near_misses import NearMiss, near_misses
from flowmap.graph.purposes import WAITING_WORK, can_wait, reads, word_of
from flowmap.graph.reactions import Announcement, Sequel, sequels
from flowmap.graph.styles import Styles, styles
from flowmap.graph.waiting import Waited
from flowmap.model.effect import Beside, Does, Effect
from flowmap.model.flow import Chain, EdgeKind, Finding, Severity
from flowmap.model.interaction import OUTSIDE, Confidence, Interaction, Kind, Role
from flowmap.model.location import Evidence, Location
from flowmap.model.payload import Field, Payload
from flowmap.model.step import Surrounding
from flowmap.model.suppression import How, Unused
from flowmap.naming import SAME_IN_THE_PAST, Domain, is_thing, mood, takes_dead_letters, vague, words
from flowmap.thresholds import AVAILABILITY, DEFERRABLE, MAX_SYNC_FAN_OUT, MAX_SYNC_HOPS, AnyThreshold, Options, Threshold
from flowmap.visible import counted

__all__ = [
    "AVAILABILITY", "DEFERRABLE", "LISTENING", "MAX_SYNC_FAN_OUT", "MAX_SYNC_HOPS", "MIN_WORKFLOW_SERVICES", "PUBLISHING",
    "SAME_IN_THE_PAST", "WAITING_WORK", "WORDS", "Announcement", "Beside", "Chain", "Confidence", "Cycle", "Destination", "Does",
    "EdgeKind", "Effect", "Ending", "Evidence", "Field", "Finding", "FlowGraph", "How", "Interaction", "Kind", "Location",
    "LooseEnd", "Message", "NearMiss", "Options", "Payload", "Role", "Rule", "RuleContext", "Sequel", "Severity", "Styles",
    "Surrounding", "Taken", "Threshold", "Unmet", "Unused", "Waited", "all_named", "can_wait", "cannot_tell", "context_of",
    "counted", "deciders", "destinations", "entry", "event_cycles", "evidence", "handles_several", "is_thing", "list_of",
    "loose_findings", "messages", "mood", "named", "near_misses", "reads", "scored", "sequels", "services", "settled", "styles",
    "takes_dead_letters", "tries", "vague", "waits_for", "weakest", "whoever_answers", "word_of", "words",
]  # fmt: skip

EXTRA_VERBS = Threshold("extra-verbs", frozenset[str](), "words that your domain uses as instructions")
EXTRA_NOUNS = Threshold("extra-nouns", frozenset[str](), "verbs that your domain uses as names of things")
EXTRA_FACTS = Threshold("extra-facts", frozenset[str](), "words that in your domain say that something has happened")
WORDS = (EXTRA_VERBS, EXTRA_NOUNS, EXTRA_FACTS)
"""What a rule declares that asks for the `domain` of its context."""

MIN_WORKFLOW_SERVICES = Threshold("min-workflow-services", 4, "how many services make a workflow that has to be looked after")


_SHOWN = 3
_BLIND_SHOWN = 5
"""Blind spots that are shown as evidence."""
_TOO_MANY = 4
"""Channels of a service from which on one doubt makes one finding."""


@dataclass(frozen=True, slots=True)
class RuleContext:
    """What a rule may look at; nothing in it can be changed. `options[THRESHOLD]` is what the team has set, or the default.
    `unused` is for rules that run `last`: the suppressions which no finding of the other ones needs."""

    graph: FlowGraph
    options: Options
    unused: tuple[Unused, ...] = ()

    @property
    def domain(self) -> Domain:
        """The words that the team adds to the lexicon."""
        return Domain(self.options[EXTRA_VERBS], self.options[EXTRA_NOUNS], self.options[EXTRA_FACTS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule with everything that its findings share. One that runs `last` judges what became of the others' findings."""

    code: str
    slug: str
    severity: Severity
    why: str
    instead: str
    check: Callable[[RuleContext, Rule], Iterable[Finding]]
    on: bool = True
    last: bool = False
    thresholds: tuple[AnyThreshold, ...] = ()

    def finding(
        self,
        *,
        subject: str,
        services: Iterable[str],
        message: str,
        evidence: Iterable[Evidence],
        confidence: Confidence,
        why: str = "",
    ) -> Finding:
        """A finding of this rule."""
        return Finding(
            self.code,
            self.slug,
            self.severity,
            confidence,
            subject,
            tuple(dict.fromkeys(services)),
            message,
            tuple(evidence),
            why or self.why,
            self.instead,
        )


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


@dataclass(frozen=True, slots=True)
class EndWords:
    """How one end of a channel is spoken of: what one service does, what several do, and what its sites are called."""

    one: str
    several: str
    sites: str


PUBLISHING = EndWords("publishes", "publish", "publications")
LISTENING = EndWords("listens to", "listen to", "subscriptions")


def loose_findings(context: RuleContext, rule: Rule, ends: Iterable[LooseEnd], own: EndWords, other: EndWords) -> Iterable[Finding]:
    """A finding per channel that has its `own` end only; what one doubt hangs over, `_TOO_MANY` channels of a service or more, is
    one finding: the same blind spots, or that only names say that it is a channel."""
    told: list[LooseEnd] = []
    doubted: dict[tuple[object, ...], list[LooseEnd]] = {}
    for end in ends:
        guessed = weakest(end.sites) is Confidence.GUESS
        doubt = (services(end.sites), end.sites[0].transport, tuple(b.id for b in end.blind), guessed)
        (doubted.setdefault(doubt, []) if end.blind or guessed else told).append(end)
    for found in doubted.values():
        if len(found) < _TOO_MANY:
            told += found
        else:
            yield _doubted(rule, found, own, other)
    for end in told:
        known, places = known_of(context.graph, end.sites[0])
        names = services(end.sites)
        yield rule.finding(
            subject=end.channel,
            services=names,
            message=f"{_does(names, own)} {end.channel}, and nothing in the scan {other.one} it{known}"
            f"{cannot_tell(end.blind, other.sites)}",
            evidence=[*_loose_hops([end], own, other), *places],
            confidence=Confidence.GUESS if end.blind else weakest(end.sites),
        )


def _doubted(rule: Rule, ends: Sequence[LooseEnd], own: EndWords, other: EndWords) -> Finding:
    names, channels = services(ends[0].sites), list_of([e.channel for e in ends])
    return rule.finding(
        subject=f"{list_of(names)} over {ends[0].sites[0].transport}",
        services=names,
        message=f"{_does(names, own)} {len(ends)} channels that nothing in the scan is seen to {other.several}: {channels}"
        f"{cannot_tell(ends[0].blind, other.sites)}",
        evidence=_loose_hops(ends, own, other),
        confidence=Confidence.GUESS,
    )


def _does(names: Sequence[str], own: EndWords) -> str:
    return f"{list_of(names)} {own.one if len(names) == 1 else own.several}"


def _loose_hops(ends: Sequence[LooseEnd], own: EndWords, other: EndWords) -> list[Evidence]:
    """The sites of some ends, which have the same blind spots, and a few of these."""
    known = [evidence(s, f"{s.service} {own.one} {end.channel}") for end in ends for s in end.sites]
    return known + [evidence(b, f"{b.service} {other.one} {unseen(b)}") for b in ends[0].blind[:_BLIND_SHOWN]]


def known_of(graph: FlowGraph, site: Interaction) -> tuple[str, tuple[Evidence, ...]]:
    """What deployment files and listings of the broker say of the channel of a site that is a loose end: the end of a message, and
    hops."""
    standing = graph.standing(site)
    if standing is None:
        return "", ()
    if standing.made:
        return "", tuple(Evidence(made.location, f"{made.channel} is made or listed here") for made in standing.made[:_SHOWN])
    near = standing.near
    hint = f", the nearest is {near.channel}" if near is not None else ""
    hops = (Evidence(near.location, f"{near.channel} is made or listed here"),) if near is not None else ()
    return f"; none of the {standing.others:,} channels that are made or listed has that name{hint}", hops

"""A failure that those who went before do not hear of.

What: In the course of a workflow a service announces a failure (`*failed`, `*rejected`, `*declined`), and no service that did its
part before hears of it, neither directly nor by what others announce because of it. Or something was reserved, booked or paid,
others go on because of it, and no event of the workflow tells of a failure at all.

Why: What the earlier services have done stays done: stock is reserved for an order that was never paid. Over events nobody rolls
back; each has to undo its own part, and can only do so if told.

How: Followed is what is announced because of what. A failure counts if something was announced by another service before it, and
is answered if one of these services hears it, or hears what follows from it; one that follows from another failure only passes
that on. Where no event of a workflow of three services or more tells of a failure or of its undoing (`cancelled`, `released`,
`refunded`), an event that says that something was committed (`reserved`, `paid`, `payment-processed`) and because of which
another service goes on is reported. Processes of one code base are one service; declared externals count as listeners. Sites of
the transport that could not be resolved make the finding a guess, as does a function that handles several kinds of messages.
Failures that are raised or logged and not announced are not seen.

Bad:
    order.placed → stock.reserved → payment.declined          # only mail listens to payment.declined

Good:
    stock listens to payment.declined and releases what it has reserved

Fix: Subscribe the services that went before to the failure, and let each undo what it has done.

Configure: nothing.

Ignore: When the earlier steps need no undoing, because they only noted something.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    Announcement,
    Confidence,
    Finding,
    Role,
    Rule,
    RuleContext,
    Sequel,
    Severity,
    context_of,
    evidence,
    handles_several,
    sequels,
    weakest,
    words,
)

COMMITMENTS = frozenset("allocated authorised authorized billed booked captured charged debited invoiced paid reserved".split())
"""Participles of what has to be undone if a later step fails."""
SETTLED = frozenset("accepted approved completed done made processed received succeeded".split())
"""Participles that commit somebody if they speak of a payment or a booking."""
PLEDGES = frozenset("booking deposit payment reservation".split())
"""What is committed when it is settled."""
UNDONE = frozenset(
    "cancel canceled cancelled compensate compensated error errors expired failure insufficient refund refunded release released "
    "returned reversed revert reverted rollback timeout unavailable undo undone".split()
)
"""Words of events that tell of a failure or of its undoing."""
SEVERAL = 3
"""Services from which on a workflow needs events for its failures; two can agree."""
FAILURES = frozenset("abandoned aborted bounced declined denied failed refused rejected unsuccessful".split())
"""Participles that say that something did not come about."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per announced failure."""
    found: dict[tuple[str, str], Finding] = {}
    for sequel in context.graph.once(sequels):
        names = context_of(context.graph, sequel.sites)
        for failure in sequel.announcements:
            if FAILURES & set(words(failure.name)) and (failure.service, failure.name) not in found:
                earlier = [
                    a for a in sequel.before(failure) if not a.sites[0].outside and names[a.service] != names[failure.service]
                ]
                if earlier and not _is_passed_on(sequel, failure) and not _is_answered(context, sequel, names, failure, earlier):
                    found[failure.service, failure.name] = _finding(context, rule, sequel, failure, earlier)
        committed = _never_fails(sequel, names)
        if committed is not None and (committed.service, committed.name) not in found:
            found[committed.service, committed.name] = _unguarded(context, rule, sequel, committed)
    yield from found.values()


def _never_fails(sequel: Sequel, names: dict[str, str]) -> Announcement | None:
    """What was committed in a workflow in which others go on, and no event tells of a failure."""
    told = any((FAILURES | UNDONE) & set(words(a.name)) for a in sequel.announcements)
    if told or len(set(names.values())) < SEVERAL:
        return None
    by_key = {a.key: a for a in sequel.announcements}
    for announcement in sequel.announcements:
        others = [k for k in sequel.after[announcement.key] if names[by_key[k].service] != names[announcement.service]]
        if others and _commits(announcement.name):
            return announcement
    return None


def _commits(name: str) -> bool:
    spoken = set(words(name))
    return bool(COMMITMENTS & spoken or (SETTLED & spoken and PLEDGES & spoken))


def _unguarded(context: RuleContext, rule: Rule, sequel: Sequel, committed: Announcement) -> Finding:
    later = [a for a in sequel.announcements if a.key in sequel.after[committed.key] and a.service != committed.service]
    sites = [committed.sites[0], *(a.sites[0] for a in later)]
    blind = context.graph.blind(Role.PUBLISH, committed.sites[0])
    vague = any(handles_several(context.graph, s) for s in committed.received)
    return rule.finding(
        subject=committed.name,
        services=(committed.service, *(a.service for a in later)),
        message=f"{' and '.join(dict.fromkeys(a.service for a in later))} may fail after {committed.service} has announced "
        f"{committed.name}, and no event tells of a failure",
        evidence=[
            evidence(committed.sites[0], f"{committed.service} announces {committed.name}"),
            *(evidence(a.sites[0], f"{a.service} goes on with {a.name}") for a in later),
        ],
        confidence=Confidence.GUESS if blind or vague else weakest(sites),
    )


def _is_passed_on(sequel: Sequel, failure: Announcement) -> bool:
    return any(FAILURES & set(words(a.name)) for a in sequel.announcements if failure.key in sequel.after[a.key])


def _is_answered(
    context: RuleContext, sequel: Sequel, names: dict[str, str], failure: Announcement, earlier: list[Announcement]
) -> bool:
    if any(context.graph.declared_consumer(site) for site in failure.sites):
        return True
    told = {names[s] for a in (failure, *sequel.behind(failure)) for s in a.listeners}
    return bool(told & {names[a.service] for a in earlier})


def _finding(context: RuleContext, rule: Rule, sequel: Sequel, failure: Announcement, earlier: list[Announcement]) -> Finding:
    acted = dict.fromkeys(a.service for a in earlier)
    heard = " and ".join(sorted(failure.listeners))
    sites = [failure.sites[0], *(a.sites[0] for a in earlier)]
    blind = context.graph.blind(Role.SUBSCRIBE, failure.sites[0])
    causes = [s for a in sequel.announcements if failure.key in sequel.after[a.key] for s in a.received]
    vague = any(handles_several(context.graph, s) for s in causes if s.service == failure.service)
    return rule.finding(
        subject=failure.name,
        services=(failure.service, *acted),
        message=f"{' and '.join(acted)} did {'its' if len(acted) == 1 else 'their'} part before {failure.service} announces "
        f"{failure.name}, and "
        f"{f'only {heard} hears' if heard else 'nobody hears'} of it",
        evidence=[
            *(evidence(a.sites[0], f"{a.service} has announced {a.name}") for a in earlier),
            *(evidence(s, f"{s.service} announces {failure.name}") for s in failure.sites),
            *(evidence(s, f"{s.service} hears of it") for s in failure.received),
        ],
        confidence=Confidence.GUESS if blind or vague else weakest(sites),
    )


RULE = Rule(
    code="T307",
    slug="no-compensation",
    severity=Severity.ADVICE,
    why="What the earlier services have done stays done: over events, each has to undo its own part, and only can if told.",
    instead="Subscribe the services that went before to the failure, and let each undo what it has done.",
    check=check,
)

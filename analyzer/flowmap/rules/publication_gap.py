"""What a service keeps and what it announces can part, for nothing ties the one to the other.

What: A run commits to the database of its service and publishes, one after the other.

Why: Two systems cannot be written in one step. A crash between the two, or a broker that is away, leaves an order that nobody is
ever told of; published first, it announces an order that may never exist. No retry finds what is missing, for no record says that
it is.

How: Commits are those of sessions, connections and transactions that are left, and writes that need none (an object of Django that
is saved, a document of MongoDB). A publication that comes in the same run after a commit, or before it and after a write, is a gap:
in the same function, or in what that calls. Branches that exclude one another do not count. Neither does what is handed to
`on_commit`, what is written into an outbox, what the database itself sends with its transaction, what a transaction of the producer
sends, what goes to dead letters, a reading over MQTT that nobody in the scan takes, what meets only where a process is started,
nor a note that follows a publication (a relay that marks what it has sent). Messages that only processes of the same code take, its
own workers, and tasks that nobody is seen to take, are only looked at if `own-tasks` is 1.

Bad:
    session.add(order)
    session.commit()
    producer.send("order.placed", order.id)          # a crash here, and nobody ever hears of it

Good:
    session.add(order)
    session.add(OutboxMessage("order.placed", order.id))
    session.commit()                                 # a relay reads the table and publishes

Fix: Write the message into an outbox table in the same transaction and let a relay, or change data capture, publish it. Where
losing one now and then is bearable, `transaction.on_commit` at least never announces what was rolled back.

Configure: `own-tasks` set to 1 looks at messages as well that only processes of the same code take.

Ignore: When something else finds what was lost: a job that looks for records without their message.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flowmap.rule_api import (
    Beside,
    Effect,
    Evidence,
    Finding,
    Interaction,
    Kind,
    Rule,
    RuleContext,
    Severity,
    Threshold,
    counted,
    takes_dead_letters,
)

OWN_TASKS = Threshold("own-tasks", 0, "1: look at messages as well that only processes of the same code take", most=1)
SHOWN = 5
"""Places of one finding that are shown."""
IN_THE_DATABASE = {"dynamodb", "postgres"}
"""Transports whose messages the database itself sends with what is written."""
READINGS = {"mqtt"}
"""Transports on which what nobody in the scan takes is a reading for whoever looks, which the next one replaces."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One publication, what is committed beside it, and how the two meet."""

    published: Interaction
    effect: Effect
    beside: Beside


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per message of a service."""
    groups: dict[tuple[str, str], list[Gap]] = defaultdict(list)
    for gap in _gaps(context):
        groups[gap.published.service, _name(gap.published)].append(gap)
    for (service, name), found in groups.items():
        gaps = sorted(found, key=lambda g: (not g.beside.after, g.beside.steps))
        places = {step.location for g in gaps for step in g.beside.steps[:1]}
        yield rule.finding(
            subject=name,
            services=[service],
            message=f"{service} {_said(gaps, name)}{_often(len(places))}, and nothing ties the two",
            evidence=dict.fromkeys(hop for gap in gaps[:SHOWN] for hop in _hops(gap)),
            confidence=min((c for g in gaps for c in (g.effect.confidence, g.published.confidence)), key=lambda c: c.rank),
        )


def _gaps(context: RuleContext) -> Iterator[Gap]:
    for effect in context.graph.effects:
        for beside in effect.beside:
            site = context.graph.by_id.get(beside.interaction)
            if site is not None and _counts(context, site, effect) and not _only_begins_both(Gap(site, effect, beside)):
                yield Gap(site, effect, beside)


def _counts(context: RuleContext, site: Interaction, effect: Effect) -> bool:
    """Whether somebody relies on the message: it is none for whoever happens to look, nor work that goes on with itself."""
    if site.public or site.answers or site.transport in IN_THE_DATABASE or site.channel is None:
        return False
    if takes_dead_letters(_name(site), site.channel, site.exchange or ""):  # the end of a message, which announces nothing
        return False
    starts = {context.graph.by_id[t].channel for t in effect.triggers if t in context.graph.by_id}
    if starts and starts <= {site.channel}:
        return False
    if context.options[OWN_TASKS]:
        return True
    takers = context.graph.subscribers_of(site)
    own = {t.location for t in takers if context.graph.same_code(site.service, t.service)}
    if not takers:
        return site.kind not in (Kind.TASK, Kind.COMMAND) and site.transport not in READINGS
    return any(t.location not in own for t in takers)


def _only_begins_both(gap: Gap) -> bool:
    """Whether the function where the two meet calls on to both, and no message or request leads to both: it starts a process, which
    first prepares its database and then does its work."""
    publishing, lasting = gap.beside.steps
    apart = publishing.location != gap.published.location and lasting.location != gap.effect.location
    return apart and not set(gap.published.triggers) & set(gap.effect.triggers)


def _name(site: Interaction) -> str:
    return site.event or site.channel or ""


def _said(gaps: list[Gap], name: str) -> str:
    if all(g.beside.after for g in gaps):
        return f"commits to its database and then publishes {name}"
    if not any(g.beside.after for g in gaps):
        return f"publishes {name} before it commits to its database"
    return f"commits to its database before or after it publishes {name}"


def _often(places: int) -> str:
    return f", in {counted(places, 'place')}" if places > 1 else ""


def _hops(gap: Gap) -> list[Evidence]:
    """What happens, in its order: the way to each of the two first where it is longer than one step."""
    publishing, lasting = gap.beside.steps
    about = f" {gap.effect.about}" if gap.effect.about else ""
    kept = Evidence(gap.effect.location, f"{gap.effect.service} makes{about or ' what it wrote'} last", gap.effect.function)
    sent = Evidence(gap.published.location, f"{gap.published.service} publishes {_name(gap.published)}", gap.published.function)
    first = [kept] if kept.location == lasting.location else [lasting, kept]
    second = [sent] if sent.location == publishing.location else [publishing, sent]
    return first + second if gap.beside.after else second + first


RULE = Rule(
    code="R401",
    slug="publication-gap",
    severity=Severity.WARNING,
    why="A crash between the two loses the message for good, or announces what never happened; no record says that one is missing.",
    instead="Write the message into an outbox table in the same transaction and let a relay publish it.",
    check=check,
    thresholds=(OWN_TASKS,),
)

"""A workflow over events that nobody sees to its end.

What: A workflow spans at least `min-workflow-services` (4) services over events, and no service sees both its start and its end.

Why: When a customer asks where the order is, nobody can answer: every service knows its own step. A workflow that got stuck is
found by the customer, and is pieced together from the logs of all of them.

How: Followed is what is announced because of what, from an event to which no other leads. The workflow is visible if the service
that starts it hears of anything that comes later from others (a front controller), or if a service that hears the start also hears
something from the third event on, or announces the end (a process manager, somebody who stores all events). Processes of one code
base count as one service. A subscription of the transport that could not be resolved may be the missing eye, and a function that
handles several kinds of messages may do other things for each: the finding is then a guess.

Bad:
    order.placed → stock.reserved → payment.taken → parcel.sent       # orders hears none of the last three

Good:
    orders listens to parcel.sent, stock.rejected and payment.failed, and keeps the state of each order

Fix: Let the first service keep a record and listen to the outcomes, or let one service store all events of the workflow by its
correlation id.

Configure: `min-workflow-services` (4).

Ignore: When the state can be known in another way, such as tracing that is kept, or a stamp in the message that the last service
stores; say so in the reason.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    MIN_WORKFLOW_SERVICES,
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
)


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per workflow."""
    for sequel in context.graph.once(sequels):
        names = context_of(context.graph, (*sequel.sites, *(s for a in sequel.also for s in a.sites)))
        taking_part = {names[s.service] for s in sequel.sites}
        if len(taking_part) < context.options[MIN_WORKFLOW_SERVICES] or _is_seen(sequel, names):
            continue
        way = sequel.way_to(max(sequel.announcements, key=lambda a: a.depth))
        sites = [a.sites[0] for a in way]
        blind = [b for site in sites for b in context.graph.blind(Role.SUBSCRIBE, site)]
        yield rule.finding(
            subject=sequel.start.name,
            services=sequel.services,
            message=f"nobody sees where a workflow of {len(taking_part)} services stands that starts with "
            f"{sequel.start.name}: {' → '.join(a.name for a in way)}",
            evidence=[evidence(a.sites[0], f"{a.service} announces {a.name} to {_listeners(a)}") for a in way],
            confidence=Confidence.GUESS if blind or _is_vague(context, way) else weakest(sites),
        )


def _is_seen(sequel: Sequel, names: dict[str, str]) -> bool:
    """Whether somebody sees the start and the end; what ends with the reaction to its start is seen by whoever reacts."""
    late = [a for a in sequel.announcements if a.depth > 1]
    starters = {names[a.service] for a in (sequel.start, *sequel.also)}
    later = [a for a in sequel.announcements if a.depth and names[a.service] not in starters]
    if not late or any(starters & _heard_by(a, names) for a in later):
        return True
    witnesses = _heard_by(sequel.start, names)
    ends = {names[a.service] for a in late if not sequel.after[a.key]}
    return bool(witnesses & ends) or any((witnesses - {names[a.service]}) & _heard_by(a, names) for a in late)


def _is_vague(context: RuleContext, way: tuple[Announcement, ...]) -> bool:
    """Whether a step may not follow from the one before."""
    return any(handles_several(context.graph, s) for a in way[:-1] for s in a.received)


def _heard_by(announcement: Announcement, names: dict[str, str]) -> set[str]:
    return {names[service] for service in announcement.listeners}


def _listeners(announcement: Announcement) -> str:
    return ", ".join(sorted(announcement.listeners)) or "nobody"


RULE = Rule(
    code="T305",
    slug="invisible-workflow",
    severity=Severity.ADVICE,
    why="Nobody can say where one of them stands; one that got stuck is found by the customer.",
    instead="Let the first service keep a record and listen to the outcomes, or store all events of the workflow in one place.",
    check=check,
    thresholds=(MIN_WORKFLOW_SERVICES,),
)

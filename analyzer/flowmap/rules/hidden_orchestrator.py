"""One service directs the others, over events.

What: One service announces most of what sets others to work in a workflow, hears most of what came of it, and takes the next
step because of that.

Why: The workflow has a director, and everybody depends on it, but nothing says so: no state of the workflow, no timeouts, no
compensation, all of which an orchestrator would have. It is orchestration with the tools of choreography and the merits of neither.

How: Counted are the events of a workflow that other services than their own hear. A hidden orchestrator announces more than half of
those that are not meant for itself, hears more than half of what others announce, gets answers from at least two services, and
reacts to an answer with a step that is answered too. Queues with one reader are honest commands and do not count, and a service
that is named after its job (`orchestrator`, `saga`, `workflow`) hides nothing.

Bad:
    orders: order.placed → stock: stock.reserved → orders: payment.due → payment: payment.taken → orders

Good:
    payment listens to stock.reserved itself; or orders calls stock and payment and keeps the state of the order

Fix: Make it an orchestrator that is one, with a state for each workflow, timeouts and compensation; or let the services react to
one another.

Configure: nothing.

Ignore: When the service does keep the state and the timeouts of the workflow, under a name that does not tell.
"""

from collections.abc import Iterable

from flowmap.rule_api import (
    Announcement,
    Finding,
    Rule,
    RuleContext,
    Sequel,
    Severity,
    context_of,
    evidence,
    sequels,
    services,
    weakest,
    words,
)

HONEST = frozenset(
    "conductor coordinator orchestration orchestrator process saga sagas scheduler sequencer workflow workflows".split()
)
"""Words in the name of a service whose job it is to direct."""
ANSWERING = 2
"""Services that have to answer at least."""


def check(context: RuleContext, rule: Rule) -> Iterable[Finding]:
    """A finding per service, about the workflow in which it directs most."""
    found: dict[str, tuple[list[Announcement], list[Announcement], Sequel]] = {}
    for sequel in context.graph.once(sequels):
        names = context_of(context.graph, sequel.sites)
        for director in dict.fromkeys(names.values()):
            told, answered = _directs(context, sequel, names, director)
            if answered and len(told) + len(answered) > sum(map(len, found.get(director, ((), ()))[:2])):
                found[director] = (told, answered, sequel)
    for director, (told, answered, sequel) in found.items():
        sites = [a.sites[0] for a in (*told, *answered)]
        yield rule.finding(
            subject=director,
            services=(director, *services(sites)),
            message=f"{director} directs {' and '.join(dict.fromkeys(a.service for a in answered))} over events: it announces "
            f"{_listed(told)} and reacts to {_listed(answered)}",
            evidence=[
                evidence(a.sites[0], f"{a.service} announces {a.name}") for a in sorted((*told, *answered), key=sequel.place)
            ],
            confidence=weakest(sites),
        )


def _directs(
    context: RuleContext, sequel: Sequel, names: dict[str, str], director: str
) -> tuple[list[Announcement], list[Announcement]]:
    """What a service announces to others and which of their announcements answer it; nothing if it does not direct."""
    if any(HONEST & set(words(service)) for service, name in names.items() if name == director):
        return [], []
    shared = [a for a in sequel.announcements if not context.graph.is_queue(a.sites[0])]
    steps = [a for a in shared if {names[s] for s in a.listeners} - {names[a.service], director}]
    told = [a for a in steps if names[a.service] == director]
    results = [a for a in shared if names[a.service] != director]
    heard = [a for a in results if director in {names[s] for s in a.listeners}]
    behind = {key for a in told for key in sequel.after[a.key]}
    answered = [a for a in heard if a.key in behind]
    asking = {a.key for a in told if any(b.key in sequel.after[a.key] for b in answered)}
    goes_on = {key for a in answered for key in sequel.after[a.key]} & asking
    most = 2 * len(told) > len(steps) and 2 * len(heard) > len(results)
    if most and goes_on and len(asking) > 1 and len({names[a.service] for a in answered}) >= ANSWERING:
        return told, answered
    return [], []


def _listed(announcements: Iterable[Announcement]) -> str:
    return ", ".join(dict.fromkeys(a.name for a in announcements))


RULE = Rule(
    code="T306",
    slug="hidden-orchestrator",
    severity=Severity.WARNING,
    why="Everybody depends on a director that nothing shows, and that has neither state nor timeouts nor compensation.",
    instead="Make it an orchestrator that keeps the state of each workflow, or let the services react to one another.",
    check=check,
)

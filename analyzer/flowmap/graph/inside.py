"""Messages that never leave their process (signals, event emitters, mediators): edges inside a service, which are shown on demand.

They are no part of what services tell one another. What their handlers do is: it follows from whatever made the service send them,
as if the sender had called the handler itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from flowmap.graph.matching import arrives
from flowmap.graph.meeting import Ends
from flowmap.model.interaction import Interaction, Role
from flowmap.model.step import Step

MAX_SIGNALS = 4
"""Messages inside a process that set each other off, over which steps are followed."""


def between_processes(interactions: tuple[Interaction, ...]) -> tuple[Interaction, ...]:
    """The interactions without those inside a process; what a handler in there does is triggered by what triggers its senders."""
    senders = _senders(interactions)
    return tuple(_triggered(i, senders) for i in interactions if not i.local)


def _senders(interactions: Iterable[Interaction]) -> dict[str, list[Interaction]]:
    """For each subscription inside a process, by its id, the publications that it receives."""
    found: dict[str, list[Interaction]] = {i.id: [] for i in interactions if i.local and i.role is Role.SUBSCRIBE}
    listening: dict[str, list[Interaction]] = defaultdict(list)
    for i in interactions:
        if i.id in found:
            listening[i.service].append(i)
    ends = {service: Ends(sites) for service, sites in listening.items()}
    for published in interactions:
        if published.local and published.role is Role.PUBLISH and published.service in ends:
            for subscribed in ends[published.service].near(published):
                if arrives(published, subscribed):
                    found[subscribed.id].append(published)
    return found


def _triggered(site: Interaction, senders: dict[str, list[Interaction]]) -> Interaction:
    """The site with triggers outside only; circles of handlers that set each other off end where they close. A call on behalf of a
    step that an engine carries out inside the process is such a step itself."""
    if not any(trigger in senders for trigger in site.triggers):
        return site
    met: dict[str, None] = dict.fromkeys(site.triggers)
    waiting, planned = list(met), site.planned
    while waiting:
        sending = senders.get(waiting.pop(), ())
        planned = planned or (site.role is Role.CALL and any(sender.planned for sender in sending))
        following = [t for sender in sending for t in sender.triggers if t not in met]
        met.update(dict.fromkeys(following))
        waiting += following
    steps = tuple(s for step in site.steps for s in _led(step, senders, MAX_SIGNALS))
    return replace(site, triggers=tuple(sorted(t for t in met if t not in senders)), steps=steps, planned=planned)


def _led(step: Step, senders: dict[str, list[Interaction]], left: int) -> Iterator[Step]:
    """A step of a handler inside the process as steps of those that set it off, where they send."""
    if step.trigger not in senders:
        yield step
    elif left:
        for sent in (s for sender in senders[step.trigger] for s in sender.steps):
            yield from _led(replace(sent, around=(*sent.around, *step.around)), senders, left - 1)

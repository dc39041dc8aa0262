"""Names of channels that code hands to libraries that nobody knows: the missing end of a channel, as a guess.

`AsyncStep(task_name="billing.charge")` of an unknown library says nothing by itself. If another service takes the tasks of this
very name and nobody sends any, the library is what sends them, on behalf of the service that names them. A channel that is
published and that nobody reads is read the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from flowmap.linker.activations import Caller
from flowmap.linker.contexts import frame_scope
from flowmap.linker.drafts import Draft
from flowmap.linker.loops import loose
from flowmap.linker.sites import function_at, location_of
from flowmap.linker.tables import CallSite
from flowmap.linker.terms import Class, Function, Instance, Literal, Place, Term
from flowmap.linker.units import ScopeRef
from flowmap.model.interaction import Confidence, Match, Role

if TYPE_CHECKING:
    from flowmap.linker.view import View

HANDED = "handed"
"""The plugin by whose word a name is a channel: none, but that it is handed to a library."""
Ends = Mapping[str, Draft]
"""The name of each channel that has one end only -> that end."""

_OTHER = {Role.SUBSCRIBE: Role.PUBLISH, Role.PUBLISH: Role.SUBSCRIBE}
_SLOT = re.compile(r"(?:.*_)?(?:channel|event|queue|routing_key|subject|task|topic)(?:_name|_url|_path|_type)?")
"""What libraries call an argument that names a channel."""
_TELLING = re.compile(r"(?=[^._:/-]+[._:/-])[\w.:/-]{3,200}")
"""A name of more than one word, which nobody comes to by chance."""
_WILD = re.compile(r"[*#>+?\[{(^$]")


def loose_ends(everything: Iterable[Draft]) -> Ends:
    """The ends that nothing in the scan is at the other side of, by telling names; not those that stay in a process, that everybody
    may use, or that some pattern of the other side may mean."""
    drafts = [d for d in everything if d.channel is not None and d.role in _OTHER]
    sides = {(d.role, d.channel) for d in drafts}
    heads = {(d.role, d.transport, _WILD.split(d.channel or "")[0]) for d in drafts if d.match is not Match.EXACT}
    found: dict[str, Draft] = {}
    for draft in drafts:
        name, other = draft.channel or "", _OTHER[draft.role]
        met = (other, name) in sides or any(
            (role, transport) == (other, draft.transport) and name.startswith(head) for role, transport, head in heads
        )
        if not met and _TELLING.fullmatch(name) and not (draft.local or draft.public or draft.private):
            found.setdefault(name, draft)
    return found


def handed(view: View, own: Iterable[Draft], ends: Ends) -> Iterator[Draft]:
    """What a service does by unknown libraries to channels of which others have the one end; `own` is what it is seen to do."""
    known = {d.channel for d in own}
    wanted = {name: end for name, end in ends.items() if name not in known}
    for ref in view.scopes if wanted else ():
        if ref.path in view.units.libraries:
            continue
        for site in view.unit(ref.path).table(ref.index).calls:
            if any(a.keyword and _SLOT.fullmatch(a.keyword) for a in site.call.arguments):
                yield from _of_call(view, ref, site, wanted)


def _of_call(view: View, ref: ScopeRef, site: CallSite, wanted: Ends) -> Iterator[Draft]:
    caller = Caller(ref, site)
    here = location_of(view, caller)
    view.ask(here.path, here.line)
    frame = view.symbolic_place(ref)
    place = Place(frame.frame, ref, site.position, loose(view, frame, site.clauses) if site.clauses else ())
    slots = [a.value for a in site.call.arguments if a.keyword and _SLOT.fullmatch(a.keyword)]
    named = dict.fromkeys(t.value for node in slots for t in view.values(node, place) if isinstance(t, Literal))
    ends = [end for name in named if isinstance(name, str) and (end := wanted.get(name)) is not None]
    if not ends or not all(_is_unknown(view, t) for t in view.values(site.call.callee, place)):
        return
    for end in ends:
        yield Draft(
            role=_OTHER[end.role],
            transport=end.transport,
            plugin=HANDED,
            confidence=Confidence.GUESS,
            location=here,
            function=function_at(view, ref),
            scope=frame_scope(view, ref),
            channel=end.channel,
            exchange=end.exchange,
            kind=end.kind,
            space=end.space,
            broker=end.broker,
            way=(caller,),
        )


def _is_unknown(view: View, callee: Term) -> bool:
    """Whether a callee is of a library that no plugin knows, or of one that nobody can tell."""
    if isinstance(callee, Function | Class | Instance):
        return False
    return all(view.knowledge.is_foreign(name) for name in view.names_of(callee))

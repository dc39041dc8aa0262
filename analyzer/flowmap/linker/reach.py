"""From sites back to what starts them: the handlers whose work leads there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from flowmap.linker.activations import Caller
from flowmap.linker.branches import untaken
from flowmap.linker.callgraph import ways_to
from flowmap.linker.contexts import frame_scope
from flowmap.linker.drafts import key_of
from flowmap.linker.subcommands import is_another
from flowmap.linker.units import ScopeRef

if TYPE_CHECKING:
    from flowmap.linker.view import View

Ways = dict[ScopeRef, list[tuple[ScopeRef, Caller | None]]]
"""Function -> the functions that lead to it, each with the place where it does, if it has one."""
Callers = dict[ScopeRef, list[ScopeRef]]


def starts_above(
    view: View,
    scopes: Iterable[ScopeRef],
    is_start: Callable[[ScopeRef], bool],
    handlers: Collection[str] = (),
    *,
    decided: bool = False,
) -> dict[ScopeRef, list[ScopeRef]]:
    """Scope -> the starts among the function it lies in and everything that can call that, directly or not. Who hands one of
    `handlers` (by their keys) to a library does not call it. With `decided`, calls in branches that the service does not take with
    what it is given are none."""
    own = {scope: frame_scope(view, scope) for scope in scopes}
    above = starts_of(all_above(view, own.values(), handlers, decided=decided), is_start)
    return {scope: above[function] for scope, function in own.items()}


def starts_of(ways: Ways, is_start: Callable[[ScopeRef], bool]) -> dict[ScopeRef, list[ScopeRef]]:
    """Function -> the starts among it and everything that leads to it. Each function is looked at once, whatever their number:
    those in one circle of calls have the same starts."""
    callers = {ref: list(dict.fromkeys(start for start, _ in above)) for ref, above in ways.items()}
    starts = [ref for ref in callers if is_start(ref)]
    marks = {ref: 1 << number for number, ref in enumerate(starts)}
    above: dict[ScopeRef, int] = {}
    for circle in circles(callers):
        mark = 0
        for ref in circle:
            mark |= marks.get(ref, 0)
            for caller in callers[ref]:
                mark |= above.get(caller, 0)
        above.update(dict.fromkeys(circle, mark))
    return {ref: [starts[n] for n in _bits(mark)] for ref, mark in above.items()}


def _bits(mark: int) -> Iterator[int]:
    """The numbers of the bits that are set."""
    while mark:
        yield mark.bit_length() - 1
        mark ^= 1 << (mark.bit_length() - 1)


def all_above(view: View, functions: Iterable[ScopeRef], handlers: Collection[str] = (), *, decided: bool = False) -> Ways:
    """The functions and all that can lead to them, each with what leads to it."""
    found: Ways = {}
    todo = list(dict.fromkeys(functions))
    while todo:
        ref = todo.pop()
        if ref not in found:
            ways = _above(view, ref, handlers)
            found[ref] = [way for way in ways if not (decided and _is_left_out(view, way[1]))]
            todo += (start for start, _ in found[ref] if start not in found)
    return found


def is_led_to(view: View, scope: ScopeRef, handlers: Collection[str] = ()) -> bool:
    """Whether anything leads to the function that a scope lies in, whatever starts that."""
    function = frame_scope(view, scope)
    return any(start != function for start, _ in _above(view, function, handlers))


def _above(view: View, ref: ScopeRef, handlers: Collection[str]) -> list[tuple[ScopeRef, Caller | None]]:
    called = key_of(ref) in handlers
    nobody: list[tuple[ScopeRef, Caller | None]] = []
    return view.guarded(("above", ref, called), partial(_directly_above, view, ref, called=called), nobody)


def _is_left_out(view: View, caller: Caller | None) -> bool:
    if caller is None or caller.site is None:
        return False
    return untaken(view, caller.scope, caller.site.position) or is_another(view, caller)


def _directly_above(view: View, ref: ScopeRef, *, called: bool) -> list[tuple[ScopeRef, Caller | None]]:
    """The functions that call this one, and those that are laid around it: who starts a function starts them. With `called`,
    those that only hand it on are none."""
    view.ask(ref.path, view.scope(ref).line)
    calling = ((way.start, way.caller) for way in ways_to(view, ref, called=called))
    return list(dict.fromkeys((*calling, *((wrapper, None) for wrapper in view.wrapping.get(ref, ())))))


def circles(callers: Callers) -> Iterator[list[ScopeRef]]:
    """The functions in groups that call one another in a circle (most are alone), each after the groups that call it: Tarjan's
    strongly connected components, without recursion."""
    order: dict[ScopeRef, int] = {}
    low: dict[ScopeRef, int] = {}
    open_here: dict[ScopeRef, None] = {}
    for root in callers:
        work = [(root, iter(callers[root]))] if root not in order else []
        while work:
            ref, rest = work[-1]
            if ref not in order:
                order[ref] = low[ref] = len(order)
                open_here[ref] = None
            following = next(rest, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[ref])
                if low[ref] == order[ref]:
                    yield _closed(open_here, ref)
            elif following not in order:
                work.append((following, iter(callers[following])))
            elif following in open_here:
                low[ref] = min(low[ref], order[following])


def _closed(open_here: dict[ScopeRef, None], first: ScopeRef) -> list[ScopeRef]:
    """The group that `first` was met first in, taken off the open ones."""
    group: list[ScopeRef] = []
    while not group or group[-1] != first:
        group.append(open_here.popitem()[0])
    return group

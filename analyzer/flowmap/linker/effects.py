"""What a service does with what it keeps: the calls, contexts and decorations that some plugin's `Effects` describe.

They are looked for once everything else is recognised, so that nothing that is said of the rest can depend on them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from flowmap.linker.abouts import about_of
from flowmap.linker.activations import last_name
from flowmap.linker.contexts import frame_scope
from flowmap.linker.failing import may_fail_again
from flowmap.linker.making import create, passed
from flowmap.linker.opened import databases, settings_of
from flowmap.linker.relevant import active_plugins, importing
from flowmap.linker.sites import allowed
from flowmap.linker.slots import ask
from flowmap.linker.statements import writes
from flowmap.linker.subjects import Subject
from flowmap.linker.tables import CallSite
from flowmap.linker.terms import Function, Literal, Made, Place, Term, Value
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.effect import Does, Effects
from flowmap.model.interaction import Confidence
from flowmap.model.location import Location
from flowmap.model.summary import Enter

if TYPE_CHECKING:
    from flowmap.linker.view import View
    from flowmap.plugin_api import Plugin

ANY = "**"


@dataclass(frozen=True, slots=True)
class Deed:
    """An effect where it stands: in the function `scope`, at a statement of it, in a block; a decorator's is the whole function,
    and has no `site`. `about` is the model, table or URL; `runs` is the function that a decorator puts off."""

    plugin: str
    pattern: Effects
    scope: ScopeRef
    position: int
    block: int
    site: CallSite | None
    location: Location
    function: str
    confidence: Confidence
    about: str = ""
    repeatable: bool = False
    ends: bool = False
    runs: ScopeRef | None = None
    handler: None = None


class _Known:
    """The effects of those libraries that a view imports, by form and by the last name of their targets."""

    def __init__(self, view: View, plugins: tuple[Plugin, ...]) -> None:
        self._by_end: dict[tuple[str, str], list[tuple[str, Effects]]] = defaultdict(list)
        active = active_plugins(view, tuple(p for p in plugins if p.effects))
        meant = {e.target for p in active for e in p.effects}
        other = defaultdict(set)
        for alias in (a for a, name in view.knowledge.aliases.items() if name in meant):
            other[view.knowledge.aliases[alias]].add(_end(alias))
        there = importing(view, {_library(e.target) for p in active for e in p.effects})
        for plugin in active:
            for effect in (e for e in plugin.effects if e.form != "setting" and _library(e.target) in there):
                for end in {_end(effect.target), *other[effect.target]}:
                    self._by_end[effect.form, end].append((plugin.name, effect))
        self.contexts = {end for form, end in self._by_end if form == "context"}
        self.settings = [(p.name, e) for p in active for e in p.effects if e.form == "setting"]

    def __bool__(self) -> bool:
        return bool(self._by_end or self.settings)

    def ending(self, form: str, end: str) -> list[tuple[str, Effects]]:
        """Those that a name with this end may mean."""
        return self._by_end.get((form, end), [])


def _library(target: str) -> str:
    return target.partition(".")[0]


def _may_mean(target: str, callee: ir.Expression) -> bool:
    """Whether a call as it is written may be what a target stands for: the method of what a call gives stands behind that call."""
    start = target.rpartition(".")[0]
    return not start.endswith(f"{ANY}()") or (isinstance(callee, ir.Attribute) and isinstance(callee.value, ir.Call))


def _end(target: str) -> str:
    return target.removesuffix("()").rpartition(".")[2]


def fits(target: str, name: str) -> bool:
    """Whether a qualified name is what a target stands for."""
    start, any_way, end = target.partition(ANY)
    if not any_way:
        return name == target
    return name.startswith(start) and name.endswith(end) and name[len(start) :][:1] in (".", "(", "[")


def deeds(view: View, plugins: tuple[Plugin, ...]) -> list[Deed]:
    """The effects of a view's own code, in the order of files and lines."""
    known = _Known(view, plugins)
    if not known:
        return []
    found: list[Deed] = []
    for ref in view.scopes:
        if ref.path not in view.units.libraries:
            found += _called(view, known, ref)
            found += _entered(view, known, ref)
            found += _decorating(view, known, ref)
    return _opened_once([*found, *_set(view, known)])


def _opened_once(found: list[Deed]) -> list[Deed]:
    """All but what a client is asked for that has been opened before, or that nobody can name."""
    first = {d.about: d for d in reversed(found) if d.pattern.does is Does.OPENS and d.about}
    return [d for d in found if d.pattern.does is not Does.OPENS or d.pattern.about is not None or first.get(d.about) is d]


def _called(view: View, known: _Known, ref: ScopeRef) -> Iterator[Deed]:
    for site in view.unit(ref.path).table(ref.index).calls:
        callee = site.call.callee
        candidates = [(n, p) for n, p in known.ending("call", last_name(callee)) if _may_mean(p.target, callee)]
        if not candidates:
            continue
        view.ask(ref.path, site.call.span.line)
        place = Place(view.symbolic_place(ref).frame, ref, site.position)
        terms = view.values(callee, place)
        opening = [c for c in candidates if c[1].does is Does.OPENS]
        yield from _first(view, opening, site, ref, place, terms)
        others = [c for c in candidates if c[1].does is not Does.OPENS]
        found = list(_first(view, others, site, ref, place, terms))
        yield from found or _by_name(view, others, site, ref, terms)


def _first(
    view: View, candidates: list[tuple[str, Effects]], site: CallSite, ref: ScopeRef, place: Place, terms: Value
) -> Iterator[Deed]:
    """The first of the candidates that a call is."""
    made = (_deed(view, plugin, pattern, site, ref, place, term) for plugin, pattern, term in _meant(view, candidates, terms))
    yield from islice((d for d in made if d is not None), 1)


def _meant(view: View, candidates: list[tuple[str, Effects]], terms: Value) -> Iterator[tuple[str, Effects, Term]]:
    for term in terms:
        names = view.names_of(term)
        for plugin, pattern in candidates:
            if any(fits(pattern.target, name) for name in names):
                yield plugin, pattern, term


def _by_name(view: View, candidates: list[tuple[str, Effects]], site: CallSite, ref: ScopeRef, terms: Value) -> Iterator[Deed]:
    """The method of something that nobody knows, which goes by a telling name."""
    callee = site.call.callee
    if not isinstance(callee, ir.Attribute) or any(isinstance(t, Function) or view.names_of(t) for t in terms):
        return
    place = Place(view.symbolic_place(ref).frame, ref, site.position)
    for plugin, pattern in candidates:
        if ANY in pattern.called or last_name(callee.value) in pattern.called:
            sure = Confidence.DERIVED if ANY in pattern.called else Confidence.GUESS
            found = (_deed(view, plugin, pattern, site, ref, place, t, sure) for t in terms[:1])
            made = [d for d in found if d is not None]
            yield from made
            if made:
                return


def _deed(
    view: View,
    plugin: str,
    pattern: Effects,
    site: CallSite,
    ref: ScopeRef,
    place: Place,
    term: Term,
    confidence: Confidence = Confidence.DERIVED,
) -> Deed | None:
    made = Made(term, create(site.call, place))
    subject = Subject(passed(site.call.arguments, place), term, place, made=made)
    if not allowed(view, pattern.when, subject) or (pattern.failing and not may_fail_again(view.scope(ref), site, pattern.unless)):
        return None
    asked = ask(view, pattern.about, subject)
    about, repeatable = about_of(view, pattern, asked, made, site), pattern.repeatable
    if pattern.statements is not None:
        stated = next((s for t in asked if (s := writes(view, pattern.statements, t)) is not None), None)
        if stated is None:
            return None
        about, repeatable = stated
    span = site.call.span
    return Deed(
        plugin,
        pattern,
        frame_scope(view, ref),
        site.position,
        site.block,
        site,
        view.unit(ref.path).location(span.line, span.end_line, span.column),
        view.scope(ref).qualname,
        confidence,
        about,
        repeatable,
        any(t != Literal(None) for ref in pattern.ends for t in ask(view, ref, subject)),
    )


def _set(view: View, known: _Known) -> Iterator[Deed]:
    for plugin, pattern in known.settings:
        for setting in settings_of(view, pattern.target):
            for name in dict.fromkeys(databases(view, setting.value)):
                at, function = setting.location, view.scope(setting.scope).qualname
                yield Deed(plugin, pattern, setting.scope, 0, -1, None, at, function, Confidence.DERIVED, name)


def _entered(view: View, known: _Known, ref: ScopeRef) -> Iterator[Deed]:
    for position, statement in enumerate(view.scope(ref).statements):
        if not isinstance(statement, Enter) or not known.contexts:
            continue
        node = statement.context
        view.ask(ref.path, statement.line)
        place = Place(view.symbolic_place(ref).frame, ref, position)
        if isinstance(node, ir.Call):
            ends, names = last_name(node.callee), [f"{n}()" for t in view.values(node.callee, place) for n in view.names_of(t)]
        else:
            names = [n for t in view.values(node, place) for n in view.names_of(t)]
            ends = next((n.removesuffix("()").rpartition(".")[2] for n in names), "")
        for plugin, pattern in known.ending("context", ends):
            if any(fits(pattern.target, n) for n in names):
                yield Deed(
                    plugin,
                    pattern,
                    frame_scope(view, ref),
                    position,
                    statement.block,
                    None,
                    view.unit(ref.path).location(statement.line, statement.end_line),
                    view.scope(ref).qualname,
                    Confidence.DERIVED,
                )
                break


def _decorating(view: View, known: _Known, ref: ScopeRef) -> Iterator[Deed]:
    scope = view.scope(ref)
    for node in scope.decorators:
        bare = node.callee if isinstance(node, ir.Call) else node
        candidates = known.ending("decorator", last_name(bare))
        if not candidates:
            continue
        view.ask(ref.path, scope.line)
        names = [
            n for t in view.values(bare, view.symbolic_place(ScopeRef(ref.path, max(scope.parent, 0)))) for n in view.names_of(t)
        ]
        for plugin, pattern in candidates:
            if any(fits(pattern.target, n) for n in names):
                at = view.unit(ref.path).location(scope.head or scope.line, scope.line)
                runs = ref if pattern.does is Does.DEFERS else None
                yield Deed(plugin, pattern, ref, 0, -1, None, at, scope.qualname, Confidence.DERIVED, runs=runs)

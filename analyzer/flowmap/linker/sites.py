"""Candidates: the calls and decorations of a view that some plugin's pattern describes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker import telling
from flowmap.linker.activations import Caller, callbacks, last_name
from flowmap.linker.callbacks import MAPPERS, handed_arguments, handed_over
from flowmap.linker.hooks import called_themselves
from flowmap.linker.library import IDENTITIES
from flowmap.linker.loops import loose
from flowmap.linker.making import create, passed
from flowmap.linker.payloads import is_read
from flowmap.linker.relevant import CalledNames, active_plugins
from flowmap.linker.rendering import render
from flowmap.linker.slots import ask
from flowmap.linker.stated import CALLED, method_names
from flowmap.linker.subjects import Subject
from flowmap.linker.tables import CallSite
from flowmap.linker.terms import (
    Class,
    Function,
    Instance,
    Literal,
    Made,
    Member,
    Partial,
    Passed,
    Place,
    Symbol,
    Template,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.units import ScopeRef
from flowmap.linker.unwritten import UNWRITTEN, unwritten
from flowmap.linker.waiting import depends
from flowmap.model import expression as ir
from flowmap.model.location import Location
from flowmap.plugin_api import Guard, Messages, Pattern, Plugin

if TYPE_CHECKING:
    from flowmap.linker.view import View


ONLY_LOOKING = {"functools", "inspect", "unittest", "typing", "dataclasses", "operator", "itertools", "logging"}
"""Modules whose functions do not call what they are given where they stand."""


@dataclass(frozen=True, slots=True)
class Site:
    """One place that a pattern describes; `caller` is its scope and call, or the decorated function."""

    plugin: Plugin
    pattern: Pattern
    caller: Caller
    guessed: bool = False


def find_sites(view: View, plugins: tuple[Plugin, ...], files: Collection[str] | None = None) -> list[Site]:
    """All sites of the view, or of some of its files, in the order of files and lines."""
    active = {p.name for p in active_plugins(view, plugins)}
    patterns = [(p, x) for p in plugins if p.name in active for x in p.patterns]
    found: dict[tuple[object, ...], Site] = {}
    scopes = [r for r in view.scopes if files is None or r.path in files]
    for site in (*_called(view, scopes, patterns, active), *_decorating(view, scopes, active)):
        if site.caller.scope.path in view.units.libraries and (site.guessed or site.plugin.fallback):
            continue  # a guess by names is for code that nobody can see
        found.setdefault((site.plugin.name, id(site.pattern), site.caller), site)
    return list(found.values())


def _called(view: View, scopes: list[ScopeRef], patterns: list[tuple[Plugin, Pattern]], active: set[str]) -> Iterator[Site]:
    names = CalledNames(view, patterns)
    ends = names.exact | called_themselves(view, {x.target for _, x in patterns})
    distinctive = {x.target.rpartition(".")[2]: (p, x) for p, x in patterns if isinstance(x, Messages) and x.distinctive}
    for ref in scopes:
        beside = unwritten(view, ref) if UNWRITTEN & ends else ()
        for call in (*view.unit(ref.path).table(ref.index).calls, *beside):
            callee, name = call.call.callee, last_name(call.call.callee)
            yield from _handed(view, ref, call, ends, active)
            told = telling.told(view, call.call)
            if isinstance(callee, ir.Attribute) and name not in ends and not names.may_be(name) and not told:
                continue
            view.ask(ref.path, call.call.span.line)
            terms = view.values(
                callee, Place(view.symbolic_place(ref).frame, ref, call.position, _overlay(view, ref, call.clauses))
            )
            known = False
            for plugin, pattern in _matching(view, terms, active, "call"):
                known = True
                yield Site(plugin, pattern, Caller(ref, call))
            if not known and name in distinctive and _is_foreign(view, terms):
                yield Site(*distinctive[name], Caller(ref, call), guessed=True)
            if not known and told and telling.is_strange(view, terms):
                yield from (Site(*of, Caller(ref, call), guessed=True) for of in told)


def _handed(view: View, ref: ScopeRef, site: CallSite, ends: set[str], active: set[str]) -> Iterator[Site]:
    """What a library is handed to call: `pool.submit(client.publish, "x")`, `on_commit(partial(client.publish, "x"))`."""
    names = {n for a in site.call.arguments if (n := last_name(a.value)) in ends}
    if not names:
        return
    place = Place(view.symbolic_place(ref).frame, ref, site.position, _overlay(view, ref, site.clauses))
    if not all(_calls_what_it_is_given(t) for t in view.values(site.call.callee, place)):
        return
    for caller in (c for n in sorted(names) for c in callbacks(ref, site, n)):
        view.ask(ref.path, site.call.span.line)
        given = handed_over(site.call, caller.index, caller.keyword)
        terms = tuple(t for t in view.values(given[0], place) if isinstance(t, Partial | Member | Symbol)) if given else ()
        for plugin, pattern in _matching(view, terms, active, "call"):
            yield Site(plugin, pattern, caller)


def _calls_what_it_is_given(callee: Term) -> bool:
    """Whether a function outside the scan may call its arguments; those that only look at them or keep them do not."""
    match callee:
        case Function() | Class() | Instance() | Partial():
            return False
        case Symbol(name=name):
            module, _, last = name.rpartition(".")
            looks = name in IDENTITIES or module.partition(".")[0] in ONLY_LOOKING
            return last in MAPPERS if module == "builtins" else not looks
        case _:
            return True


def _is_foreign(view: View, terms: tuple[Term, ...]) -> bool:
    """Whether a callee may be a library's method: nothing is known of it, and it is no function of the scan."""
    return all(isinstance(t, Unknown) or not (isinstance(t, Function) or view.names_of(t)) for t in terms)


def _overlay(view: View, ref: ScopeRef, clauses: tuple[ir.Clause, ...]) -> tuple[tuple[str, tuple[Term, ...]], ...]:
    return loose(view, view.symbolic_place(ref), clauses) if clauses else ()


def _decorating(view: View, scopes: list[ScopeRef], active: set[str]) -> Iterator[Site]:
    for ref in scopes:
        scope = view.scope(ref)
        if not scope.decorators:
            continue
        view.ask(ref.path, scope.line)
        parent = ScopeRef(ref.path, max(scope.parent, 0))
        for number, node in enumerate(scope.decorators):
            terms = view.values(node, view.symbolic_place(parent))
            for plugin, pattern in _matching(view, terms, active, "decorator"):
                yield Site(plugin, pattern, Caller(parent, None, "decorator", number, decorated=ref))


def _matching(view: View, terms: tuple[Term, ...], active: set[str], form: str) -> Iterator[tuple[Plugin, Pattern]]:
    seen = set()
    for term in terms:
        for name in pattern_names(view, term, form):
            for plugin, pattern in view.knowledge.matching(name):
                if plugin.name in active and pattern.form == form and id(pattern) not in seen:
                    seen.add(id(pattern))
                    yield plugin, pattern


def pattern_names(view: View, term: Term, form: str) -> list[str]:
    """The names under which patterns describe a callee: an object that is called itself is its type's `__call__`."""
    term = whole(term)[0]
    if form == "decorator":
        return [n.removesuffix("()") for n in view.names_of(term)]
    meant = view.meant(term)
    found = [n + ".__call__" * isinstance(t, Made | Instance) for t in meant for n in view.plain_names_of(t)]
    found += [n for t in meant if isinstance(t, Instance) for n in method_names(view, t, CALLED)]
    return list(dict.fromkeys(found))


def whole(term: Term) -> tuple[Term, tuple[Passed, ...]]:
    """What a partial object calls in the end, with the arguments that it has already; anything else is itself."""
    if not isinstance(term, Partial):
        return term, ()
    inner, first = whole(term.callee)
    return inner, first + term.arguments


def subjects_of(view: View, site: Site, place: Place, final: bool) -> list[Subject]:
    """What the pattern's references are asked of in one context of the site."""
    if site.caller.decorated is not None:
        return _decorations(view, site, place, final)
    assert site.caller.site is not None
    call = site.caller.site.call
    callee, rows = call.callee, [passed(call.arguments, place)]
    if site.caller.kind == "callback":
        given = handed_over(call, site.caller.index, site.caller.keyword)
        assert given is not None
        callee, rows = given[0], handed_arguments(view, call, given[1], place)
    terms = view.values(callee, place)
    if final:
        terms = view.close(terms)
    found = [
        Subject(_arguments(view, t, call, place, row), whole(t)[0], place, None, (), final, made=Made(t, create(call, place)))
        for t in terms
        if site.guessed or any(p is site.pattern for n in pattern_names(view, t, "call") for _, p in view.knowledge.matching(n))
        for row in rows
    ]
    return found if len(rows) > 1 else found[:8]


def _arguments(view: View, term: Term, call: ir.Call, place: Place, following: tuple[Passed, ...]) -> tuple[Passed, ...]:
    if isinstance(term, Class):
        return view.base_arguments(Instance(term.scope, create(call, place)))
    return _without_object(view, *whole(term), following)


def _without_object(view: View, callee: Term, first: tuple[Passed, ...], following: tuple[Passed, ...]) -> tuple[Passed, ...]:
    """The arguments; a method that is called through its class (`Client.publish(client, "x")`) has the object in front."""
    arguments = first + following
    if isinstance(callee, Symbol) and arguments and arguments[0].keyword is None and not arguments[0].stars:
        owner = view.knowledge.canonical(callee.name).rpartition(".")[0]
        if any(owner in view.plain_names_of(t) for t in view.force(arguments[0].value) if isinstance(t, Made | Instance)):
            return arguments[1:]
    return arguments


def _decorations(view: View, site: Site, place: Place, final: bool) -> list[Subject]:
    """The decorator evaluated in the frame of the definition, so that factories of handlers work too."""
    assert site.caller.decorated is not None
    ref = site.caller.decorated
    found: list[Subject] = []
    for term in view.values(view.scope(ref).decorators[site.caller.index or 0], place):
        if not any(p is site.pattern for n in pattern_names(view, term, "decorator") for _, p in view.knowledge.matching(n)):
            continue
        if isinstance(term, Made) and term.creation is not None:
            arguments = passed(term.creation.call.arguments, term.creation.place)
            found.append(Subject(arguments, term.callee, place, ref, (), final))
        else:
            found.append(Subject((), term, place, ref, (), final))
    return found


def conditions(view: View, site: Site, found: list[Subject]) -> tuple[list[Subject], tuple[Value, ...]]:
    """The subjects for which the pattern's conditions hold, and the values of conditions that wait for a caller."""
    guards = site.pattern.when
    waiting: list[Value] = []
    kept: list[Subject] = []
    for subject in found:
        values = [ask(view, g.ref, subject) for g in guards] if not subject.final else []
        undecided = [v for g, v in zip(guards, values, strict=False) if any(depends(t) and not _matched(g, t) for t in v)]
        waiting += undecided
        if not undecided and allowed(view, guards, subject):
            kept.append(subject)
    return kept, tuple(waiting)


def _matched(guard: Guard, term: Term) -> bool:
    """Whether the known pieces of a text decide a condition already, whatever callers fill its holes with."""
    if guard.matching is None or not isinstance(term, Template):
        return False
    return any(isinstance(p, str) and re.search(guard.matching, p) for p in term.parts)


def allowed(view: View, guards: tuple[Guard, ...], subject: Subject) -> bool:
    """Whether all conditions of a pattern hold at the site."""
    for guard in guards:
        value = ask(view, guard.ref, subject)
        value = tuple(t for t in (view.close(value) if subject.final else value) if t != Literal(None))
        if _fits(view, guard, value) is not guard.present:
            return False
    return True


def _fits(view: View, guard: Guard, value: Value) -> bool:
    """Whether a value is what a condition asks for."""
    if guard.among is not None:
        texts = {t.text or "" for t in render(view, value)} if value else {""}
        return bool(texts & set(guard.among))
    if guard.matching is None or not value:
        return bool(value)
    own = tuple(t for t in value if not (is_read(t) or isinstance(t, Unknown)))
    return any(re.search(guard.matching, t.text or "") for t in render(view, own))


def location_of(view: View, caller: Caller) -> Location:
    """Where a site or a caller stands: the call, the decorator, or the head of a definition."""
    unit = view.unit(caller.scope.path)
    scope = view.scope(caller.decorated or caller.scope)
    node = caller.site.call if caller.site is not None else None
    if node is None and caller.decorated is not None and caller.index is not None:
        decorator = scope.decorators[caller.index]
        node = decorator if isinstance(decorator, ir.Call) else None
    if node is not None:
        return unit.location(node.span.line, node.span.end_line, node.span.column)
    return unit.location(scope.head or scope.line, scope.line)


def function_at(view: View, ref: ScopeRef) -> str:
    """The qualified name of the function or class around a place, "" at module level."""
    return view.scope(ref).qualname

"""Who calls a scanned function: by name, through an object, as a callback, as a decorator, or by being defined in it.

Asked backwards and on demand: the calls that could mean a function are found by the names they are written with, and only
those are evaluated.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from flowmap.linker.activations import Caller, callbacks, is_making, last_name, partials_run, places, run_by
from flowmap.linker.delegation import delegating
from flowmap.linker.escaping import escapes
from flowmap.linker.holding import Holding
from flowmap.linker.hosted import Hosted
from flowmap.linker.implied import Implied
from flowmap.linker.loops import targets
from flowmap.linker.tables import CallSite
from flowmap.linker.terms import Function
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Assign, Import

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_CANDIDATES = 20_000
"""Calls of one name, or through variables, that are evaluated to find what they run."""
SETTING = "set_defaults"
"""The method by which parsers of argparse are told what their results hold."""


class Callers:
    """The reverse call graph of a view, made on demand and in rounds: what a call means in one round may rest on what
    callers pass in the round before, never on its own round, so that no answer waits for itself."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._implied = Implied(view)
        self._hosted = Hosted(view)

    def of(self, target: ScopeRef, rounds: int) -> tuple[Caller, ...]:
        """All callers of a function, in a fixed order."""
        return self._view.guarded(("callers", target, rounds), lambda: self._found(target, rounds), ())

    def _found(self, target: ScopeRef, rounds: int) -> tuple[Caller, ...]:
        found = [c for name in sorted(self._named(target)) for c in self._resolved(name, rounds).get(target, ())]
        found += self._dynamic(rounds).get(target, []) if rounds else []
        found += self._decorating.get(target, [])
        found += [Caller(ref, None, "step") for ref in (*self._view.wrapping.get(target, ()), *self._implied.of(target))]
        found += [Caller(ref, None, "hosted", methods=methods) for ref, methods in self._hosted.of(target).items()]
        scope = self._view.scope(target)
        parent = ScopeRef(target.path, scope.parent)
        nested = scope.parent > 0 and self._view.scope(parent).kind in {"function", "lambda"}
        if not found and nested and escapes(self._view, target):
            found.append(Caller(parent, None, "closure"))
        return tuple(dict.fromkeys(self._run(found, rounds)))

    def _run(self, found: list[Caller], rounds: int) -> list[Caller]:
        """The callers without those that make a partial object, or keep a function in a parser's result, which another of them
        runs."""
        if any(c.kind == "call" for c in found):
            found = [c for c in found if not (c.kind == "callback" and c.site and last_name(c.site.call.callee) == SETTING)]
        if not any(is_making(c) for c in found):
            return found
        run = {n for c in found for n in partials_run(self._view, c, rounds)}
        return [c for c in found if not (is_making(c) and c.site and any(id(a.value) in run for a in c.site.call.arguments[1:]))]

    def _resolved(self, name: str, rounds: int) -> dict[ScopeRef, list[Caller]]:
        """The calls written with this name, and the calls that are handed it, by the function they run."""
        return self._view.aside(("resolved", name, rounds), lambda: self._resolve(name, rounds), {})

    def _resolve(self, name: str, rounds: int) -> dict[ScopeRef, list[Caller]]:
        candidates = [Caller(ref, site) for ref, site in self._calls.get(name, ())]
        candidates += [c for ref, site in self._handed.get(name, ()) for c in callbacks(ref, site, name)]
        if len(candidates) > MAX_CANDIDATES:
            self._view.bounded_out("too many calls of one name")
        return self._by_target(candidates[:MAX_CANDIDATES], rounds)

    def _by_target(self, candidates: list[Caller], rounds: int) -> dict[ScopeRef, list[Caller]]:
        found: dict[ScopeRef, list[Caller]] = defaultdict(list)
        for caller in candidates:
            line = caller.site.call.span.line if caller.site is not None else self._view.scope(caller.scope).line
            self._view.ask(caller.scope.path, line)
            ran = (t for place in places(self._view, caller) for t in run_by(self._view, caller, place, rounds))
            for target in dict.fromkeys(ran):
                found[target].append(caller)
        return found

    def _dynamic(self, rounds: int) -> dict[ScopeRef, list[Caller]]:
        """Function -> calls through parameters, loop variables, items and other values that turn out to be it."""
        return self._view.aside(("dynamic", rounds), lambda: self._by_target(self._dynamic_calls, rounds), {})

    @cached_property
    def _dynamic_calls(self) -> list[Caller]:
        found = [
            Caller(ref, site)
            for name in sorted(self._calls)
            for ref, site in self._calls[name]
            if name == "" or self._is_variable_callee(ref, site)
        ]
        if len(found) > MAX_CANDIDATES:
            self._view.bounded_out("too many calls through variables")
        return found[:MAX_CANDIDATES]

    def named(self, name: str) -> list[tuple[ScopeRef, CallSite]]:
        """The calls written with a name."""
        return self._calls.get(name, [])

    def is_named(self, target: ScopeRef) -> bool:
        """Whether anything calls a function by its name, hands it on, or another file says its name as a text; what a decorator
        takes may be."""
        scope = self._view.scope(target)
        special = scope.parent < 0 or scope.kind != "function" or bool(scope.decorators) or scope.name.startswith("__")
        names = self._named(target)
        return special or any(n in self._calls or n in self._handed or self._said.get(n, set()) - {target.path} for n in names)

    @cached_property
    def _said(self) -> dict[str, set[str]]:
        """Text that a call is given -> the files that do."""
        found: dict[str, set[str]] = defaultdict(set)
        for ref, site in (c for calls in self._calls.values() for c in calls):
            for argument in site.call.arguments:
                if isinstance(argument.value, ir.Constant) and isinstance(argument.value.value, str):
                    found[argument.value.value].add(ref.path)
        return found

    def kept_objects(self, classes: Iterable[ScopeRef]) -> set[str]:
        """The names that objects of classes are kept under where they are made, and those that these are given in turn."""
        made = {n for c in classes for n in self._named_class(c)}
        found: set[str] = set()
        for ref in self._view.scopes if made else ():
            assigned = (s for s in self._view.scope(ref).statements if isinstance(s, Assign) and isinstance(s.value, ir.Call))
            found |= {last_name(s.target) for s in assigned if isinstance(s.value, ir.Call) and last_name(s.value.callee) in made}
        return {n for name in found for n in (name, *self._aliases.get(name, ())) if n}

    def _named_class(self, ref: ScopeRef) -> set[str]:
        names = {self._view.scope(r).name for r in (ref, *self._view.subclasses(ref))}
        return names | {n for name in names for n in self._aliases.get(name, ())}

    # indexes

    @cached_property
    def _calls(self) -> dict[str, list[tuple[ScopeRef, CallSite]]]:
        """Last name of the callee -> calls; "" for calls through items, results and the like."""
        found: dict[str, list[tuple[ScopeRef, CallSite]]] = defaultdict(list)
        for ref in self._view.scopes:
            for site in self._view.unit(ref.path).table(ref.index).calls:
                found[last_name(site.call.callee)].append((ref, site))
        return found

    @cached_property
    def _handed(self) -> dict[str, list[tuple[ScopeRef, CallSite]]]:
        """Last name of an argument -> calls that are given it."""
        found: dict[str, list[tuple[ScopeRef, CallSite]]] = defaultdict(list)
        for sites in self._calls.values():
            for ref, site in sites:
                for name in {last_name(a.value) for a in site.call.arguments}:
                    if name:
                        found[name].append((ref, site))
        return found

    @cached_property
    def _aliases(self) -> dict[str, set[str]]:
        """Name -> other names it is bound to: `import x as y`, `y = x`, `parser.set_defaults(y=x)`."""
        found: dict[str, set[str]] = defaultdict(set)
        for ref in self._view.scopes:
            for statement in self._view.scope(ref).statements:
                if isinstance(statement, Import) and statement.alias and statement.name:
                    found[statement.name].add(statement.alias)
                elif isinstance(statement, Assign) and statement.value is not None:
                    name, other = last_name(statement.value), last_name(statement.target)
                    if name and other and name != other:
                        found[name].add(other)
        for _, site in self._calls.get(SETTING, ()):
            for argument in site.call.arguments:
                if argument.keyword is not None:
                    found[last_name(argument.value)].add(argument.keyword)
        return found

    def _named(self, target: ScopeRef) -> set[str]:
        """Every name under which the function may be called."""
        scope = self._view.scope(target)
        names = {scope.name}
        if scope.name in {"__init__", "__new__"} and scope.parent > 0:
            owner = ScopeRef(target.path, scope.parent)
            names |= {self._view.scope(r).name for r in (owner, *self._view.subclasses(owner))} | {"cls"}
        for wrapped in self._view.wrapping.get(target, ()):
            names.add(self._view.scope(wrapped).name)
        for name in list(names):
            names |= self._aliases.get(name, set())
        return names | delegating(self._view, target)

    @cached_property
    def _decorating(self) -> dict[ScopeRef, list[Caller]]:
        """Function -> the definitions it decorates."""
        found: dict[ScopeRef, list[Caller]] = defaultdict(list)
        for ref in self._view.scopes:
            if self._view.scope(ref).decorators:
                for term in self._view.decorators(ref):
                    if isinstance(term, Function):
                        parent = ScopeRef(ref.path, max(self._view.scope(ref).parent, 0))
                        found[term.scope].append(Caller(parent, None, "decorator", decorated=ref))
        return found

    def _is_variable_callee(self, ref: ScopeRef, site: CallSite) -> bool:
        match site.call.callee:
            case ir.Name(id=name):
                return self._is_variable(ref, name) or any(name == n for c in site.clauses for n, _ in targets(c.target))
            case ir.Attribute(attr=name):
                return name in self._kept
            case _:
                return False

    @cached_property
    def _kept(self) -> set[str]:
        return Holding(self._view).attributes()

    def _is_variable(self, ref: ScopeRef, name: str) -> bool:
        """Whether the name is a parameter or a variable of something around the call, and no definition or import."""
        unit, index = self._view.unit(ref.path), ref.index
        while index >= 0:
            scope = unit.scope(index)
            if any(p.name == name for p in scope.parameters):
                return True
            bindings = unit.table(index).names.get(name, ())
            if bindings and scope.kind != "class":
                return any(b.kind in {"assign", "iterate", "enter"} for b in bindings)
            index = scope.parent
        return False

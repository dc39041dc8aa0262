"""Options that a program registers in code before it reads them as attributes: those of oslo.config, with their defaults.

`CONF.register_opts([cfg.StrOpt("topic", default="orders")], group="engine")` gives `CONF.engine.topic` its value, unless the
environment has one under the name that oslo.config takes from there (`OS_ENGINE__TOPIC`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import collections, slots, subjects
from flowmap.linker.making import passed
from flowmap.linker.subjects import Subject
from flowmap.linker.terms import Literal, Made, Place, Symbol, Term, Value
from flowmap.linker.texts import bounded, named
from flowmap.plugin_api import Ref, arg, keyword

if TYPE_CHECKING:
    from flowmap.linker.view import View

ROOT = "oslo_config.cfg.CONF"
REGISTERING = {"register_opt": False, "register_cli_opt": False, "register_opts": True, "register_cli_opts": True}
"""Method -> whether it is given several options."""
MAX_CALLS = 300
Options = dict[tuple[str, str], Value]
"""Group and name -> default."""


def option(view: View, owner: str, name: str) -> Value:
    """What the option `name` of the configuration, or of the group of it, that is known as `owner` is worth; empty if it is none,
    or has no default."""
    group = owner.removeprefix(ROOT).removeprefix(".")
    if not owner.startswith(ROOT) or "." in group:
        return ()
    deployed = view.environment.get(f"OS_{group or 'DEFAULT'}__{name}".upper())
    if deployed is not None:
        return (Literal(deployed, name),)
    nothing: Options = {}
    found = view.aside(("registered options",), lambda: _all_options(view), nothing).get((group, name), ())
    return named(tuple(t for t in found if t != Literal(None)), name)


def _all_options(view: View) -> Options:
    found: Options = {}
    for key, default in _registered(view):
        found[key] = bounded((*found.get(key, ()), *default))
    return found


def _registered(view: View) -> Iterator[tuple[tuple[str, str], Value]]:
    for method, several in REGISTERING.items():
        for ref, site in view.callers.named(method)[:MAX_CALLS]:
            place = Place(view.symbolic_place(ref).frame, ref, site.position)
            subject = Subject(passed(site.call.arguments, place), None, place)
            options = slots.ask(view, arg(0, "opts" if several else "opt"), subject)
            group = _name(view, slots.ask(view, arg(1, "group"), subject))
            for term in _each(view, options) if several else options:
                yield from _one(view, term, group)


def _each(view: View, options: Value) -> Iterator[Term]:
    for term in options:
        known = collections.elements(view, term)
        for item in known.items if known is not None else ():
            yield from view.force(item)


def _one(view: View, term: Term, group: str) -> Iterator[tuple[tuple[str, str], Value]]:
    subject = subjects.of_creation_made(term) if isinstance(term, Made) and _is_option(term.callee) else None
    name = view.text(slots.ask(view, arg(0, "name"), subject)) if subject is not None else None
    if subject is not None and name is not None:
        yield (group, name.replace("-", "_")), slots.ask(view, keyword("default"), subject)


def _is_option(callee: Term) -> bool:
    return isinstance(callee, Symbol) and callee.name.startswith("oslo_config.cfg.") and callee.name.endswith("Opt")


def _name(view: View, group: Value) -> str:
    """The name of a group: a text, or what an `OptGroup` is made with."""
    ref: Ref = arg(0, "name")
    made = [subjects.of_creation_made(t) for t in group if isinstance(t, Made)]
    texts = [view.text(slots.ask(view, ref, s)) for s in made if s is not None] or [view.text(group)]
    return texts[0] or ""

"""Options that a program registers in code before it reads them as attributes, with their defaults, as plugins state them.

`CONF.register_opts([cfg.StrOpt("topic", default="orders")], group="engine")` gives `CONF.engine.topic`, and
`CONF["engine"]["topic"]`, its value, unless the environment has one under the name that the library takes from there, or the start
command says `--engine-topic`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import arguments, collections, slots, subjects
from flowmap.linker.knowledge import wildcard
from flowmap.linker.making import passed, ready
from flowmap.linker.subjects import Subject
from flowmap.linker.terms import Elements, Literal, Made, Place, Symbol, Term, Value
from flowmap.linker.texts import bounded, named
from flowmap.plugin_api import RegisteredOptions, arg, keyword

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_CALLS = 300
Options = dict[tuple[str, str], Value]
"""Group and name -> default."""


def option(view: View, owner: str, name: str) -> Value:
    """What the option `name` of the configuration, or of the group of it, that is known as `owner` is worth; empty if it is none,
    or has no default."""
    library, group = next(
        ((o, group) for o in view.knowledge.options.values() if (group := _group(o, owner)) is not None), (None, "")
    )
    if library is None:
        return ()
    variable = library.variable.format(group=group or library.unnamed, name=name).upper()
    if (deployed := view.environment.get(variable)) is not None:
        return (Literal(deployed, name),)
    nothing: Options = {}
    found = view.aside(("registered options", library.root), lambda: _all_options(view, library), nothing).get((group, name), ())
    if found and (said := arguments.said(view, [f"--{'-'.join(filter(None, (group, name)))}".replace("_", "-")])) is not None:
        several = any(isinstance(t, Elements) for t in found)
        return (Elements(tuple(ready((Literal(w.strip()),)) for w in said.split(","))),) if several else (Literal(said, name),)
    return named(tuple(t for t in found if t != Literal(None)), name)


def item(view: View, owner: Symbol, key: str) -> Value:
    """What stands under `key` of the configuration or of a group of it: an option, or a group; empty of anything else."""
    if all(_group(library, owner.name) is None for library in view.knowledge.options.values()):
        return ()
    return option(view, owner.name, key) or (Symbol(f"{owner.name}.{key}"),)


def _group(library: RegisteredOptions, owner: str) -> str | None:
    """The group that a name is known as, "" for the root; None if it is neither."""
    group = owner.removeprefix(library.root).removeprefix(".")
    return group if f"{owner}.".startswith(f"{library.root}.") and "." not in group else None


def _all_options(view: View, library: RegisteredOptions) -> Options:
    found: Options = {}
    for key, default in _registered(view, library):
        found[key] = bounded((*found.get(key, ()), *default))
    return found


def _registered(view: View, library: RegisteredOptions) -> Iterator[tuple[tuple[str, str], Value]]:
    for method in (*library.one, *library.several):
        for ref, site in view.callers.named(method)[:MAX_CALLS]:
            place = Place(view.symbolic_place(ref).frame, ref, site.position)
            subject = Subject(passed(site.call.arguments, place), None, place)
            options = slots.ask(view, arg(0, "opts" if method in library.several else "opt"), subject)
            group = _name(view, slots.ask(view, arg(1, "group"), subject))
            for term in _each(view, options) if method in library.several else options:
                yield from _one(view, library, term, group)


def _each(view: View, options: Value) -> Iterator[Term]:
    for term in options:
        known = collections.elements(view, term)
        for item in known.items if known is not None else ():
            yield from view.force(item)


def _one(view: View, library: RegisteredOptions, term: Term, group: str) -> Iterator[tuple[tuple[str, str], Value]]:
    subject = subjects.of_creation_made(term) if isinstance(term, Made) and _is_option(library, term.callee) else None
    name = view.text(slots.ask(view, arg(0, "name"), subject)) if subject is not None else None
    if subject is not None and name is not None:
        yield (group, name.replace("-", "_")), slots.ask(view, keyword("default"), subject)


def _is_option(library: RegisteredOptions, callee: Term) -> bool:
    return isinstance(callee, Symbol) and wildcard(library.kinds).match(callee.name) is not None


def _name(view: View, group: Value) -> str:
    """The name of a group: a text, or what an `OptGroup` is made with."""
    made = [subjects.of_creation_made(t) for t in group if isinstance(t, Made)]
    texts = [view.text(slots.ask(view, arg(0, "name"), s)) for s in made if s is not None] or [view.text(group)]
    return texts[0] or ""

"""Configurations of containers of dependency injection: `config.kafka.topic` is what `config.from_yaml("config.yml")` and its like,
or the constructor, have put there; what is loaded last counts.

A container inside another one has what it is given for its own configuration: `providers.Container(Inner, config=config.inner)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import collections, containers, files
from flowmap.linker.environment import variable
from flowmap.linker.making import given_to, passed
from flowmap.linker.subjects import argument
from flowmap.linker.terms import (
    Class,
    File,
    Instance,
    Link,
    Literal,
    Made,
    Member,
    Passed,
    Place,
    Symbol,
    Term,
    Unknown,
    Unset,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

CONFIGURATION = "dependency_injector.providers.Configuration"
CONVERTING = {"as_", "as_int", "as_float", "required"}
"""Methods of an option that give an option of the same value."""
OF_FILES = {"from_yaml": "yaml_files", "from_json": "json_files", "from_ini": "ini_files"}
"""Methods that load a file, and the arguments of the constructor that do."""
LOADING = (*OF_FILES, "from_dict", "override", "from_pydantic", "from_value", "from_env", "set")
MAX_LOADED = 40
"""Calls of one method that loads something."""
Path = tuple[str, ...]


def called(view: View, callee: Member, link: Link) -> Value | None:
    """What calling an option of a configuration, or a method that converts it, gives; None for what is none, or is not known."""
    if callee.name in CONVERTING and is_configuration(callee.owner):
        return (callee.owner,)
    return (option(view, callee) or None) if not link.arguments else None


def option(view: View, term: Term) -> Value:
    """What an option of a configuration is worth; empty for what is none, or is not known."""
    root, path = _way(term)
    if root is None:
        return ()
    return view.guarded(("option", root, path), lambda: _worth(view, root, path), ())


def is_configuration(term: Term) -> bool:
    """Whether a term is a configuration or an option of one."""
    return _way(term)[0] is not None


def _way(term: Term) -> tuple[Made | None, Path]:
    """The configuration that a term is an option of, and the names that lead to it."""
    path: list[str] = []
    while True:
        match term:
            case Made(callee=Symbol(name=name)):
                return (term, tuple(reversed(path))) if name == CONFIGURATION else (None, ())
            case Member(owner=owner, name=name):
                path.append(name)
                term = owner
            case _:
                return None, ()


def _worth(view: View, root: Made, path: Path) -> Value:
    found: Value = ()
    for value in _loaded(view, root, path):
        known = tuple(t for t in value if not isinstance(t, Unknown | Unset))
        found = known or found
    return found


def _loaded(view: View, root: Made, path: Path) -> Iterator[Value]:
    """What each source says of an option, in the order in which they are loaded."""
    constructed = given_to(root.creation) if root.creation is not None else ()
    if (default := argument(view, constructed, None, "default")) is not None:
        yield _inside(view, view.force(default), path)
    for keyword in (*OF_FILES.values(), "pydantic_settings"):
        if (listed := argument(view, constructed, None, keyword)) is not None:
            each = collections.iterate(view, view.force(listed))
            yield _inside(view, each if keyword == "pydantic_settings" else _read(view, each), path)
    for name in LOADING:
        for ref, site in view.callers.named(name)[:MAX_LOADED]:
            place = Place(view.symbolic_place(ref).frame, ref, site.position)
            owners = view.values(site.call.callee.value, place) if isinstance(site.call.callee, ir.Attribute) else ()
            for of, prefix in (_way(t) for t in owners):
                if of == root and path[: len(prefix)] == prefix:
                    yield _said(view, name, passed(site.call.arguments, place), path[len(prefix) :])
    yield from _from_above(view, root, path)


def _said(view: View, method: str, given: tuple[Passed, ...], path: Path) -> Value:
    """What one call that loads something says of what is left of the way to an option."""
    first = view.force(given[0].value) if given else ()
    second = view.force(given[1].value) if len(given) > 1 else ()
    match method:
        case "from_env":
            return variable(view, first, second) if not path else ()
        case "set":
            own = tuple((view.text(first) or "").split("."))
            return _inside(view, second, path[len(own) :]) if path[: len(own)] == own else ()
        case _:
            return _inside(view, _read(view, first) if method in OF_FILES else first, path)


def _read(view: View, paths: Value) -> Value:
    return bounded(t for path in view.texts(paths) for t in files.content(view, File(path)))


def _inside(view: View, value: Value, path: Path) -> Value:
    """What a mapping, or an object with attributes, holds at the end of a way."""
    for name in path:
        value = bounded(t for owner in value for t in _entry(view, owner, name))
    return value


def _entry(view: View, owner: Term, name: str) -> Value:
    return view.attribute(owner, name) if isinstance(owner, Instance) else collections.item(view, (owner,), (Literal(name),))


def _from_above(view: View, root: Made, path: Path) -> Iterator[Value]:
    """What containers around that of a configuration give it."""
    for inner, keyword, node, place in containers.given_by_others(view):
        if root in view.attribute(Class(inner), keyword):
            for term in view.values(node, place):
                for name in path:
                    term = Member(term, name)
                yield option(view, term)

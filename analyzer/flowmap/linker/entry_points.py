"""Entry points: classes and functions that the metadata of a package gives a name in a group, and that programs load by both.

`[project.entry-points."shop.drivers"]` and `[tool.poetry.plugins]` of pyproject.toml and `[entry_points]` of setup.cfg are read;
which objects have loaded one is for plugins to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from flowmap.linker import slots, subjects
from flowmap.linker.promises import object_of
from flowmap.linker.terms import Class, Literal, Made, Symbol, Term, Value
from flowmap.linker.texts import bounded
from flowmap.model.project import Data, DataMap

if TYPE_CHECKING:
    from flowmap.linker.view import View

Groups = dict[str, dict[str, str]]
"""Group -> name -> `module:name`."""

_TABLES = (("project", "entry-points"), ("tool", "poetry", "plugins"))
_PART = re.compile(r"(?:paste\.\w+_factory=|use=call:)\s*(?P<target>[A-Za-z_][\w.]*:[\w.]+)\s*")
_SECTIONS = ("entry_points", "options.entry_points")


def groups_in(data: Iterable[tuple[str, Data]]) -> Groups:
    """What the metadata among some files of data declares, by their paths."""
    found: Groups = {}
    for path, content in data:
        base = path.rpartition("/")[2]
        tables = [_under(content, keys) for keys in _TABLES] if base == "pyproject.toml" else []
        tables += [_under(content, (section,)) for section in _SECTIONS] if base == "setup.cfg" else []
        for group, points in (item for table in tables for item in table.items()):
            found.setdefault(group, {}).update(_points(points))
    return found


def parts_in(data: Iterable[tuple[str, Data]]) -> Iterator[str]:
    """The factories (`module:name`) of which PasteDeploy puts applications together, by the sections of its files."""
    for path, content in data:
        for section in content.items if path.endswith(".ini") and isinstance(content, DataMap) else ():
            for key, target in section[1].items if isinstance(section[1], DataMap) else ():
                if isinstance(target, str) and (made := _PART.fullmatch(f"{key}={target}")):
                    yield made["target"]


def _under(data: Data, keys: tuple[str, ...]) -> Mapping[str, Data]:
    for key in keys:
        data = next((v for k, v in data.items if k == key), None) if isinstance(data, DataMap) else None
    return dict(data.items) if isinstance(data, DataMap) else {}


def _points(points: Data) -> Iterator[tuple[str, str]]:
    """The entries of a group: a table, or lines of `name = module:name`."""
    if isinstance(points, DataMap):
        yield from ((name, target) for name, target in points.items if isinstance(target, str))
    for line in points.splitlines() if isinstance(points, str) else ():
        name, given, target = line.partition("=")
        if given:
            yield name.strip(), target.strip()


def of_manager(view: View, manager: Made, name: str) -> Value:
    """The attribute of a manager that has loaded an entry point; empty if it is none, or nobody knows what it has loaded."""
    known = view.knowledge.entry_points.get(manager.callee.name) if isinstance(manager.callee, Symbol) else None
    subject = subjects.of_creation_made(manager) if known is not None and name == known.attribute else None
    if known is None or subject is None:
        return ()
    nothing: Groups = {}
    groups = view.guarded(("entry points",), lambda: groups_in(view.surroundings.data.items()), nothing)
    group = groups.get(view.text(slots.ask(view, known.group, subject)) or "", {})
    wanted = view.text(slots.ask(view, known.name, subject))
    targets = [target for point, target in group.items() if wanted is None or point == wanted]
    loaded = bounded(t for target in targets for t in _at(view, target))
    made = slots.ask(view, known.invoked, subject) == (Literal(True),)
    return bounded(o for t in loaded for o in object_of(view, t)) if made else loaded


def _at(view: View, target: str) -> Iterator[Term]:
    module, _, name = target.partition(":")
    path = view.modules.path(module.strip())
    found = view.member(path, name.partition("[")[0].strip()) if path is not None else ()
    yield from (t for t in found if isinstance(t, Class) or not isinstance(t, Literal))

"""Entry points: classes and functions that the metadata of a package gives a name in a group, and that programs load by both.

`[project.entry-points."shop.drivers"]` and `[tool.poetry.plugins]` of pyproject.toml and `[entry_points]` of setup.cfg are read,
and the `driver` of stevedore's DriverManager.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from flowmap.linker import slots, subjects
from flowmap.linker.promises import object_of
from flowmap.linker.terms import Class, Literal, Made, Symbol, Term, Value
from flowmap.linker.texts import bounded
from flowmap.model.project import Data, DataMap
from flowmap.plugin_api import arg, keyword

if TYPE_CHECKING:
    from flowmap.linker.view import View

Groups = dict[str, dict[str, str]]
"""Group -> name -> `module:name`."""

MANAGERS = {"stevedore.driver.DriverManager", "stevedore.DriverManager"}
_TABLES = (("project", "entry-points"), ("tool", "poetry", "plugins"))
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
    if name != "driver" or not (isinstance(manager.callee, Symbol) and manager.callee.name in MANAGERS):
        return ()
    subject = subjects.of_creation_made(manager)
    if subject is None:
        return ()
    nothing: Groups = {}
    groups = view.guarded(("entry points",), lambda: groups_in(view.surroundings.data.items()), nothing)
    group = groups.get(view.text(slots.ask(view, arg(0, "namespace"), subject)) or "", {})
    wanted = view.text(slots.ask(view, arg(1, "name"), subject))
    targets = [target for point, target in group.items() if wanted is None or point == wanted]
    loaded = bounded(t for target in targets for t in _at(view, target))
    made = slots.ask(view, keyword("invoke_on_load"), subject) == (Literal(True),)
    return bounded(o for t in loaded for o in object_of(view, t)) if made else loaded


def _at(view: View, target: str) -> Iterator[Term]:
    module, _, name = target.partition(":")
    path = view.modules.path(module.strip())
    found = view.member(path, name.partition("[")[0].strip()) if path is not None else ()
    yield from (t for t in found if isinstance(t, Class) or not isinstance(t, Literal))

"""Set-up scripts: programs that nothing deploys, and that tell a broker which queues are bound to which exchanges. What they
declare holds for everybody; else they are no part of the system."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flowmap.linker.binding import Binding, bindings, exchange_types
from flowmap.linker.knowledge import Knowledge
from flowmap.linker.program import Program, loaded_with
from flowmap.linker.sites import Site, find_sites, location_of
from flowmap.linker.stated import stated_scopes
from flowmap.linker.storage import collect
from flowmap.linker.surroundings import surroundings
from flowmap.linker.view import View
from flowmap.model.project import Service
from flowmap.model.summary import Import
from flowmap.plugin_api import Binds, Declares, Plugin


@dataclass(frozen=True, slots=True)
class Declared:
    """What set-up scripts declare: bindings of queues, and exchanges with their types."""

    bindings: tuple[Binding, ...] = ()
    exchanges: frozenset[tuple[str, str]] = frozenset()


def declared_by_scripts(program: Program, plugins: Iterable[Plugin], knowledge: Knowledge) -> Declared:
    """What is declared in files of the scan that no service has."""
    of_services = frozenset[str]().union(*program.files.values())
    if of_services.issuperset(program.units.scanned):
        return Declared()
    told = tuple(p for p in plugins if any(isinstance(x, Binds | Declares) for x in p.patterns))
    roots = {root for p in told for root in p.roots}
    loose = (path for path in sorted(program.units.scanned) if path not in of_services and _imports(program, path, roots))
    sites = (s for path in loose for s in _sites(program, path, told, knowledge))
    found = [(view, site) for view, site in sites if site.caller.scope.path not in of_services]
    bound = (b for view, site in found if isinstance(site.pattern, Binds) for b in bindings(view, site))
    types = (e for view, site in found if isinstance(site.pattern, Declares) for e in exchange_types(view, site))
    return Declared(tuple(bound), frozenset(types))


def _imports(program: Program, path: str, roots: set[str]) -> bool:
    statements = (s for scope in program.units.by_path[path].summary.scopes for s in scope.statements)
    return any(isinstance(s, Import) and not s.level and s.module.partition(".")[0] in roots for s in statements)


def _sites(program: Program, path: str, plugins: tuple[Plugin, ...], knowledge: Knowledge) -> Iterator[tuple[View, Site]]:
    data = {f.path: f.content for f in program.project.data}
    around = surroundings(Service("", path.rpartition("/")[0] or ".", path), data, ())
    view = View(program.units, loaded_with(program, path), {}, knowledge, around)
    stated_scopes(view)
    collect(view)
    for site in find_sites(view, plugins):
        if isinstance(site.pattern, Binds | Declares):
            here = location_of(view, site.caller)
            view.ask(here.path, here.line)
            yield view, site

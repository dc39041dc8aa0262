"""How much each plugin had to do with a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from flowmap.linker.relevant import active_plugins, importing
from flowmap.model.effect import Effects
from flowmap.model.pattern import Binds, Declares, Messages, Mounts, Pattern, RemoteCalls, Requests, Serves
from flowmap.model.usage import Matched, Usage

if TYPE_CHECKING:
    from flowmap.linker.effects import Deed
    from flowmap.linker.sites import Site
    from flowmap.linker.view import View
    from flowmap.model.interaction import Interaction
    from flowmap.plugin_api import Plugin


def usage_of(
    plugins: tuple[Plugin, ...],
    seen: Sequence[tuple[str, View, list[Site]]],
    interactions: Iterable[Interaction],
    deeds: Iterable[Deed] = (),
) -> tuple[Usage, ...]:
    """The use of every plugin, in their order, given the sites in the view of each service, and what all do with what they keep."""
    active: dict[str, list[str]] = {}
    sites: dict[str, dict[object, tuple[Pattern | Effects, set[object]]]] = {}
    files: dict[str, set[str]] = {}
    for service, view, found in seen:
        for plugin in active_plugins(view, plugins):
            active.setdefault(plugin.name, []).append(service)
        for site in found:
            where = (site.caller.scope, id(site.caller.site), site.caller.decorated)
            sites.setdefault(site.plugin.name, {}).setdefault(id(site.pattern), (site.pattern, set()))[1].add(where)
        for root, paths in importing(view, {root for p in plugins for root in p.roots}).items():
            files.setdefault(root, set()).update(paths)
    for deed in deeds:
        sites.setdefault(deed.plugin, {}).setdefault(id(deed.pattern), (deed.pattern, set()))[1].add((deed.scope, deed.location))
    counts = Counter(i.plugin for i in interactions)
    return tuple(
        Usage(
            plugin.name,
            tuple(active.get(plugin.name, ())),
            tuple((root, len(files[root])) for root in plugin.roots if root in files),
            _matched(sites.get(plugin.name, {}).values()),
            counts[plugin.name],
        )
        for plugin in plugins
    )


def _matched(found: Iterable[tuple[Pattern | Effects, set[object]]]) -> tuple[Matched, ...]:
    """The patterns with their numbers of sites; what several say of one function counts once."""
    together: dict[tuple[str, str], set[object]] = {}
    for pattern, places in found:
        together.setdefault((pattern.target, _does(pattern)), set()).update(places)
    return tuple(sorted((Matched(t, d, len(p)) for (t, d), p in together.items()), key=lambda m: (-m.sites, m.target, m.does)))


def _does(pattern: Pattern | Effects) -> str:
    match pattern:
        case Effects():
            return pattern.does.value
        case Messages():
            return pattern.role.value
        case Binds():
            return "bind"
        case Declares():
            return "declare"
        case Requests() | RemoteCalls():
            return "call"
        case Serves():
            return "serve"
        case Mounts():
            return "mount"

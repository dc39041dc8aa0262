"""What all plugins together know of libraries, indexed for the linker: names, types, environment reads, injections."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from fnmatch import translate
from functools import lru_cache

from flowmap.plugin_api import (
    Addressed,
    CommandOptions,
    ConfigObject,
    Delegates,
    EntryPoints,
    Enumeration,
    EnvironmentRead,
    FileSettings,
    Gives,
    Guards,
    Messages,
    Pattern,
    Plugin,
    Ref,
    RegisteredOptions,
    Runs,
    SettingsBase,
    SettingsFile,
    SettingsModule,
)

MAX_WILDCARDS = 8_192
"""Patterns with wildcards that are kept compiled: more than all plugins have, which the cache of `re` holds no longer."""
MAX_SETS = 8
"""Sets of plugins whose knowledge is kept for the next scan of the same process."""


@dataclass(slots=True)
class Knowledge:
    """The union of the plugins; asked by qualified name."""

    aliases: dict[str, str] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    wild_types: list[tuple[re.Pattern[str], str]] = field(default_factory=list)
    discriminated: dict[str, Ref] = field(default_factory=dict)
    gives: dict[str, Gives] = field(default_factory=dict)
    passes: dict[str, Ref] = field(default_factory=dict)
    delegates: dict[str, Delegates] = field(default_factory=dict)
    delegated: set[str] = field(default_factory=set)
    delegating: dict[str, set[str]] = field(default_factory=dict)
    runs: list[Runs] = field(default_factory=list)
    addressed: list[Addressed] = field(default_factory=list)
    passing: set[str] = field(default_factory=set)
    reads: dict[str, EnvironmentRead] = field(default_factory=dict)
    wild_reads: list[tuple[re.Pattern[str], EnvironmentRead]] = field(default_factory=list)
    settings: dict[str, SettingsBase] = field(default_factory=dict)
    settings_files: dict[str, SettingsFile] = field(default_factory=dict)
    given: dict[str, tuple[str, ...]] = field(default_factory=dict)
    configs: dict[str, ConfigObject] = field(default_factory=dict)
    modules: dict[str, SettingsModule] = field(default_factory=dict)
    injectors: set[str] = field(default_factory=set)
    providers: set[str] = field(default_factory=set)
    enumerations: dict[str, Enumeration] = field(default_factory=dict)
    options: dict[str, RegisteredOptions] = field(default_factory=dict)
    file_settings: dict[str, FileSettings] = field(default_factory=dict)
    entry_points: dict[str, EntryPoints] = field(default_factory=dict)
    commands: dict[str, CommandOptions] = field(default_factory=dict)
    patterns: dict[str, list[tuple[Plugin, Pattern]]] = field(default_factory=dict)
    wild_patterns: list[tuple[re.Pattern[str], Plugin, Pattern]] = field(default_factory=list)
    router_prefix: dict[str, Ref] = field(default_factory=dict)
    roots: set[str] = field(default_factory=set)
    guards: dict[str, list[Guards]] = field(default_factory=dict)
    subjects: set[str] = field(default_factory=set)
    stated: dict[str, list[str]] = field(default_factory=dict)
    defined: set[str] = field(default_factory=set)
    telling: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _matching: dict[str, list[tuple[Plugin, Pattern]]] = field(default_factory=dict)
    _fitting: dict[str, str | None] = field(default_factory=dict)
    generated: set[str] = field(default_factory=set)

    def canonical(self, name: str) -> str:
        """The name under which patterns know a symbol: the longest aliased prefix is replaced."""
        end = len(name)
        while end > 0:
            if (other := self.aliases.get(name[:end])) is not None:
                return other + name[end:]
            end = name.rfind(".", 0, end)
        return name

    def is_generated(self, module: str) -> bool:
        """Whether a module has a name that a library's generator gives, so that it need not be in the scan."""
        return any(module.endswith(ending) for ending in self.generated)

    def speaks_of(self, name: str) -> bool:
        """Whether some plugin says something of names that start like this one (two parts decide)."""
        return ".".join(name.replace("()", "").split(".")[:2]) in self.subjects

    def type_of(self, key: str) -> str | None:
        """The type that the plugins give an expression, by what it looks like."""
        found = self.types.get(key)
        if found is None and self.wild_types:
            if key not in self._fitting:
                self._fitting[key] = next((t for pattern, t in self.wild_types if pattern.match(key)), None)
            found = self._fitting[key]
        return found

    def read_of(self, name: str) -> EnvironmentRead | None:
        """What reads a setting under a name; by its shape only where no plugin knows its library."""
        found = self.reads.get(name)
        if found is None and name.endswith("()") and self.is_foreign(name):
            found = next((r for pattern, r in self.wild_reads if pattern.match(name)), None)
        return found

    def is_foreign(self, name: str) -> bool:
        """Whether a name is of a library that no plugin knows."""
        root = name.partition(".")[0]
        return root not in self.roots and root not in sys.stdlib_module_names

    def matching(self, name: str) -> list[tuple[Plugin, Pattern]]:
        """The patterns for a qualified name; those of shapes only where no other plugin knows the name or its library."""
        known = self._matching.get(name)
        if known is None:
            known = self._matching[name] = self._matches(name)
        return known

    def _matches(self, name: str) -> list[tuple[Plugin, Pattern]]:
        found = list(self.patterns.get(name, ()))
        shapes: list[tuple[Plugin, Pattern]] = []
        for expression, plugin, pattern in self.wild_patterns:
            if expression.match(name):
                (shapes if plugin.fallback else found).append((plugin, pattern))
        return found or (_of_one_transport(shapes) if self.is_foreign(name) else [])


def _of_one_transport(shapes: list[tuple[Plugin, Pattern]]) -> list[tuple[Plugin, Pattern]]:
    """Of the shapes that a name has, the first and those that take it for the same: a `KafkaBroker` is Kafka's."""
    transports = [p.transport if isinstance(p, Messages) else None for _, p in shapes]
    return [shape for shape, transport in zip(shapes, transports, strict=True) if transport == transports[0]]


@lru_cache(MAX_WILDCARDS)
def wildcard(pattern: str) -> re.Pattern[str]:
    """`*` stands for any piece of one name; in front of a dot at the start for any module path."""
    if pattern.startswith("*"):
        return re.compile(translate("*")[:-2] + re.escape(pattern[1:]).replace(r"\*", r"[^.()\[\]]*") + r"\Z")
    return re.compile(re.escape(pattern).replace(r"\*", r"[^.()\[\]]*") + r"\Z")


@lru_cache(MAX_SETS)
def compile_knowledge(plugins: tuple[Plugin, ...]) -> Knowledge:
    """All plugins as one; a later plugin's word on the same name wins. Who asks changes nothing of it."""
    known = Knowledge()
    for plugin in plugins:
        known.aliases.update(plugin.aliases)
        known.discriminated.update(plugin.discriminated)
        known.router_prefix.update(plugin.router_prefix)
        known.injectors.update(plugin.injectors)
        known.providers.update(plugin.providers)
        known.roots.update(r.partition(".")[0] for r in plugin.roots)
        known.gives.update({g.path: g for g in plugin.gives})
        known.passes.update({p.target: p.ref for p in plugin.passes})
        _of_files(known, plugin)
        _read(known, plugin)
        _delegate(known, plugin)
        known.enumerations.update({d.base: d for d in plugin.declaring if isinstance(d, Enumeration)})
        known.options.update({d.root: d for d in plugin.declaring if isinstance(d, RegisteredOptions)})
        known.entry_points.update({d.target: d for d in plugin.declaring if isinstance(d, EntryPoints)})
        known.commands.update({d.base: d for d in plugin.declaring if isinstance(d, CommandOptions)})
        known.addressed += plugin.addressed
        known.runs += plugin.runs
        if plugin.stated:
            for target in dict.fromkeys(p.target for p in plugin.patterns):
                known.stated.setdefault(target.rpartition(".")[2], []).append(target)
        known.passing.update(p.target.rpartition(".")[2] for p in plugin.passes)
        known.given.update(plugin.given)
        known.configs.update({read: c for c in plugin.configs for read in c.reads})
        known.modules.update({m.symbol: m for m in plugin.modules})
        known.settings.update({s.base: s for s in plugin.settings})
        known.settings_files.update({s.decorator: s for s in plugin.settings_files})
        for guard in plugin.guards:
            known.guards.setdefault(guard.target, []).append(guard)
        for key, kind in plugin.types.items():
            if "*" in key:
                known.wild_types.append((wildcard(key), kind))
            else:
                known.types[key] = kind
        for pattern in plugin.patterns:
            if "*" in pattern.target:
                known.wild_patterns.append((wildcard(pattern.target), plugin, pattern))
            else:
                known.patterns.setdefault(pattern.target, []).append((plugin, pattern))
    named = (*known.types, *known.types.values(), *known.patterns, *known.gives, *known.reads, *known.configs, *known.guards)
    known.subjects = {".".join(n.replace("()", "").split(".")[:2]) for n in named}
    known.generated = {m[1] for _, _, p in known.wild_patterns if (m := re.match(r"\*(_\w+)\.", p.target))}
    known.defined = {
        start
        for n in (
            *named,
            *known.aliases,
            *known.passes,
            *known.settings,
            *known.settings_files,
            *known.injectors,
            *known.providers,
            *known.modules,
        )
        for start in _starts(n)
    }
    return known


def _of_files(known: Knowledge, plugin: Plugin) -> None:
    """The settings objects over files, by what makes them and by those that are there already."""
    stated = [d for d in plugin.declaring if isinstance(d, FileSettings)]
    known.file_settings.update({name: d for d in stated for name in (d.maker, d.ready) if name})


def _read(known: Knowledge, plugin: Plugin) -> None:
    """Keeps what reads settings, and what tells of whom a method is."""
    known.reads.update({r.path: r for r in plugin.reads if "*" not in r.path})
    known.wild_reads += [(wildcard(r.path), r) for r in plugin.reads if "*" in r.path]
    for method, keyword, owner in plugin.telling:
        known.telling.setdefault(method, []).append((keyword, owner))


def _delegate(known: Knowledge, plugin: Plugin) -> None:
    """What the plugin says of methods that do their work by others of the same object."""
    for stated in plugin.delegates:
        name = stated.target.rpartition(".")[2]
        known.delegates[stated.target] = stated
        known.delegated.add(name)
        known.delegating.setdefault(stated.to, set()).add(name)


def _starts(name: str) -> list[str]:
    """The dotted names that a path begins with, its calls, items and decorations left out: `a.b.c()` is `a`, `a.b`, `a.b.c`."""
    parts = re.split(r"[(\[@*]", name, maxsplit=1)[0].rstrip(".").split(".")
    return [".".join(parts[: n + 1]) for n in range(len(parts))]

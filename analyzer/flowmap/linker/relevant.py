"""Which plugins and patterns can mean anything in a service: by what it imports, and by the names of what it calls."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from flowmap.linker.knowledge import wildcard
from flowmap.model.summary import Import

if TYPE_CHECKING:
    from flowmap.linker.view import View
    from flowmap.plugin_api import Pattern, Plugin


def active_plugins(view: View, plugins: tuple[Plugin, ...]) -> tuple[Plugin, ...]:
    """The plugins of which some file of the view imports a root."""
    names = {".".join(m.split(".")[: n + 1]) for m in _imported(view) for n in range(m.count(".") + 1)}
    return tuple(p for p in plugins if not p.roots or not names.isdisjoint(p.roots))


def importing(view: View, roots: Collection[str]) -> dict[str, set[str]]:
    """The files of the view that import each of these modules, or something from it."""
    found: dict[str, set[str]] = {}
    for ref in view.scopes:
        for statement in view.scope(ref).statements:
            if isinstance(statement, Import) and not statement.level:
                pieces = f"{statement.module}.{statement.name}".split(".")
                for name in (".".join(pieces[: n + 1]) for n in range(len(pieces))):
                    if name in roots:
                        found.setdefault(name, set()).add(ref.path)
    return found


def _imported(view: View, *, unseen: bool = False) -> set[str]:
    """The modules that the view imports by their absolute names, and what it imports from them; with `unseen`, only those that are
    not in the scan."""
    found: set[str] = set()
    for ref in view.scopes:
        for statement in view.scope(ref).statements:
            if isinstance(statement, Import) and not statement.level:
                if unseen and any(m != ref.path for m in view.units.imported_modules(view.unit(ref.path), statement)):
                    continue  # a package may wrap a library of its own name
                found.add(statement.module)
                found.add(f"{statement.module}.{statement.name}")
    return found


class CalledNames:
    """The last names of the calls that patterns may mean: what is called otherwise need not be looked at."""

    def __init__(self, view: View, patterns: Iterable[tuple[Plugin, Pattern]]) -> None:
        imported = _imported(view, unseen=True)
        targets = {x.target for p, x in patterns if x.form == "call" and not p.fallback}
        shapes = {x.target for p, x in patterns if x.form == "call" and p.fallback}
        owners = {owner: wildcard(owner) for owner in {t.rpartition(".")[0] for t in shapes}}
        there = {owner for owner, pattern in owners.items() if any(pattern.match(name) for name in imported)}
        ends = {t.rpartition(".")[2] for t in targets | {t for t in shapes if t.rpartition(".")[0] in there}}
        self.exact = {e for e in ends if "*" not in e}
        self._wild = [re.compile(re.escape(e).replace(r"\*", r"\w*")) for e in ends - self.exact]

    def may_be(self, name: str) -> bool:
        """Whether a call with this last name may be one of a pattern's."""
        return name in self.exact or any(w.fullmatch(name) for w in self._wild)

"""What imports bring: modules, their members, star imports, `__all__`, modules that are imported by a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker.library import FUNCTIONS, IDENTITIES
from flowmap.linker.making import ready
from flowmap.linker.tables import Binding
from flowmap.linker.terms import Elements, Function, Link, Literal, Module, Passed, Place, Unknown, Value
from flowmap.linker.units import ScopeRef, Unit
from flowmap.model import expression as ir
from flowmap.model.summary import Import

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAX_REEXPORTS = 12
"""Modules that a definition may be handed on by."""


def imported(view: View, unit: Unit, statement: Import) -> Value:
    """What an import statement binds its name to."""
    if statement.name is None:
        dotted = statement.module if statement.alias else statement.module.partition(".")[0]
        found = view.units.search(unit.path, dotted)
        whole = view.units.search(unit.path, statement.module)
        if found and whole and (not whole[0].endswith("/") or "." in statement.module):
            return (Module(found[0]),)
        return (view.symbol(dotted),)
    for base in view.units.bases(unit, statement):
        if base == unit.path:  # a package that imports a module of its own
            child = view.units.child(base, statement.name)
            value: Value = (Module(child),) if child else ()
        else:
            value = module_member(view, base, statement.name)
        if value:
            return value
    if statement.level and view.knowledge.is_generated(statement.module):
        return (view.symbol(f"{statement.module}.{statement.name}"),)
    if statement.level and view.knowledge.is_generated(statement.name):
        return (view.symbol(statement.name),)
    if statement.level:
        return (Unknown(f"`{statement.name}` is imported from a module that is not in the scan"),)
    return (view.symbol(f"{statement.module}.{statement.name}"),)


def module_member(view: View, path: str, name: str) -> Value:
    """`module.name`: a binding of its body, something a star import brings, a submodule; empty if there is none."""
    return view.guarded(("member", path, name), lambda: _module_member(view, path, name), ())


def _module_member(view: View, path: str, name: str) -> Value:
    child = view.units.child(path, name)
    if view.units.get(path) is not None:
        found = view.module_name_value(path, name) if defines(view, path, name) else ()
        if found and not (child and all(isinstance(t, Unknown) for t in found)):  # a package may star-import its modules' modules
            return found
        return (Module(child),) if child else _made_on_demand(view, path, name)
    return (Module(child),) if child else ()


def _made_on_demand(view: View, path: str, name: str) -> Value:
    """What the module's own `__getattr__` gives for the name."""
    if name.startswith("__") or "__getattr__" not in view.unit(path).table(0).names:
        return ()
    made_by = Link(None, (Passed(ready((Literal(name),))),), (hash((path, name)),))
    functions = [t for t in view.module_name_value(path, "__getattr__") if isinstance(t, Function)]
    frames = [view.frame(f.scope, made_by, f.closure) for f in functions]
    return tuple(t for f in frames for t in view.outcome(f) if not isinstance(t, Unknown) and t != Literal(None))


def defines(view: View, path: str, name: str) -> bool:
    """Whether the body of a module binds the name, itself or by a star import."""
    unit = view.unit(path)
    table = unit.table(0)
    if name in table.names or (0, name) in unit.late:
        return True
    return bool(table.names.get("*")) and view.guarded(
        ("defines", path, name), lambda: any(brings(view, unit, b, name) for b in table.names["*"]), False
    )


def brings(view: View, unit: Unit, binding: Binding, name: str) -> bool:
    """Whether a star import binds the name: public names, or those that `__all__` lists; of a library, those that plugins know."""
    statement = binding.statement
    if not isinstance(statement, Import):
        return False
    module = _starred(view, unit, statement)
    if module is None:
        return not statement.level and not name.startswith("_") and _library_has(view, f"{statement.module}.{name}")
    if view.units.get(module) is None or module == unit.path or _has_it_from(view, module, unit, name):
        return False
    listed = _listed(view, module)
    if listed is not None:
        return name in listed and (defines(view, module, name) or view.units.child(module, name) is not None)
    return not name.startswith("_") and defines(view, module, name)


def _has_it_from(view: View, module: str, unit: Unit, name: str) -> bool:
    """Whether all that a module binds to a name is what it imports under it from `unit`: to import it back changes nothing."""
    theirs = view.unit(module)
    bound = [b.statement for b in theirs.table(0).names.get(name, ())]
    imports = [s for s in bound if isinstance(s, Import) and s.name == name]
    return bool(bound) and len(imports) == len(bound) and all(unit.path in view.units.bases(theirs, s)[:1] for s in imports)


def _starred(view: View, unit: Unit, statement: Import) -> str | None:
    return next(iter(view.units.imported_modules(unit, statement)), None)


def _library_has(view: View, name: str) -> bool:
    return name in view.knowledge.defined or name in FUNCTIONS or name in IDENTITIES


def _listed(view: View, path: str) -> frozenset[str] | None:
    """The names in a module's `__all__`; None if there is none, or it is not known as a whole."""
    if "__all__" not in view.unit(path).table(0).names:
        return None
    return view.guarded(("all", path), lambda: _all_of(view, path), None)


def _all_of(view: View, path: str) -> frozenset[str] | None:
    found: set[str] = set()
    for term in view.module_name_value(path, "__all__"):
        if not isinstance(term, Elements) or term.open:
            return None
        for item in term.items:
            text = view.text(view.force(item))
            if text is None:
                return None
            found.add(text)
    return frozenset(found)


def star_value(view: View, unit: Unit, statement: Import, name: str) -> Value:
    """What a star import binds a name to that it brings."""
    module = _starred(view, unit, statement)
    return module_member(view, module, name) if module is not None else (view.symbol(f"{statement.module}.{name}"),)


def by_text(view: View, importer: str, dotted: str, package: str | None) -> Value:
    """The module that `import_module(dotted, package)` gives in a file; empty if the scan does not have it."""
    unit = view.unit(importer)
    level = len(dotted) - len(dotted.lstrip("."))
    if level and package is not None:
        return by_text(view, importer, ".".join([*package.split(".")[: 1 - level or None], dotted[level:]]), None)
    found = view.units.relative(unit, level, dotted[level:]) if level else next(iter(view.units.search(importer, dotted)), None)
    return (Module(found),) if found is not None else () if level else (view.symbol(dotted),)


def definition(view: View, name: str, path: str, depth: int = 0) -> tuple[ir.Expression, Place] | None:
    """The expression that a module-level name is assigned, in this module or the one it is imported from."""
    unit = view.units.get(path)
    for binding in unit.table(0).names.get(name, ()) if unit is not None and depth < MAX_REEXPORTS else ():
        if binding.kind == "assign" and binding.value is not None:
            return binding.value, view.symbolic_place(ScopeRef(path, 0), binding.position)
        if isinstance(binding.statement, Import) and binding.statement.name is not None and unit is not None:
            for module in view.units.imported_modules(unit, binding.statement)[:1]:
                return definition(view, binding.statement.name, module, depth + 1)
    return None

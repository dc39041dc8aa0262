"""`value.name` and `value[key]`, by what the value is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flowmap.linker import (
    arguments,
    collections,
    configurations,
    entry_points,
    enums,
    fields,
    files,
    ini,
    loaded,
    namespaces,
    protocols,
    providers,
    registered,
    stores,
    written_out,
)
from flowmap.linker.class_statements import by_statement
from flowmap.linker.classes import CLASS, assigned_by_class, class_attribute, decided_below, instance_attribute
from flowmap.linker.generics import variables
from flowmap.linker.mirrored import taken_over
from flowmap.linker.settings import module_setting
from flowmap.linker.storage import stored_item
from flowmap.linker.surroundings import opened_at
from flowmap.linker.terms import (
    Class,
    Element,
    EnumMember,
    Function,
    Instance,
    Literal,
    Made,
    Member,
    Module,
    Parsed,
    Partial,
    Pending,
    Selection,
    Supplier,
    Symbol,
    Term,
    Unknown,
    Unset,
    Value,
)
from flowmap.linker.texts import KEEPING
from flowmap.linker.typevars import is_variable
from flowmap.linker.waiting import depends

if TYPE_CHECKING:
    from flowmap.linker.view import View

MAPPING = frozenset(dir(dict))
"""The attributes of mappings themselves; any other one is of an object that a mapping in a file was made into."""


def _missing(view: View, path: str, name: str) -> str:
    """Why a module has no such name."""
    unit = view.units.get(path)  # a folder without a file of its own has none
    if unit is not None and unit.summary.problem:
        return f"`{name}` of `{path}`, which cannot be parsed from line {unit.summary.problem_line} on"
    return f"`{path}` does not define `{name}`"


def attribute_of(view: View, term: Term, name: str) -> Value:
    """All that `term.name` can be."""
    match term:
        case Symbol(name=qualified):
            settings = view.knowledge.modules.get(qualified)
            found = module_setting(view, settings, name) if settings is not None else ()
            found = found or registered.option(view, qualified, name) or loaded.entry(view, term, name)
            return found or view.stored(term, name) or (view.symbol(f"{qualified}.{name}"),)
        case Module(path=path):
            return namespaces.kept(view, term, name) or view.member(path, name) or (Unknown(_missing(view, path, name)),)
        case Instance():
            return _of_instance(view, term, name)
        case Class() | EnumMember():
            return _of_class(view, term, name) if isinstance(term, Class) else enums.attribute(view, term, name)
        case Function() | Partial() | Made() if (known := _own(view, term, name)) is not None:
            return (known,)
        case Literal(value=str() as path):
            return files.path_attribute(path, name) or (Member(term, name),)
        case Unknown() | Unset():
            return (_of_nothing(term, name),)
        case Parsed() if name not in MAPPING and (entry := opened_at(view.surroundings, term, Literal(name))) is not None:
            return (entry,)
        case Made() | Supplier() if (given := _of_made(view, term, name)) is not None:
            return given
        case _:
            return view.stored(term, name) or (Member(term, name),)


def _of_made(view: View, term: Made | Supplier, name: str) -> Value | None:
    """What is known of some objects of libraries: the arguments of a command, what a manager of entry points has loaded."""
    if isinstance(term, Supplier):
        return providers.attribute(view, term, name)
    given = arguments.parsed(view, term, name)
    return given if given is not None else entry_points.of_manager(view, term, name) or loaded.entry(view, term, name) or None


def _of_nothing(term: Unknown | Unset, name: str) -> Term:
    if isinstance(term, Unknown):
        return term
    return Member(term, name) if name in KEEPING else Unknown(f"an attribute of the unset `{term.name}`")


def _own(view: View, term: Function | Partial | Made, name: str) -> Term | None:
    """What the language itself says of functions and of objects that a library class makes."""
    match term:
        case Function(scope=scope) if name in {"__name__", "__qualname__"}:
            return Literal(view.scope(scope).name if name == "__name__" else view.scope(scope).qualname)
        case Partial(callee=callee) if name == "func":
            return callee
        case Made(callee=Symbol(name=maker) as kind) if name == CLASS and maker.rpartition(".")[2][:1].isupper():
            return kind
        case _:
            return None


def _of_instance(view: View, term: Instance, name: str) -> Value:
    if name == CLASS:
        waits = term.creation is None and view.subclasses(term.scope)
        return (Pending(term.scope, name) if waits else Class(term.scope),)
    found = instance_attribute(view, term, name) or taken_over(view, term, name)
    if found:
        return found
    if name == "__dict__" or "__getattr__" in view.unit(term.scope.path).table(term.scope.index).names:
        return (Member(term, name),)
    return (Unknown(f"`{view.scope(term.scope).qualname}` has no attribute `{name}` that the scan can see"),)


def _of_class(view: View, term: Class, name: str) -> Value:
    if name in {"__name__", "__qualname__"}:
        return (Literal(view.scope(term.scope).name),)
    if name == "__members__" and view.is_enum(term.scope):
        return (Member(term, name),)
    own = by_statement(view, term.scope, name) or class_attribute(view, term.scope, name, None)
    if not own or all(isinstance(t, Literal) and t.value is None for t in own):  # a place that is kept for what is put there
        own = view.stored(term, name) or assigned_by_class(view, term.scope, name) or own
    if all(isinstance(t, Unknown) for t in own) and decided_below(view, term.scope, name):
        return (Pending(term.scope, name),)  # `cls` of a class method; the class itself has none
    return own or enums.listed(view, term.scope, name) or (Member(term, name),)


def _is_parametrised(view: View, owner: Term, key: Term) -> bool:
    """Whether `owner[key]` is a generic class with its type argument."""
    match owner:
        case Class(scope=scope):
            return bool(variables(view, scope))
        case Symbol(name=name):
            is_type = isinstance(key, Class | Symbol) or is_variable(key)
            return is_type and (last := name.rpartition(".")[2])[:1].isupper() and not last.isupper()
        case _:
            return False


def _of_container(view: View, owner: Term, key: Term) -> Term | None:
    """An item of what a provider makes, still to be made; an option of a configuration."""
    if isinstance(owner, Supplier):
        return Supplier(collections.item(view, owner.gives, (key,)))
    match key:
        case Literal(value=str() as name) if configurations.is_configuration(owner):
            return Member(owner, name)
        case _:
            return None


def item_of(view: View, owner: Term, key: Term) -> Value:
    """`owner[key]` of something that is no known collection: the environment's, or what the code itself puts there."""
    plain = key.value if isinstance(key, Literal) and isinstance(key.value, str | int) else None
    element = Element(owner, plain)
    if _is_parametrised(view, owner, key):
        return (owner,)
    if (kept := _of_container(view, owner, key)) is not None:
        return (kept,)
    read = view.environment_read(element)
    if (parser := ini.parser_of(view, owner)) is not None:
        found = ini.item(view, parser, [plain if isinstance(plain, str) else None])
        return (Selection(owner, key),) if depends(key) else found or (element,)
    if isinstance(plain, str) and (known := loaded.entry(view, owner, plain)):
        return known
    if owner == Symbol("sys.argv") and isinstance(plain, int):
        return arguments.word(view, plain)
    if isinstance(owner, Symbol) and isinstance(plain, str) and (registered_item := registered.item(view, owner, plain)):
        return registered_item
    if isinstance(owner, Instance) and isinstance(plain, int) and (field := fields.at(view, owner, plain)) is not None:
        return view.attribute(owner, field)
    if (depends(key) and read) or (depends(owner) and plain is None):
        return (Selection(owner, key),)
    if read and not all(isinstance(t, Unset) for t in read):
        return read
    kept_there = protocols.item(view, owner, key) or stored_item(view, owner, key)
    return kept_there or written_out.item(view, owner, key) or stores.field(view, owner, key) or read or (element,)

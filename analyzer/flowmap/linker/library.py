"""What the language and its standard library do with values: builtins, text and collection methods, identity functions.

Only functions that compute or pass on; libraries that communicate are the plugins' business.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from flowmap.linker import addresses, collections, configurations, files, formats, ini, iterables, kinds, loaded, namespaces, stores
from flowmap.linker.formats import format_fields
from flowmap.linker.promises import kept
from flowmap.linker.settings import is_settings
from flowmap.linker.subjects import given
from flowmap.linker.terms import (
    Class,
    Elements,
    Entries,
    Link,
    Literal,
    Member,
    Partial,
    Symbol,
    Template,
    Term,
    Unknown,
    Unset,
    Value,
)
from flowmap.linker.texts import KEEPING, apply_method, bounded, concatenate, join_paths, name_of, renamed
from flowmap.linker.waiting import depends
from flowmap.linker.written_out import called as written_out_of

if TYPE_CHECKING:
    from flowmap.linker.view import View

Model = Callable[["View", Link], Value | None]


def call(view: View, callee: Symbol | Member, link: Link) -> Value | None:
    """The value of a call to the language's own functions, or None if it is none of them."""
    if isinstance(callee, Symbol):
        if (position := IDENTITIES.get(callee.name)) is not None:
            return given(view, link, position)
        model = FUNCTIONS.get(callee.name)
        return model(view, link) if model else None
    return _method(view, callee, link)


IDENTITIES = {
    "copy.copy": 0,
    "copy.deepcopy": 0,
    "asyncio.create_task": 0,
    "asyncio.ensure_future": 0,
    "asyncio.wait_for": 0,
    "asyncio.shield": 0,
    "asyncio.run": 0,
    "asgiref.sync.async_to_sync": 0,
    "asgiref.sync.sync_to_async": 0,
    "banal.ensure_list": 0,
    "contextlib.closing": 0,
    "contextlib.aclosing": 0,
    "urllib.parse.quote": 0,
    "urllib.parse.quote_plus": 0,
    "pathlib.Path": 0,
    "pathlib.PurePath": 0,
    "pathlib.PurePosixPath": 0,
    "builtins.iter": 0,
    "functools.lru_cache": 0,
    "functools.cache": 0,
    "types.MappingProxyType": 0,
    "more_itertools.always_iterable": 0,
    "sys.intern": 0,
}
"""Functions whose result is, for us, the argument at this position."""


def _text(view: View, link: Link) -> Value:
    return concatenate([formats.write(view, given(view, link, 0), "s")]) if link.arguments else (Literal(""),)


def _format(view: View, link: Link) -> Value:
    spec = view.text(given(view, link, 1)) if len(link.arguments) > 1 else ""
    return formats.write(view, given(view, link, 0), "", spec) if spec is not None else (Unknown("a formatted value"),)


def _type(view: View, link: Link) -> Value | None:
    """`type(x)`: the class of an object."""
    if len(link.arguments) != 1:
        return None
    return bounded(t for owner in given(view, link, 0) for t in view.attribute(owner, "__class__"))


def _integer(view: View, link: Link) -> Value:
    value = given(view, link, 0)
    found: list[Term] = []
    for term in value:
        if isinstance(term, Literal) and isinstance(term.value, str | int | float):
            try:
                found.append(Literal(int(term.value)))
            except ValueError:
                found.append(Unknown("no number"))
        else:
            found.append(term)
    return bounded(found)


def _lacks(view: View, owner: Term, found: Term) -> bool:
    """Whether the scan can see that the owner has no such attribute."""
    match found:
        case Member(owner=Class(scope=scope) as cls):
            return cls == owner and not view.external_bases(scope)
        case Symbol():
            return isinstance(owner, Symbol) and is_settings(view, owner)
        case _:
            return isinstance(found, Unknown) and not isinstance(owner, Unknown)


def _getattr(view: View, link: Link) -> Value:
    owners, names = given(view, link, 0), given(view, link, 1)
    found = [
        t
        for owner in owners
        for name in names
        for t in (
            view.attribute(owner, name.value)
            if isinstance(name, Literal) and isinstance(name.value, str)
            else (Unknown("an attribute whose name is computed"),)
        )
    ]
    default = given(view, link, 2)
    if default and all(_lacks(view, o, t) for o, t in zip(owners, found, strict=False)) and len(found) == len(owners):
        return default
    known = [t for t in found if not isinstance(t, Unknown)]
    return bounded(known or found)


def _partial(view: View, link: Link) -> Value:
    rest = link.arguments[1:]
    return bounded(Partial(t, rest) for t in given(view, link, 0))


def _paths(view: View, link: Link) -> Value:
    return join_paths([view.texts(view.force(a.value)) for a in link.arguments])


def _cast(view: View, link: Link) -> Value:
    value = given(view, link, 1, "val")
    kind = next((a.value for a in link.arguments), None)
    return kept(view, value, kind.expression, kind.place) if kind is not None and kind.place is not None else value


def _one_of(view: View, link: Link) -> Value:
    return collections.iterate(view, given(view, link, 0))


def _import_module(view: View, link: Link) -> Value | None:
    names, packages = given(view, link, 0, "name"), given(view, link, 1, "package")
    if link.place is None:
        return None
    package = view.text(packages)
    texts = [t.value for t in names if isinstance(t, Literal) and isinstance(t.value, str)]
    found = bounded(t for text in texts for t in view.module_by_text(link.place.scope.path, text, package))
    waiting = (Unknown("a module that a caller names"),) if any(depends(t) for t in names) else None
    return found or waiting


def _dunder_import(view: View, link: Link) -> Value | None:
    dotted = view.text(given(view, link, 0, "name"))
    if dotted is None or link.place is None:
        return None
    return view.module_by_text(link.place.scope.path, dotted.partition(".")[0], None)


FUNCTIONS: dict[str, Model] = {
    "importlib.import_module": _import_module,
    "builtins.__import__": _dunder_import,
    "builtins.str": _text,
    "builtins.int": _integer,
    "builtins.type": _type,
    "builtins.format": _format,
    "builtins.getattr": _getattr,
    "builtins.isinstance": kinds.is_instance,
    "builtins.hasattr": kinds.has_attribute,
    "typing.cast": _cast,
    "functools.partial": _partial,
    "heapq.heappop": _one_of,
    "os.path.join": _paths,
    "posixpath.join": _paths,
    **addresses.FUNCTIONS,
    **iterables.FUNCTIONS,
    **namespaces.FUNCTIONS,
    **files.FUNCTIONS,
}


STACKS = {"contextlib.ExitStack", "contextlib.AsyncExitStack"}
OF_OBJECTS = (configurations.called, addresses.method, files.method, ini.method, loaded.method, stores.method, written_out_of)
"""What knows methods of objects that Python's library and others make."""
ENTERED = {"enter_context", "enter_async_context"}
"""Methods that enter a context until their stack is left."""


def _method(view: View, callee: Member, link: Link) -> Value | None:
    owner, name = callee.owner, callee.name
    for known in OF_OBJECTS:
        if (worth := known(view, callee, link)) is not None:
            return worth
    if name in ENTERED and not STACKS.isdisjoint(view.plain_names_of(owner)):
        return view.entered(given(view, link, 0))
    if name in {"__enter__", "__aenter__"}:
        return view.entered((owner,))
    if isinstance(owner, Literal | Template):
        return _text_method(view, owner, name, link)
    if isinstance(owner, Unset) and name in KEEPING:
        return (owner,)
    if (entries := collections.mapping(view, owner)) is not None:
        return _mapping_method(view, entries, name, link)
    if isinstance(owner, Elements) and name in {"copy", "pop", "popleft", "__iter__"}:
        return (owner,) if name in {"copy", "__iter__"} else collections.iterate(view, (owner,))
    return None


def _text_method(view: View, owner: Literal | Template, name: str, link: Link) -> Value:
    if name == "join":
        return _joined(view, owner, link)
    if name == "format" and isinstance(owner, Literal) and isinstance(owner.value, str):
        written = format_fields(owner.value, lambda field: _field(view, link, field), partial(formats.write, view))
        return written if owner.value.startswith("{") else renamed(written, owner.name)
    if name == "joinpath":
        return join_paths([(owner,), *(view.texts(view.force(a.value)) for a in link.arguments)])
    arguments: list[str | int] = []
    for argument in link.arguments:
        value = view.force(argument.value)
        if len(value) != 1 or not isinstance(value[0], Literal) or not isinstance(value[0].value, str | int):
            return (Unknown(f"`{name}` of a text with a computed argument"),)
        arguments.append(value[0].value)
    result = apply_method(name, owner, arguments)
    if result is None:
        return (Unknown(f"`{name}` of a text"),)
    if isinstance(result, str | bool):
        return (Literal(result, name_of(owner)),)
    return (collections.from_texts(result),) if isinstance(result, list) else (result,)


MAYBE: Value = (Unknown("a piece that a branch adds"),)


def _joined(view: View, separator: Literal | Template, link: Link) -> Value:
    found: list[Term] = []
    for term in given(view, link, 0):
        known = collections.elements(view, term)
        if known is None or known.open or not known.ordered:
            found.append(Unknown("a join of something unknown"))
            continue
        pieces: list[Value] = []
        for number, item in enumerate(known.items):
            if not item.perhaps:
                pieces += [(separator,)] if number else []
                pieces.append(view.texts(view.force(item)))
            elif pieces[-1:] != [MAYBE]:
                pieces.append(MAYBE)
        found += concatenate(pieces) if pieces else (Literal(""),)
    return bounded(found)


def _field(view: View, link: Link, field: str) -> Value:
    if field.isdigit():
        return given(view, link, int(field)) or (Unknown("a missing format argument"),)
    for argument in link.arguments:
        if argument.keyword == field:
            return view.force(argument.value)
        if argument.stars == 2:
            return collections.item(view, view.force(argument.value), (Literal(field),))
    return (Unknown("a missing format argument"),)


def _mapping_method(view: View, owner: Entries, name: str, link: Link) -> Value | None:
    if name in {"get", "pop", "setdefault"}:
        key = given(view, link, 0)
        found = collections.item(view, (owner,), key)
        default = given(view, link, 1)
        known = tuple(t for t in found if not isinstance(t, Unknown))
        return known or default or found
    if name == "items":
        return (collections.pairs(owner),)
    if name == "values":
        return (Elements(tuple(v for _, v in owner.items), owner.open),)
    if name == "keys":
        return (collections.elements(view, owner) or owner,)
    return (owner,) if name == "copy" else None

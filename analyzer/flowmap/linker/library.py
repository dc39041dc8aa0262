"""What the language and its standard library do with values: builtins, text and collection methods, identity functions.

Only functions that compute or pass on; libraries that communicate are the plugins' business.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from flowmap.linker import collections
from flowmap.linker.making import ready
from flowmap.linker.terms import Deferred, Elements, Entries, Link, Literal, Member, Partial, Symbol, Template, Term, Unknown, Value
from flowmap.linker.texts import apply_method, bounded, concatenate, format_fields, join_paths, join_url, name_of

if TYPE_CHECKING:
    from flowmap.linker.view import View

Model = Callable[["View", Link], Value | None]


def call(view: View, callee: Symbol | Member, link: Link) -> Value | None:
    """The value of a call to the language's own functions, or None if it is none of them."""
    if isinstance(callee, Symbol):
        if (position := IDENTITIES.get(callee.name)) is not None:
            return _argument(view, link, position)
        model = FUNCTIONS.get(callee.name)
        return model(view, link) if model else None
    return _method(view, callee, link)


IDENTITIES = {
    "typing.cast": 1,
    "copy.copy": 0,
    "copy.deepcopy": 0,
    "asyncio.create_task": 0,
    "asyncio.ensure_future": 0,
    "asyncio.wait_for": 0,
    "asyncio.shield": 0,
    "asyncio.run": 0,
    "asgiref.sync.async_to_sync": 0,
    "asgiref.sync.sync_to_async": 0,
    "contextlib.closing": 0,
    "contextlib.aclosing": 0,
    "urllib.parse.quote": 0,
    "urllib.parse.quote_plus": 0,
    "pathlib.Path": 0,
    "pathlib.PurePath": 0,
    "pathlib.PurePosixPath": 0,
    "builtins.iter": 0,
    "builtins.sorted": 0,
    "builtins.reversed": 0,
    "functools.lru_cache": 0,
    "functools.cache": 0,
    "types.MappingProxyType": 0,
    "sys.intern": 0,
}
"""Functions whose result is, for us, the argument at this position."""


def _argument(view: View, link: Link, index: int, name: str | None = None) -> Value:
    for candidate in link.arguments:
        if name is not None and candidate.keyword == name:
            return view.force(candidate.value)
    positional = [a for a in link.arguments if a.keyword is None and not a.stars]
    return view.force(positional[index].value) if index < len(positional) else ()


def _text(view: View, link: Link) -> Value:
    return concatenate([view.texts(_argument(view, link, 0))]) if link.arguments else (Literal(""),)


def _integer(view: View, link: Link) -> Value:
    value = _argument(view, link, 0)
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


def _list(view: View, link: Link) -> Value:
    if not link.arguments:
        return (Elements((), open=True),)
    return bounded(collections.elements(view, t) or t for t in _argument(view, link, 0))


def _dict(view: View, link: Link) -> Value:
    items: list[tuple[Deferred | None, Deferred]] = []
    more = not link.arguments
    for argument in link.arguments:
        if argument.keyword is not None:
            items.append((ready((Literal(argument.keyword),)), argument.value))
            continue
        for term in view.force(argument.value):
            items += term.items if isinstance(term, Entries) else ()
            more = more or not isinstance(term, Entries) or term.open
    return (Entries(tuple(items), more),)


def _getattr(view: View, link: Link) -> Value:
    owners, names = _argument(view, link, 0), _argument(view, link, 1)
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
    default = _argument(view, link, 2)
    known = [t for t in found if not isinstance(t, Unknown)]
    return bounded(known or default or found)


def _enumerate(view: View, link: Link) -> Value:
    found: list[Term] = []
    for term in _argument(view, link, 0):
        known = collections.elements(view, term)
        if known is None:
            found.append(Unknown("an enumeration of something unknown"))
        else:
            pairs = (ready((Elements((ready((Literal(n),)), item)),)) for n, item in enumerate(known.items))
            found.append(Elements(tuple(pairs), known.open))
    return bounded(found)


def _zip(view: View, link: Link) -> Value:
    columns = []
    for argument in link.arguments:
        known = next((k for t in view.force(argument.value) if (k := collections.elements(view, t))), None)
        if known is None:
            return (Unknown("a zip of something unknown"),)
        columns.append(known.items)
    rows = (ready((Elements(tuple(row)),)) for row in zip(*columns, strict=False))
    return (Elements(tuple(rows)),)


def _partial(view: View, link: Link) -> Value:
    rest = link.arguments[1:]
    return bounded(Partial(t, rest) for t in _argument(view, link, 0))


def _paths(view: View, link: Link) -> Value:
    return join_paths([view.texts(view.force(a.value)) for a in link.arguments])


def _urljoin(view: View, link: Link) -> Value:
    return join_url(view.texts(_argument(view, link, 0, "base")), view.texts(_argument(view, link, 1, "url")))


def _map(view: View, link: Link) -> Value | None:
    functions, items = _argument(view, link, 0), _argument(view, link, 1)
    if any(isinstance(f, Symbol) and f.name in {"builtins.str", "builtins.int"} for f in functions):
        return bounded(collections.elements(view, t) or t for t in items)
    return None


def _import_module(view: View, link: Link) -> Value | None:
    names, packages = _argument(view, link, 0, "name"), _argument(view, link, 1, "package")
    if link.place is None:
        return None
    package = view.text(packages)
    texts = [t.value for t in names if isinstance(t, Literal) and isinstance(t.value, str)]
    return bounded(t for text in texts for t in view.module_by_text(link.place.scope.path, text, package)) or None


def _dunder_import(view: View, link: Link) -> Value | None:
    dotted = view.text(_argument(view, link, 0, "name"))
    if dotted is None or link.place is None:
        return None
    return view.module_by_text(link.place.scope.path, dotted.partition(".")[0], None)


FUNCTIONS: dict[str, Model] = {
    "importlib.import_module": _import_module,
    "builtins.__import__": _dunder_import,
    "builtins.str": _text,
    "builtins.int": _integer,
    "builtins.list": _list,
    "builtins.tuple": _list,
    "builtins.set": _list,
    "builtins.frozenset": _list,
    "builtins.dict": _dict,
    "builtins.getattr": _getattr,
    "builtins.enumerate": _enumerate,
    "builtins.zip": _zip,
    "builtins.map": _map,
    "functools.partial": _partial,
    "os.path.join": _paths,
    "posixpath.join": _paths,
    "urllib.parse.urljoin": _urljoin,
    "collections.OrderedDict": _dict,
    "collections.defaultdict": lambda _view, _link: (Entries((), open=True),),
}


def _method(view: View, callee: Member, link: Link) -> Value | None:
    owner, name = callee.owner, callee.name
    if isinstance(owner, Literal | Template):
        return _text_method(view, owner, name, link)
    if isinstance(owner, Entries):
        return _mapping_method(view, owner, name, link)
    if isinstance(owner, Elements) and name in {"copy", "pop", "popleft", "__iter__"}:
        return (owner,) if name in {"copy", "__iter__"} else collections.iterate(view, (owner,))
    return None


def _text_method(view: View, owner: Literal | Template, name: str, link: Link) -> Value:
    if name == "join":
        return _joined(view, owner, link)
    if name == "format" and isinstance(owner, Literal) and isinstance(owner.value, str):
        return format_fields(owner.value, lambda field: view.texts(_field(view, link, field)))
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


def _joined(view: View, separator: Literal | Template, link: Link) -> Value:
    found: list[Term] = []
    for term in _argument(view, link, 0):
        known = collections.elements(view, term)
        if known is None or known.open:
            found.append(Unknown("a join of something unknown"))
            continue
        pieces: list[Value] = []
        for number, item in enumerate(known.items):
            pieces += [(separator,)] if number else []
            pieces.append(view.texts(view.force(item)))
        found += concatenate(pieces) if pieces else (Literal(""),)
    return bounded(found)


def _field(view: View, link: Link, field: str) -> Value:
    if field.isdigit():
        return _argument(view, link, int(field)) or (Unknown("a missing format argument"),)
    for argument in link.arguments:
        if argument.keyword == field:
            return view.force(argument.value)
        if argument.stars == 2:
            return collections.item(view, view.force(argument.value), (Literal(field),))
    return (Unknown("a missing format argument"),)


def _mapping_method(view: View, owner: Entries, name: str, link: Link) -> Value | None:
    if name in {"get", "pop", "setdefault"}:
        key = _argument(view, link, 0)
        found = collections.item(view, (owner,), key)
        default = _argument(view, link, 1)
        known = tuple(t for t in found if not isinstance(t, Unknown))
        return known or default or found
    if name == "items":
        return (collections.pairs(owner),)
    if name == "values":
        return (Elements(tuple(v for _, v in owner.items), owner.open),)
    if name == "keys":
        return (collections.elements(view, owner) or owner,)
    return (owner,) if name == "copy" else None

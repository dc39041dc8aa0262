"""Addresses that the standard library puts together: `urljoin(base, path)`, `urlunsplit((scheme, host, path, query, fragment))`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from flowmap.linker import collections
from flowmap.linker.subjects import given
from flowmap.linker.terms import Link, Literal, Template, Term, Value
from flowmap.linker.texts import apply_method, assemble, bounded, concatenate, join_url, parts_of

if TYPE_CHECKING:
    from flowmap.linker.view import View

SPLIT_PATH = 2
"""Where the path of an address stands that is taken apart."""


def _urljoin(view: View, link: Link) -> Value:
    return join_url(view.texts(given(view, link, 0, "base")), view.texts(given(view, link, 1, "url")))


def _put_together(view: View, link: Link) -> Value | None:
    """`urlunsplit((scheme, host, path, ...))`, the same with parameters, up to the path."""
    for term in given(view, link, 0):
        known = collections.elements(view, term)
        if known is not None and known.ordered and not known.open and len(known.items) > SPLIT_PATH:
            scheme, host, path = (view.texts(view.force(item)) for item in known.items[: SPLIT_PATH + 1])
            start = concatenate([scheme, (Literal("://"),), host, (Literal("/"),)])
            return bounded(assemble([*parts_of(s), *parts_of(p)]) for s in start for p in _relative(path))
    return None


def _relative(paths: Value) -> Iterator[Term]:
    """Paths without the slash that they start with."""
    for path in paths:
        stripped = apply_method("lstrip", path, ["/"])
        yield stripped if isinstance(stripped, Template) else Literal(stripped) if isinstance(stripped, str) else path


FUNCTIONS: dict[str, Callable[[View, Link], Value | None]] = {
    "urllib.parse.urljoin": _urljoin,
    "urllib.parse.urlunparse": _put_together,
    "urllib.parse.urlunsplit": _put_together,
}

"""Addresses that the standard library puts together: `urljoin(base, path)`, `urlunsplit((scheme, host, path, query, fragment))`,
`urlsplit(url)._replace(path=path).geturl()`; and what URL objects of libraries, which count as their texts, make of theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from flowmap.linker import collections
from flowmap.linker.making import given_to, making
from flowmap.linker.subjects import argument, given
from flowmap.linker.terms import Creation, Link, Literal, Made, Member, Passed, Symbol, Template, Term, Value
from flowmap.linker.texts import apply_method, assemble, bounded, concatenate, join_url, parts_of

if TYPE_CHECKING:
    from flowmap.linker.view import View

TAKING_APART = {"urllib.parse.urlsplit", "urllib.parse.urlparse"}
CHANGING_PATHS = {"copy_with", "with_path"}
"""Methods of URL objects that put another path in the place of theirs."""
KEEPING_PATHS = {
    "with_query", "update_query", "extend_query", "with_fragment", "human_repr", "copy_add_param", "copy_merge_params",
    "copy_set_param", "tostr",
}  # fmt: skip
"""Methods of URL objects that leave address and path what they are."""
ELSEWHERE = {"scheme", "netloc", "host", "port"}
"""What is replaced in an address that leads somewhere else then."""
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


def method(view: View, callee: Member, link: Link) -> Value | None:
    """What a method of an address gives: of one that is taken apart, or of a text that stands for a URL object."""
    if callee.name == "geturl" and (whole := _whole(view, callee.owner)):
        return whole
    if not isinstance(callee.owner, Literal | Template):
        return None
    if callee.name in KEEPING_PATHS:
        return (callee.owner,)
    if callee.name == "join":
        paths = given(view, link, 0, "url")
        return join_url((callee.owner,), paths) if paths and all(_is_address(t, callee.owner) for t in paths) else None
    if callee.name not in CHANGING_PATHS or any(a.keyword in ELSEWHERE for a in link.arguments):
        return None
    path = _path_given(view, link.arguments, 0 if callee.name == "with_path" else None)
    return join_url((callee.owner,), path) if path is not None else None


def _is_address(term: Term, base: Literal | Template) -> bool:
    """Whether a text is put behind an address, and is no collection of texts between which the base stands."""
    first = next(iter(parts_of(base)), "")
    is_text = isinstance(term, Template) or (isinstance(term, Literal) and isinstance(term.value, str))
    return is_text and (not isinstance(first, str) or "://" in first)


def _path_given(view: View, arguments: tuple[Passed, ...], index: int | None) -> Value | None:
    """The path, from the root, that a call puts in the place of an address's own; None if it puts none there."""
    found = [d for name in ("path", "raw_path") if (d := argument(view, arguments, index, name)) is not None]
    return concatenate([(Literal("/"),), tuple(_relative(view.texts(view.force(found[0]))))]) if found else None


def _whole(view: View, term: Term) -> Value:
    """The text of an address that is taken apart, some of its parts perhaps replaced; empty for anything else."""
    match term:
        case Made(callee=Symbol(name=name), creation=Creation() as creation) if name in TAKING_APART:
            return view.texts(given(view, making(creation), 0, "url"))
        case Made(callee=Member(owner=owner, name="_replace"), creation=Creation() as creation):
            arguments, whole = given_to(creation), _whole(view, owner)
            elsewhere = [a for a in arguments if a.keyword is None or a.keyword in ELSEWHERE]
            if any(a.keyword is None or not _is_the_same(view, a, whole) for a in elsewhere):
                return ()
            path = _path_given(view, arguments, None)
            return join_url(whole, path) if path is not None else whole
        case _:
            return ()


def _is_the_same(view: View, given: Passed, whole: Value) -> bool:
    """Whether a part that replaces one of an address is of another one, taken apart, with which the address begins."""
    parts = view.force(given.value)
    bases = [_whole(view, t.owner) if isinstance(t, Member) and t.name == given.keyword else () for t in parts]
    return bool(bases) and bool(whole) and all(any(_begins(w, t) for t in b) for b in bases for w in whole)


def _begins(address: Term, base: Term) -> bool:
    """Whether the one text begins with all of the other."""
    first, *more = parts_of(address)
    *start, last = parts_of(base)
    pieces = (first, *more)
    return pieces[: len(start)] == tuple(start) and len(pieces) > len(start) and _continues(pieces[len(start)], last)


def _continues(piece: str | Term, start: str | Term) -> bool:
    return piece.startswith(start.rstrip("/")) if isinstance(piece, str) and isinstance(start, str) else piece == start


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

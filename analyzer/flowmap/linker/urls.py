"""Addresses of requests: base and path joined as the client does, and taken apart into host, port and path template."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker.making import passed
from flowmap.linker.terms import Element, Entries, Literal, Made, Member, Parameter, Term, Unset, Value
from flowmap.linker.texts import assemble, bounded, join_url, name_of, parts_of

if TYPE_CHECKING:
    from flowmap.linker.view import View

_ABSOLUTE = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")
_URL = re.compile(r"^(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?P<host>[^/?#]*)(?P<path>[^?#]*)")
_HOLE = "\ue000"


@dataclass(frozen=True, slots=True)
class Url:
    """A request's destination. `host` is None if not known; `hint` may name the setting, constant or attribute it comes from;
    `path` is a template with `{}`, "" if nothing of it is known."""

    host: str | None
    port: int | None
    scheme: str | None
    path: str
    hint: str | None = None
    hole: Term | None = None


def compose(view: View, base: Value, url: Value, join: str) -> Value:
    """All ways to put a client's base and a call's URL together."""
    urls = view.texts(url)
    bases = tuple(t for t in view.texts(base) if not (isinstance(t, Literal) and not t.value))
    if not bases:
        return urls
    found: list[Term] = []
    for target in urls:
        if _is_absolute(target):
            found.append(target)
        elif join == "rfc3986":
            found += join_url(bases, (target,))
        else:
            found += (_append(b, target) for b in bases)
    return bounded(found)


def _is_absolute(term: Term) -> bool:
    first = parts_of(term)[0] if parts_of(term) else ""
    return isinstance(first, str) and bool(_ABSOLUTE.match(first))


def _append(base: Term, path: Term) -> Term:
    left, right = list(parts_of(base)), list(parts_of(path))
    if left and isinstance(left[-1], str):
        left[-1] = left[-1].rstrip("/")
    if right and isinstance(right[0], str):
        right[0] = right[0].lstrip("/")
    return assemble((*left, "/", *right), name_of(base))


def parse(term: Term, *, bare_host: bool = False) -> Url:
    """The destination that a URL names; `bare_host` reads a text without scheme as `host:port`."""
    parts = parts_of(term)
    holes = [p for p in parts if not isinstance(p, str)]
    text = "".join(p if isinstance(p, str) else _HOLE for p in parts)
    if not bare_host and not _ABSOLUTE.match(text) and not re.match(r"^[\w.-]+:\d+(/|$)", text):
        return _relative(text, holes)
    found = _URL.match(text)
    assert found is not None
    host, _, port = found["host"].rpartition("@")[2].partition(":")
    before = text[: found.end("host")].count(_HOLE)
    hole = holes[before - 1] if before else None
    path = _path(found["path"])
    number = int(port) if port.isdigit() else None
    if host == _HOLE or not host:
        return Url(None, number, found["scheme"], path, hint_of(hole), hole)
    return Url(host.replace(_HOLE, "{}").lower(), number, found["scheme"], path, hint_of(hole) or name_of(term) or None, hole)


def _relative(text: str, holes: list[Term]) -> Url:
    """A URL that starts with a hole (the base), or a path alone."""
    if not text.startswith(_HOLE):
        return Url(None, None, None, _path(text))
    base = re.match(rf"^{_HOLE}(?::(?:{_HOLE}|\d+))?", text)
    assert base is not None
    rest = text[base.end() :]
    path = _path(rest if rest.startswith(("/", "?", "#")) or not rest else "/" + rest)
    return Url(None, None, None, path if rest else "", hint_of(holes[0]), holes[0])


def _path(text: str) -> str:
    plain = re.split(r"[?#]", text, maxsplit=1)[0].replace(_HOLE, "{}")
    plain = re.sub(r"/{2,}", "/", plain)
    return plain if plain.startswith("/") else "/" + plain


def hint_of(term: Term | None) -> str | None:
    """The name under which the unknown part goes: a variable of the environment, an attribute, a parameter."""
    match term:
        case Unset(name=name) | Member(name=name) | Parameter(name=name):
            return name
        case Element(owner=owner, key=key):
            return key if isinstance(key, str) else hint_of(owner)
        case Made(callee=callee):
            return hint_of(callee)
        case _:
            return None


_SERVICE = re.compile(r"(?i)^[a-z][\w.-]*(?:service|svc|api)$")


def looked_up(view: View, term: Term | None) -> str | None:
    """The service that a lookup names: `cache.get("PaymentService")`, `registry.find_one({"name": "orders-api"})["url"]`."""
    while term is not None:
        if isinstance(term, Made) and term.creation is not None:
            for argument in passed(term.creation.call.arguments, term.creation.place):
                found = next((t for t in _texts(view, view.force(argument.value)) if _SERVICE.match(t)), None)
                if found is not None:
                    return found
        term = term.callee if isinstance(term, Made) else term.owner if isinstance(term, Member | Element) else None
    return None


def _texts(view: View, value: Value) -> list[str]:
    found: list[str] = []
    for term in value:
        if isinstance(term, Literal) and isinstance(term.value, str):
            found.append(term.value)
        elif isinstance(term, Entries):
            found += [t for _, v in term.items for t in _texts(view, view.force(v))]
    return found


REST = "{**}"
"""A part of a path that takes any number of segments."""


def template(path: str) -> str:
    """A served path in the form calls have: `{name}`, `<int:name>`, regular expression groups become `{}`; what
    takes several segments (`{name:path}`, `<path:name>`) becomes `{**}`."""
    plain = re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)|\([^?][^()]*\)", "{}", path)
    plain = re.sub(r"\{\w+:path\}|<path:\w+>", REST, plain)
    plain = re.sub(r"\{(?!\*\*\})[^{}]*\}|<[^<>]*>", "{}", plain)
    plain = plain.removeprefix("^").removesuffix("$").replace("\\", "")
    plain = re.sub(r"/{2,}", "/", "/" + plain.lstrip("/"))
    return plain if plain == "/" else plain.rstrip("/")


def join_prefix(prefix: str, path: str) -> str:
    """A router's prefix before a path."""
    if not prefix:
        return path
    return posixpath.normpath(prefix.rstrip("/") + "/" + path.lstrip("/")) if path else prefix

"""Addresses of requests: base and path joined as the client does, and taken apart into host, port and path template."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.linker.making import passed
from flowmap.linker.terms import Creation, Element, Entries, Literal, Made, Member, Parameter, Symbol, Term, Unknown, Unset, Value
from flowmap.linker.texts import KEEPING, assemble, bounded, join_url, name_of, parts_of
from flowmap.linker.waiting import awaited, depends
from flowmap.model import expression as ir

if TYPE_CHECKING:
    from flowmap.linker.view import View

_ABSOLUTE = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*://")
_URL = re.compile(r"^(?:https?://(?=https?://))?(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?P<host>[^/?#]*)(?P<path>[^?#]*)")
_HOLE = "\ue000"
_BEHIND_PORT = re.compile(rf"(?<=[\w\]{_HOLE}])(:\d+)(?={_HOLE})")
"""A port with something behind it that is not known: that is a path, as in `"http://orders:8000{}".format(path)`."""
MAX_PARAMETERS = 8
"""Parameters of one path that are looked for in another; more would make the search long."""
MAX_LOOKUP = 4
"""Mappings inside one another in which a lookup may name a service."""
PATH_PARAMETER = "a parameter of the path"
_PATH_WORDS = {"path", "endpoint", "url", "uri", "route", "resource", "action", "suffix", "operation", "method", "command", "rest"}
"""Words in the names of parameters that hold the rest of a path, not one of many objects."""


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


def as_operation(view: View, term: Term) -> Term:
    """The URL without its query, and with the holes behind a known part of its path that callers fill left open, unless they are
    the rest of the path or kept in the client: `/users/{id}` is one operation for all users, `/v1/{endpoint}` is one for each
    endpoint."""
    parts: list[str | Term] = []
    all_parts = parts_of(term)
    for number, part in enumerate(all_parts):
        if isinstance(part, str) and (end := re.search(r"[?#]", part)) is not None:
            parts.append(part[: end.start()])
            break
        known = "".join(p if isinstance(p, str) else _HOLE for p in parts)
        if not isinstance(part, str) and depends(part) and _in_known_path(known):
            rest = all_parts[number + 1] if number + 1 < len(all_parts) else ""
            part = part if _is_kept(view, part) or _is_rest_of_path(part, known, rest) else Unknown(PATH_PARAMETER)
        parts.append(part)
    return assemble(parts, name_of(term)) if tuple(parts) != all_parts else term


def reshaped(term: Term, shape: Term) -> Term:
    """The URL with its path as another one has it that was found nearer to the request, if only parameters of the path differ."""
    if not (pattern := _filled(parse(shape).path)):
        return term
    parts, holes = parts_of(term), [p for p in parts_of(term) if not isinstance(p, str)]
    text = "".join(p if isinstance(p, str) else _HOLE for p in parts)
    found = re.search(rf"(?<=[\w{_HOLE}]){pattern}$|^{pattern}$", text)
    if found is None:
        return term
    kept = iter(holes)
    before = [next(kept) if piece == _HOLE else piece for piece in re.split(f"({_HOLE})", text[: found.start()])]
    path = [Unknown(PATH_PARAMETER) if piece == "{}" else piece for piece in re.split(r"({})", parse(shape).path)]
    return assemble([*before, *path], name_of(term))


def _filled(path: str) -> str:
    """A pattern of what the path may be with its parameters filled in; empty if it has none, or too many."""
    if not 0 < path.count("{}") <= MAX_PARAMETERS:
        return ""
    return "".join("[^/]+?" if piece == "{}" else re.escape(piece) for piece in re.split(r"({})", path))


def serves_some(served: Collection[str], shape: Term) -> bool:
    """Whether one of the served paths fills a parameter of a path by itself: `/messages/expert` for `/messages/{}`."""
    pattern = _filled(parse(shape).path)
    holes = parse(shape).path.count("{}")
    return bool(pattern) and any(re.fullmatch(f".*{pattern}", path) and path.count("{}") < holes for path in served)


def _in_known_path(known: str) -> bool:
    """Whether a text goes beyond the host, and says something there."""
    plain = _ABSOLUTE.sub("", known)
    host = plain != known or plain.startswith(_HOLE)
    path = plain.partition("/")[2] if host else plain
    return bool(re.search(r"\w", path.replace(_HOLE, "")))


def _is_kept(view: View, hole: Term) -> bool:
    """Whether an object was made with it: what a client is set up with is no parameter of a request."""
    return any(not isinstance(t, Parameter) or view.scope(t.scope).name == "__init__" for t in awaited(hole))


def _is_rest_of_path(hole: Term, known: str, behind: str | Term) -> bool:
    if not known.endswith("/") or not (behind == "" or (isinstance(behind, str) and behind.startswith("?"))):
        return False
    return any(_PATH_WORDS & set(re.split(r"_|(?<=[a-z])(?=[A-Z])", t.name.lower())) for t in awaited(hole))


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


_OF_A_HOST = re.compile(r"(?i)host(_?name)?$|(^|_)addr(ess)?$|_domain$")
"""Names of settings that hold a host: what such a text begins with is no path, though it has no scheme either."""
_OF_AN_ADDRESS = re.compile(r"(?i)(url|uri|host|endpoint|addr(ess)?)$")
_HOST = re.compile(r"[a-zA-Z][\w.-]*(/|$)")


def parse(term: Term, *, bare_host: bool = False) -> Url:
    """The destination that a URL names; `bare_host` reads a text without scheme as `host:port`."""
    parts = parts_of(term)
    holes = [p for p in parts if not isinstance(p, str)]
    text = "".join(p if isinstance(p, str) else _HOLE for p in parts)
    named = _OF_A_HOST.search(name_of(term)) and _HOST.match(text)
    if not bare_host and not named and not _ABSOLUTE.match(text) and not re.match(r"^[\w.-]+:\d+(/|$)", text):
        return _relative(text, holes, name_of(term))
    text = _BEHIND_PORT.sub(r"\1/", text)
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


def _relative(text: str, holes: list[Term], name: str) -> Url:
    """A URL that starts with a hole (the base), or a path alone; an empty text that is kept for an address may stand before it."""
    if not text.startswith(_HOLE):
        return Url(None, None, None, _path(text), name if _OF_AN_ADDRESS.search(name) else None)
    base = re.match(rf"^{_HOLE}(?::(?:{_HOLE}|\d+))?", text)
    assert base is not None
    rest = text[base.end() :]
    path = _path(rest if rest.startswith(("/", "?", "#")) or not rest else "/" + rest)
    return Url(None, None, None, path if rest else "", hint_of(holes[0]), holes[0])


def _path(text: str) -> str:
    plain = re.split(r"[?#]", text, maxsplit=1)[0].replace(_HOLE, "{}")
    plain = re.sub(r"\{[A-Za-z_]\w*\}", "{}", plain)  # a name that is filled in later
    plain = re.sub(r"/{2,}", "/", plain)
    return plain if plain.startswith("/") else "/" + plain


_ASKING = {"get", "pop", "get_value", "get_setting", "get_config"}
"""Methods that ask an object for what is kept there under a name."""


def hint_of(term: Term | None) -> str | None:
    """The name under which the unknown part goes: a variable of the environment, an attribute, a parameter, what a configuration
    is asked for (`config.get("ORDERS_URL")`)."""
    match term:
        case Made(callee=Member(owner=owner, name=name)) if name in KEEPING:
            return hint_of(owner)
        case Made(
            callee=Member(name=name) | Symbol(name=name),
            creation=Creation(call=ir.Call(arguments=(ir.Argument(value=ir.Constant(value=str() as key)), *_))),
        ) if name.rpartition(".")[2] in _ASKING:
            return key
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


def _texts(view: View, value: Value, depth: int = 0) -> list[str]:
    """The texts of a value and of the mappings in it, `MAX_LOOKUP` deep: a mapping that is made of itself has no end."""
    found: list[str] = []
    for term in value:
        if isinstance(term, Literal) and isinstance(term.value, str):
            found.append(term.value)
        elif isinstance(term, Entries) and depth < MAX_LOOKUP:
            found += [t for _, v in term.items for t in _texts(view, view.force(v), depth + 1)]
    return found


REST = "{**}"
"""A part of a path that takes any number of segments."""
_CONVERTERS = "any|default|float|int|slug|str|string|uuid"
"""In front of a name: `<string:path>` is a parameter called path, `<name:path>` one of that kind."""


def template(path: str) -> str:
    """A served path in the form calls have: `{name}`, `<int:name>`, `:name`, regular expression groups become `{}`; what
    takes several segments (`{name:path}`, `<path:name>`, `*name` at the end) becomes `{**}`."""
    plain = re.sub(r"\((?:\?P<\w+>)?\.[*+]\??\)", REST, re.sub(r"/\?\$?$", "", path))
    plain = re.sub(r"\(\?P<\w+>[^()]*(?:\([^()]*\)[^()]*)*\)|\([^?][^()]*\)", "{}", plain)
    plain = re.sub(rf"\{{\w+:path\}}|<path:\w+>|<(?!(?:{_CONVERTERS}):)\w+:path>", REST, plain)
    plain = re.sub(r"\{(?!\*\*\})[^{}]*\}|<[^<>]*>", "{}", plain)
    plain = plain.removeprefix("^").removesuffix("$").replace("\\", "")
    plain = re.sub(r"/{2,}", "/", "/" + plain.lstrip("/"))
    plain = re.sub(r"(?<=/)\*\w*$", REST, re.sub(r"(?<=/):\w+", "{}", plain))
    return plain if plain == "/" else plain.rstrip("/")

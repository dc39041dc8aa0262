"""Texts with holes: concatenation, formatting and the pure string methods, over values of several alternatives."""

from __future__ import annotations

import itertools
import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import urljoin

from flowmap.linker.terms import Class, Elements, Entries, Function, Literal, Member, Template, Term, Unknown, Value

MAX_ALTERNATIVES = 48
"""Terms a value may have; beyond it, one `Unknown` says that there are more."""
MAX_ROWS = 400
"""The same for functions and for tables and their rows."""
MAX_COMBINATIONS = 48
"""The same for texts put together of several parts of which each may be one thing or another."""

Parts = tuple[str | Term, ...]


def bounded(terms: Iterable[Term], most: int = MAX_ALTERNATIVES) -> Value:
    """The distinct terms in order, at most `most`; of functions and tables, of which no texts are put together, at most `most` that
    come from one place, and `MAX_ROWS` in all."""
    distinct = dict.fromkeys(terms)
    if len(distinct) <= most:
        return tuple(distinct)
    left: dict[object, int] = defaultdict(lambda: most)
    known = [t for t in distinct if not (isinstance(t, Unknown) and t.cut)]
    kept, rows = [], MAX_ROWS
    for term in known:
        origin = _origin(term)
        if left[origin] and (rows or origin is None):
            left[origin] -= 1
            rows -= origin is not None
            kept.append(term)
    return tuple(distinct) if len(kept) == len(known) else (*kept, Unknown(f"more than {most} possible values", cut=True))


def _origin(term: Term) -> object:
    """Where a function, a table, or a method of such comes from; None for all others."""
    match term:
        case Function(scope=origin) | Class(scope=origin):
            return origin
        case Entries(items=((_, first), *_)) | Elements(items=(first, *_)):
            return id(first.expression) if first.expression is not None else first
        case Member(owner=Entries() | Elements() | Function() | Class() as owner):
            return _origin(owner)
        case _:
            return None


def parts_of(term: Term) -> Parts:
    """The term as pieces of a text; None counts as a hole."""
    if isinstance(term, Template):
        return term.parts
    if isinstance(term, Literal) and term.value is not None:
        return (text_of(term),)
    return (term,)


def text_of(literal: Literal) -> str:
    """What `str()` gives."""
    return literal.value if isinstance(literal.value, str) else str(literal.value)


def name_of(term: Term) -> str:
    """The name under which a text is kept; empty for none."""
    return term.name if isinstance(term, Literal | Template) else ""


_SAYS_WHERE = re.compile(r"(?i)ur[li]|host|addr|endpoint|base|server|service|svc|api|port")


def named(value: Value, name: str) -> Value:
    """The value with the name of where it is kept on those of its texts that have none yet, if the name is one of an address."""
    if not _SAYS_WHERE.search(name):
        return value
    return tuple(Literal(t.value, name) if isinstance(t, Literal) and isinstance(t.value, str) and not t.name else t for t in value)


def renamed(value: Value, name: str) -> Value:
    """The texts of a value under another name, if it is one."""
    return tuple(assemble(parts_of(t), name) if name and isinstance(t, Literal | Template) else t for t in value)


def assemble(parts: Iterable[str | Term], name: str = "") -> Term:
    """One text from pieces: a literal where all are known."""
    merged: list[str | Term] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        elif part != "":
            merged.append(part)
    if not merged:
        return Literal("")
    if len(merged) == 1 and isinstance(merged[0], str):
        return Literal(merged[0], name)
    return Template(tuple(merged), name)


def concatenate(values: Sequence[Value]) -> Value:
    """All ways to join one alternative of each value; a single operand keeps its terms as texts."""
    choices: list[Value] = [value or (Unknown("no value"),) for value in values]
    most = MAX_COMBINATIONS if sum(len(value) > 1 for value in choices) > 1 else MAX_ALTERNATIVES + 1
    combinations = itertools.islice(itertools.product(*choices), most + 1)
    return bounded((_joined(c) for c in combinations), most)


def _joined(terms: Sequence[Term]) -> Term:
    return assemble(itertools.chain.from_iterable(map(parts_of, terms)), next(filter(None, map(name_of, terms)), ""))


def join_url(base: Value, path: Value) -> Value:
    """`urllib.parse.urljoin` over alternatives; a hole is kept where it stands."""
    return bounded(_join(b, p) for b in base for p in path)


_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_MARK = "\ue000{}\ue001"
"""Stands for a hole while a URL is put together; private-use characters survive urllib, control characters do not."""


def _join(base: Term, path: Term) -> Term:
    whole = parts_of(base)
    if not isinstance(whole[0], str) and parts_of(path)[: len(whole)] == whole:
        return path  # put together before
    holes: list[Term] = []

    def flat(term: Term) -> str:
        pieces = []
        for part in parts_of(term):
            if isinstance(part, str):
                pieces.append(part)
            else:
                holes.append(part)
                pieces.append(_MARK.format(len(holes) - 1))
        return "".join(pieces)

    first = flat(base)
    second = flat(path)
    held = first.startswith("\ue000") and not _ABSOLUTE.match(second)
    joined = first.rstrip("/") + "/" + second.lstrip("/") if held else urljoin(first, second)
    pieces = re.split("\ue000(\\d+)\ue001", joined)
    return assemble((holes[int(p)] if n % 2 else p for n, p in enumerate(pieces)), name_of(base) or name_of(path))


METHODS: dict[str, Callable[..., str | bool | list[str]]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": str.title,
    "capitalize": str.capitalize,
    "casefold": str.casefold,
    "strip": str.strip,
    "lstrip": str.lstrip,
    "rstrip": str.rstrip,
    "replace": str.replace,
    "removeprefix": str.removeprefix,
    "removesuffix": str.removesuffix,
    "split": str.split,
    "rsplit": str.rsplit,
    "splitlines": str.splitlines,
    "partition": lambda text, separator: list(text.partition(separator)),
    "rpartition": lambda text, separator: list(text.rpartition(separator)),
    "startswith": str.startswith,
    "endswith": str.endswith,
    "zfill": str.zfill,
    "encode": lambda text, *_: text,
    "decode": lambda text, *_: text,
    "as_posix": lambda text: text,
    "resolve": lambda text, *_: text,
    "absolute": lambda text: text,
    "expanduser": lambda text: text,
    "geturl": lambda text: text,
    "with_name": lambda text, name: posixpath.join(posixpath.dirname(text), name),
}
"""Methods of a text that depend on nothing but text."""

KEEPING = {
    "lower", "upper", "casefold", "strip", "lstrip", "rstrip", "encode", "decode", "replace", "removeprefix", "removesuffix",
    "geturl",
}  # fmt: skip
"""Of these, the ones that may be applied to the known pieces of a text with holes."""


def apply_method(name: str, term: Term, arguments: Sequence[str | int]) -> str | bool | list[str] | Term | None:
    """`term.name(*arguments)`, or None if it cannot be told."""
    method = METHODS.get(name)
    if method is None:
        return None
    try:
        if isinstance(term, Literal) and isinstance(term.value, str):
            return method(term.value, *arguments)
        if isinstance(term, Template) and name in KEEPING:
            return _on_pieces(name, term, arguments)
        if isinstance(term, Template) and name in {"startswith", "endswith"} and len(arguments) == 1:
            return _at_end(name, term.parts[0 if name == "startswith" else -1], str(arguments[0]))
    except (TypeError, ValueError):
        return None
    return None


def _at_end(name: str, piece: str | Term, wanted: str) -> bool | None:
    """Whether a text that starts (ends) with a known piece starts (ends) so; None if the hole behind it decides."""
    method = METHODS[name]
    if not isinstance(piece, str):
        return None
    return True if method(piece, wanted) else None if method(wanted, piece) else False


def _on_pieces(name: str, term: Template, arguments: Sequence[str | int]) -> Term:
    """Case and replacement apply to every piece, stripping to the outer ends only."""
    method, last = METHODS[name], len(term.parts) - 1
    done: list[str | Term] = []
    for index, part in enumerate(term.parts):
        at_end = (name in {"strip", "lstrip", "removeprefix"} and index == 0) or (
            name in {"strip", "rstrip", "removesuffix"} and index == last
        )
        everywhere = name in {"lower", "upper", "casefold", "replace", "encode", "decode"}
        side = "lstrip" if name == "strip" and index == 0 else "rstrip" if name == "strip" else name
        if isinstance(part, str) and (at_end or everywhere):
            part = str(METHODS[side](part, *arguments) if name == "strip" else method(part, *arguments))
        done.append(part)
    return assemble(done, term.name)


def join_paths(values: Sequence[Value]) -> Value:
    """`os.path.join` and `Path / ...`: an absolute later part starts anew."""
    if all(len(v) == 1 and isinstance(v[0], Literal) for v in values):
        return (Literal(posixpath.join(*(text_of(v[0]) for v in values if isinstance(v[0], Literal)))),)
    spaced: list[Value] = []
    for number, value in enumerate(values):
        if number:
            spaced.append((Literal("/"),))
        spaced.append(value)
    return concatenate(spaced)


def tail(term: Term, separators: str) -> Term:
    """What follows the last separator in the known pieces of a text with holes."""
    parts = parts_of(term)
    for number in range(len(parts) - 1, -1, -1):
        part = parts[number]
        if isinstance(part, str) and any(s in part for s in separators):
            cut = max(part.rfind(s) for s in separators)
            return assemble((part[cut + 1 :], *parts[number + 1 :]))
    return term

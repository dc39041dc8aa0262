"""What one deployment file refers to and another holds: outputs of other stacks, parameters, entries of a parameter store.

A reader sees one file, so it leaves a mark in the text; here, where all files are known, the marks are filled in. A mark that
nothing fills is worth what the one thing is worth that is called alike elsewhere; failing that, it is a hole inside a longer
text, and alone the name that the mark itself gives. Both are guesses, and wires and forwards that rest on them say so.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import Setting
from flowmap.model.interaction import Confidence
from flowmap.project.paths import base, parent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from flowmap.descriptor_api import Conduit, Declarations, DeclaredProcess, Forward, Wire
    from flowmap.model.location import Location

_START, _END, _OR = "\ue010", "\ue011", "\ue012"
_MARK = re.compile(f"{_START}([^{_START}{_END}{_OR}]*)(?:{_OR}([^{_END}]*))?{_END}")
_ROUNDS = 5
FIELD = "::"
"""What stands between the name of a secret and that of a field of it."""
HOLE = "{}"
STORED, SECRET = "ssm:", "secret:"
"""What the names of entries of the parameter store and of secrets begin with: code that asks for one reads it as it reads a
variable. The fields of a secret that is written as JSON go by its name and theirs."""
_OWN = "\ue018"
_OWNED = re.compile(f"{_OWN}([^{_OR}]*){_OR}([^{_END}]*){_END}")
# Inside a mark, what takes names apart: a mark goes through the reading of an ARN as one piece.
_HIDDEN: dict[str, str | int | None] = {":": "\ue013", "/": "\ue014", "#": "\ue015", ".": "\ue016", "$": "\ue017"}
_SHOWN = str.maketrans({str(hidden): shown for shown, hidden in _HIDDEN.items()})
# What names of parameters say besides the name of the resource.
_SUFFIX = re.compile(r"[-_]?(Arn|Name|Url|Uri|Id|Parameter)$", re.IGNORECASE)
_MOST_WORDS = 8


def marked(name: str, fallback: str = "") -> str:
    """A text that stands for what another file calls `name`; `fallback` is a word for it."""
    hidden = _MARK.sub(HOLE, name).translate(str.maketrans(_HIDDEN))
    return f"{_START}{hidden}{_OR}{fallback}{_END}" if fallback else f"{_START}{hidden}{_END}"


def owned(name: str, path: str) -> str:
    """The name of a resource that the stack of this file gives no other name: unlike that of the same name in another stack."""
    return f"{_OWN}{path.translate(str.maketrans(_HIDDEN))}{_OR}{name}{_END}"


def is_marked(text: str) -> bool:
    """Whether some of a text is not known yet."""
    return _START in text


@dataclass(slots=True)
class _Known:
    """The values under their names; the names by their shape, where one of two may have holes; the values by the words that a
    name ends with. `owners` are the stacks that have a resource of a name, `found` what was looked up before."""

    exact: dict[str, str]
    shapes: dict[tuple[int, str], list[str]]
    by_words: dict[tuple[str, ...], set[str]]
    owners: dict[str, set[str]]
    found: dict[tuple[str, str | None], str | None] = field(default_factory=dict)


def _known_values(exports: Iterable[Setting], texts: Iterable[str]) -> _Known:
    owners: dict[str, set[str]] = {}
    for text in texts:
        for own in _OWNED.finditer(text):
            owners.setdefault(own[2], set()).add(own[1])
    exact = {_MARK.sub(HOLE, e.name): e.value for e in exports if e.name and e.value not in ("", HOLE)}
    by_words: dict[tuple[str, ...], set[str]] = {}
    shapes: dict[tuple[int, str], list[str]] = {}
    for name, value in exact.items():
        shapes.setdefault(_shape(name), []).append(name)
        words = _words(name) if not name.startswith("parameter:") else ()
        for start in range(max(0, len(words) - _MOST_WORDS), len(words)):
            by_words.setdefault(words[start:], set()).add(value)
    return _Known(exact, shapes, by_words, owners)


def _shape(name: str) -> tuple[int, str]:
    """What two names have in common that differ in their holes only: the number of their pieces and, in most cases, the last."""
    return name.count("/"), name.rpartition("/")[2].rpartition("-")[2]


def _words(name: str) -> tuple[str, ...]:
    """The words of a name at the end of a path: `/shop/orders/api/url` and `OrdersApiUrl` end with the same three."""
    return tuple(w.lower() for w in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name))


def filled(declared: Declarations) -> Declarations:
    """The declarations with the marks in their texts filled in."""
    named = (*_texts(declared), *(d.channel for d in declared.disposals))
    if not declared.exports and not any(_START in text or _OWN in text for text in named):
        return declared
    known = _known_values(declared.exports, (*_texts(declared), *(e.value for e in declared.exports)))
    conduits = {w.channel: Setting("", _name(w.channel, known), w.location) for w in declared.wires if _is_open(w.channel, known)}
    return replace(
        declared,
        processes=tuple(_process(p, known, conduits) for p in declared.processes),
        exports=(*_settings(declared.exports, known, conduits), *_named_only(conduits)),
        wires=tuple(_wire(w, known) for w in declared.wires),
        forwards=tuple(_forward(f, known) for f in declared.forwards),
        disposals=tuple(replace(d, channel=_name(d.channel, known)) for d in declared.disposals),
        externals=tuple(
            replace(
                e,
                publishes=tuple(_name(t, known) for t in e.publishes),
                subscribes=tuple(_name(t, known) for t in e.subscribes),
            )
            for e in declared.externals
        ),
    )


def _texts(declared: Declarations) -> Iterator[str]:
    for process in declared.processes:
        yield from (process.name, *process.aliases, *(s.value for s in process.environment))
    yield from (t for w in declared.wires for t in (w.channel, w.exchange, w.source, w.target, w.operation, *w.services))
    yield from (t for f in declared.forwards for c in (f.source, f.target) for t in (c.channel, c.exchange, c.source))
    yield from (t for e in declared.externals for t in (*e.publishes, *e.subscribes))


def stored(declared: Declarations) -> tuple[Setting, ...]:
    """The entries of the parameter store and the secrets, which code of every service may ask for."""
    return tuple(e for e in declared.exports if e.name.startswith((STORED, SECRET)))


def secret(name: str, value: str, where: Location) -> Iterator[Setting]:
    """A secret that a deployment file spells out, and each of its fields."""
    yield Setting(f"{SECRET}{name}", value, where)
    try:
        fields: object = json.loads(value)
    except (ValueError, RecursionError):
        return
    for key, said in fields.items() if isinstance(fields, dict) else ():
        if isinstance(said, str):
            yield Setting(f"{SECRET}{name}{FIELD}{key}", said, where)


def _is_open(text: str, known: _Known) -> bool:
    """Whether a text is a mark that nothing fills."""
    return _START in text and _MARK.fullmatch(_filled(text, known)) is not None


def _named_only(conduits: Mapping[str, Setting]) -> Iterator[Setting]:
    """The entries of the parameter store of which nobody knows more than that something is listened to by their name."""
    for mark, setting in conduits.items():
        name = mark.translate(_SHOWN)[len(_START) : -len(_END)].partition(_OR)[0]
        if name.startswith(STORED):
            yield replace(setting, name=name)


def _process(process: DeclaredProcess, known: _Known, conduits: Mapping[str, Setting]) -> DeclaredProcess:
    return replace(
        process,
        aliases=tuple(_name(a, known) for a in process.aliases),
        environment=tuple(_settings(process.environment, known, conduits)),
    )


def _settings(settings: Iterable[Setting], known: _Known, conduits: Mapping[str, Setting]) -> Iterator[Setting]:
    """The settings; one that nobody knows, or of a URL not even the host, is none, unless something is listened to by its name."""
    told = {s.value for s in conduits.values()}
    for setting in settings:
        value = _filled(setting.value, known)
        if told and _MARK.fullmatch(value) and _name(value, known) in told:
            value = _name(value, known)
        mark = _MARK.match(value)
        if mark is None or (mark.end() < len(value) and value[mark.end()] != "/"):
            yield replace(setting, name=_MARK.sub(HOLE, setting.name), value=_MARK.sub(HOLE, value))


def _wire(wire: Wire, known: _Known) -> Wire:
    return replace(
        wire,
        services=tuple(_name(s, known) for s in wire.services),
        channel=_name(wire.channel, known),
        exchange=_known(wire.exchange, known),
        source=_MARK.sub(HOLE, _filled(wire.source, known)),
        target=_name(wire.target, known),
        operation=_MARK.sub("{}", _filled(wire.operation, known)) if wire.transport == "http" else _name(wire.operation, known),
        confidence=_sure(known, wire.channel, wire.target, *wire.services, wire.operation if wire.transport != "http" else ""),
    )


def _forward(forward: Forward, known: _Known) -> Forward:
    source, target = _conduit(forward.source, known), _conduit(forward.target, known)
    return replace(forward, source=source, target=target, confidence=_sure(known, forward.source.channel, forward.target.channel))


def _sure(known: _Known, *names: str) -> Confidence:
    """How sure names are: as they are written, as another file says, or as something that is only called alike."""
    found: set[str] = set()
    waiting = [*names]
    for _ in range(_ROUNDS):
        marks = {m[1].translate(_SHOWN) for name in waiting for m in _MARK.finditer(name)}
        values = [_stated(mark, known) for mark in marks]
        if any(len(v) != 1 for v in values):
            return Confidence.GUESS
        found |= marks
        waiting = [v for value in values for v in value]
    return Confidence.DERIVED if found else Confidence.CERTAIN


def _conduit(conduit: Conduit, known: _Known) -> Conduit:
    source = _MARK.sub(HOLE, _filled(conduit.source, known))
    return replace(conduit, channel=_name(conduit.channel, known), exchange=_known(conduit.exchange, known), source=source)


def _known(text: str, known: _Known) -> str:
    """The last piece of a text; empty where nobody knows it."""
    value = _filled(text, known)
    return "" if _MARK.fullmatch(value) else _last(_MARK.sub(HOLE, value)) if value != text else value


def _name(text: str, known: _Known) -> str:
    """The name that a text is or ends with; a mark that nothing fills is what it says itself."""
    value = _filled(text, known)
    alone = _MARK.fullmatch(value)
    if alone is not None:
        pieces = [alone[2]] if alone[2] else re.split(r"[/:#]", alone[1].translate(_SHOWN))[-2:]
        return next((short for p in reversed(pieces) if (short := _SUFFIX.sub("", p))), pieces[-1])
    plain = _MARK.sub(HOLE, value)
    return _last(plain) if value != text else plain


def _last(text: str) -> str:
    """The name at the end of an ARN or URL."""
    return re.sub(r"/stream/[^/]*$", "", text).rpartition(":")[2].rpartition("/")[2] if ":" in text else text


def _filled(text: str, known: _Known) -> str:
    for _ in range(_ROUNDS):
        if _START not in text:
            break
        text = _MARK.sub(lambda m: _value(m, known), text)
    return _OWNED.sub(lambda m: _plain(m, known), text) if _OWN in text else text


def _plain(own: re.Match[str], known: _Known) -> str:
    """The logical name of a resource, with that of its stack where several stacks have one."""
    path = own[1].translate(_SHOWN)
    stack = base(parent(path)) if parent(path) != "." else base(path).partition(".")[0]
    return f"{stack}-{own[2]}" if len(known.owners.get(own[2], ())) > 1 else own[2]


def _value(mark: re.Match[str], known: _Known) -> str:
    key = mark[1].translate(_SHOWN), mark[2]
    if key not in known.found:
        known.found[key] = _looked_up(*key, known)
    found = known.found[key]
    return mark[0] if found is None else found


def _looked_up(name: str, word: str | None, known: _Known) -> str | None:
    """The value under a name; of a similar one; of one that ends with the same words; None where there is not just one."""
    values = _stated(name, known) or (known.by_words.get(_words(word), set()) if word else set())
    return next(iter(values)) if len(values) == 1 else None


def _stated(name: str, known: _Known) -> set[str]:
    """The value under a name; those under names that only differ in their holes."""
    if name in known.exact:
        return {known.exact[name]}
    return {known.exact[n] for n in known.shapes.get(_shape(name), ()) if HOLE in n + name and _same(n, name)}


def _same(one: str, other: str) -> bool:
    """Whether two names are the same but for their holes."""
    return any(
        re.fullmatch("[^:]+".join(map(re.escape, a.split(HOLE))), b.replace(HOLE, "x")) for a, b in ((one, other), (other, one))
    )

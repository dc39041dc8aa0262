"""The difference between two reports as a comment on a pull request: what it is in one line, what breaks, a picture of what it
touches, and tables behind folds. Whatever the scanned code names is written so that Markdown and HTML read nothing into it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from flowmap.model.coupling import Change
from flowmap.model.difference import Breaking, Conduit, Difference, EdgeChange, FindingChange, How, Proof, Shift
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import Confidence
from flowmap.reporter_api import Format
from flowmap.reporters.console import party
from flowmap.reporters.difference_mermaid import picture
from flowmap.reporters.text_coupling import said_change
from flowmap.views.telling import messages, shown_edges, signed, summary
from flowmap.visible import counted, named, shortened, visible

_SIGNS = {How.ADDED: "🟢 new", How.REMOVED: "🔴 gone", How.CHANGED: "🟠 changed"}
_PLAIN = frozenset(" .,;()/-+=→⇒'?%…")
_ROWS = 100
_BREAKS = 30
_NAMES = 12
_LONGEST = 300


def render(found: Difference) -> str:
    """The comment; nothing if nothing has changed."""
    if not found:
        return ""
    drawn = picture(found)
    parts = [
        f"### Event flows: {escaped(', '.join(summary(found)))}",
        f"{code(found.root)}: from {code(found.before)} to {code(found.after)}",
        _breaking(found.breaking),
        f"```mermaid\n{drawn}```" if drawn else "",
        *_tables(found),
    ]
    return "\n\n".join(p for p in parts if p) + "\n"


def escaped(raw: str) -> str:
    """A text that Markdown and HTML take as it is: no markup, no mention, no link, no end of a cell."""
    shown = shortened(visible(raw), _LONGEST)
    letters = "".join(c if _means_nothing(shown, n) else _reference(c) for n, c in enumerate(shown))
    return re.sub(r"(?i)www\.", "www&#46;", letters)


def _means_nothing(shown: str, at: int) -> bool:
    """Letters, digits and a few signs, where they make no list, no link and no sign of their own."""
    character, after = shown[at], shown[at + 1 : at + 2]
    if character == ":":
        return after in ("", " ") or after.isdigit()
    return character.isalnum() or (character in _PLAIN and not (at == 0 and character in "-+="))


def _reference(character: str) -> str:
    """A character by its number; what makes a mention or the number of an issue is parted from what follows it."""
    return f"&#{ord(character)};" + ("&#8203;" if character in "@#" else "")


def code(raw: str) -> str:
    """A name as code."""
    return f"<code>{escaped(named(raw))}</code>"


def _names(names: Iterable[str]) -> str:
    found = [code(party(n)) for n in names]
    return ", ".join([*found[:_NAMES], *([f"and {len(found) - _NAMES} more"] if len(found) > _NAMES else [])])


def _breaking(found: tuple[Breaking, ...]) -> str:
    lines = [f"- **{'breaks' if b.sure else 'may break'}**: {escaped(b.message)}{_places(b.proof)}" for b in found[:_BREAKS]]
    return "\n".join([*lines, *([f"- and {len(found) - _BREAKS} more"] if len(found) > _BREAKS else [])])


def _places(proof: Proof) -> str:
    was, now = ([code(str(e.location)) for e in places] for places in (proof.before, proof.after))
    said = [f"was {', '.join(was)}"] * bool(was) + [f"now {', '.join(now)}"] * bool(now)
    return f" ({'; '.join(said)})" if said else ""


def _place(proof: Proof) -> str:
    places = proof.after or proof.before
    return code(str(places[0].location)) if places else ""


def _tables(found: Difference) -> list[str]:
    services = [
        (
            _SIGNS[c.how],
            code(c.name),
            ", ".join(escaped(f"{d.name}: {d.before or 'none'} → {d.after or 'none'}") for d in c.details),
        )
        for c in found.services
    ]
    channels = [(_SIGNS[c.how], _conduit(c.conduit), _shift(c.publishers), _shift(c.subscribers)) for c in found.channels]
    endpoints = [(_SIGNS[c.how], code(c.service), code(c.operation), _place(c.proof)) for c in found.endpoints]
    fields = [
        (
            _conduit(m.conduit),
            escaped(title) if how is not None else f"{escaped(title)} (not sure)",
            _SIGNS[how] if how else "",
            _names(names),
        )
        for m in messages(found)
        for title, names, how in m.rows
    ]
    edges = shown_edges(found)
    numbers = [(code(c.service) if c.service else "the system", escaped(said_change(c))) for c in found.numbers]
    blind = [(code(c.service), escaped(c.measure), f"{c.before or 0:g} → {c.after or 0:g}") for c in found.blind]
    return [
        _table("Services", signed(c.how for c in found.services), ("", "service", ""), services),
        _table("Channels", signed(c.how for c in found.channels), ("", "channel", "published by", "listened to by"), channels),
        _table("Endpoints", signed(c.how for c in found.endpoints), ("", "service", "endpoint", "place"), endpoints),
        _table("Calls", signed(e.how for e in edges), ("", "from", "", "to", "what", "place"), [_edge(e) for e in edges]),
        _table("Messages", signed(c.how for c in found.fields), ("channel", "", "", "fields"), fields),
        _table(
            "Findings", signed(c.how for c in found.findings), ("", "rule", "about", "place"), [_finding(c) for c in found.findings]
        ),
        _table("Numbers", str(len(numbers)), ("", "number"), numbers),
        _table("Blind spots", _sum(found.blind), ("service", "where", ""), blind),
        _table("Not compared", str(len(found.remarks)), ("",), [(escaped(r),) for r in found.remarks]),
    ]


def _sum(changes: Iterable[Change]) -> str:
    return f"{sum((c.after or 0) - (c.before or 0) for c in changes):+g}"


def _table(title: str, number: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    lines = [f"| {' | '.join(row)} |" for row in (columns, tuple("---" for _ in columns), *rows[:_ROWS])]
    more = [f"\n{counted(len(rows) - _ROWS, 'more row')}: `--format json` lists all"] if len(rows) > _ROWS else []
    return "\n".join([f"<details><summary>{title} ({number})</summary>\n", *lines, *more, "\n</details>"])


def _conduit(conduit: Conduit) -> str:
    name = f"{code(conduit.event)} on {code(conduit.name)}" if conduit.event else code(conduit.name)
    about = [conduit.transport, f"in {conduit.exchange}" if conduit.exchange and conduit.exchange != conduit.name else ""]
    return f"{name} ({escaped(', '.join(a for a in about if a))})"


def _shift(shift: Shift) -> str:
    said = [f"new: {_names(shift.added)}"] * bool(shift.added) + [f"gone: {_names(shift.removed)}"] * bool(shift.removed)
    return "; ".join(said)


def _edge(change: EdgeChange) -> tuple[str, ...]:
    kind, source, target, channel = change.identity
    arrow = "waits for" if kind is EdgeKind.COORDINATION else "reaches"
    names = change.operations.added or change.operations.removed or ((channel,) if channel else ())
    what = _shift(change.operations) if change.how is How.CHANGED else _names(names)
    return _SIGNS[change.how], code(party(source)), arrow, code(party(target)), what, _place(change.proof)


def _finding(change: FindingChange) -> tuple[str, ...]:
    f = change.finding
    number = f" ({change.before} → {change.after})" if change.before != change.after and change.how is How.CHANGED else ""
    number += f" ({_shift(change.services)})" if change.services and change.how is How.CHANGED else ""
    doubt = ", cannot tell" if f.confidence is Confidence.GUESS else ""
    place = code(str(f.evidence[0].location)) if f.evidence else ""
    return _SIGNS[change.how], escaped(f"{f.severity.value}{doubt} {f.code} {f.slug}"), f"{escaped(f.message)}{number}", place


FORMAT = Format("markdown", "a comment for a pull request", render)

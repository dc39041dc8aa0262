"""The difference between two reports for a person at a terminal: what breaks first, then what came, went and is another thing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flowmap.model.coupling import Change
from flowmap.model.difference import (
    Breaking,
    ChannelChange,
    Conduit,
    Difference,
    EdgeChange,
    FindingChange,
    How,
    Proof,
    ServiceChange,
    Shift,
)
from flowmap.model.flow import EdgeKind
from flowmap.model.interaction import OUTSIDE, Confidence
from flowmap.model.location import Evidence
from flowmap.reporter_api import Format, Terminal
from flowmap.reporters.columns import stacked
from flowmap.reporters.console import BOLD, DIM, NAME, REACT, SEVERITIES, WAIT, line, party, printed
from flowmap.reporters.text_coupling import said_change
from flowmap.reporters.text_flows import grid, heading, indented
from flowmap.views.telling import messages, shown_edges, summary
from flowmap.visible import counted, ending, named, shortened, visible

SIGNS = {How.ADDED: ("+", "bold green"), How.REMOVED: ("-", "bold red"), How.CHANGED: ("~", "bold yellow")}
_ROWS = 40
_MANY = 4
_NAMES = 8
_NAME = 60
_LEAST = 24


def show(found: Difference, terminal: Terminal) -> str:
    """The difference for a terminal; nothing if nothing has changed."""
    return printed(_parts(found, terminal.width), terminal) if found else ""


def _parts(found: Difference, width: int) -> Iterator[RenderableType]:
    yield line((found.root, BOLD), ("  from ", DIM), found.before, (" to ", DIM), found.after)
    yield from _breaking(found, width)
    yield from _section("services", "", _services(found.services))
    yield from _channels(found, width)
    yield from _endpoints(found, width)
    yield from _edges(found, width)
    yield from _messages(found, width)
    yield from _findings(found.findings, width)
    yield from _numbers("numbers", found.numbers, said_change)
    yield from _numbers("blind spots", found.blind, lambda c: f"{c.measure} {c.before:g} → {c.after:g}")
    yield from _remarks(found.remarks)
    yield Text("")
    yield line(" · ".join(summary(found)))


def _section(title: str, about: str, rows: Iterable[tuple[Text, ...]], *columns: int) -> Iterator[RenderableType]:
    """Rows below a heading; those that are too many for one look are counted."""
    listed = list(rows)
    if not listed:
        return
    yield from heading(title, about)
    table = grid(*(columns or (0, 0, 1)))
    for row in listed[:_ROWS]:
        table.add_row(*row)
    yield indented(table)
    if len(listed) > _ROWS:
        yield indented(line((f"and {len(listed) - _ROWS} more: --format json lists all", DIM)))


def _sign(how: How) -> Text:
    return line(SIGNS[how])


def _plain(name: str) -> str:
    return shortened(visible(named(name)), _NAME)


def conduit_name(conduit: Conduit, *, alone: bool = True) -> str:
    """A channel, with what tells it apart from others of its name; the transport where it stands alone."""
    about = [
        conduit.transport if alone else "",
        f"in {conduit.exchange}" if conduit.exchange and conduit.exchange != conduit.name else "",
    ]
    name = f"{_plain(conduit.event)} on {_plain(conduit.name)}" if conduit.event else _plain(conduit.name)
    said = ", ".join(_plain(a) for a in about if a)
    return f"{name} ({said})" if said else name


def _some(names: Iterable[str], width: int) -> str:
    found = [shortened(visible(party(n)), _NAME) for n in names]
    return stacked([*found[:_NAMES], *([f"{len(found) - _NAMES} more"] if len(found) > _NAMES else [])], width)


def _breaking(found: Difference, width: int) -> Iterator[RenderableType]:
    if not found.breaking:
        return
    yield from heading("breaking", "what others rely on, and is no longer so")
    for one in found.breaking[:_ROWS]:
        yield Padding(line(said_break(one)).append_text(line("  ", one.message)), (0, 0, 0, 2))
        for name, places in (("was", one.proof.before), ("now", one.proof.after)):
            for place in places:
                yield Padding(_hop(name, place, width), (0, 0, 0, 6))
    if len(found.breaking) > _ROWS:
        yield indented(line((f"and {len(found.breaking) - _ROWS} more: --format json lists all", DIM)))


def said_break(one: Breaking) -> tuple[str, str]:
    """How sure it is that something breaks, and in which style that is said."""
    return ("breaks", "bold red") if one.sure else ("may break", "bold yellow")


def _hop(name: str, place: Evidence, width: int) -> Text:
    where = ending(visible(str(place.location)), max(width // 2, _LEAST))
    return line((f"{name}  ", DIM), (where, "cyan"), f"  {place.what}")


def _where(proof: Proof) -> Text:
    places = proof.after or proof.before
    return line((str(places[0].location), "cyan")) if places else Text()


def _services(changes: Iterable[ServiceChange]) -> Iterator[tuple[Text, ...]]:
    for change in changes:
        said = ", ".join(f"{d.name} {d.before or 'none'} → {d.after or 'none'}" for d in change.details)
        yield _sign(change.how), line((shortened(visible(change.name), _NAME), NAME)), line(said) if said else _where(change.proof)


def _channels(found: Difference, width: int) -> Iterator[RenderableType]:
    """The ends of a channel beside its name, or below it where they do not fit; many with the same ends in one row."""
    groups: dict[object, list[ChannelChange]] = {}
    for change in found.channels:
        groups.setdefault((change.how, change.conduit.transport, change.publishers, change.subscribers), []).append(change)
    rows = []
    for group in groups.values():
        for part in [group] if len(group) >= _MANY else [[change] for change in group]:
            names = [conduit_name(c.conduit, alone=len(part) == 1) for c in part]
            about = f"{len(part)} channels ({part[0].conduit.transport}): " if len(part) > 1 else ""
            name = Text(f"{about}{_some(names, width - 10)}" if about else names[0], style=REACT)
            ends = [_end("published by", part[0].publishers, width - 8), _end("listened to by", part[0].subscribers, width - 8)]
            whole = Text("  ").join([name, *(e for e in ends if e)])
            rows.append((_sign(part[0].how), whole if _fits(whole, width) else Text("\n  ").join([name, *(e for e in ends if e)])))
    yield from _section("channels", "", rows, 0, 1)


def _fits(whole: Text, width: int) -> bool:
    return whole.cell_len + 6 <= width and "\n" not in whole.plain


def _end(title: str, shift: Shift, width: int) -> Text:
    parts = Text()
    for names, how in ((shift.added, How.ADDED), (shift.removed, How.REMOVED)):
        if names:
            sign, style = SIGNS[how]
            parts.append_text(Text(" " if parts else "")).append_text(
                line((sign, style), " ", Text(_some(names, width - len(title))))
            )
    return line((f"{title} ", DIM), parts) if title and parts else parts


def _endpoints(found: Difference, width: int) -> Iterator[RenderableType]:
    groups: dict[tuple[How, str], list[str]] = {}
    for change in found.endpoints:
        groups.setdefault((change.how, change.service), []).append(_plain(change.operation))
    rows = []
    for (how, service), names in sorted(groups.items(), key=lambda g: (g[0][1], g[0][0])):
        rows.append((_sign(how), line((_plain(service), NAME)), Text(_some(names, max(width - 10 - len(service), _LEAST)))))
    yield from _section("endpoints", "", rows)


def _edges(found: Difference, width: int) -> Iterator[RenderableType]:
    rows = [(_sign(e.how), _edge(e, width)) for e in shown_edges(found)]
    yield from _section("calls", "caller ⇒ callee waits, → does not", rows, 0, 1)


def _edge(change: EdgeChange, width: int) -> Text:
    """Who calls whom for what, and the place, below it where it does not fit beside it."""
    kind, source, target, channel = change.identity
    arrow = ("⇒", WAIT) if kind is EdgeKind.COORDINATION else ("→", REACT)
    ends = line(shortened(visible(party(source)), _NAME), " ", arrow, " ", shortened(visible(party(target)), _NAME))
    room = max(width - 10 - ends.cell_len, _LEAST)
    if change.how is How.CHANGED:
        said = _end("", change.operations, room)
    else:
        said = Text(_some(change.operations.added or change.operations.removed or ((channel,) if channel else ()), room))
    places = change.proof.after if change.how is not How.REMOVED else change.proof.before
    parts = [ends, said, *([line((str(places[0].location), "cyan"))] if places else [])]
    whole = Text("  ").join(parts)
    return whole if _fits(whole, width) else Text("\n  ").join([Text("  ").join(parts[:2]), *parts[2:]])


def _messages(found: Difference, width: int) -> Iterator[RenderableType]:
    """The fields of a channel beside its name, or below it where they do not fit."""
    rows = []
    for one in messages(found):
        name = line((conduit_name(one.conduit), REACT))
        said = [_fields(title, names, how, width - 8) for title, names, how in one.rows]
        whole = Text("  ").join([name, *said])
        rows.append((whole if _fits(whole, width) else Text("\n  ").join([name, *said]),))
    yield from _section("messages", "fields that are set and read", rows, 1)


def _fields(title: str, names: tuple[str, ...], how: How | None, width: int) -> Text:
    sign = line((f"{title} ", DIM), SIGNS[how], " ") if how is not None else line((f"? {title}: ", DIM))
    room = max(width - len(title) - 3, _LEAST)
    return line(sign, Text(_some(names, room).replace("\n", f"\n{' ' * (len(title) + 5)}")))


def _findings(changes: Iterable[FindingChange], width: int) -> Iterator[RenderableType]:
    rows = []
    for change in changes:
        f, same = change.finding, change.how is How.CHANGED
        doubt = f.confidence is Confidence.GUESS
        code = line((f"{'? ' if doubt else ''}{f.code}", DIM if doubt else SEVERITIES[f.severity]))
        among = ", ".join(party(s) for s in f.services[:_NAMES] if s.removeprefix(OUTSIDE) not in f.subject)
        parts = [line(shortened(visible(f.subject), width // 2))]
        parts += [line((f"{change.before} → {change.after}", BOLD))] if same and change.before != change.after else []
        parts += [_end("", change.services, width // 2)] if same and change.services else [line((among, DIM))] if among else []
        place = [line((str(f.evidence[0].location), "cyan"))] if f.evidence else []
        rows.append((_sign(change.how), code, line(f.slug), Text("\n").join([Text("  ").join(parts), *place])))
    yield from _section("findings", "", rows, 0, 0, 0, 1)


def _numbers(title: str, changes: tuple[Change, ...], said: Callable[[Change], str]) -> Iterator[RenderableType]:
    by_service: dict[str, list[str]] = {}
    for change in changes:
        by_service.setdefault(change.service, []).append(said(change))
    rows = [
        (line((service or "the system", NAME if service else "")), line(", ".join(all_))) for service, all_ in by_service.items()
    ]
    yield from _section(title, "", rows, 0, 1)


def _remarks(remarks: tuple[str, ...]) -> Iterator[RenderableType]:
    if remarks:
        yield from heading("not compared")
        for said in remarks[:_ROWS]:
            yield indented(line((said, DIM)))
        if len(remarks) > _ROWS:
            yield indented(line((f"and {counted(len(remarks) - _ROWS, 'other remark')}", DIM)))


def render(found: Difference) -> str:
    """The same as plain text of 100 columns."""
    return show(found, Terminal())


FORMAT = Format("text", "the difference for people", render, show)

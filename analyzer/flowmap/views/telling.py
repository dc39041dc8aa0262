"""What of a difference is told, in every format for people: nothing twice, the most telling first, and all of it in one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flowmap.model.difference import Conduit, Difference, EdgeChange, FieldChange, How, Side
from flowmap.model.flow import EdgeKind
from flowmap.visible import counted


@dataclass(frozen=True, slots=True)
class Messages:
    """What has changed in the messages of a channel: rows of a title, names of fields, and what became of them; None where that is
    not sure."""

    conduit: Conduit
    rows: tuple[tuple[str, tuple[str, ...], How | None], ...]


def shown_edges(found: Difference) -> list[EdgeChange]:
    """The edges that are told by themselves: calls, and those over channels of which nothing else is told."""
    told = {c.conduit.name for c in found.channels} | {c.conduit.event for c in found.channels if c.conduit.event}
    calls = [e for e in found.edges if e.identity[0] is EdgeKind.COORDINATION or e.operations]
    rest = [e for e in found.edges if e not in calls and e.identity[3] not in told]
    return [*calls, *rest]


def messages(found: Difference) -> list[Messages]:
    """The changes of fields, channel by channel."""
    groups: dict[Conduit, list[FieldChange]] = {}
    for change in found.fields:
        groups.setdefault(change.conduit, []).append(change)
    return [Messages(conduit, tuple(_rows(changes))) for conduit, changes in groups.items()]


def _rows(changes: Sequence[FieldChange]) -> list[tuple[str, tuple[str, ...], How | None]]:
    rows: list[tuple[str, tuple[str, ...], How | None]] = []
    for side, title in ((Side.SET, "set"), (Side.READ, "read")):
        own = [c for c in changes if c.side is side]
        for how in (How.ADDED, How.REMOVED):
            if names := tuple(f"{c.name}: {c.type}" if c.type else c.name for c in own if c.how is how and c.sure):
                rows.append((title, names, how))
        if names := tuple(_change(c) for c in own if c.how is How.CHANGED):
            rows.append((title, names, How.CHANGED))
        if names := tuple(c.name for c in own if c.how is How.ADDED and not c.sure):
            rows.append((f"seen to be {title} now", names, None))
        if names := tuple(c.name for c in own if c.how is How.REMOVED and not c.sure):
            rows.append((f"not seen to be {title} any more", names, None))
    return rows


def _change(change: FieldChange) -> str:
    return f"{change.name} ({', '.join(f'{d.before} → {d.after}' for d in change.details)})"


def summary(found: Difference) -> list[str]:
    """The whole difference in a few words: what breaks, then how much of what came, went and is another thing."""
    sure = sum(b.sure for b in found.breaking)
    said = [counted(sure, "breaking change")] if sure else []
    said += [f"{len(found.breaking) - sure} may break"] if len(found.breaking) > sure else []
    waits = [e for e in found.edges if e.identity[0] is EdgeKind.COORDINATION]
    flows = [e for e in found.edges if e.identity[0] is EdgeKind.COLLABORATION]
    for word, changes in (
        ("services", found.services), ("channels", found.channels), ("endpoints", found.endpoints), ("waits", waits),
        ("flows", flows), ("fields", found.fields), ("findings", found.findings),
    ):  # fmt: skip
        if changes:
            said.append(f"{word} {signed(c.how for c in changes)}")
    spots = sum((c.after or 0) - (c.before or 0) for c in found.blind)
    said += [f"blind spots {spots:+g}"] if spots else []
    return said or (["other numbers"] if found.numbers else [])


def signed(hows: Iterable[How]) -> str:
    """`+2 -1 ~3`."""
    number = Counter(hows)
    return " ".join(
        f"{sign}{number[how]}" for how, sign in ((How.ADDED, "+"), (How.REMOVED, "-"), (How.CHANGED, "~")) if number[how]
    )

"""What messages hold, of programs given as texts: fields in lines, with a library of messages invented for it.

`bus.publish(channel, message)` and `bus.subscribe(channel, handler)` are all of the library. A field is `name type`, with `?` for
`sometimes`, `-` for what a reader can do without, and `...` where not everything in it is known. A last line `...` says that there
may be others.
"""

from __future__ import annotations

from flowmap.model.interaction import Role
from flowmap.model.payload import Field, Payload
from flowmap.plugin_api import Messages, Plugin, arg
from linking import lines, recognition

BUS = Plugin(
    name="bus",
    roots=("bus",),
    transport="bus",
    patterns=(
        Messages(target="bus.publish", role=Role.PUBLISH, channel=arg(0, "channel"), payload=arg(1, "message")),
        Messages(target="bus.subscribe", role=Role.SUBSCRIBE, channel=arg(0, "channel"), handler=arg(1, "handler")),
    ),
)


def sent(*pieces: str) -> list[str] | None:
    """What the one publication of a program puts into its messages; None if nothing is known of it."""
    return shown(_one(Role.PUBLISH, pieces))


def read(*pieces: str) -> list[str] | None:
    """What the one subscription of a program reads from them."""
    return shown(_one(Role.SUBSCRIBE, pieces))


def _one(role: Role, pieces: tuple[str, ...]) -> Payload | None:
    found = recognition(lines("import bus", *pieces), plugins=(BUS,)).interactions
    (site,) = [i for i in found if i.role is role]
    return site.payload


def shown(payload: Payload | None) -> list[str] | None:
    """A payload in lines."""
    if payload is None:
        return None
    return [_line(f) for f in payload.fields] + ["..."] * payload.open


def _line(field: Field) -> str:
    marks = "?" * (not field.always) + "-" * field.spare + "..." * field.open
    return " ".join(p for p in (field.name, field.type, marks) if p)

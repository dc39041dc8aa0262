"""Karton: tasks, which go to every service one of whose filters fits their headers. The channel is made of the headers that filters
usually ask for; other ones, and what a filter excludes, are not compared."""

from flowmap.plugin_api import (
    Context,
    Entry,
    FirstOf,
    Format,
    Found,
    Handler,
    Inside,
    Kind,
    Match,
    Messages,
    Plugin,
    Role,
    Wiring,
    arg,
)

_HEADERS = ("type", "stage", "kind")
_SENDERS = ("Karton", "Producer", "asyncio.Karton", "asyncio.Producer")
_SERVICES = ("Karton", "Consumer", "asyncio.Karton", "asyncio.Consumer")


def _named(*headers: str) -> Format:
    """The headers of a task by which it is known, where it has all of these."""
    given = arg(0, "headers")
    return Format(",".join(f"{h}:{{}}" for h in headers), tuple(Inside(arg(0, "task"), Entry(given, h)) for h in headers))


_ANY = tuple(
    _named(*(h for h, there in zip(_HEADERS, chosen, strict=True) if there))
    for chosen in ((1, 1, 1), (1, 0, 1), (1, 1, 0), (0, 1, 1), (1, 0, 0), (0, 0, 1), (0, 1, 0))
)


def filters(context: Context) -> list[Wiring]:
    """One subscription per filter of a service."""
    return [
        Wiring(Role.SUBSCRIBE, "karton", asked.where, channel=channel, handler=_process(service), kind=Kind.TASK)
        for name in _SERVICES
        for service in context.subclasses(f"karton.core.{name}")
        for asked in service.get("filters").elements()
        for channel in _pattern(asked)
    ]


def _process(service: Found) -> Handler | None:
    return next((handler for name, handler in service.methods() if name == "process"), None)


def _pattern(asked: Found) -> list[str]:
    """A filter as a pattern over the channels of tasks; none if it asks for nothing that is known."""
    pattern, gap = "", ""
    for header in _HEADERS:
        wanted = [text for text in asked.get(header).texts() if not text.startswith("!")]
        if len(wanted) == 1:
            pattern += (f"{gap}," if pattern else gap) + f"{header}:{wanted[0]}"
            gap = ""
        else:
            gap = "*"
    return [pattern + gap] if pattern else []


PLUGIN = Plugin(
    name="karton",
    roots=("karton",),
    transport="karton",
    match=Match.GLOB,
    aliases={f"karton.core.karton.{name}": f"karton.core.{name}" for name in ("Karton", "Producer", "Consumer", "Task")},
    types={"karton.core.Task.derive_task()": "karton.core.Task"},
    patterns=tuple(
        Messages(
            target=f"karton.core.{name}.send_task", role=Role.PUBLISH, channel=FirstOf(_ANY), kind=Kind.TASK, match=Match.EXACT
        )
        for name in _SENDERS
    ),
    recognise=filters,
)

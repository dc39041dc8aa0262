"""openedx-events: the signals of Open edX, which its event bus may carry into other services. A signal of the library goes by its
variable, another one by its type. Which of them the bus carries, and over which topics, only the settings of a deployment say: the
other end is open.
"""

from flowmap.plugin_api import (
    Current,
    FirstOf,
    FunctionPath,
    Inside,
    Matched,
    Messages,
    MethodName,
    Plugin,
    Receiver,
    Ref,
    Role,
    arg,
    keyword,
)

_SIGNAL, _STATED = "openedx_events.tooling.OpenEdxPublicSignal", "openedx_events.*.signals.*"


def _name(signal: Ref) -> Ref:
    """The name of a signal that the library holds in one of its modules, or the type of one that code makes."""
    return FirstOf((Matched(FunctionPath(signal), r"^openedx_events\.\w+\.signals\.(\w+)$"), Inside(signal, arg(0, "event_type"))))


_KINDS = ((_SIGNAL, _name(Receiver())), (_STATED, MethodName(1)))

PLUGIN = Plugin(
    name="openedx-events",
    roots=("openedx_events",),
    passive=("openedx_events",),
    transport="openedx-events",
    patterns=(
        *(
            Messages(target=f"{signal}.{method}", role=Role.PUBLISH, channel=name, public=True)
            for signal, name in _KINDS
            for method in ("send_event", "send_event_with_custom_metadata")
        ),
        Messages(
            target="openedx_events.event_bus.get_producer().send",
            role=Role.PUBLISH,
            channel=_name(keyword("signal")),
            payload=keyword("event_data"),
            public=True,
        ),
        *(
            Messages(
                target=f"{signal}.connect",
                role=Role.SUBSCRIBE,
                channel=name,
                handler=arg(0, "receiver"),
                public=True,
            )
            for signal, name in _KINDS
        ),
        Messages(
            target="django.dispatch.receiver",
            form="decorator",
            role=Role.SUBSCRIBE,
            each=arg(0, "signal"),
            channel=_name(Current()),
            public=True,
        ),
    ),
)

"""Functions of the Functions Framework: what answers requests, and what is handed events. Which events is said where the function
is deployed, so the code alone leaves it open."""

from flowmap.plugin_api import Const, Context, Plugin, Role, Serves, Wiring

_EVENT = ("functions_framework.cloud_event", "functions_framework.aio.cloud_event")


def functions(context: Context) -> list[Wiring]:
    """One subscription per function that takes events."""
    why = "what triggers the function is decided where it is deployed"
    return [
        Wiring(Role.SUBSCRIBE, "cloudevents", decorator.where, handler=handler, unresolved=why)
        for target in _EVENT
        for decorator, handler, _ in context.decorated(target)
    ]


PLUGIN = Plugin(
    name="functions-framework",
    roots=("functions_framework",),
    transport="cloudevents",
    patterns=tuple(
        Serves(target=f"functions_framework.{m}", path=Const("/"), methods=("{}",)) for m in ("http", "typed", "aio.http")
    ),
    recognise=functions,
)

"""minos: services whose methods answer to commands, queries and requests, and hear events; sagas, which ask other services for
steps; aggregates, whose changes are events by themselves. A step of a saga waits for its answer, however long that takes.
"""

from flowmap.plugin_api import Context, Kind, Messages, Plugin, RemoteCalls, Role, Serves, Wiring, arg

_ENROUTE = "minos.networks.enroute"
_CHANGES = ("Created", "Updated", "Updated.{}", "Deleted")
"""What is told of an aggregate; of an update also by the field that is another now."""


def changes(context: Context) -> list[Wiring]:
    """The events of each aggregate; they are those of the root entity where an `Aggregate` only looks after one."""
    roots = list(context.subclasses("minos.aggregate.RootEntity")) or list(context.subclasses("minos.aggregate.Aggregate"))
    return [
        Wiring(Role.PUBLISH, "minos", root.where, channel=name.rpartition(".")[2] + change, public=True)
        for root in roots
        for name in root.get("__name__").texts()
        for change in _CHANGES
    ]


PLUGIN = Plugin(
    name="minos",
    roots=("minos",),
    transport="minos",
    patterns=(
        Messages(target=f"{_ENROUTE}.broker.event", form="decorator", role=Role.SUBSCRIBE, channel=arg(0, "topic")),
        *(Serves(target=f"{_ENROUTE}.broker.{kind}", operation=arg(0, "topic"), transport="rpc") for kind in ("command", "query")),
        *(Serves(target=f"{_ENROUTE}.rest.{kind}", path=arg(0, "path"), methods=arg(1, "method")) for kind in ("command", "query")),
        RemoteCalls(target="minos.saga.SagaRequest", operation=arg(0, "target"), kind=Kind.COMMAND, planned=True),
    ),
    recognise=changes,
)

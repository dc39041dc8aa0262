"""PyDispatcher: signals inside a process. A signal that is no text but an object of its own goes by its variable."""

from flowmap.plugin_api import FirstOf, Messages, Plugin, Ref, Role, Variable, arg


def _signal(index: int) -> Ref:
    given = arg(index, "signal")
    return FirstOf((Variable(given), given))


PLUGIN = Plugin(
    name="pydispatcher",
    roots=("pydispatch",),
    transport="signal",
    patterns=(
        *(
            Messages(target=f"pydispatch.dispatcher.{m}", role=Role.PUBLISH, channel=_signal(0), local=True)
            for m in ("send", "sendExact")
        ),
        Messages(target="pydispatch.robust.sendRobust", role=Role.PUBLISH, channel=_signal(0), local=True),
        Messages(
            target="pydispatch.dispatcher.connect",
            role=Role.SUBSCRIBE,
            channel=_signal(1),
            handler=arg(0, "receiver"),
            local=True,
        ),
    ),
)

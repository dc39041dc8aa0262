"""blinker: named and nameless signals, which stay inside a process. What Flask and its kin send by themselves is left out.

A name counts within its namespace: the default one, or the variable that holds another. A nameless signal goes by its variable.
"""

from flowmap.plugin_api import Guard, Maker, Messages, Plugin, Receiver, Role, Variable, arg

_SIGNAL = "blinker.Signal"
_NAME = Maker(arg(0, "name"), only=("signal", "NamedSignal"))
_NAMESPACE = Maker(Variable(Receiver()), only=("signal",))


def _messages(method: str, role: Role, **rest: object) -> tuple[Messages, ...]:
    ways = ((_NAME, _NAMESPACE, Guard(_NAME)), (Variable(Receiver()), Variable(Receiver(), home=True), Guard(_NAME, present=False)))
    return tuple(
        Messages(target=f"{_SIGNAL}.{method}", role=role, channel=name, exchange=home, when=(guard,), local=True, **rest)  # type: ignore[arg-type]
        for name, home, guard in ways
    )


PLUGIN = Plugin(
    name="blinker",
    roots=("blinker", "flask.signals"),
    transport="signal",
    aliases={
        "blinker.base.Signal": _SIGNAL,
        "blinker.base.NamedSignal": "blinker.NamedSignal",
        "blinker.base.Namespace": "blinker.Namespace",
        "blinker.base.signal": "blinker.signal",
        "flask.signals.Namespace": "blinker.Namespace",
    },
    types=dict.fromkeys(("blinker.signal()", "blinker.Namespace.signal()", "blinker.NamedSignal()"), _SIGNAL),
    patterns=(
        *_messages("send", Role.PUBLISH),
        *_messages("send_async", Role.PUBLISH),
        *_messages("connect", Role.SUBSCRIBE, handler=arg(0, "receiver")),
        *_messages("connect", Role.SUBSCRIBE, form="decorator"),
        *_messages("connect_via", Role.SUBSCRIBE, form="decorator"),
    ),
)

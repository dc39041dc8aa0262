"""pyee: event emitters, whose events stay inside a process. Emitters that are made apart hear nothing of one another."""

from flowmap.plugin_api import Format, Guard, Messages, Pattern, Plugin, Receiver, Role, Variable, arg

_EMITTER = "pyee.EventEmitter"
_GIVEN = arg(1, "f")
_KINDS = (
    "base.EventEmitter",
    "BaseEventEmitter",
    "asyncio.AsyncIOEventEmitter",
    "AsyncIOEventEmitter",
    "executor.ExecutorEventEmitter",
    "ExecutorEventEmitter",
    "trio.TrioEventEmitter",
    "TrioEventEmitter",
    "twisted.TwistedEventEmitter",
    "TwistedEventEmitter",
)


def _messages(target: str, role: Role, **rest: object) -> Pattern:
    emitter = Format("{}.{}", (Variable(Receiver(), home=True), Variable(Receiver())))
    return Messages(target=target, role=role, channel=arg(0, "event"), exchange=emitter, local=True, **rest)  # type: ignore[arg-type]


PLUGIN = Plugin(
    name="pyee",
    roots=("pyee",),
    transport="signal",
    aliases={f"pyee.{kind}": _EMITTER for kind in _KINDS},
    patterns=(
        _messages(f"{_EMITTER}.emit", Role.PUBLISH),
        *(
            _messages(f"{_EMITTER}.{m}", Role.SUBSCRIBE, handler=_GIVEN, when=(Guard(_GIVEN),))
            for m in ("add_listener", "on", "once")
        ),
        *(_messages(f"{_EMITTER}.{m}", Role.SUBSCRIBE, form="decorator") for m in ("on", "once", "listens_to")),
        _messages("pyee.cls.on", Role.SUBSCRIBE, form="decorator"),
    ),
)

"""oslo.messaging: methods that are called or cast at a topic, the endpoints that answer there, and notifications, whose channel is
their topic and priority, and which are for whoever wants to hear them. A call waits for its answer, a cast does not."""

from collections.abc import Iterable

from flowmap.plugin_api import (
    Const,
    Context,
    Each,
    FirstOf,
    Format,
    Found,
    Handler,
    Inside,
    Kind,
    Limit,
    Maker,
    Messages,
    MethodName,
    Number,
    Plugin,
    RemoteCalls,
    Role,
    Wiring,
    arg,
    keyword,
)

_CLIENT, _NOTIFIER = "oslo_messaging.RPCClient", "oslo_messaging.Notifier"
_PRIORITIES = ("audit", "debug", "info", "warn", "error", "critical", "sample")
_NO_TOPIC = "the topics of the targets are not known"
_DEEPEST = 3
"""Times that a client may have been prepared."""
_TARGET = Inside(arg(1, "target"), arg(1, "topic"))
_TOPIC = FirstOf((
    *(Maker(arg(1, "topic"), up=n, only=("prepare",)) for n in range(1, _DEEPEST)),
    *(Maker(_TARGET, up=n) for n in range(1, _DEEPEST + 1)),
))  # fmt: skip
_METHOD = FirstOf((Format("{}.{}", (_TOPIC, arg(1, "method"))), arg(1, "method")))
_TOPICS = FirstOf((*(Maker(Each(keyword("topics")), up=n) for n in range(1, _DEEPEST)), Const("notifications")))
_SET = FirstOf(tuple(Maker(keyword("timeout"), up=n) for n in range(1, _DEEPEST + 1)))
_LIMIT = Limit(client=Number(_SET), default=60.0)


def answering(context: Context) -> list[Wiring]:
    """The methods of the endpoints of servers, and those of listeners that are named like a priority."""
    found: dict[Wiring, None] = {}
    for _, made in context.calls("get_rpc_server"):
        for topic in made.argument(1, "target").argument(1, "topic").texts():
            for name, handler in _methods(made):
                where = (handler.location.path, handler.location.line, handler.location.line)
                found[Wiring(Role.SERVE, "rpc", where, operation=f"{topic}.{name}", handler=handler)] = None
    for listener in ("get_notification_listener", "get_batch_notification_listener"):
        found.update((heard, None) for _, made in context.calls(listener) for heard in _heard(made))
    return list(found)


def _heard(made: Found) -> Iterable[Wiring]:
    """What a listener hears: the priorities of its topics."""
    targets = made.argument(1, "targets").elements()
    topics = [t for target in targets for t in target.argument(1, "topic").texts()]
    for name, handler in _methods(made):
        where = (handler.location.path, handler.location.line, handler.location.line)
        if name in _PRIORITIES and not topics:
            yield Wiring(Role.SUBSCRIBE, "oslo-messaging", where, handler=handler, unresolved=_NO_TOPIC)
        elif name in _PRIORITIES:
            yield from (Wiring(Role.SUBSCRIBE, "oslo-messaging", where, channel=f"{t}.{name}", handler=handler) for t in topics)


def _methods(made: Found) -> Iterable[tuple[str, Handler]]:
    """The public methods of the endpoints."""
    return (method for endpoint in made.argument(2, "endpoints").elements() for method in endpoint.methods())


PLUGIN = Plugin(
    name="oslo-messaging",
    roots=("oslo_messaging",),
    transport="oslo-messaging",
    aliases={
        "oslo_messaging.rpc.RPCClient": _CLIENT,
        "oslo_messaging.rpc.client.RPCClient": _CLIENT,
        "oslo_messaging.notify.Notifier": _NOTIFIER,
        "oslo_messaging.notify.notifier.Notifier": _NOTIFIER,
    },
    types={
        "oslo_messaging.get_rpc_client()": _CLIENT,
        "oslo_messaging.rpc.get_rpc_client()": _CLIENT,
        f"{_CLIENT}.prepare()": _CLIENT,
        f"{_NOTIFIER}.prepare()": _NOTIFIER,
    },
    patterns=(
        RemoteCalls(target=f"{_CLIENT}.call", operation=_METHOD, limit=_LIMIT),
        RemoteCalls(target=f"{_CLIENT}.cast", operation=_METHOD, kind=Kind.COMMAND, waits=False),
        *(
            Messages(
                target=f"{_NOTIFIER}.{priority}",
                role=Role.PUBLISH,
                channel=Format("{}.{}", (_TOPICS, MethodName())),
                event=arg(1, "event_type"),
                payload=arg(2, "payload"),
                public=True,
            )
            for priority in _PRIORITIES
        ),
    ),
    recognise=answering,
)

"""Socket.IO (python-socketio, Flask-SocketIO): what servers push to clients, and what clients send.

The two directions are different channels, also under one name. Rooms are no channels: they choose among the clients. The other end
is a browser as a rule, so nothing is said of a missing one. A `call`, which waits for an acknowledgement, is not recognised.
"""

from collections.abc import Iterator

from flowmap.plugin_api import Const, Context, FunctionName, Guard, Messages, Pattern, Plugin, Ref, Role, Wiring, arg, keyword

_TO_CLIENT, _TO_SERVER = "to-client", "to-server"
_RESERVED = ("connect", "disconnect", "connect_error", "*")
_SERVERS = ("socketio.Server", "flask_socketio.SocketIO", "socketio.Namespace", "flask_socketio.Namespace")
_CLIENTS = ("socketio.Client", "socketio.ClientNamespace")
_MANAGERS = ("RedisManager", "AsyncRedisManager", "KombuManager", "KafkaManager", "AsyncAioPikaManager", "ZmqManager")
_EMITTED = arg(0, "event")


def _messages(target: str, role: Role, space: str, channel: Ref, **rest: object) -> Pattern:
    rooms = keyword("namespace")
    return Messages(target=target, role=role, space=space, channel=channel, exchange=rooms, public=True, **rest)  # type: ignore[arg-type]


def _sending(owner: str, space: str) -> list[Pattern]:
    return [
        _messages(f"{owner}.emit", Role.PUBLISH, space, _EMITTED, payload=arg(1, "data")),
        _messages(f"{owner}.send", Role.PUBLISH, space, Const("message"), payload=arg(0, "data")),
    ]


def _listening(owner: str, space: str) -> list[Pattern]:
    name, given = arg(0, "event"), arg(1, "handler")
    own, plain = (Guard(name, among=_RESERVED, present=False), Guard(FunctionName(), among=_RESERVED, present=False))
    return [
        _messages(f"{owner}.on", Role.SUBSCRIBE, space, name, form="decorator", when=(own,)),
        _messages(f"{owner}.on", Role.SUBSCRIBE, space, name, handler=given, when=(own, Guard(given))),
        _messages(f"{owner}.on_event", Role.SUBSCRIBE, space, name, handler=given, when=(own, Guard(given))),
        _messages(f"{owner}.event", Role.SUBSCRIBE, space, FunctionName(), form="decorator", when=(plain,)),
    ]


def namespaces(context: Context) -> Iterator[Wiring]:
    """The methods `on_EVENT` of namespace classes."""
    for base in (*_SERVERS[2:], _CLIENTS[1]):
        for cls in context.subclasses(base):
            for name, handler in cls.methods():
                event = name.removeprefix("on_")
                if event != name and event not in _RESERVED:
                    at = handler.location
                    space = _TO_CLIENT if base in _CLIENTS else _TO_SERVER
                    where = (at.path, at.line, at.line)
                    yield Wiring(Role.SUBSCRIBE, "socketio", where, channel=event, handler=handler, space=space, public=True)


PLUGIN = Plugin(
    name="socketio",
    roots=("socketio", "flask_socketio"),
    transport="socketio",
    aliases={
        "socketio.AsyncServer": "socketio.Server",
        "socketio.AsyncClient": "socketio.Client",
        "socketio.AsyncSimpleClient": "socketio.Client",
        "socketio.SimpleClient": "socketio.Client",
        "socketio.AsyncNamespace": "socketio.Namespace",
        "socketio.AsyncClientNamespace": "socketio.ClientNamespace",
    },
    patterns=(
        *(p for owner in _SERVERS for p in _sending(owner, _TO_CLIENT)),
        *(p for manager in _MANAGERS for p in _sending(f"socketio.{manager}", _TO_CLIENT)[:1]),
        *_sending("flask_socketio", _TO_CLIENT),
        *(p for owner in _CLIENTS for p in _sending(owner, _TO_SERVER)),
        *(p for owner in _SERVERS[:2] for p in _listening(owner, _TO_SERVER)),
        *_listening("socketio.Client", _TO_CLIENT),
    ),
    recognise=namespaces,
)

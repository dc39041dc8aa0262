"""pyzmq: sockets without a broker, each known by the port, path or name that it binds or connects to.

PUB and SUB: the channel is the topic, which is the first part of a message or its first word, and the address where a message has
none; who subscribes says how topics begin. PUSH and PULL: the address. REQ, DEALER and those who answer them: a question to the
address. A message that is sent piece by piece counts once, by its first piece. Hosts are not compared. Who listens behind a proxy
listens in front of it.
"""

from flowmap.plugin_api import (
    Binds,
    Called,
    Entry,
    FirstOf,
    Format,
    Guard,
    Kind,
    Match,
    Matched,
    Messages,
    Passes,
    Pattern,
    Plugin,
    Receiver,
    Ref,
    RemoteCalls,
    Role,
    TypeName,
    arg,
)

_SOCKET = "zmq.Socket"
_TYPE = TypeName(arg(0, "socket_type"))
_GIVEN = Called(Receiver(), ("bind", "connect"), arg(0, "addr"))
_OPTION, _FLAGS = TypeName(arg(0, "option")), TypeName(arg(1, "flags"))
_SENDS = ("send", "send_string", "send_json", "send_pyobj")
_FIRST = Guard(_FLAGS, among=("SNDMORE",))
_NEXT = Guard(_FLAGS, among=("SNDMORE",), present=False)
# Where something is sent piece by piece, what is sent without more to follow is the last piece.
_WHOLE = Guard(Called(Receiver(), _SENDS, _FLAGS), among=("SNDMORE",), present=False)
_INSIDE = r"^inproc://"
_TOPICS, _PIPE = "topics", "pipe"


def _place(address: Ref) -> Ref:
    return FirstOf((Matched(address, r"^(?:(?:tcp|udp|wss?|e?pgm)://.*:|ipc://|inproc://)(.+)$"), address))


# A place that is known but for a hole is left open: others are compared with it letter by letter.
_PORT = Matched(_GIVEN, r"^(?:(?:tcp|udp|wss?|e?pgm)://.*:|ipc://|inproc://)([\w./-]+)$")
_ADDRESS, _OWN = _place(_GIVEN), _place(arg(0, "addr"))
_WORD = Matched(arg(0), r"^([^\s\[{<\"']+)\s")


def _messages(socket: str, methods: tuple[str, ...], role: Role, channel: Ref, *when: Guard, **rest: object) -> tuple[Pattern, ...]:
    """The patterns of methods of one kind of socket, for addresses between processes and inside one."""
    address = rest.pop("address", _GIVEN)
    return tuple(
        Messages(
            target=f"{_SOCKET}.{socket}.{method}",
            role=role,
            channel=channel,
            local=local,
            when=(*when, Guard(address, matching=_INSIDE, present=local)),  # type: ignore[arg-type]
            **rest,  # type: ignore[arg-type]
        )
        for method in methods
        for local in (False, True)
    )


def _subscribed(methods: tuple[str, ...], topic: Ref, *when: Guard) -> tuple[Pattern, ...]:
    begins = Format("{}*", (topic,))
    return _messages("SUB", methods, Role.SUBSCRIBE, begins, *when, exchange=_PORT, space=_TOPICS, match=Match.GLOB)


_PROXIES = tuple(f"{kind}{what}" for kind in ("Thread", "Process") for what in ("Device", "Proxy", "ProxySteerable"))


def _carried(target: str, front: Ref, back: Ref) -> tuple[Pattern, ...]:
    """A proxy: who is connected to one of its sides gets what is sent to the other one."""
    sides = ((front, back, False), (front, back, True), (back, front, True))
    return tuple(Binds(target=target, queue=_place(to), exchange=_place(of), carries=carries) for of, to, carries in sides)


def _side(socket: Ref) -> Ref:
    return Called(socket, ("bind", "connect"), arg(0, "addr"))


def _end(name: str) -> Ref:
    return Called(Receiver(), (f"bind_{name}", f"connect_{name}"), arg(0, "addr"))


PLUGIN = Plugin(
    name="pyzmq",
    roots=("zmq",),
    transport="zmq",
    aliases={
        "zmq.asyncio.Context": "zmq.Context",
        "zmq.green.Context": "zmq.Context",
        "zmq.asyncio.Socket": _SOCKET,
        "zmq.green.Socket": _SOCKET,
    },
    types={
        "zmq.Context.instance()": "zmq.Context",
        "zmq.Context.socket()": f"{_SOCKET}.{{}}",
        f"{_SOCKET}()": f"{_SOCKET}.{{}}",
    },
    discriminated={"zmq.Context.socket()": _TYPE, f"{_SOCKET}()": TypeName(arg(1, "socket_type"))},
    passes=tuple(Passes(f"zmq.eventloop.{module}ZMQStream", arg(0, "socket")) for module in ("zmqstream.", "future.", "")),
    patterns=(
        *_messages("PUB", ("send_multipart",), Role.PUBLISH, FirstOf((Entry(arg(0), 0), _ADDRESS)), exchange=_PORT, space=_TOPICS),
        *_messages(
            "PUB", ("send", "send_string"), Role.PUBLISH, FirstOf((arg(0), _ADDRESS)), _FIRST, exchange=_PORT, space=_TOPICS
        ),
        *_messages("PUB", ("send", "send_string"), Role.PUBLISH, _WORD, Guard(_WORD), _NEXT, exchange=_PORT, space=_TOPICS),
        *_messages(
            "PUB",
            ("send", "send_string"),
            Role.PUBLISH,
            _ADDRESS,
            Guard(_WORD, present=False),
            _WHOLE,
            exchange=_PORT,
            space=_TOPICS,
        ),
        *_messages("PUB", ("send_json", "send_pyobj"), Role.PUBLISH, _ADDRESS, _WHOLE, exchange=_PORT, space=_TOPICS),
        *_messages("PUSH", ("send_multipart",), Role.PUBLISH, _ADDRESS, space=_PIPE, kind=Kind.COMMAND),
        *_messages("PUSH", _SENDS, Role.PUBLISH, _ADDRESS, _FIRST, space=_PIPE, kind=Kind.COMMAND),
        *_messages("PUSH", _SENDS, Role.PUBLISH, _ADDRESS, _WHOLE, space=_PIPE, kind=Kind.COMMAND),
        *_subscribed(("subscribe",), arg(0, "topic")),
        *_subscribed(("setsockopt", "set"), arg(1, "value"), Guard(_OPTION, among=("SUBSCRIBE",))),
        *_subscribed(("setsockopt_string", "set_string"), arg(1, "optval"), Guard(_OPTION, among=("SUBSCRIBE",))),
        *_messages("PULL", ("bind", "connect"), Role.SUBSCRIBE, _OWN, space=_PIPE, kind=Kind.COMMAND, address=arg(0, "addr")),
        *(
            RemoteCalls(target=f"{_SOCKET}.{kind}.{method}", operation=_ADDRESS, channel=_ADDRESS, broker="zmq", kind=Kind.QUERY)
            for kind in ("REQ", "DEALER")
            for method in (*_SENDS, "send_multipart")
        ),
        *_carried("zmq.proxy", _side(arg(0, "frontend")), _side(arg(1, "backend"))),
        *_carried("zmq.proxy_steerable", _side(arg(0, "frontend")), _side(arg(1, "backend"))),
        *_carried("zmq.device", _side(arg(1, "frontend")), _side(arg(2, "backend"))),
        *(p for kind in _PROXIES for p in _carried(f"zmq.devices.{kind}.start", _end("in"), _end("out"))),
        *_messages("REP", ("bind", "connect"), Role.SUBSCRIBE, _OWN, kind=Kind.QUERY, address=arg(0, "addr")),
        *_messages("ROUTER", ("bind",), Role.SUBSCRIBE, _OWN, kind=Kind.QUERY, address=arg(0, "addr")),
    ),
)

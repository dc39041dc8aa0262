"""stomp.py. What arrives at a connection is handled by the listener that is set on it, whatever destination it comes from."""

from flowmap.plugin_api import Held, Match, Messages, Plugin, Receiver, Role, arg

_CONNECTION = "stomp.Connection"
_KINDS = ("Connection10", "Connection11", "Connection12", "WSConnection")
_INNER = ("BaseConnection", "StompConnection10", "StompConnection11", "StompConnection12")

PLUGIN = Plugin(
    name="stomp",
    roots=("stomp",),
    transport="stomp",
    match=Match.STOMP,
    aliases={f"stomp.{kind}": _CONNECTION for kind in (*_KINDS, *(f"connect.{i}" for i in _INNER))},
    patterns=(
        Messages(target=f"{_CONNECTION}.send", role=Role.PUBLISH, channel=arg(0, "destination"), payload=arg(1, "body")),
        Messages(
            target=f"{_CONNECTION}.subscribe",
            role=Role.SUBSCRIBE,
            channel=arg(0, "destination"),
            handler=Held(Receiver(), "set_listener"),
            around=False,
        ),
    ),
)

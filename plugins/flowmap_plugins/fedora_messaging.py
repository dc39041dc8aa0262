"""fedora-messaging: messages of the Fedora infrastructure, by their topics, over a topic exchange of AMQP.

The topic is that of the message, or of its class. What a deployment puts before all topics (`topic_prefix`) is not known, so that
bindings may begin with it; nor are the bindings that only a configuration file holds: who gives none listens to something that
nobody here can tell.
"""

from flowmap.plugin_api import (
    Const,
    Current,
    Each,
    Entry,
    FirstOf,
    Gives,
    Guard,
    Inside,
    Match,
    Messages,
    Plugin,
    Role,
    arg,
    keyword,
)

_API = "fedora_messaging.api"
_MESSAGE, _CALLBACK, _BINDINGS = arg(0, "message"), arg(0, "callback"), arg(1, "bindings")
_ALONE = Guard(Entry(_BINDINGS, "routing_keys"))

PLUGIN = Plugin(
    name="fedora-messaging",
    roots=("fedora_messaging",),
    transport="fedora-messaging",
    match=Match.PREFIXED,
    aliases={"fedora_messaging.api.Message": "fedora_messaging.message.Message"},
    gives=tuple(Gives(f"fedora_messaging.message.Message{said}", keyword("topic")) for said in ("[]", ".topic")),
    patterns=(
        *(
            Messages(
                target=f"{_API}.{method}",
                role=Role.PUBLISH,
                channel=FirstOf((Inside(_MESSAGE, keyword("topic")), Entry(_MESSAGE, "topic"))),
                exchange=arg(1, "exchange"),
            )
            for method in ("publish", "twisted_publish")
        ),
        *(
            Messages(
                target=f"{_API}.{method}",
                role=Role.SUBSCRIBE,
                each=each,
                channel=channel,
                exchange=exchange,
                handler=_CALLBACK,
                when=when,
            )
            for method in ("consume", "twisted_consume")
            for each, channel, exchange, when in (
                (
                    _BINDINGS,
                    Each(Entry(Current(), "routing_keys")),
                    Entry(Current(), "exchange"),
                    (Guard(_BINDINGS), Guard(_ALONE.ref, present=False)),
                ),
                (None, Each(Entry(_BINDINGS, "routing_keys")), Entry(_BINDINGS, "exchange"), (_ALONE,)),
                (None, Const(""), None, (Guard(_BINDINGS, present=False),)),
            )
        ),
    ),
)

"""Publishers and subscribers of libraries that no plugin knows, by their shape: a class or module that is named after a broker, a
function that is named after what brokers do. An address that says itself what it belongs to (the path of a Pub/Sub topic, an ARN,
the URL of an SQS queue) is enough for a function of any name, and with the name of one that publishes it is evident. A broker
without a name is one by the roles of messaging: a publisher that is told where to, a subscriber that is told of what, and what it
is to call.

Gives guesses else; a publication whose channel is not known is a blind spot by them, and by a queue that is told where to publish
what."""

from collections.abc import Iterator
from dataclasses import replace

from flowmap.plugin_api import FirstOf, Guard, Maker, Messages, MethodName, Plugin, Ref, Role, Tail, arg, keyword

_BROKERS = {
    "pubsub": ("pubsub", "pub_sub", "Pubsub", "PubSub"),
    "kafka": ("kafka", "Kafka"),
    "amqp": ("rabbit", "Rabbit", "amqp", "Amqp", "AMQP"),
    "sqs": ("sqs", "Sqs", "SQS"),
    "sns": ("sns", "Sns", "SNS"),
    "mqtt": ("mqtt", "Mqtt", "MQTT"),
}
_BY_ADDRESS = {"pubsub": r"^projects/[^/]+/topics/", "sqs": r"^arn:aws:sqs:|^https://sqs\.", "sns": r"^arn:aws:sns:"}
_ROLES = {
    "Broker": ("publish", "produce", "subscribe", "consume"),
    "broker": ("publish", "produce", "subscribe", "consume"),
    "Publisher": ("publish", "produce"),
    "Producer": ("publish", "produce", "send"),
    "Subscriber": ("subscribe", "consume", "listen"),
    "Consumer": ("subscribe", "consume", "listen"),
    "Client": ("produce", "subscribe"),
}
"""What classes are called after, and what such a class does with messages. Clients do so much that only this much is telling."""
_SLOTS = (
    *("topic", "topic_name", "topic_path", "topic_arn", "channel", "queue", "queue_name", "queue_url", "queue_arn"),
    *("routing_key", "subject"),
)
_SAID = FirstOf(tuple(keyword(s) for s in _SLOTS))
_GIVEN = FirstOf((*(keyword(s) for s in _SLOTS), arg(0)))
_HANDLER = FirstOf((keyword("callback"), keyword("handler"), keyword("on_message"), keyword("func"), arg(1)))
_NAMED = Guard(_GIVEN, matching=r"^[\w.:/#*{}-]+$")
_OTHERWISE = "publish|produce|send|subscribe|consume|listen|get|create|delete|list|update|set|add|remove|parse|is|has"
"""What the other patterns know, and what is done with a channel itself rather than by it; a class is made, which sends nothing."""


def _in_a_role(word: str, verb: str) -> Iterator[Messages]:
    taking = verb in ("subscribe", "consume", "listen")
    for target in (f"*.*{word}.{verb}", f"*.*{word}.{verb}_*"):
        if taking:
            called = (_NAMED, Guard(_HANDLER), Guard(_HANDLER, matching=".", present=False))
            yield Messages(target=target, role=Role.SUBSCRIBE, transport="broker", channel=_GIVEN, handler=_HANDLER, when=called)
        else:
            yield Messages(target=target, role=Role.PUBLISH, transport="broker", channel=_GIVEN, when=(_NAMED,))


def _patterns(transport: str, word: str) -> Iterator[Messages]:
    owner = f"*.*{word}*"
    channel: Ref = Tail(_GIVEN) if transport in _BY_ADDRESS else _GIVEN
    addressed = Guard(_GIVEN, matching=_BY_ADDRESS.get(transport, r"(?!)"))
    for verb, when in (("publish", ()), ("produce", ()), ("send", (_NAMED,))):
        for method in (verb, f"{verb}_*", f"{verb}Event", f"{verb}Message"):
            published = Messages(target=f"{owner}.{method}", role=Role.PUBLISH, transport=transport, channel=channel, when=when)
            yield replace(published, when=(*when, replace(addressed, present=False)))
            if transport in _BY_ADDRESS:
                yield replace(published, when=(addressed,), evident=True)
    for verb in ("dispatch", "enqueue", "push", "post", "emit"):
        for method in (verb, f"{verb}_*"):
            yield Messages(
                target=f"{owner}.{method}", role=Role.PUBLISH, transport=transport, channel=Tail(_SAID), when=(Guard(_SAID),)
            )
    made_for = FirstOf(tuple(Maker(keyword(s)) for s in _SLOTS))
    alone = (Guard(made_for), Guard(_SAID, present=False))
    for method in ("publish*", "send*", "dispatch*", "enqueue*", "push*", "add_message*", "put_message*"):
        yield Messages(target=f"{owner}.{method}", role=Role.PUBLISH, transport=transport, channel=Tail(made_for), when=alone)
    for verb in ("subscribe", "consume", "listen"):
        for target in (f"{owner}.{verb}", f"{owner}.{verb}_*"):
            taken = Messages(
                target=target, role=Role.SUBSCRIBE, transport=transport, channel=channel, form="decorator", when=(_NAMED,)
            )
            yield taken
            yield replace(taken, form="call", handler=_HANDLER, when=(_NAMED, Guard(_HANDLER)))
    if transport in _BY_ADDRESS:
        sends = (addressed, Guard(MethodName(), matching=f"^_*({_OTHERWISE}|[A-Z])", present=False))
        yield Messages(target=f"{owner}.*", role=Role.PUBLISH, transport=transport, channel=channel, when=sends)


PLUGIN = Plugin(
    name="broker-shape",
    roots=(),
    fallback=True,
    patterns=(
        *(p for transport, words in _BROKERS.items() for word in words for p in _patterns(transport, word)),
        *(p for word, verbs in _ROLES.items() for verb in verbs for p in _in_a_role(word, verb)),
        Messages(target="*.*Queue.publish", role=Role.PUBLISH, transport="broker", channel=_GIVEN, when=(Guard(arg(1)),)),
    ),
)

"""hexkit: events that adapters publish and translators consume by its protocols, which Kafka carries, and objects of a database
whose changes are events. A topic's types tell its messages apart: who listens to several topics and types hears each on each.
"""

from flowmap.plugin_api import Context, Found, Handler, Messages, Plugin, Role, Wiring, keyword

_PUBLISHER, _FACTORY = "hexkit.protocols.eventpub.EventPublisherProtocol", "hexkit.protocols.daopub.DaoPublisherFactoryProtocol"
_KAFKA, _MONGO = "hexkit.providers.akafka", "hexkit.providers.mongokafka"
_SUBSCRIBER, _DAO = "hexkit.protocols.eventsub.EventSubscriberProtocol", "hexkit.protocols.daosub.DaoSubscriberProtocol"
_CONSUMING = ("_consume_validated", "changed")


def translators(context: Context) -> list[Wiring]:
    """What translators listen to."""
    found: dict[Wiring, None] = {}
    for translator in context.subclasses(_SUBSCRIBER):
        topics = (t for topic in translator.get("topics_of_interest").elements() for t in _names(topic))
        types = [t for one in translator.get("types_of_interest").elements() for t in one.texts()]
        for topic in topics:
            found.update((_listening(translator, topic, event), None) for event in types or [""])
    for translator in context.subclasses(_DAO):
        found.update((_listening(translator, topic), None) for topic in _names(translator.get("event_topic")))
    return list(found)


def _names(topic: Found) -> list[str]:
    """The names that a topic can have; an empty one where nobody can tell."""
    return topic.texts() or [""]


def _listening(translator: Found, topic: str, event: str = "") -> Wiring:
    handler, why = _handler(translator), None if topic else "which topic it listens to stands in its configuration"
    where = translator.where
    return Wiring(Role.SUBSCRIBE, "kafka", where, topic or None, event=event or None, handler=handler, unresolved=why)


def _handler(translator: Found) -> Handler | None:
    return next((handler for name in _CONSUMING for handler in translator.get(name).handlers()), None)


PLUGIN = Plugin(
    name="hexkit",
    roots=("hexkit",),
    transport="kafka",
    aliases={
        **{f"{_KAFKA}.{inner}KafkaEventPublisher": _PUBLISHER for inner in ("", "provider.")},
        **{f"{_MONGO}.{inner}PersistentKafkaPublisher": _PUBLISHER for inner in ("", "provider.")},
        **{f"{_MONGO}.{inner}MongoKafkaDaoPublisherFactory": _FACTORY for inner in ("", "provider.")},
    },
    types={f"{owner}.construct()": owner for owner in (_PUBLISHER, _FACTORY)},
    patterns=(
        Messages(
            target=f"{_PUBLISHER}.publish",
            role=Role.PUBLISH,
            channel=keyword("topic"),
            event=keyword("type_"),
            payload=keyword("payload"),
        ),
        Messages(target=f"{_FACTORY}.get_dao", role=Role.PUBLISH, channel=keyword("event_topic")),
    ),
    recognise=translators,
)

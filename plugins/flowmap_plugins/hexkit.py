"""hexkit: events that adapters publish and translators consume by its protocols, which Kafka carries, and objects of a database
whose changes are events. A topic's types tell its messages apart: who listens to several topics and types hears each on each.
"""

from flowmap.plugin_api import Context, Format, Found, Handler, Messages, Plugin, Role, SettingsFile, Wiring, arg, keyword

_PUBLISHER, _FACTORY = "hexkit.protocols.eventpub.EventPublisherProtocol", "hexkit.protocols.daopub.DaoPublisherFactoryProtocol"
_KAFKA, _MONGO = "hexkit.providers.akafka", "hexkit.providers.mongokafka"
_SUBSCRIBER, _DAO = "hexkit.protocols.eventsub.EventSubscriberProtocol", "hexkit.protocols.daosub.DaoSubscriberProtocol"
_PREFIX = arg(0, "prefix")
_CONSUMING = ("_consume_validated", "changed")


def translators(context: Context) -> list[Wiring]:
    """What translators listen to."""
    found: dict[Wiring, None] = {}
    for translator in context.subclasses(_SUBSCRIBER):
        topics, types = (list(translator.get(f"{what}_of_interest").elements()) for what in ("topics", "types"))
        for topic, kinds in _together(topics, types):
            events = [t for kind in kinds for t in kind.texts()] or [""]
            found.update((_listening(translator, name, event), None) for name in _names(topic) for event in events)
    for translator in context.subclasses(_DAO):
        found.update((_listening(translator, topic), None) for topic in _names(translator.get("event_topic")))
    return list(found)


def _together(topics: list[Found], types: list[Found]) -> list[tuple[Found, list[Found]]]:
    """The types of each topic: those whose setting is called like the topic's but for the last word; a topic without such has all
    those that belong to no other."""
    own = [[kind for kind in types if _stem(kind) and _stem(kind) == _stem(topic)] for topic in topics]
    rest = [kind for kind in types if not any(kind in kinds for kinds in own)]
    return [(topic, kinds or rest) for topic, kinds in zip(topics, own, strict=True)]


def _stem(setting: Found) -> str:
    return setting.called.rpartition("_")[0]


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
    settings_files=(
        SettingsFile(
            "hexkit.config.config_from_yaml",
            variable=Format("{}_CONFIG_YAML", (_PREFIX,)),
            name=Format(".{}.yaml", (_PREFIX,)),
            prefix=Format("{}_", (_PREFIX,)),
        ),
    ),
    recognise=translators,
)

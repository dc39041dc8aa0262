"""azure-eventgrid, sync and async. A custom topic counts by the first label of its endpoint, a topic of a namespace by its name;
the event's type is the one that the event is made with."""

from flowmap.plugin_api import Each, Entry, FirstOf, Host, Inside, Maker, Messages, Plugin, Role, arg, keyword

_PUBLISHER, _CONSUMER = "azure.eventgrid.EventGridPublisherClient", "azure.eventgrid.EventGridConsumerClient"
_NAMESPACE_TOPIC = keyword("namespace_topic")


def _event(index: int) -> FirstOf:
    """The type of the events in an argument: objects of the library, or mappings."""
    given, made = arg(index, "events"), FirstOf((keyword("event_type"), keyword("type"), arg(1)))
    return FirstOf(
        tuple(way for of in (given, Each(given)) for way in (Inside(of, made), Entry(of, "eventType"), Entry(of, "type")))
    )


PLUGIN = Plugin(
    name="azure-eventgrid",
    roots=("azure.eventgrid",),
    transport="eventgrid",
    aliases={"azure.eventgrid.aio.EventGridPublisherClient": _PUBLISHER, "azure.eventgrid.aio.EventGridConsumerClient": _CONSUMER},
    patterns=(
        Messages(
            target=f"{_PUBLISHER}.send",
            role=Role.PUBLISH,
            channel=FirstOf((Maker(_NAMESPACE_TOPIC), Maker(Host(arg(0, "endpoint"))))),
            event=_event(0),
            payload=Inside(Each(arg(0, "events")), keyword("data")),
        ),
        Messages(
            target="azure.eventgrid.EventGridClient.publish_events",
            role=Role.PUBLISH,
            channel=Host(arg(0, "topic_hostname")),
            event=_event(1),
        ),
        Messages(
            target=f"{_CONSUMER}.receive",
            role=Role.SUBSCRIBE,
            channel=Maker(_NAMESPACE_TOPIC),
            group=Maker(keyword("subscription")),
        ),
    ),
)

"""google-cloud-pubsub. Topics and subscriptions count by the last piece of their paths; a subscription listens to the topic that
it is created for, where that is in the code. Waiting for a publication's future waits for the broker, not for an answer."""

from flowmap.plugin_api import Argument, Binds, Const, Entry, FirstOf, Gives, Messages, Plugin, Ref, Role, Tail, arg, keyword

_PUBLISHER, _SUBSCRIBER = "google.cloud.pubsub_v1.PublisherClient", "google.cloud.pubsub_v1.SubscriberClient"


def _last(place: Argument) -> Ref:
    """The last piece of a path that is an argument or an entry of the request."""
    return Tail(FirstOf((place, Entry(keyword("request"), place.name or ""))), "/")


PLUGIN = Plugin(
    name="google-pubsub",
    roots=("google.cloud.pubsub", "google.cloud.pubsub_v1", "google.pubsub_v1"),
    transport="pubsub",
    aliases={
        "google.cloud.pubsub.PublisherClient": _PUBLISHER,
        "google.cloud.pubsub.SubscriberClient": _SUBSCRIBER,
        "google.cloud.pubsub_v1.publisher.Client": _PUBLISHER,
        "google.cloud.pubsub_v1.subscriber.Client": _SUBSCRIBER,
        "google.pubsub_v1.PublisherClient": _PUBLISHER,
        "google.pubsub_v1.PublisherAsyncClient": _PUBLISHER,
        "google.pubsub_v1.SubscriberClient": _SUBSCRIBER,
        "google.pubsub_v1.SubscriberAsyncClient": _SUBSCRIBER,
    },
    gives=(
        Gives(f"{_PUBLISHER}.topic_path()", arg(1, "topic")),
        Gives(f"{_SUBSCRIBER}.topic_path()", arg(1, "topic")),
        Gives(f"{_SUBSCRIBER}.subscription_path()", arg(1, "subscription")),
    ),
    patterns=(
        Messages(
            target=f"{_PUBLISHER}.publish",
            role=Role.PUBLISH,
            channel=_last(arg(0, "topic")),
            payload=arg(1, "data"),
            event=FirstOf((keyword("event_type"), keyword("eventType"), keyword("type"))),
        ),
        Messages(
            target=f"{_SUBSCRIBER}.subscribe",
            role=Role.SUBSCRIBE,
            channel=_last(arg(0, "subscription")),
            handler=arg(1, "callback"),
        ),
        *(
            Messages(target=f"{_SUBSCRIBER}.{m}", role=Role.SUBSCRIBE, channel=_last(arg(0, "subscription")))
            for m in ("pull", "streaming_pull")
        ),
        Binds(
            target=f"{_SUBSCRIBER}.create_subscription",
            queue=_last(arg(0, "name")),
            exchange=Const(""),
            key=_last(arg(1, "topic")),
        ),
    ),
)

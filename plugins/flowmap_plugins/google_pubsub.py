"""google-cloud-pubsub and gcloud-aio-pubsub.

Topics and subscriptions count by the last piece of their paths; a subscription listens to the topic that it is created for, where
that is in the code. One that is created with an endpoint is pushed there: the endpoint is its handler. Waiting for a publication's
future waits for the broker, not for an answer.
"""

from flowmap.plugin_api import (
    Argument,
    Binds,
    Const,
    Context,
    Does,
    Effects,
    Entry,
    FirstOf,
    Found,
    Gives,
    Messages,
    Plugin,
    Ref,
    Role,
    Tail,
    Wiring,
    arg,
    keyword,
)

_PUBLISHER, _SUBSCRIBER = "google.cloud.pubsub_v1.PublisherClient", "google.cloud.pubsub_v1.SubscriberClient"


def _last(place: Argument) -> Ref:
    """The last piece of a path that is an argument or an entry of the request."""
    return Tail(FirstOf((place, Entry(keyword("request"), place.name or ""))), "/")


def pushed(context: Context) -> list[Wiring]:
    """The subscriptions that are created with an endpoint to which their messages are pushed."""
    found: list[Wiring] = []
    for callee, made in context.calls("create_subscription"):
        if f"{_SUBSCRIBER}.create_subscription" in callee.names():
            topics = list(dict.fromkeys(t.rpartition("/")[2] for t in _said(made, "topic", 1)))
            routes = _routes(made)
            told_apart = len(topics) == 1 or len(routes) == 1
            found += [
                Wiring(Role.SUBSCRIBE, "pubsub", made.where, channel=topic, route=route)
                for topic in topics
                for route in (routes if told_apart else routes and [""])
            ]
    return found


def _said(made: Found, name: str, index: int | None = None) -> list[str]:
    """A field of a request, given by itself or in the request."""
    return made.argument(index, name).texts() or made.argument(None, "request").get(name).texts()


def _routes(made: Found) -> list[str]:
    """The URLs of the endpoints."""
    places = (made.argument(None, "push_config"), made.argument(None, "request").get("push_config"))
    found = (t for p in places for f in (p.get("push_endpoint"), p.argument(None, "push_endpoint")) for t in f.texts())
    return list(dict.fromkeys(found))


PLUGIN = Plugin(
    name="google-pubsub",
    roots=("gcloud.aio.pubsub", "google.cloud.pubsub", "google.cloud.pubsub_v1", "google.pubsub_v1"),
    transport="pubsub",
    aliases={
        "gcloud.aio.pubsub.PublisherClient": _PUBLISHER,
        "gcloud.aio.pubsub.SubscriberClient": _SUBSCRIBER,
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
    effects=(
        Effects(
            target=f"{_SUBSCRIBER}.create_subscription",
            does=Does.MAKES,
            transport="pubsub",
            about=_last(arg(0, "name")),
            ends=(Entry(arg(0, "request"), "dead_letter_policy"),),
        ),
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
        Messages(
            target="gcloud.aio.pubsub.subscribe",
            role=Role.SUBSCRIBE,
            channel=_last(arg(0, "subscription")),
            handler=arg(1, "handler"),
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
    recognise=pushed,
)

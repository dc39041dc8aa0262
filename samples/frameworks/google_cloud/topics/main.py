"""Creates the topic and the subscriptions, once."""

import os

from google.cloud import pubsub_v1

PROJECT = os.environ.get("GOOGLE_CLOUD_PROJECT", "parcels")


def create() -> None:
    publisher, subscriber = pubsub_v1.PublisherClient(), pubsub_v1.SubscriberClient()
    topic = publisher.topic_path(PROJECT, "parcel-registered")
    publisher.create_topic(name=topic)
    with subscriber:
        subscriber.create_subscription(  # flow: subscribe pubsub parcel-registered handler=on_parcel
            name=subscriber.subscription_path(PROJECT, "labels"),
            topic=topic,
            push_config=pubsub_v1.types.PushConfig(push_endpoint="http://labels:8080/pushed/parcels"),
        )
        subscriber.create_subscription(name=subscriber.subscription_path(PROJECT, "audit"), topic=topic)  # flow: nothing


if __name__ == "__main__":
    create()

"""Topic, queues and bus."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_events as events
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct


class Messaging(Stack):
    """What lies between the services."""

    def __init__(self, scope: Construct, construct_id: str, *, prefix: str, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)
        self.placed = sns.Topic(self, "Placed", topic_name=f"{prefix}-order-placed")
        self.bus = events.EventBus(self, "Bus", event_bus_name=f"{prefix}-events")
        self.queues = {}
        for name in ("ovens", "archive"):
            dead = sqs.Queue(self, f"Dead{name.title()}")
            queue = sqs.Queue(
                self,
                name.title(),
                queue_name=f"{prefix}-{name}",
                visibility_timeout=Duration.seconds(90),
                dead_letter_queue=sqs.DeadLetterQueue(queue=dead, max_receive_count=3),
            )
            self.placed.add_subscription(subscriptions.SqsSubscription(queue, raw_message_delivery=True))
            self.queues[name] = queue

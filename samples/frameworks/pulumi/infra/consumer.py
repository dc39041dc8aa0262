"""A function that works off a queue of its own."""

import pulumi
import pulumi_aws as aws


class QueueConsumer(pulumi.ComponentResource):
    """A queue, which a topic may fill, and the function that reads it."""

    def __init__(
        self,
        name: str,
        topic: aws.sns.Topic | None,
        role: aws.iam.Role,
        code: str,
        handler: str,
        told: dict[str, pulumi.Input[str]],
    ) -> None:
        super().__init__("flood:index:QueueConsumer", name, None, None)
        mine = pulumi.ResourceOptions(parent=self)
        self.queue = aws.sqs.Queue(f"{name}-queue", visibility_timeout_seconds=60, opts=mine)
        if topic is not None:
            aws.sns.TopicSubscription(f"{name}-feed", topic=topic.arn, protocol="sqs", endpoint=self.queue.arn, opts=mine)
        function = aws.lambda_.Function(
            name,
            runtime=aws.lambda_.Runtime.PYTHON3D12,
            handler=handler,
            code=pulumi.FileArchive(code),
            role=role.arn,
            environment=aws.lambda_.FunctionEnvironmentArgs(variables=told),
            opts=mine,
        )
        aws.lambda_.EventSourceMapping(  # flow: subscribe sns flood-levels handler=run ; subscribe eventbridge WaterRose
            f"{name}-work", event_source_arn=self.queue.arn, function_name=function.name, opts=mine
        )
        self.register_outputs({})

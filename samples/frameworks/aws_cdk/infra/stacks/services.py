"""Functions, and what wakes them."""

from pathlib import Path

from aws_cdk import Stack
from aws_cdk import aws_apigateway as apigateway
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct
from stacks.messaging import Messaging

SERVICES = Path(__file__).parent.parent.parent / "services"


class Services(Stack):
    """The functions and what wakes them."""

    def __init__(self, scope: Construct, construct_id: str, *, messaging: Messaging, **kwargs) -> None:
        super().__init__(scope, construct_id, **kwargs)
        orders = self._function("orders", "app.take", {"PLACED_TOPIC": messaging.placed.topic_arn})
        messaging.placed.grant_publish(orders)
        api = apigateway.RestApi(self, "Api")
        by_id = api.root.add_resource("orders").add_resource("{order_id}")
        by_id.add_method("PUT", apigateway.LambdaIntegration(orders))  # flow: serve http PUT /orders/{} handler=take

        baking = self._function("baking", "worker.bake", {"BUS": messaging.bus.event_bus_name})
        messaging.bus.grant_put_events_to(baking)
        ovens = sources.SqsEventSource(messaging.queues["ovens"], batch_size=5)
        baking.add_event_source(ovens)  # flow: subscribe sns bakery-order-placed handler=bake

        letters = self._function("letters", "send.write_letter", {})
        events.Rule(  # flow: subscribe eventbridge BreadBaked exchange=bakery-events handler=write_letter
            self,
            "Baked",
            event_bus=messaging.bus,
            event_pattern=events.EventPattern(source=["baking"], detail_type=["BreadBaked"]),
            targets=[targets.LambdaFunction(letters)],
        )
        events.Rule(  # flow: nothing
            self, "Nightly", schedule=events.Schedule.expression("rate(1 day)"), targets=[targets.LambdaFunction(letters)]
        )

    def _function(self, name: str, handler: str, environment: dict[str, str]) -> lambda_.Function:
        return lambda_.Function(
            self,
            name.title(),
            runtime=lambda_.Runtime.PYTHON_3_12,
            code=lambda_.Code.from_asset(str(SERVICES / name)),
            handler=handler,
            environment={"LOG_LEVEL": "INFO", **environment},
        )

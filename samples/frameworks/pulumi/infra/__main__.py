"""The infrastructure of the flood warning."""

import json

import pulumi
import pulumi_aws as aws
from consumer import QueueConsumer

config = pulumi.Config()
prefix = config.get("prefix") or "flood"
role = aws.iam.Role("functions", assume_role_policy=config.require("trust"))

levels = aws.sns.Topic("levels", name=f"{prefix}-levels")
alerts = aws.cloudwatch.EventBus("alerts", name=f"{prefix}-alerts")

gauges = aws.lambda_.Function(  # flow: serve rpc gauges handler=run
    "gauges",
    runtime="python3.12",
    handler="measure.run",
    code=pulumi.FileArchive("../functions/gauges"),
    role=role.arn,
    environment={"variables": {"LEVELS": levels.arn}},
)
aws.cloudwatch.EventRule("every-hour", schedule_expression="rate(1 hour)")  # flow: nothing

warnings = QueueConsumer("warnings", levels, role, "../functions/warnings", "judge.run", {"ALERTS": alerts.name})

letters = QueueConsumer("letters", None, role, "../functions/letters", "write.run", {})

rose = aws.cloudwatch.EventRule(
    "rose", event_bus_name=alerts.name, event_pattern=json.dumps({"source": ["warnings"], "detail-type": ["WaterRose"]})
)
aws.cloudwatch.EventTarget("rose-letters", rule=rose.name, event_bus_name=alerts.name, arn=letters.queue.arn)
pulumi.export("queue", warnings.queue.url)

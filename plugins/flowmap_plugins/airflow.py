"""Apache Airflow 2 and 3: DAGs, which other DAGs trigger by their ids or wait for, and assets (datasets), whose updates start DAGs.

A DAG answers by its id, as an RPC operation would. Who triggers one waits for its end only where it says so. An asset goes by its
URI, or by its name where it has none; of a condition over assets (`a & b`) each counts. What templates and mapped operators make
of an id is not known. Operators of Kafka, SQS, SNS and Pub/Sub publish and wait as their clients do.
"""

from typing import Literal

from flowmap.plugin_api import (
    Context,
    Each,
    FirstOf,
    FunctionName,
    Guard,
    Inside,
    Kind,
    Messages,
    Plugin,
    Ref,
    RemoteCalls,
    Role,
    Serves,
    Tail,
    TypeName,
    Wiring,
    arg,
    keyword,
)

_DAG, _ASSET, _TRIGGER = "airflow.DAG", "airflow.Asset", "airflow.TriggerDagRunOperator"
_SENSOR = "airflow.ExternalTaskSensor"
_PROVIDERS = "airflow.providers"
_IDENTITY = FirstOf((arg(1, "uri"), arg(0, "name")))
_SCHEDULE = Each(keyword("schedule"))
_UPDATED = Each(keyword("outlets"))
_ASSETS = ("Asset", "Dataset")
_DECORATED = FirstOf((arg(0, "dag_id"), FunctionName()))
_WAITS = keyword("wait_for_completion")
_QUEUE = Tail(keyword("sqs_queue"))


def outlets(context: Context) -> list[Wiring]:
    """The assets that operators of any class say they update."""
    return [
        Wiring(Role.PUBLISH, "airflow", asset.where, channel=name)
        for given in context.entries("outlets")
        for asset in given.elements()
        if _ASSET in asset.names()
        for name in asset.argument(1, "uri").texts() or asset.argument(0, "name").texts()
    ]


def _started(target: str, form: Literal["call", "decorator"], name: Ref) -> tuple[Serves | Messages, ...]:
    """A DAG answers by its id, and to the assets of its schedule."""
    return (
        Serves(target=target, form=form, operation=name, transport="rpc"),
        Messages(
            target=target,
            form=form,
            role=Role.SUBSCRIBE,
            channel=Inside(_SCHEDULE, _IDENTITY),
            when=(Guard(TypeName(_SCHEDULE), among=_ASSETS),),
        ),
    )


PLUGIN = Plugin(
    name="airflow",
    roots=("airflow",),
    passive=("airflow",),
    transport="airflow",
    aliases={
        **dict.fromkeys(
            ("airflow.models.DAG", "airflow.models.dag.DAG", "airflow.sdk.DAG", "airflow.sdk.definitions.dag.DAG"), _DAG
        ),
        **dict.fromkeys(("airflow.sdk.task", "airflow.decorators.task.python"), "airflow.decorators.task"),
        **dict.fromkeys(("airflow.sdk.dag", "airflow.models.dag.dag"), "airflow.decorators.dag"),
        **dict.fromkeys(("airflow.Dataset", "airflow.datasets.Dataset", "airflow.sdk.Asset", "airflow.sdk.Dataset"), _ASSET),
        **dict.fromkeys(
            (f"airflow.{m}.TriggerDagRunOperator" for m in ("operators.trigger_dagrun", "operators.dagrun_operator")), _TRIGGER
        ),
        f"{_PROVIDERS}.standard.operators.trigger_dagrun.TriggerDagRunOperator": _TRIGGER,
        **dict.fromkeys((f"airflow.sensors.{m}.ExternalTaskSensor" for m in ("external_task", "external_task_sensor")), _SENSOR),
        f"{_PROVIDERS}.standard.sensors.external_task.ExternalTaskSensor": _SENSOR,
    },
    patterns=(
        *_started(_DAG, "call", arg(0, "dag_id")),
        *_started("airflow.decorators.dag", "decorator", _DECORATED),
        Messages(
            target="airflow.decorators.task",
            form="decorator",
            role=Role.PUBLISH,
            channel=Inside(_UPDATED, _IDENTITY),
            when=(Guard(TypeName(_UPDATED), among=_ASSETS),),
        ),
        *(
            RemoteCalls(
                target=_TRIGGER,
                operation=keyword("trigger_dag_id"),
                kind=Kind.COMMAND,
                waits=waits,
                planned=True,
                when=(Guard(_WAITS, matching="True", present=waits),),
            )
            for waits in (True, False)
        ),
        RemoteCalls(target=_SENSOR, operation=keyword("external_dag_id"), kind=Kind.QUERY),
        Messages(
            target=f"{_PROVIDERS}.apache.kafka.operators.produce.ProduceToTopicOperator",
            role=Role.PUBLISH,
            transport="kafka",
            channel=keyword("topic"),
        ),
        *(
            Messages(
                target=f"{_PROVIDERS}.apache.kafka.{name}",
                role=Role.SUBSCRIBE,
                transport="kafka",
                channel=Each(keyword("topics")),
                handler=keyword("apply_function"),
            )
            for name in ("operators.consume.ConsumeFromTopicOperator", "sensors.kafka.AwaitMessageSensor")
        ),
        Messages(
            target=f"{_PROVIDERS}.amazon.aws.operators.sqs.SqsPublishOperator",
            role=Role.PUBLISH,
            transport="sqs",
            channel=_QUEUE,
            kind=Kind.COMMAND,
        ),
        Messages(
            target=f"{_PROVIDERS}.amazon.aws.sensors.sqs.SqsSensor",
            role=Role.SUBSCRIBE,
            transport="sqs",
            channel=_QUEUE,
            kind=Kind.COMMAND,
        ),
        *(
            Messages(target=f"{_PROVIDERS}.google.cloud.{name}", role=role, transport="pubsub", channel=Tail(keyword(given), "/"))
            for name, role, given in (
                ("operators.pubsub.PubSubPublishMessageOperator", Role.PUBLISH, "topic"),
                ("operators.pubsub.PubSubPullOperator", Role.SUBSCRIBE, "subscription"),
                ("sensors.pubsub.PubSubPullSensor", Role.SUBSCRIBE, "subscription"),
            )
        ),
        Messages(
            target=f"{_PROVIDERS}.amazon.aws.operators.sns.SnsPublishOperator",
            role=Role.PUBLISH,
            transport="sns",
            channel=Tail(keyword("target_arn")),
            payload=keyword("message"),
        ),
    ),
    recognise=outlets,
)

"""Taskiq. A task's name is its channel, whatever broker carries it; a schedule among its labels sends it as well."""

from flowmap.plugin_api import (
    AllArguments,
    FirstOf,
    FunctionPath,
    Guard,
    Keywords,
    Kind,
    Maker,
    Messages,
    Plugin,
    Ref,
    Role,
    arg,
    keyword,
)

_BROKER, _TASK, _KICKER = "taskiq.AsyncBroker", "taskiq.Task", "taskiq.Kicker"
_NAME = FirstOf((arg(0, "task_name"), FunctionPath(separator=":")))
_BROKERS = (
    *(
        f"taskiq.{n}"
        for n in ("InMemoryBroker", "ZeroMQBroker", "async_shared_broker", "brokers.shared_broker.async_shared_broker")
    ),
    *(f"taskiq_redis.{n}Broker" for n in ("ListQueue", "PubSub", "RedisStream")),
    *(f"taskiq_redis.{n}{kind}Broker" for n in ("ListQueue", "RedisStream") for kind in ("Cluster", "Sentinel")),
    "taskiq_redis.PubSubSentinelBroker",
    "taskiq_aio_pika.AioPikaBroker",
    "taskiq_aio_kafka.AioKafkaBroker",
    *(f"taskiq_nats.{n}Broker" for n in ("Nats", "JetStream", "PullBasedJetStream", "PushBasedJetStream")),
)
_BUILDING = (
    "with_result_backend", "with_middlewares", "with_serializer", "with_formatter", "with_id_generator", "with_event_handlers",
)  # fmt: skip


def _kicked(ref: Ref) -> Ref:
    """Asked of the decorator of a task, from its kicker and from what that was made into."""
    return FirstOf(tuple(Maker(ref, up=n) for n in (2, 3, 4)))


PLUGIN = Plugin(
    name="taskiq",
    roots=("taskiq", "taskiq_redis", "taskiq_aio_pika", "taskiq_aio_kafka", "taskiq_nats"),
    transport="taskiq",
    workers=("taskiq worker",),
    clocks=("taskiq scheduler",),
    launchers={"taskiq.api.run_receiver_task": "taskiq worker", "taskiq.api.run_scheduler_task": "taskiq scheduler"},
    aliases=dict.fromkeys(_BROKERS, _BROKER),
    types={
        f"{_BROKER}.task@": _TASK,
        f"{_TASK}.kicker()": _KICKER,
        **{f"{_KICKER}.{m}()": _KICKER for m in ("with_labels", "with_broker", "with_task_id", "with_schedule_id")},
        **{f"{_BROKER}.{m}()": _BROKER for m in _BUILDING},
    },
    patterns=(
        Messages(target=f"{_BROKER}.task", form="decorator", role=Role.SUBSCRIBE, channel=_NAME, kind=Kind.TASK),
        Messages(
            target=f"{_BROKER}.task",
            form="decorator",
            role=Role.PUBLISH,
            channel=_NAME,
            kind=Kind.TASK,
            when=(Guard(keyword("schedule")),),
            timed=True,
        ),
        *(
            Messages(
                target=f"{owner}.kiq",
                role=Role.PUBLISH,
                channel=channel,
                kind=Kind.TASK,
                positional=AllArguments(),
                keywords=Keywords(),
            )
            for owner, channel in ((_TASK, Maker(_NAME)), (_KICKER, _kicked(_NAME)))
        ),
        *(
            Messages(target=f"{owner}.{m}", role=Role.PUBLISH, channel=channel, kind=Kind.TASK)
            for owner, channel in ((_TASK, Maker(_NAME)), (_KICKER, _kicked(_NAME)))
            for m in ("schedule_by_cron", "schedule_by_interval", "schedule_by_time")
        ),
    ),
)

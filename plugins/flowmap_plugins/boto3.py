"""boto3 and its asyncio twins: SQS, SNS, EventBridge, Kinesis, Firehose as messages; Lambda and Step Functions as calls, and the
activities that workers ask Step Functions for; what is written into a table of DynamoDB, for those who read its stream; entries of
the parameter store as settings.

The service literal of the factory decides the type. ARNs and queue URLs count by their last piece.
"""

from flowmap.plugin_api import (
    Const,
    Current,
    Does,
    Effects,
    Entry,
    EnvironmentRead,
    FirstOf,
    Gives,
    Guard,
    Inside,
    Kind,
    Limit,
    Maker,
    Matched,
    Messages,
    Number,
    Plugin,
    Ref,
    RemoteCalls,
    Role,
    Serves,
    Tail,
    Tries,
    Wait,
    arg,
    keyword,
)

_FACTORIES = (
    "boto3.client",
    "boto3.resource",
    "boto3.session.Session.client",
    "boto3.session.Session.resource",
    "botocore.session.Session.create_client",
)
_CONFIG = Maker(keyword("config"))
_LIMIT = Limit(client=Number(Inside(_CONFIG, keyword("read_timeout"))), default=60.0)
_TRIES = Tries(
    count=Number(Entry(Inside(_CONFIG, keyword("retries")), "max_attempts")), extra=True, default=5, absent=5, waiting=Wait.GROWING
)
_QUEUE, _TOPIC = Tail(keyword("QueueUrl")), Tail(FirstOf((keyword("TopicArn"), keyword("TargetArn"))))
# What a filter policy looks at to tell messages apart.
_TYPE = FirstOf(
    tuple(
        Entry(Entry(keyword("MessageAttributes"), key), "StringValue")
        for key in ("event_type", "eventType", "EventType", "type", "event", "event_name", "eventName")
    )
)
_SCHEDULED = Entry(keyword("Target"), "Arn")
_TABLE = Tail(arg(0, "name"))
_CHANGES = ("put_item", "update_item", "delete_item")
# What is written into a table is a message if somebody reads the table's stream.
_WRITES: tuple[tuple[str, Ref], ...] = (
    *((f"Table.{m}", Maker(_TABLE)) for m in _CHANGES),
    *((f"Table.Batch.{m}", Maker(_TABLE, up=2)) for m in ("put_item", "delete_item")),
    *((m, Tail(keyword("TableName"))) for m in _CHANGES),
)
_KEPT = ("put_item", "update_item", "delete_item")
_ACTIVITY = Tail(keyword("activityArn"))
_TELLING = {
    "sqs": ("QueueUrl", ("send_message", "send_message_batch", "receive_message")),
    "sns": ("TopicArn", ("publish", "publish_batch")),
    "events": ("Entries", ("put_events",)),
    "kinesis": ("StreamName", ("put_record", "put_records", "get_shard_iterator")),
    "firehose": ("DeliveryStreamName", ("put_record", "put_record_batch")),
    "lambda": ("FunctionName", ("invoke", "invoke_async")),
    "stepfunctions": ("stateMachineArn", ("start_execution", "start_sync_execution")),
}
"""Services by the argument that says where to, with the methods that nobody else has with it."""
_CACHES = ("aws_secretsmanager_caching.SecretCache", "aws_secretsmanager_caching.secret_cache.SecretCache")
_STORED = ("get_ssm_*", "*_ssm_param*", "*ssm*.get_*param*", "*SSM*.get_*param*", "*parameter_store*.get*", "*ParameterStore*.get*")
"""What libraries of one's own call their ways to an entry of the parameter store."""
_ENTRIES, _BUS = keyword("Entries"), Tail(Entry(Current(), "EventBusName"))

PLUGIN = Plugin(
    name="boto3",
    roots=("boto3", "aioboto3", "aiobotocore", "botocore"),
    telling=tuple((method, argument, f"boto3.{s}") for s, (argument, methods) in _TELLING.items() for method in methods),
    aliases={
        "boto3.Session": "boto3.session.Session",
        "aioboto3.Session": "boto3.session.Session",
        "aiobotocore.session.AioSession": "botocore.session.Session",
    },
    types={f"{f}()": "boto3.{}" for f in _FACTORIES}
    | {
        "aiobotocore.session.get_session()": "botocore.session.Session",
        "botocore.session.get_session()": "botocore.session.Session",
        **{f"boto3.{s}.meta.client": f"boto3.{s}" for s in ("sqs", "sns", "dynamodb")},
        "boto3.sqs.get_queue_by_name()": "boto3.sqs.Queue",
        "boto3.sqs.create_queue()": "boto3.sqs.Queue",
        "boto3.sqs.Queue()": "boto3.sqs.Queue",
        "boto3.sns.Topic()": "boto3.sns.Topic",
        "boto3.sns.create_topic()": "boto3.sns.Topic",
        "boto3.dynamodb.Table()": "boto3.dynamodb.Table",
        "boto3.dynamodb.Table.batch_writer()": "boto3.dynamodb.Table.Batch",
    },
    discriminated={f"{f}()": arg(0, "service_name") for f in _FACTORIES},
    reads=(
        EnvironmentRead("boto3.ssm.get_parameter()[][]", keyword("Name"), prefix=Const("ssm:")),
        *(EnvironmentRead(f"*.{form}()", arg(0, "name"), prefix=Const("ssm:")) for form in _STORED),
        EnvironmentRead("boto3.secretsmanager.get_secret_value()[]", keyword("SecretId"), prefix=Const("secret:")),
        *(EnvironmentRead(f"{cache}.get_secret_string()", arg(0, "secret_id"), prefix=Const("secret:")) for cache in _CACHES),
    ),
    gives=(
        Gives("boto3.sqs.get_queue_url()[]", keyword("QueueName")),
        Gives("boto3.sqs.Queue[]", keyword("QueueName")),
        Gives("boto3.sqs.Queue.url", FirstOf((keyword("QueueName"), Tail(arg(0))))),
        Gives("boto3.sns.Topic[]", keyword("Name")),
        Gives("boto3.sns.Topic.arn", FirstOf((keyword("Name"), Tail(arg(0))))),
    ),
    effects=tuple(
        Effects(
            target=f"boto3.dynamodb.{m}", does=Does.WRITES, about=keyword("TableName"), lasts=True, repeatable="update" not in m
        )
        for m in (*_KEPT, *(f"Table.{m}" for m in _KEPT), "Table.Batch.put_item", "transact_write_items", "batch_write_item")
    ),
    patterns=(
        *(
            Messages(target=f"boto3.sqs.{m}", role=Role.PUBLISH, transport="sqs", channel=_QUEUE, payload=p, kind=Kind.COMMAND)
            for m, p in (("send_message", keyword("MessageBody")), ("send_message_batch", keyword("Entries")))
        ),
        Messages(target="boto3.sqs.receive_message", role=Role.SUBSCRIBE, transport="sqs", channel=_QUEUE, kind=Kind.COMMAND),
        *(
            Messages(
                target=f"boto3.sqs.Queue.{m}",
                role=r,
                transport="sqs",
                channel=Maker(FirstOf((keyword("QueueName"), Tail(arg(0, "url"))))),
                payload=keyword("MessageBody"),
                kind=Kind.COMMAND,
            )
            for m, r in (("send_message", Role.PUBLISH), ("send_messages", Role.PUBLISH), ("receive_messages", Role.SUBSCRIBE))
        ),
        *(
            Messages(
                target=f"boto3.sns.{m}", role=Role.PUBLISH, transport="sns", channel=_TOPIC, event=_TYPE, payload=keyword("Message")
            )
            for m in ("publish", "publish_batch")
        ),
        Messages(
            target="boto3.sns.Topic.publish",
            role=Role.PUBLISH,
            transport="sns",
            channel=Maker(FirstOf((keyword("Name"), Tail(arg(0, "arn"))))),
            event=_TYPE,
            payload=keyword("Message"),
        ),
        Messages(
            target="boto3.events.put_events",
            role=Role.PUBLISH,
            transport="eventbridge",
            each=_ENTRIES,
            channel=Entry(Current(), "DetailType"),
            exchange=FirstOf((_BUS, Const("default"))),
            source=Entry(Current(), "Source"),
            payload=Entry(Current(), "Detail"),
        ),
        *(
            Messages(
                target=f"boto3.kinesis.{m}",
                role=r,
                transport="kinesis",
                channel=FirstOf((keyword("StreamName"), Tail(keyword("StreamARN")))),
                payload=keyword("Data"),
            )
            for m, r in (("put_record", Role.PUBLISH), ("put_records", Role.PUBLISH), ("get_shard_iterator", Role.SUBSCRIBE))
        ),
        Messages(
            target="boto3.kinesis.subscribe_to_shard",
            role=Role.SUBSCRIBE,
            transport="kinesis",
            channel=Matched(keyword("ConsumerARN"), r":stream/([^/]+)/consumer/"),
        ),
        Serves(target="boto3.stepfunctions.get_activity_task", form="call", operation=_ACTIVITY, transport="rpc"),
        *(
            Messages(target=f"boto3.dynamodb.{t}", role=Role.PUBLISH, transport="dynamodb", channel=c, speculative=True)
            for t, c in _WRITES
        ),
        *(
            Messages(
                target=f"boto3.firehose.{m}",
                role=Role.PUBLISH,
                transport="firehose",
                channel=keyword("DeliveryStreamName"),
                payload=Entry(keyword("Record"), "Data"),
            )
            for m in ("put_record", "put_record_batch")
        ),
        *(
            Messages(
                target="boto3.scheduler.create_schedule",
                role=Role.PUBLISH,
                transport=service,
                channel=Tail(_SCHEDULED),
                payload=Entry(keyword("Target"), "Input"),
                kind=kind,
                when=(Guard(_SCHEDULED, matching=rf":{service}:"),),
            )
            for service, kind in (("sqs", Kind.COMMAND), ("sns", Kind.EVENT))
        ),
        RemoteCalls(
            target="boto3.scheduler.create_schedule",
            service=Tail(_SCHEDULED),
            operation=Tail(_SCHEDULED),
            kind=Kind.COMMAND,
            waits=False,
            when=(Guard(_SCHEDULED, matching=r":(lambda|states):"),),
        ),
        RemoteCalls(
            target="boto3.lambda.invoke_async",
            service=Tail(keyword("FunctionName")),
            operation=Tail(keyword("FunctionName")),
            kind=Kind.COMMAND,
            waits=False,
        ),
        RemoteCalls(
            target="boto3.lambda.invoke",
            service=Tail(keyword("FunctionName")),
            operation=Tail(keyword("FunctionName")),
            limit=_LIMIT,
            tries=_TRIES,
            when=(Guard(keyword("InvocationType"), ("Event", "DryRun"), present=False),),
        ),
        RemoteCalls(
            target="boto3.lambda.invoke",
            service=Tail(keyword("FunctionName")),
            operation=Tail(keyword("FunctionName")),
            kind=Kind.COMMAND,
            waits=False,
            when=(Guard(keyword("InvocationType"), ("Event",)),),
        ),
        *(
            RemoteCalls(
                target=f"boto3.stepfunctions.{m}",
                service=Tail(keyword("stateMachineArn")),
                operation=Tail(keyword("stateMachineArn")),
                kind=Kind.COMMAND,
                waits=m == "start_sync_execution",
                limit=_LIMIT,
                tries=_TRIES,
            )
            for m in ("start_execution", "start_sync_execution")
        ),
    ),
)

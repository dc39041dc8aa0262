"""tomodachi: services that listen to topics of SNS by way of a queue of their own, to routing keys of AMQP, and to requests.

Prefixes that a service's options put before topics, queues and routing keys are left out: both ends have them. Paths are regular
expressions; their named groups are what varies.
"""

import re

from flowmap.plugin_api import Const, Context, FirstOf, Guard, Kind, Match, Messages, Plugin, Role, Wiring, arg, keyword

_SNS, _AMQP, _HTTP = "tomodachi.transport.aws_sns_sqs", "tomodachi.transport.amqp", "tomodachi.transport.http"
_PUBLISH = ("aws_sns_sqs_publish", "awssnssqs_publish", "sns_publish")
_SEND = ("aws_sns_sqs_send_message", "awssnssqs_send_message", "sqs_send_message")
_TOPIC, _QUEUE = arg(0, "topic"), arg(3, "queue_name")
_DEFAULT = Const("amq.topic")
_GROUP = re.compile(r"\(\?P<(\w+)>(?:[^()\[\]\\]|\\.|\[[^\]]*\])*\)")


def requests(context: Context) -> list[Wiring]:
    """The endpoints."""
    return [
        Wiring(Role.SERVE, "http", decorator.where, operation=f"{method.upper()} {_path(url)}", handler=handler)
        for decorator, handler, _ in context.decorated(f"{_HTTP}.http")
        for methods in decorator.argument(0, "method").elements()
        for method in methods.texts()
        for url in decorator.argument(1, "url").texts()
    ]


def _path(url: str) -> str:
    plain = _GROUP.sub(r"{\1}", url.removeprefix("^").removesuffix("$"))
    return re.sub(r"\\(.)", r"\1", plain.removesuffix("/?")) or "/"


PLUGIN = Plugin(
    name="tomodachi",
    roots=("tomodachi",),
    transport="sns",
    aliases={
        **{f"tomodachi.{name}": f"{_SNS}.aws_sns_sqs" for name in ("aws_sns_sqs", "awssnssqs")},
        **{f"tomodachi.{name}": f"{_SNS}.{name}" for name in (*_PUBLISH, *_SEND)},
        **{f"tomodachi.{name}": f"{_AMQP}.{name}" for name in ("amqp", "amqp_publish")},
        "tomodachi.http": f"{_HTTP}.http",
    },
    patterns=(
        *(
            Messages(target=f"{_SNS}.{name}", role=Role.PUBLISH, channel=arg(2, "topic"), payload=arg(1, "data"))
            for name in (*_PUBLISH, "AWSSNSSQSTransport.publish")
        ),
        *(
            Messages(
                target=f"{_SNS}.{name}",
                role=Role.PUBLISH,
                transport="sqs",
                channel=arg(2, "queue_name"),
                payload=arg(1, "data"),
                kind=Kind.COMMAND,
            )
            for name in (*_SEND, "AWSSNSSQSTransport.send_message")
        ),
        Messages(
            target=f"{_SNS}.aws_sns_sqs",
            form="decorator",
            role=Role.SUBSCRIBE,
            channel=_TOPIC,
            group=_QUEUE,
            when=(Guard(_TOPIC),),
        ),
        Messages(
            target=f"{_SNS}.aws_sns_sqs",
            form="decorator",
            role=Role.SUBSCRIBE,
            transport="sqs",
            channel=_QUEUE,
            kind=Kind.COMMAND,
            when=(Guard(_TOPIC, present=False),),
        ),
        *(
            Messages(
                target=f"{_AMQP}.{name}",
                role=Role.PUBLISH,
                transport="amqp",
                channel=arg(2, "routing_key"),
                exchange=FirstOf((arg(3, "exchange_name"), _DEFAULT)),
                payload=arg(1, "data"),
            )
            for name in ("amqp_publish", "AmqpTransport.publish")
        ),
        Messages(
            target=f"{_AMQP}.amqp",
            form="decorator",
            role=Role.SUBSCRIBE,
            transport="amqp",
            match=Match.AMQP,
            channel=arg(0, "routing_key"),
            exchange=FirstOf((arg(2, "exchange_name"), _DEFAULT)),
            group=keyword("queue_name"),
        ),
    ),
    recognise=requests,
)

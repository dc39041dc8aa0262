"""Chalice: routes, blueprints, and functions that queues, topics, streams and rules wake; functions that are called by name."""

from flowmap.plugin_api import (
    Const,
    Context,
    Each,
    Entry,
    FirstOf,
    FunctionName,
    Kind,
    Messages,
    Mounts,
    Pattern,
    Plugin,
    Role,
    Serves,
    Tail,
    Wiring,
    arg,
    keyword,
)

_APP, _BLUEPRINT = "chalice.Chalice", "chalice.Blueprint"
_PATTERN = arg(0, "event_pattern")


def _of(owner: str) -> tuple[Pattern, ...]:
    return (
        Serves(target=f"{owner}.route", path=arg(0, "path"), methods=Each(FirstOf((keyword("methods"), Const("GET"))))),
        Serves(
            target=f"{owner}.lambda_function",
            operation=FirstOf((arg(0, "name"), FunctionName())),
            transport="rpc",
        ),
        Messages(
            target=f"{owner}.on_sqs_message",
            form="decorator",
            role=Role.SUBSCRIBE,
            transport="sqs",
            channel=FirstOf((arg(0, "queue"), Tail(keyword("queue_arn")))),
            kind=Kind.COMMAND,
        ),
        *(
            Messages(target=f"{owner}.{name}", form="decorator", role=Role.SUBSCRIBE, transport=transport, channel=channel)
            for name, transport, channel in (
                ("on_sns_message", "sns", Tail(arg(0, "topic"))),
                ("on_kinesis_record", "kinesis", arg(0, "stream")),
            )
        ),
        Messages(
            target=f"{owner}.on_cw_event",
            form="decorator",
            role=Role.SUBSCRIBE,
            transport="eventbridge",
            channel=Each(Entry(_PATTERN, "detail-type")),
            exchange=Const("default"),
            source=Each(Entry(_PATTERN, "source")),
        ),
    )


def streams(context: Context) -> list[Wiring]:
    """Functions that the stream of a table wakes: of its ARN (`...:table/orders/stream/...`) the table counts."""
    found = []
    for owner in (_APP, _BLUEPRINT):
        for decorator, handler, _ in context.decorated(f"{owner}.on_dynamodb_record"):
            for arn in decorator.argument(0, "stream_arn").texts():
                table = arn.partition("table/")[2].partition("/")[0]
                where = decorator.where
                found.append(Wiring(Role.SUBSCRIBE, "dynamodb", where, channel=table or arn, handler=handler))
    return found


PLUGIN = Plugin(
    name="chalice",
    roots=("chalice",),
    aliases={"chalice.app.Chalice": _APP, "chalice.app.Blueprint": _BLUEPRINT},
    patterns=(
        *_of(_APP),
        *_of(_BLUEPRINT),
        Mounts(target=f"{_APP}.register_blueprint", child=arg(0, "blueprint"), prefix=arg(2, "url_prefix")),
    ),
    recognise=streams,
)

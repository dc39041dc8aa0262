"""dramatiq. An actor's name is its channel, whatever queue carries it; that of its function unless it says otherwise. With periodiq
a clock sends it as well."""

from flowmap.plugin_api import (
    AllArguments,
    FirstOf,
    FunctionName,
    Guard,
    Keywords,
    Kind,
    Maker,
    Messages,
    Plugin,
    Role,
    keyword,
)

_NAME = FirstOf((keyword("actor_name"), FunctionName()))

PLUGIN = Plugin(
    name="dramatiq",
    roots=("dramatiq",),
    transport="dramatiq",
    workers=("dramatiq",),
    clocks=("periodiq",),
    aliases={"dramatiq.actor.actor": "dramatiq.actor", "dramatiq.message.Message": "dramatiq.Message"},
    types={"dramatiq.actor@": "dramatiq.Actor"},
    patterns=(
        Messages(
            target="dramatiq.actor",
            form="decorator",
            role=Role.SUBSCRIBE,
            channel=_NAME,
            kind=Kind.TASK,
            group=keyword("queue_name"),
        ),
        Messages(
            target="dramatiq.actor",
            form="decorator",
            role=Role.PUBLISH,
            channel=_NAME,
            kind=Kind.TASK,
            group=keyword("queue_name"),
            when=(Guard(keyword("periodic")),),
            timed=True,
        ),
        *(
            Messages(
                target=f"dramatiq.Actor.{m}",
                role=Role.PUBLISH,
                channel=Maker(_NAME),
                kind=Kind.TASK,
                positional=positional,
                keywords=keywords,
            )
            for m, positional, keywords in (
                ("send", AllArguments(), Keywords()),
                ("send_with_options", keyword("args"), keyword("kwargs")),
                ("message", AllArguments(), Keywords()),
                ("message_with_options", keyword("args"), keyword("kwargs")),
            )
        ),
        Messages(
            target="dramatiq.Message",
            role=Role.PUBLISH,
            channel=keyword("actor_name"),
            kind=Kind.TASK,
            group=keyword("queue_name"),
        ),
    ),
)

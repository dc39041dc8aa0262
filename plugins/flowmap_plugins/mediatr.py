"""mediatr: requests to handlers inside a process, by the class of the request."""

from flowmap.plugin_api import Kind, Messages, Plugin, Role, Taken, TypeName, arg

PLUGIN = Plugin(
    name="mediatr",
    roots=("mediatr",),
    transport="mediator",
    aliases={"mediatr.mediator.Mediator": "mediatr.Mediator"},
    patterns=(
        *(
            Messages(
                target=f"mediatr.Mediator.{m}",
                role=Role.PUBLISH,
                channel=TypeName(arg(0, "request")),
                kind=Kind.COMMAND,
                local=True,
            )
            for m in ("send", "send_async")
        ),
        Messages(
            target="mediatr.Mediator.handler",
            form="decorator",
            role=Role.SUBSCRIBE,
            channel=TypeName(Taken("handle")),
            kind=Kind.COMMAND,
            local=True,
        ),
    ),
)

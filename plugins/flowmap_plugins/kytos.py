"""kytos: events of the controller, which its applications (NApps) make and listen to inside one process.

An event counts where it is made: what is put into the controller's buffers is an event that was made before.
"""

from flowmap.plugin_api import AllArguments, Match, Messages, Plugin, Role, arg

PLUGIN = Plugin(
    name="kytos",
    roots=("kytos",),
    transport="kytos",
    aliases={"kytos.core.events.KytosEvent": "kytos.core.KytosEvent"},
    patterns=(
        Messages(target="kytos.core.KytosEvent", role=Role.PUBLISH, channel=arg(0, "name"), local=True),
        *(
            Messages(
                target=f"kytos.core.helpers.{m}",
                form="decorator",
                role=Role.SUBSCRIBE,
                channel=AllArguments(),
                match=Match.REGEX,
                local=True,
            )
            for m in ("listen_to", "alisten_to")
        ),
    ),
)

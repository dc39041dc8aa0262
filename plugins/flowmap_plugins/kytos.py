"""kytos: events of the controller, which its applications (NApps) make and listen to inside one process, and what they serve.

An event counts where it is made: what is put into the controller's buffers is an event that was made before. All applications are
served at one port, each below its own name, which is that of its package: `napps.<user name>.<name>`.
"""

from flowmap.plugin_api import (
    AllArguments,
    Each,
    FirstOf,
    Format,
    FunctionPath,
    Match,
    Matched,
    Messages,
    Plugin,
    Role,
    Serves,
    arg,
    keyword,
)

_APPLICATION = tuple(Matched(FunctionPath(), pattern) for pattern in (r"^napps\.(\w+)\.", r"^napps\.\w+\.(\w+)\."))

PLUGIN = Plugin(
    name="kytos",
    roots=("kytos",),
    passive=("kytos",),
    transport="kytos",
    aliases={"kytos.core.events.KytosEvent": "kytos.core.KytosEvent", "kytos.core.napps.rest": "kytos.core.rest"},
    patterns=(
        Serves(
            target="kytos.core.rest",
            path=FirstOf((Format("/api/{}/{}/{}", (*_APPLICATION, arg(0, "rule"))), arg(0, "rule"))),
            methods=Each(keyword("methods")),
        ),
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

"""uplink: requests that are methods of consumer classes, sent where such a method is called."""

from flowmap.plugin_api import Entry, FirstOf, Inside, Maker, Plugin, Receiver, Requests, arg

_VERBS = ("get", "post", "put", "patch", "delete", "head")
_BASE = FirstOf((Inside(Receiver(), arg(0, "base_url")), Entry(Receiver(), "base_url")))

PLUGIN = Plugin(
    name="uplink",
    roots=("uplink",),
    transport="http",
    aliases={f"uplink.commands.{verb}": f"uplink.{verb}" for verb in _VERBS},
    types={f"uplink.{verb}@": f"uplink.{verb.title()}" for verb in _VERBS},
    patterns=tuple(
        Requests(target=f"uplink.{verb.title()}", url=Maker(arg(0, "uri")), method=verb.upper(), base=_BASE, join="rfc3986")
        for verb in _VERBS
    ),
)

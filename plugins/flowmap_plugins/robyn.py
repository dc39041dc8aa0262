"""Robyn: routes of the application and of routers inside one another. A router may be given its prefix behind the name of its
module, or alone."""

from flowmap.plugin_api import FirstOf, Matched, Mounts, Pattern, Plugin, Serves, TypeName, arg, keyword

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_APP, _ROUTER = "robyn.Robyn", "robyn.SubRouter"


def _routes(owner: str) -> list[Pattern]:
    path = arg(0, "endpoint")
    return [
        *(Serves(target=f"{owner}.{verb}", path=path, methods=(verb.upper(),)) for verb in _VERBS),
        Serves(target=f"{owner}.websocket", path=path),
        Serves(
            target=f"{owner}.add_route",
            form="call",
            path=arg(1, "endpoint"),
            handler=arg(2, "handler"),
            methods=FirstOf((TypeName(arg(0, "route_type")), arg(0, "route_type"))),
        ),
        Mounts(target=f"{owner}.include_router", child=arg(0, "router")),
    ]


PLUGIN = Plugin(
    name="robyn",
    roots=("robyn",),
    transport="http",
    router_prefix={_ROUTER: FirstOf((keyword("prefix"), arg(1), Matched(arg(0), r"^(/[\w/{}:-]*)$")))},
    servers=("robyn",),
    listening=(f"{_APP}.start",),
    patterns=(*_routes(_APP), *_routes(_ROUTER)),
)

"""Starlette: routes, mounts and hosts as objects in lists, endpoint classes, and the methods that put routes into an application.
What FastAPI inherits of it is here too."""

from flowmap.plugin_api import Const, Each, FirstOf, Mounts, Pattern, Plugin, Serves, arg, keyword

_APP, _ROUTER = "starlette.applications.Starlette", "starlette.routing.Router"
_ROUTING = "starlette.routing"


def _owned(owner: str) -> list[Pattern]:
    return [
        Serves(
            target=f"{owner}.add_route",
            form="call",
            path=arg(0, "path"),
            handler=FirstOf((arg(1, "route"), keyword("endpoint"))),
            methods=Each(arg(2, "methods")),
            views=True,
        ),
        *(
            Serves(
                target=f"{owner}.{name}",
                form="call",
                path=arg(0, "path"),
                handler=FirstOf((arg(1, "route"), keyword("endpoint"))),
            )
            for name in ("add_websocket_route", "add_api_websocket_route")
        ),
        Serves(target=f"{owner}.route", path=arg(0, "path"), methods=Each(keyword("methods")), views=True),
        Serves(target=f"{owner}.websocket_route", path=arg(0, "path")),
        Mounts(target=f"{owner}.mount", child=arg(1, "app"), prefix=arg(0, "path")),
        Mounts(target=f"{owner}.host", child=arg(1, "app")),
    ]


PLUGIN = Plugin(
    name="starlette",
    roots=("starlette", "fastapi"),
    transport="http",
    patterns=(
        *(p for owner in (_APP, _ROUTER, "fastapi.FastAPI", "fastapi.APIRouter") for p in _owned(owner)),
        Serves(
            target=f"{_ROUTING}.Route",
            form="call",
            path=arg(0, "path"),
            handler=arg(1, "endpoint"),
            methods=Each(FirstOf((keyword("methods"), Const("GET")))),
            views=True,
        ),
        Serves(target=f"{_ROUTING}.WebSocketRoute", form="call", path=arg(0, "path"), handler=arg(1, "endpoint")),
        Mounts(target=f"{_ROUTING}.Mount", child=arg(1, "app"), prefix=arg(0, "path")),
        Mounts(target=f"{_ROUTING}.Mount", child=arg(2, "routes"), prefix=arg(0, "path")),
        Mounts(target=f"{_ROUTING}.Host", child=arg(1, "app")),
        Mounts(target=_APP, child=arg(1, "routes")),
        Mounts(target=_ROUTER, child=arg(0, "routes")),
        Mounts(target="fastapi.FastAPI", child=keyword("routes")),
    ),
)

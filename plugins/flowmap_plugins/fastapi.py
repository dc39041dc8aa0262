"""FastAPI: routes, routers with prefixes; `Depends` puts the result of a function into a parameter."""

from flowmap.plugin_api import Each, Mounts, Pattern, Plugin, Serves, arg, keyword

_VERBS = ("get", "post", "put", "patch", "delete", "options", "head", "trace")
_APP, _ROUTER = "fastapi.FastAPI", "fastapi.APIRouter"


def _routes(owner: str) -> list[Pattern]:
    found: list[Pattern] = [Serves(target=f"{owner}.{v}", path=arg(0, "path"), methods=(v.upper(),)) for v in _VERBS]
    found += [
        Serves(target=f"{owner}.api_route", path=arg(0, "path"), methods=Each(keyword("methods"))),
        Serves(target=f"{owner}.websocket", path=arg(0, "path"), methods=("GET",)),
        Serves(
            target=f"{owner}.add_api_route",
            form="call",
            path=arg(0, "path"),
            handler=arg(1, "endpoint"),
            methods=Each(keyword("methods")),
        ),
        Mounts(target=f"{owner}.include_router", child=arg(0, "router"), prefix=keyword("prefix")),
    ]
    return found


PLUGIN = Plugin(
    name="fastapi",
    roots=("fastapi",),
    transport="http",
    aliases={
        "fastapi.applications.FastAPI": _APP,
        "fastapi.routing.APIRouter": _ROUTER,
        "fastapi.params.Depends": "fastapi.Depends",
        "fastapi.param_functions.Depends": "fastapi.Depends",
    },
    injectors=("fastapi.Depends", "fastapi.Security"),
    router_prefix={_ROUTER: keyword("prefix")},
    patterns=(*_routes(_APP), *_routes(_ROUTER)),
)

"""FastAPI, and the routers of its utilities: routes and prefixes; `Depends` puts the result of a function into a parameter."""

from flowmap.plugin_api import Each, Mounts, Pattern, Plugin, Runs, Serves, arg, keyword

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


_VALIDATORS = ("field_validator", "model_validator", "validator", "root_validator")
_VALIDATING = ("model_post_init", *(f"@pydantic.{prefix}{name}" for prefix in ("", "v1.") for name in _VALIDATORS))
"""What a model of pydantic, as an endpoint declares to be given one, runs when it is made."""

PLUGIN = Plugin(
    name="fastapi",
    roots=("fastapi", "fastapi_utils", "fastapi_restful"),
    transport="http",
    aliases={
        "fastapi.applications.FastAPI": _APP,
        "fastapi.routing.APIRouter": _ROUTER,
        **{f"{p}.{m}InferringRouter": _ROUTER for p in ("fastapi_utils", "fastapi_restful") for m in ("", "inferring_router.")},
        "fastapi.params.Depends": "fastapi.Depends",
        "fastapi.param_functions.Depends": "fastapi.Depends",
    },
    injectors=("fastapi.Depends", "fastapi.Security"),
    router_prefix={_ROUTER: keyword("prefix")},
    runs=tuple(Runs(f"pydantic.{b}", _VALIDATING) for b in ("BaseModel", "RootModel", "v1.BaseModel", "main.BaseModel")),
    patterns=(*_routes(_APP), *_routes(_ROUTER)),
)

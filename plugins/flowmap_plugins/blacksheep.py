"""BlackSheep: routes of routers, decorators that put functions into the application, and controllers, whose class or its method
`route` says what stands before the paths of their methods."""

from collections.abc import Iterator

from flowmap.plugin_api import (
    Context,
    Each,
    Found,
    Handler,
    Mounts,
    Pattern,
    Plugin,
    Role,
    Serves,
    Wiring,
    arg,
    keyword,
)

_APP, _ROUTER, _REGISTRY = "blacksheep.Application", "blacksheep.Router", "blacksheep.RoutesRegistry"
_API = "blacksheep.server.controllers.APIController"
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options", "trace", "connect")
_DECORATING = ("blacksheep", _REGISTRY, f"{_APP}.controllers_router")


def endpoints(context: Context) -> list[Wiring]:
    """Functions and methods of controllers under the decorators that belong to no router of their own."""
    found: dict[Wiring, None] = {}
    for home in _DECORATING:
        for name in (*_VERBS, "ws", "route"):
            for decorator, handler, cls in context.decorated(f"{home}.{name}"):
                found.update(dict.fromkeys(_answers(context, name, decorator, handler, cls)))
    return list(found)


def _answers(context: Context, name: str, decorator: Found, handler: Handler, cls: Found) -> Iterator[Wiring]:
    methods = [name.upper()]
    if name in {"route", "ws"}:
        stated = decorator.argument(1, "methods").elements() if name == "route" else ()
        methods = [m.upper() for e in stated for m in e.texts()] or ["GET"]
    for pattern in decorator.argument(0, "pattern").texts() or ["/"]:
        for method in methods:
            operation = f"{method} {_prefix(context, cls)}/{pattern.lstrip('/')}"
            yield Wiring(Role.SERVE, "http", decorator.where, operation=operation, handler=handler)


def _prefix(context: Context, cls: Found) -> str:
    """What stands before the paths of a controller."""
    own = [*cls.get("route").texts(), *cls.call("route").texts()]
    if own:
        return "/" + own[0].strip("/")
    if any(cls.same(other) for other in context.subclasses(_API)):
        names = [*cls.call("class_name").texts(), *(h.name.rpartition(".")[2].lower() for h in cls.handlers())]
        parts = ["api", *cls.call("version").texts()[:1], *names[:1]]
        return "/" + "/".join(p.strip("/") for p in parts)
    return ""


def _routes(owner: str) -> list[Pattern]:
    added = [Serves(target=f"{owner}.{v}", path=arg(0, "pattern"), methods=(v.upper(),)) for v in _VERBS]
    calls = [
        Serves(target=f"{owner}.add_{v}", form="call", path=arg(0, "pattern"), handler=arg(1, "handler"), methods=(v.upper(),))
        for v in _VERBS
    ]
    return [
        *added,
        *calls,
        *(Serves(target=f"{owner}.{ws}", path=arg(0, "pattern")) for ws in ("ws", "add_ws")),
        Serves(target=f"{owner}.route", path=arg(0, "pattern"), methods=Each(arg(1, "methods"))),
        Serves(target=f"{owner}.add", form="call", path=arg(1, "pattern"), handler=arg(2, "handler"), methods=arg(0, "method")),
    ]


PLUGIN = Plugin(
    name="blacksheep",
    roots=("blacksheep",),
    transport="http",
    aliases={
        "blacksheep.server.Application": _APP,
        "blacksheep.server.application.Application": _APP,
        "blacksheep.server.routing.Router": _ROUTER,
        "blacksheep.server.routing.RoutesRegistry": _REGISTRY,
        "blacksheep.server.controllers.RoutesRegistry": _REGISTRY,
        **{f"blacksheep.server.{m}.{v}": f"blacksheep.{v}" for m in ("controllers", "routing") for v in (*_VERBS, "ws", "route")},
    },
    router_prefix={_ROUTER: keyword("prefix")},
    patterns=(
        *_routes(f"{_APP}.router"),
        *_routes(_ROUTER),
        Serves(target=f"{_APP}.route", path=arg(0, "pattern"), methods=Each(arg(1, "methods"))),
        Mounts(target=_APP, child=keyword("router")),
        Mounts(target=_ROUTER, child=keyword("sub_routers")),
        Mounts(target=f"{_APP}.mount", child=arg(1, "app"), prefix=arg(0, "path")),
    ),
    recognise=endpoints,
)

"""Litestar: handlers and controllers are reached through the routers and the application whose lists they stand in, which give them
their prefixes. What stands in no list that is known is taken as put into the application itself."""

from collections.abc import Iterator

from flowmap.plugin_api import Context, Found, Handler, Plugin, Role, Wiring

_VERBS = ("get", "post", "put", "patch", "delete", "head")
_APP, _ROUTER = "litestar.Litestar", "litestar.Router"
_MAX_DEPTH = 8


def endpoints(context: Context) -> list[Wiring]:
    """Every decorated function, under each prefix that it is reached by."""
    lists = list(_lists(context))
    found: dict[Wiring, None] = {}
    for target, methods in ({f"litestar.{v}": (v.upper(),) for v in _VERBS} | {"litestar.route": ()}).items():
        for decorator, handler, owner in context.decorated(target):
            given = methods or [m.upper() for e in decorator.argument(None, "http_method").elements() for m in e.texts()]
            put = owner.handlers()[0] if owner.handlers() else handler
            paths = [p for e in decorator.argument(0, "path").elements() for p in e.texts()] or [""]
            for prefix in _prefixes(lists, put, owner.get("path")):
                operations = [f"{m} {_joined(prefix, p)}" for m in given for p in paths]
                found.update((Wiring(Role.SERVE, "http", decorator.where, operation=o, handler=handler), None) for o in operations)
    return list(found)


def _lists(context: Context) -> Iterator[tuple[Found, Found, str]]:
    """Routers and applications: the object, what its list holds, its own prefix."""
    for name, known, index in (("Litestar", _APP, 0), ("Router", _ROUTER, None)):
        for _, call in context.calls(name):
            if known in call.names():
                for element in call.argument(index, "route_handlers").elements():
                    yield call, element, _path(call)
    for callee, call in context.calls("register"):
        if callee.names() & {f"{_APP}.register", f"{_ROUTER}.register"}:
            yield callee.receiver(), call.argument(0, "value"), _path(callee.receiver())


def _path(owner: Found) -> str:
    """The prefix that a router, or the application, was made with."""
    return next(iter(owner.argument(0 if _ROUTER in owner.names() else None, "path").texts()), "")


def _prefixes(lists: list[tuple[Found, Found, str]], put: Handler, own: Found) -> list[str]:
    inner = next(iter(own.texts()), "")
    outer = [p for o, e, prefix in lists if put.key in {h.key for h in e.handlers()} for p in _outer(lists, o, prefix, 0)]
    return list(dict.fromkeys(_joined(p, inner) for p in outer)) or [inner]


def _outer(lists: list[tuple[Found, Found, str]], owner: Found, prefix: str, depth: int) -> list[str]:
    """The prefix of a router behind those of the routers that it stands in."""
    around = [(o, p) for o, element, p in lists if element.same(owner)] if depth < _MAX_DEPTH else []
    return [_joined(p, prefix) for o, given in around for p in _outer(lists, o, given, depth + 1)] or [prefix]


def _joined(outer: str, inner: str) -> str:
    return "/" + "/".join(p.strip("/") for p in (outer, inner) if p.strip("/"))


PLUGIN = Plugin(
    name="litestar",
    roots=("litestar",),
    transport="http",
    aliases={
        **{f"litestar.handlers.{v}": f"litestar.{v}" for v in (*_VERBS, "route")},
        "litestar.app.Litestar": _APP,
        "litestar.controller.Controller": "litestar.Controller",
        "litestar.router.Router": _ROUTER,
    },
    recognise=endpoints,
)

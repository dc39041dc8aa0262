"""Flask-AppBuilder: the methods that classes of views and APIs expose. What it makes of a model by itself is in its own code."""

from collections.abc import Iterator

from flowmap.plugin_api import Context, Found, Plugin, Role, Wiring

_EXPOSE = ("flask_appbuilder.expose", "flask_appbuilder.api.expose", "flask_appbuilder.baseviews.expose")
_API = "flask_appbuilder.api.BaseApi"


def endpoints(context: Context) -> list[Wiring]:
    """Every exposed method, under the path of its class and of those below it."""
    apis = list(context.subclasses(_API))
    return list(dict.fromkeys(w for name in _EXPOSE for w in _exposed(context, name, apis)))


def _exposed(context: Context, name: str, apis: list[Found]) -> Iterator[Wiring]:
    for decorator, handler, cls in context.decorated(name):
        base = _base(cls, any(cls.same(a) for a in apis))
        methods = [m.upper() for e in decorator.argument(1, "methods").elements() for m in e.texts()] or ["GET"]
        for path in decorator.argument(0, "url").texts() or ["/"]:
            for method in methods:
                operation = f"{method} {base}/{path.lstrip('/')}"
                yield Wiring(Role.SERVE, "http", decorator.where, operation=operation, handler=handler)


def _base(cls: Found, is_api: bool) -> str:
    stated = next(iter(cls.get("route_base").texts()), None)
    if stated is not None:
        return stated.rstrip("/")
    name = next((h.name.rpartition(".")[2] for h in cls.handlers()), "").lower()
    if not is_api:
        return f"/{name}"
    version = next(iter(cls.get("version").texts()), "v1")
    return f"/api/{version}/{next(iter(cls.get('resource_name').texts()), name).lower()}"


PLUGIN = Plugin(
    name="flask-appbuilder",
    roots=("flask_appbuilder",),
    transport="http",
    aliases={
        "flask_appbuilder.api.ModelRestApi": _API,
        "flask_appbuilder.ModelRestApi": _API,
        "flask_appbuilder.BaseApi": _API,
    },
    recognise=endpoints,
)

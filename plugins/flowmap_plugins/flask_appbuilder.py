"""Flask-AppBuilder: the methods that classes of views and APIs expose, and those that an API of a model has by itself. The pages
that it makes for people are in its own code."""

from collections.abc import Iterator

from flowmap.plugin_api import Context, Found, Plugin, Role, Wiring

_EXPOSE = ("flask_appbuilder.expose", "flask_appbuilder.api.expose", "flask_appbuilder.baseviews.expose")
_API, _MODEL = "flask_appbuilder.api.BaseApi", "flask_appbuilder.api.ModelRestApi"
_OF_MODELS = {
    "info": "GET /_info",
    "get": "GET /{pk}",
    "get_list": "GET /",
    "post": "POST /",
    "put": "PUT /{pk}",
    "delete": "DELETE /{pk}",
}


def endpoints(context: Context) -> list[Wiring]:
    """Every exposed method, under the path of its class and of those below it, and those of the models that are registered."""
    models = list(context.subclasses(_MODEL))
    apis = [*context.subclasses(_API), *models]
    exposed = (w for name in _EXPOSE for w in _exposed(context, name, apis))
    return list(dict.fromkeys((*exposed, *_of_models(context, models))))


def _of_models(context: Context, models: list[Found]) -> Iterator[Wiring]:
    calls = [call for _, call in context.calls("add_api")]
    for api in models:
        own = {name for name, _ in api.methods()}
        handler = next(iter(api.handlers()), None)
        for call in [c for c in calls if c.argument(0, "baseview").same(api)][:1]:
            for method in _routes(api):
                if method not in own:
                    verb, _, path = _OF_MODELS[method].partition(" ")
                    operation = f"{verb} {_base(api, is_api=True)}{path}"
                    yield Wiring(Role.SERVE, "http", call.where, operation=operation, handler=handler)


def _routes(api: Found) -> list[str]:
    """The methods that an API of a model answers by; none if what it says of them is not understood."""
    names = ("include_route_methods", "exclude_route_methods")
    included, excluded = (_named(api.get(name), f"{_MODEL}.{name}") for name in names)
    if included is None or excluded is None:
        return []
    return [m for m in _OF_MODELS if (not included or m in included) and m not in excluded]


def _named(found: Found, inherited: str) -> set[str] | None:
    """The names in a collection, none where it is the library's own; None if they are not known."""
    named = [element.texts() for element in found.elements()] if inherited not in found.names() else []
    return {text for texts in named for text in texts} if all(named) else None


def _exposed(context: Context, name: str, apis: list[Found]) -> Iterator[Wiring]:
    for decorator, handler, cls in context.decorated(name):
        base = _base(cls, is_api=any(cls.same(a) for a in apis))
        methods = [m.upper() for e in decorator.argument(1, "methods").elements() for m in e.texts()] or ["GET"]
        for path in decorator.argument(0, "url").texts() or ["/"]:
            for method in methods:
                operation = f"{method} {base}/{path.lstrip('/')}"
                yield Wiring(Role.SERVE, "http", decorator.where, operation=operation, handler=handler)


def _base(cls: Found, *, is_api: bool) -> str:
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
        "flask_appbuilder.ModelRestApi": _MODEL,
        "flask_appbuilder.BaseApi": _API,
    },
    recognise=endpoints,
)

"""Pyramid, where a route has a name and views are put under it, by decorators or by the configurator; and cornice, whose services
are routes with a decorator for each method. A view that names no method answers all of them."""

import re
from collections.abc import Iterator

from flowmap.plugin_api import Const, Context, FirstOf, Found, Handler, Maker, Plugin, Role, Serves, Wiring, arg, keyword

_CONFIG, _DEFAULTS = "pyramid.view.view_config", "pyramid.view.view_defaults"
_ADDS = "pyramid.config.Configurator."
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_VARYING = re.compile(r"\{\w+(?::(?:[^{}]|\{[^{}]*\})*)?\}")
_REST = re.compile(r"\*\w+$")


def views(context: Context) -> list[Wiring]:
    """The views of the routes whose names are known."""
    routes = _routes(context)
    found: dict[Wiring, None] = {}
    for decorator, handler, cls in context.decorated(_CONFIG):
        around = list(context.decorating(cls, _DEFAULTS))
        found.update(dict.fromkeys(_served(routes, [decorator, *around], handler)))
    for callee, call in context.calls("add_view"):
        if _is_configurator(callee, "add_view"):
            for handler in call.argument(0, "view").handlers():
                found.update(dict.fromkeys(_served(routes, [call], handler)))
    return list(found)


def _routes(context: Context) -> dict[str, list[str]]:
    """Name of a route -> its paths as templates."""
    found: dict[str, list[str]] = {}
    for callee, call in context.calls("add_route"):
        if _is_configurator(callee, "add_route"):
            paths = call.argument(1, "pattern").texts() or call.argument(None, "path").texts()
            for name in call.argument(0, "name").texts():
                found.setdefault(name, []).extend(_template(p) for p in paths)
    return found


def _is_configurator(callee: Found, method: str) -> bool:
    """Whether it is Pyramid's, or a parameter that says nothing of its type, as in `includeme(config)`."""
    names = callee.names()
    return not names or f"{_ADDS}{method}" in names


def _template(pattern: str) -> str:
    return "/" + _REST.sub("{**}", _VARYING.sub("{}", pattern)).lstrip("/")


def _served(routes: dict[str, list[str]], said: list[Found], handler: Handler) -> Iterator[Wiring]:
    """The operations of a view: what its own declaration says counts before that of the class around it."""
    names = next((t for s in said if (t := s.argument(None, "route_name").texts())), [])
    methods = next((m for s in said if (m := _methods(s))), ["{}"])
    for path in (p for name in names for p in routes.get(name, ())):
        for method in methods:
            yield Wiring(Role.SERVE, "http", said[0].where, operation=f"{method} {path}", handler=handler)


def _methods(said: Found) -> list[str]:
    return [t.upper() for one in said.argument(None, "request_method").elements() for t in one.texts()]


_PATH = FirstOf((Maker(keyword("path")), Maker(arg(1, "path"))))

PLUGIN = Plugin(
    name="pyramid",
    roots=("pyramid", "cornice"),
    passive=("cornice",),
    transport="http",
    aliases={"cornice.service.Service": "cornice.Service"},
    patterns=(
        *(Serves(target=f"cornice.Service.{verb}", path=_PATH, methods=(verb.upper(),)) for verb in _VERBS),
        Serves(target="cornice.resource.resource", path=keyword("path"), views=True),
        Serves(target="cornice.resource.resource", path=keyword("collection_path"), views=True, named=Const("collection_{}")),
    ),
    recognise=views,
)

"""Flask-Classful, and Flask-Classy before it: classes whose public methods are routes once they are registered. The path of a
method is its own, or follows from its name and from what it must be given."""

import re
from collections.abc import Iterator

from flowmap.plugin_api import Context, Found, Handler, Plugin, Role, Wiring

_VIEW, _ROUTE, _METHOD = "flask_classful.FlaskView", "flask_classful.route", "flask_classful.method"
_SPECIAL = {"index": "GET", "get": "GET", "post": "POST", "put": "PUT", "patch": "PATCH", "delete": "DELETE"}
_OWN = {"register", "before_request", "after_request"}


def endpoints(context: Context) -> list[Wiring]:
    """The routes of every class that is registered."""
    views = list(context.subclasses(_VIEW))
    routes, verbs = list(context.decorated(_ROUTE)), list(context.decorated(_METHOD))
    found: dict[Wiring, None] = {}
    for callee, call in context.calls("register"):
        for view in (v for v in views if callee.receiver().same(v)):
            base = _base(context, callee.receiver(), call)
            for name, handler in view.methods():
                if name not in _OWN and not name.startswith(("before_", "after_")):
                    ways = [d for d, h, _ in routes if h.key == handler.key]
                    methods = [m for d, h, _ in verbs if h.key == handler.key for m in d.argument(0).texts()]
                    said = _stated(base, ways) if ways else _implied(base, view, name, methods)
                    found.update((_served(o, handler, ways), None) for o in said)
    return list(found)


def _served(operation: str, handler: Handler, ways: list[Found]) -> Wiring:
    at = handler.location
    where = ways[0].where if ways else (at.path, at.line, at.line)
    return Wiring(Role.SERVE, "http", where, operation=operation, handler=handler)


def _base(context: Context, view: Found, call: Found) -> str:
    """What stands before the paths of a class: the prefix of its blueprint, its own, its name."""
    blueprint = call.argument(0, "app")
    parts = [p for p in [_text(blueprint.argument(None, "url_prefix"))] if p]
    for _, registered in context.calls("register_blueprint"):
        if registered.argument(0, "blueprint").same(blueprint) and (given := _text(registered.argument(None, "url_prefix"))):
            parts = [given]
    parts.append(_text(call.argument(None, "route_prefix")) or _text(view.get("route_prefix")))
    given = _text(call.argument(1, "route_base")) or _text(view.get("route_base"))
    name = next((h.name.rpartition(".")[2] for h in view.handlers()), "")
    parts.append(given or re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name.removesuffix("View")).lower())
    return "/" + "/".join(p.strip("/") for p in parts if p.strip("/"))


def _text(found: Found) -> str:
    return next(iter(found.texts()), "")


def _stated(base: str, ways: list[Found]) -> Iterator[str]:
    for way in ways:
        methods = [m.upper() for e in way.argument(None, "methods").elements() for m in e.texts()] or ["GET"]
        yield from (f"{m} {base}/{rule.strip('/')}" for rule in way.argument(0, "rule").texts() for m in methods)


def _implied(base: str, view: Found, name: str, methods: list[str]) -> Iterator[str]:
    given = "/".join(f"<{p}>" for p in view.needs(name))
    path = given if name in _SPECIAL else "/".join(p for p in (name, given) if p)
    for method in [_SPECIAL[name]] if name in _SPECIAL else [m.upper() for m in methods] or ["GET"]:
        yield f"{method} {base}/{path}"


PLUGIN = Plugin(
    name="flask-classful",
    roots=("flask_classful", "flask_classy"),
    transport="http",
    aliases={"flask_classy": "flask_classful"},
    recognise=endpoints,
)

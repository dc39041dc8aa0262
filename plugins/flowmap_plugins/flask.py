"""Flask and Quart: routes, blueprints, method views. The prefix given at registration takes the blueprint's own place."""

from dataclasses import replace

from flowmap.plugin_api import (
    AllArguments,
    ConfigObject,
    Context,
    Each,
    FirstOf,
    Format,
    Found,
    Guard,
    Inside,
    Mounts,
    Pattern,
    Plugin,
    Receiver,
    Result,
    Role,
    Serves,
    Wiring,
    arg,
    keyword,
)

_VERBS = ("get", "post", "put", "patch", "delete")
_OWNERS = ("flask.Flask", "flask.Blueprint")
_MAX_DEPTH = 8
_API, _NAMESPACE = "flask_restx.Api", "flask_restx.Namespace"
_RESTX: tuple[Pattern, ...] = (
    *(Serves(target=f"{owner}.route", path=AllArguments(), views=True) for owner in (_API, _NAMESPACE)),
    Mounts(target=_API, child=Result(), parent=arg(0, "app"), prefix=keyword("prefix")),
    Mounts(target=f"{_API}.init_app", child=Receiver(), parent=arg(0, "app")),
    Mounts(target=f"{_API}.namespace", child=Result()),
    Mounts(target=f"{_API}.add_namespace", child=arg(0, "ns"), prefix=arg(1, "path"), replaces=True),
)
_CLASS = Guard(Inside(arg(2, "view_func"), arg(0, "name")), matching=r".")
"""`view_func` is `Orders.as_view("orders")`, which the plugin's own code reads."""


def _routes(owner: str) -> list[Pattern]:
    found: list[Pattern] = [Serves(target=f"{owner}.{v}", path=arg(0, "rule"), methods=(v.upper(),)) for v in _VERBS]
    found += [
        Serves(target=f"{owner}.websocket", path=arg(0, "rule"), methods=("GET",)),
        Serves(target=f"{owner}.route", path=arg(0, "rule"), methods=Each(keyword("methods"))),
        Serves(
            target=f"{owner}.add_url_rule",
            form="call",
            path=arg(0, "rule"),
            handler=arg(2, "view_func"),
            methods=Each(keyword("methods")),
            when=(replace(_CLASS, present=False),),
        ),
        Mounts(target=f"{owner}.register_blueprint", child=arg(0, "blueprint"), prefix=keyword("url_prefix"), replaces=True),
    ]
    return found


def views(context: Context) -> list[Wiring]:
    """Classes that answer by their methods: `view_func=Orders.as_view("orders")`, and `api.add_resource(Orders, "/a", "/b/<id>")`
    of Flask-RESTful."""
    found: list[Wiring] = []
    for callee, call in context.calls("add_url_rule"):
        if callee.names() & {f"{o}.add_url_rule" for o in _OWNERS}:
            cls = call.argument(2, "view_func").receiver()
            paths = call.argument(0, "rule").texts()
            found += _answers(call, cls, paths, _prefixes(context, callee.receiver()))
    for callee, call in context.calls("add_resource"):
        if callee.names() & {"flask_restful.Api.add_resource", "flask_restx.Api.add_resource"}:
            api = callee.receiver()
            own = next(iter(api.argument(None, "prefix").texts()), "")
            outer = _prefixes(context, api.argument(0, "app"))
            paths = [p for n in range(1, 5) for p in call.argument(n).texts()]
            found += _answers(call, call.argument(0, "resource"), paths, [o + own for o in outer])
    return found


def _answers(call: Found, cls: Found, paths: list[str], prefixes: list[str]) -> list[Wiring]:
    return [
        Wiring(Role.SERVE, "http", call.where, operation=f"{name.upper()} {prefix}{path}", handler=handler)
        for path in paths
        for prefix in prefixes
        for name, handler in cls.methods()
        if name in _VERBS
    ]


def _prefixes(context: Context, owner: Found, depth: int = 0) -> list[str]:
    """The prefixes of a blueprint: its own, or those it is registered under; "" for the application."""
    own = next(iter(owner.argument(None, "url_prefix").texts()), "")
    found: dict[str, None] = {}
    for callee, call in context.calls("register_blueprint"):
        if depth < _MAX_DEPTH and call.argument(0, "blueprint").same(owner):
            given = next(iter(call.argument(None, "url_prefix").texts()), own)
            found.update((outer + given, None) for outer in _prefixes(context, callee.receiver(), depth + 1))
    return list(found) or [own]


PLUGIN = Plugin(
    name="flask",
    roots=("flask", "quart", "flask_restful", "flask_restx"),
    transport="http",
    aliases={
        "quart.Quart": "flask.Flask",
        "quart.Blueprint": "flask.Blueprint",
        "flask.app.Flask": "flask.Flask",
        "flask.blueprints.Blueprint": "flask.Blueprint",
        "quart.current_app": "flask.current_app",
    },
    configs=(
        ConfigObject(
            reads=(
                "flask.Flask.config[]",
                "flask.Flask.config.get()",
                "flask.current_app.config[]",
                "flask.current_app.config.get()",
            ),
            loads="flask.Flask.config.from_object",
        ),
    ),
    types={"flask_restx.Api.namespace()": _NAMESPACE},
    router_prefix={
        "flask.Blueprint": keyword("url_prefix"),
        _NAMESPACE: FirstOf((keyword("path"), Format("/{0}", (arg(0, "name"),)))),
    },
    patterns=(*(p for owner in _OWNERS for p in _routes(owner)), *_RESTX),
    recognise=views,
)

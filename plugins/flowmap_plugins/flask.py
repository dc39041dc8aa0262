"""Flask and Quart: routes, blueprints, method views. The prefix given at registration takes the blueprint's own place."""

from flowmap.plugin_api import ConfigObject, Context, Each, Mounts, Pattern, Plugin, Role, Serves, Wiring, arg, keyword

_VERBS = ("get", "post", "put", "patch", "delete")
_OWNERS = ("flask.Flask", "flask.Blueprint")


def _routes(owner: str) -> list[Pattern]:
    found: list[Pattern] = [Serves(target=f"{owner}.{v}", path=arg(0, "rule"), methods=(v.upper(),)) for v in _VERBS]
    found += [
        Serves(target=f"{owner}.route", path=arg(0, "rule"), methods=Each(keyword("methods"))),
        Serves(
            target=f"{owner}.add_url_rule",
            form="call",
            path=arg(0, "rule"),
            handler=arg(2, "view_func"),
            methods=Each(keyword("methods")),
        ),
        Mounts(target=f"{owner}.register_blueprint", child=arg(0, "blueprint"), prefix=keyword("url_prefix"), replaces=True),
    ]
    return found


def resources(context: Context) -> list[Wiring]:
    """`api.add_resource(Resource, "/a", "/b/<id>")` of Flask-RESTful: the verbs are the methods of the class."""
    found: list[Wiring] = []
    for callee, call in context.calls("add_resource"):
        if not callee.names() & {"flask_restful.Api.add_resource", "flask_restx.Api.add_resource"}:
            continue
        for path in (p for n in range(1, 5) for p in call.argument(n).texts()):
            for name, handler in call.argument(0).methods():
                if name in _VERBS:
                    found.append(Wiring(Role.SERVE, "http", call.where, operation=f"{name.upper()} {path}", handler=handler))
    return found


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
    router_prefix={"flask.Blueprint": keyword("url_prefix")},
    patterns=tuple(p for owner in _OWNERS for p in _routes(owner)),
    recognise=resources,
)

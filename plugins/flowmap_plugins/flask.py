"""Flask, Quart and what extends them (Flask-RESTful, -RESTX, -Smorest, APIFlask, flask-openapi3): routes, blueprints, classes that
answer by their methods. The prefix given at registration takes the blueprint's own place."""

from dataclasses import replace

from flowmap.plugin_api import (
    AllArguments,
    ConfigObject,
    Each,
    FirstOf,
    Format,
    Guard,
    Inside,
    Mounts,
    Pattern,
    Plugin,
    Receiver,
    Result,
    Serves,
    arg,
    keyword,
)

_VERBS = ("get", "post", "put", "patch", "delete")
_OWNERS = ("flask.Flask", "flask.Blueprint")
_API, _NAMESPACE = "flask_restx.Api", "flask_restx.Namespace"
_VIEW = "flask_openapi3.APIView"
_RESOURCES: tuple[Pattern, ...] = (
    *(Serves(target=f"{owner}.route", path=AllArguments(), views=True) for owner in (_API, _NAMESPACE, _VIEW)),
    Serves(target=f"{_API}.resource", path=AllArguments(), views=True),
    *(
        Serves(target=f"{owner}.add_resource", form="call", path=AllArguments(1), handler=arg(0, "resource"), views=True)
        for owner in (_API, _NAMESPACE)
    ),
    Mounts(target=_API, child=Result(), parent=arg(0, "app")),
    Mounts(target=f"{_API}.init_app", child=Receiver(), parent=arg(0, "app")),
    Mounts(target=f"{_API}.namespace", child=Result()),
    Mounts(target=f"{_API}.add_namespace", child=arg(0, "ns"), prefix=arg(1, "path"), replaces=True),
    Mounts(target="flask_smorest.Api.register_blueprint", child=arg(0, "blp"), prefix=keyword("url_prefix"), replaces=True),
    Mounts(target="flask.Flask.register_api", child=arg(0, "api"), prefix=keyword("url_prefix"), replaces=True),
    Mounts(target="flask.Flask.register_api_view", child=arg(0, "api_view"), prefix=keyword("url_prefix"), replaces=True),
)
_CLASS = Guard(Inside(arg(2, "view_func"), arg(0, "name")), matching=r".")
"""`view_func` is `Orders.as_view("orders")`; APIFlask takes the class itself, too."""


def _routes(owner: str) -> list[Pattern]:
    found: list[Pattern] = [Serves(target=f"{owner}.{v}", path=arg(0, "rule"), methods=(v.upper(),)) for v in _VERBS]
    found += [
        Serves(target=f"{owner}.websocket", path=arg(0, "rule"), methods=("GET",)),
        Serves(target=f"{owner}.route", path=arg(0, "rule"), methods=Each(keyword("methods")), views=True),
        *(
            Serves(
                target=f"{owner}.add_url_rule",
                form="call",
                path=arg(0, "rule"),
                handler=Inside(arg(2, "view_func"), Receiver()) if made else arg(2, "view_func"),
                methods=Each(keyword("methods")),
                views=True,
                when=(replace(_CLASS, present=made),),
            )
            for made in (True, False)
        ),
        Mounts(target=f"{owner}.register_blueprint", child=arg(0, "blueprint"), prefix=keyword("url_prefix"), replaces=True),
    ]
    return found


_CONFIGS = ("flask.Flask.config", "flask.current_app.config", "flask.Config")
"""The settings of an application, and such a mapping by itself."""

PLUGIN = Plugin(
    name="flask",
    roots=("flask", "quart", "apiflask", "flask_openapi3", "flask_restful", "flask_restplus", "flask_restx", "flask_smorest"),
    transport="http",
    aliases={
        "quart.Quart": "flask.Flask",
        "quart.Blueprint": "flask.Blueprint",
        "flask.app.Flask": "flask.Flask",
        "flask.config.Config": "flask.Config",
        "quart.Config": "flask.Config",
        "flask.blueprints.Blueprint": "flask.Blueprint",
        "apiflask.APIFlask": "flask.Flask",
        "apiflask.APIBlueprint": "flask.Blueprint",
        "flask_openapi3.APIBlueprint": "flask.Blueprint",
        "flask_openapi3.OpenAPI": "flask.Flask",
        "flask_restful.Api": _API,
        "flask_restplus": "flask_restx",
        "flask_smorest.Blueprint": "flask.Blueprint",
        "quart.current_app": "flask.current_app",
    },
    configs=(
        ConfigObject(
            reads=tuple(f"{config}{read}" for config in _CONFIGS for read in ("[]", ".get()")),
            loads=tuple(f"{config}.from_object" for config in _CONFIGS),
            files=tuple(f"{config}.from_pyfile" for config in _CONFIGS),
        ),
    ),
    types={"flask_restx.Api.namespace()": _NAMESPACE},
    router_prefix={
        **dict.fromkeys(("flask.Blueprint", _VIEW), keyword("url_prefix")),
        _API: keyword("prefix"),
        _NAMESPACE: FirstOf((keyword("path"), Format("/{0}", (arg(0, "name"),)))),
    },
    patterns=(*(p for owner in _OWNERS for p in _routes(owner)), *_RESOURCES),
)

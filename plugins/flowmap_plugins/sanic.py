"""Sanic: routes, method views, blueprints and groups of them. A version stands in front of everything: `/v1/<prefix>/<path>`."""

from flowmap.plugin_api import (
    FRONT,
    AllArguments,
    Const,
    Each,
    FirstOf,
    Format,
    Guard,
    Inside,
    Mounts,
    Pattern,
    Plugin,
    Receiver,
    Ref,
    Result,
    Serves,
    arg,
    keyword,
)

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_APP, _BLUEPRINT = "sanic.Sanic", "sanic.Blueprint"
_GROUP = "sanic.blueprint_group.group"
_VERSION, _BEFORE = keyword("version"), keyword("version_prefix")


def _versioned(path: Ref) -> Ref:
    """A path or prefix behind the version that the same call names, which comes in front of everything."""
    return FirstOf(
        (
            Format(f"{{}}{{}}{FRONT}{{}}", (_BEFORE, _VERSION, path)),
            Format(f"{{}}{{}}{FRONT}", (_BEFORE, _VERSION)),
            Format(f"/v{{}}{FRONT}{{}}", (_VERSION, path)),
            Format(f"/v{{}}{FRONT}", (_VERSION,)),
            path,
        )
    )


def _view(handler: Ref) -> Ref:
    """The class of `Orders.as_view()`; anything else is itself."""
    return FirstOf((Inside(handler, Receiver()), handler))


def _routes(owner: str) -> list[Pattern]:
    path = _versioned(arg(0, "uri"))
    found: list[Pattern] = [Serves(target=f"{owner}.{v}", path=path, methods=(v.upper(),)) for v in _VERBS]
    found += [
        Serves(target=f"{owner}.route", path=path, methods=Each(arg(1, "methods"))),
        Serves(target=f"{owner}.websocket", path=path),
        Serves(
            target=f"{owner}.add_route",
            form="call",
            path=_versioned(arg(1, "uri")),
            handler=_view(arg(0, "handler")),
            methods=Each(arg(2, "methods")),
            views=True,
        ),
        Serves(target=f"{owner}.add_websocket_route", form="call", path=_versioned(arg(1, "uri")), handler=arg(0, "handler")),
    ]
    return found


PLUGIN = Plugin(
    name="sanic",
    roots=("sanic",),
    transport="http",
    aliases={"sanic.app.Sanic": _APP, "sanic.blueprints.Blueprint": _BLUEPRINT, f"{_BLUEPRINT}.group": _GROUP},
    router_prefix={_BLUEPRINT: _versioned(arg(1, "url_prefix"))},
    patterns=(
        *_routes(_APP),
        *_routes(_BLUEPRINT),
        Mounts(target=f"{_APP}.blueprint", child=arg(0, "blueprint"), prefix=_versioned(keyword("url_prefix"))),
        Mounts(target=_GROUP, child=AllArguments(), parent=Result(), prefix=_versioned(keyword("url_prefix"))),
        *(
            Serves(
                target=f"sanic.views.HTTPMethodView.{method}",
                form="call",
                path=_versioned(uri),
                handler=Receiver(),
                router=to,
                views=True,
                when=(Guard(to),),
            )
            for method, to, uri in (
                ("attach", arg(0, "to"), arg(1, "uri")),
                ("__init_subclass__", keyword("attach"), FirstOf((keyword("uri"), Const("")))),
            )
        ),
    ),
)

"""Bottle: routes of the default application and of others, as decorators and with a callback, mounts and merges."""

from flowmap.plugin_api import Const, Each, FirstOf, Guard, Mounts, Pattern, Plugin, Ref, Serves, arg, keyword

_VERBS = ("get", "post", "put", "delete", "patch")
_APP = "bottle.Bottle"
_PATHS, _CALLBACK = Each(arg(0, "path")), arg(2, "callback")
_EVERY = Guard(arg(1, "method"), among=("ANY", "any"))


def _routes(owner: str) -> list[Pattern]:
    found: list[Pattern] = []
    for name, usual in (("route", "GET"), *((v, v.upper()) for v in _VERBS)):
        method: Ref = Each(FirstOf((arg(1, "method"), Const(usual))))
        for methods, every in (((("{}",)), True), (method, False)):
            when = Guard(_EVERY.ref, among=_EVERY.among, present=every)
            found += [
                Serves(target=f"{owner}.{name}", path=_PATHS, methods=methods, when=(when,)),
                Serves(
                    target=f"{owner}.{name}",
                    form="call",
                    path=_PATHS,
                    methods=methods,
                    handler=_CALLBACK if name == "route" else keyword("callback"),
                    when=(when, Guard(_CALLBACK if name == "route" else keyword("callback"))),
                ),
            ]
    return found


PLUGIN = Plugin(
    name="bottle",
    roots=("bottle",),
    transport="http",
    types={"bottle.app()": _APP, "bottle.default_app()": _APP},
    patterns=(
        *_routes("bottle"),
        *_routes(_APP),
        Mounts(target=f"{_APP}.mount", child=arg(1, "app"), prefix=arg(0, "prefix")),
        Mounts(target=f"{_APP}.merge", child=arg(0, "routes")),
    ),
)

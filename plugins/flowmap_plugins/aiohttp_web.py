"""aiohttp's server: route tables, router methods and sub-applications."""

from flowmap.plugin_api import Guard, Mounts, Pattern, Plugin, Serves, arg

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_APP, _TABLE = "aiohttp.web.Application", "aiohttp.web.RouteTableDef"


def _patterns() -> list[Pattern]:
    found: list[Pattern] = []
    for verb in _VERBS:
        methods = (verb.upper(),)
        found += [
            Serves(target=f"{_TABLE}.{verb}", path=arg(0, "path"), methods=methods),
            Serves(target=f"aiohttp.web.{verb}", form="call", path=arg(0, "path"), handler=arg(1, "handler"), methods=methods),
            Serves(
                target=f"{_APP}.router.add_{verb}", form="call", path=arg(0, "path"), handler=arg(1, "handler"), methods=methods
            ),
        ]
    found += [
        Serves(
            target=target,
            form="call",
            path=arg(1, "path"),
            handler=arg(2, "handler"),
            methods=("{}",) if every else arg(0, "method"),
            views=every,
            when=(Guard(arg(0, "method"), ("*",), present=every),),
        )
        for target in (f"{_APP}.router.add_route", "aiohttp.web.route")
        for every in (True, False)
    ]
    found += [
        Serves(target=f"{_TABLE}.view", path=arg(0, "path"), views=True),
        *(
            Serves(target=target, form="call", path=arg(0, "path"), handler=arg(1, "handler"), views=True)
            for target in (f"{_APP}.router.add_view", "aiohttp.web.view")
        ),
        Mounts(target=f"{_APP}.add_subapp", child=arg(1, "subapp"), prefix=arg(0, "prefix")),
        Mounts(target=f"{_APP}.add_routes", child=arg(0, "routes")),
        Mounts(target=f"{_APP}.router.add_routes", child=arg(0, "routes")),
    ]
    return found


PLUGIN = Plugin(
    name="aiohttp-web",
    roots=("aiohttp",),
    transport="http",
    aliases={"aiohttp.web_app.Application": _APP},
    patterns=tuple(_patterns()),
)

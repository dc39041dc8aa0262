"""Emmett: routes of the application and of its modules, which have a prefix each. A route without a path has its function's."""

from flowmap.plugin_api import Each, FirstOf, Format, FunctionName, Mounts, Plugin, Result, Serves, arg, keyword

_APP, _MODULE = "emmett.App", "emmett.AppModule"

PLUGIN = Plugin(
    name="emmett",
    roots=("emmett", "emmett55", "renoir"),
    transport="http",
    aliases={"emmett.core.App": _APP, "emmett55.App": _APP},
    types={f"{_APP}.module()": _MODULE},
    router_prefix={_MODULE: Format("/{}", (keyword("url_prefix"),))},
    servers=("emmett serve", "emmett develop"),
    patterns=(
        *(
            Serves(
                target=f"{owner}.{form}",
                path=Each(FirstOf((arg(0, "paths"), Format("/{}", (FunctionName(),))))),
                methods=Each(keyword("methods")),
            )
            for owner in (_APP, _MODULE)
            for form in ("route", "websocket")
        ),
        Mounts(target=f"{_APP}.module", child=Result()),
    ),
)

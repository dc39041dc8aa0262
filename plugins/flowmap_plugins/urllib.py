"""urllib.request and urllib3. A request with data is a POST unless it says otherwise; no timeout unless one is given."""

from flowmap.plugin_api import Const, FirstOf, Guard, Inside, Plugin, Requests, arg, keyword

PLUGIN = Plugin(
    name="urllib",
    roots=("urllib.request", "urllib3"),
    transport="http",
    patterns=(
        Requests(
            target="urllib.request.urlopen",
            url=Inside(arg(0, "url"), arg(0, "url")),
            method=FirstOf((Inside(arg(0, "url"), keyword("method")), Const("GET"))),
            when=(Guard(arg(1, "data"), present=False),),
        ),
        Requests(
            target="urllib.request.urlopen",
            url=Inside(arg(0, "url"), arg(0, "url")),
            method="POST",
            when=(Guard(arg(1, "data")),),
        ),
        Requests(target="urllib3.PoolManager.request", url=arg(1, "url"), method=arg(0, "method")),
        Requests(target="urllib3.PoolManager.urlopen", url=arg(1, "url"), method=arg(0, "method")),
        Requests(target="urllib3.request", url=arg(1, "url"), method=arg(0, "method")),
    ),
)

"""urllib.request and urllib3. A request with data is a POST unless it says otherwise; no timeout unless one is given."""

from flowmap.plugin_api import FirstOf, Guard, Inside, Pattern, Plugin, Requests, arg, keyword

_TARGET = arg(0, "url")
_URL = FirstOf((Inside(_TARGET, arg(0, "url")), _TARGET))
_METHOD, _BODY = Inside(_TARGET, keyword("method")), Inside(_TARGET, arg(1, "data"))
# Asked of a URL that is given as a text, both give that text; neither a method nor a body looks like one.
_NAMED, _LOADED = r"^[A-Za-z]*$", r"^(?![A-Za-z][\w+.-]*:|/|\{\}.)"

_MANAGED = ("request", "urlopen", "request_encode_url", "request_encode_body")


def _opened(target: str) -> list[Pattern]:
    unnamed = Guard(_METHOD, matching=_NAMED, present=False)
    empty, hollow = Guard(arg(1, "data"), present=False), Guard(_BODY, matching=_LOADED, present=False)
    return [
        Requests(target=target, url=_URL, method=_METHOD, when=(Guard(_METHOD, matching=_NAMED),)),
        Requests(target=target, url=_URL, method="GET", when=(unnamed, empty, hollow)),
        Requests(target=target, url=_URL, method="POST", when=(unnamed, Guard(arg(1, "data")))),
        Requests(target=target, url=_URL, method="POST", when=(unnamed, empty, Guard(_BODY, matching=_LOADED))),
    ]


PLUGIN = Plugin(
    name="urllib",
    roots=("urllib.request", "urllib3"),
    transport="http",
    aliases={
        "urllib3.poolmanager.PoolManager": "urllib3.PoolManager",
        "urllib3.poolmanager.ProxyManager": "urllib3.ProxyManager",
    },
    types={"urllib.request.build_opener()": "urllib.request.OpenerDirector", "urllib3.proxy_from_url()": "urllib3.ProxyManager"},
    patterns=(
        *_opened("urllib.request.urlopen"),
        *_opened("urllib.request.OpenerDirector.open"),
        Requests(target="urllib.request.urlretrieve", url=_TARGET, method="GET"),
        *(
            Requests(target=f"urllib3.{name}", url=arg(1, "url"), method=arg(0, "method"))
            for name in ("request", *(f"{o}.{n}" for o in ("PoolManager", "ProxyManager") for n in _MANAGED))
        ),
    ),
)

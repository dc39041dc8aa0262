"""Tornado's clients: `fetch` of a URL or of an `HTTPRequest`, and WebSockets. A request is a GET unless it says otherwise, and
given up after twenty seconds."""

from flowmap.plugin_api import FirstOf, Guard, Inside, Limit, Number, Pattern, Plugin, Requests, arg, keyword

_TARGET = arg(0, "request")
_URL = FirstOf((Inside(_TARGET, arg(0, "url")), _TARGET))
_METHOD = Inside(_TARGET, arg(1, "method"))
# Asked of a URL that is given as a text, it gives that text, which does not look like a method.
_NAMED = Guard(_METHOD, matching=r"^[A-Za-z]+$")
_UNNAMED = Guard(_METHOD, matching=r"^[A-Za-z]+$", present=False)
_GIVEN, _NOT_GIVEN = Guard(keyword("method")), Guard(keyword("method"), present=False)


_SECONDS = FirstOf((keyword("request_timeout"), Inside(_TARGET, keyword("request_timeout"))))
# Asked of a URL that is given as a text, the second gives that text, which is no number.
_LIMIT = Limit(argument=Number(_SECONDS), default=20.0)


def _fetched(owner: str) -> list[Pattern]:
    target = f"{owner}.fetch"
    return [
        Requests(target=target, url=_URL, method=keyword("method"), limit=_LIMIT, when=(_GIVEN,)),
        Requests(target=target, url=_URL, method=_METHOD, limit=_LIMIT, when=(_NOT_GIVEN, _NAMED)),
        Requests(target=target, url=_URL, method="GET", limit=_LIMIT, when=(_NOT_GIVEN, _UNNAMED)),
    ]


PLUGIN = Plugin(
    name="tornado-client",
    roots=("tornado",),
    transport="http",
    patterns=(
        *(p for owner in ("tornado.httpclient.AsyncHTTPClient", "tornado.httpclient.HTTPClient") for p in _fetched(owner)),
        Requests(
            target="tornado.websocket.websocket_connect",
            url=FirstOf((Inside(arg(0, "url"), arg(0, "url")), arg(0, "url"))),
            method="GET",
        ),
    ),
)

"""urllib.request and urllib3. A request with data is a POST unless it says otherwise; no timeout unless one is given."""

from flowmap.plugin_api import FirstOf, Guard, Inside, Limit, Maker, Number, Pattern, Plugin, Ref, Requests, Tries, arg, keyword

_TARGET = arg(0, "url")
_URL = FirstOf((Inside(_TARGET, arg(0, "url")), _TARGET))
_METHOD, _BODY = Inside(_TARGET, keyword("method")), Inside(_TARGET, arg(1, "data"))
# Asked of a URL that is given as a text, both give that text; neither a method nor a body looks like one.
_NAMED, _LOADED = r"^[A-Za-z]*$", r"^(?![A-Za-z][\w+.-]*:|/|\{\}.)"

_OPENED = Limit(argument=Number(arg(2, "timeout")))
_TIMEOUT = tuple((f"urllib3.{name}", (keyword("read"), arg(0, "total"))) for name in ("Timeout", "util.Timeout"))
_RETRY = tuple((f"urllib3.{name}", (arg(0, "total"),)) for name in ("Retry", "util.Retry", "util.retry.Retry"))
_BACKOFF = tuple((name, (keyword("backoff_factor"),)) for name, _ in _RETRY)


def _pooled(url: Ref, method: Ref, target: str) -> Requests:
    """A pool tries three times more, and does not give up; the function of the module gives up after three seconds."""
    whole = target == "urllib3.request"
    timeout = Number(Maker(keyword("timeout")), _TIMEOUT) if not whole else None
    retries = FirstOf((keyword("retries"), Maker(keyword("retries"))))
    return Requests(
        target=target,
        url=url,
        method=method,
        limit=Limit(argument=Number(keyword("timeout"), _TIMEOUT), client=timeout, default=3.0 if whole else None),
        tries=Tries(count=Number(retries, _RETRY), extra=True, default=11, absent=4, backoff=Number(retries, _BACKOFF, bare=False)),
    )


_PARSING = ("urljoin", "urlparse", "urlsplit", "urlunparse", "quote", "quote_plus")
"""What other modules have under the names of urllib.parse."""
_MANAGED = ("request", "urlopen", "request_encode_url", "request_encode_body")


def _opened(target: str) -> list[Pattern]:
    unnamed = Guard(_METHOD, matching=_NAMED, present=False)
    empty, hollow = Guard(arg(1, "data"), present=False), Guard(_BODY, matching=_LOADED, present=False)
    return [
        Requests(target=target, url=_URL, method=_METHOD, limit=_OPENED, when=(Guard(_METHOD, matching=_NAMED),)),
        Requests(target=target, url=_URL, method="GET", limit=_OPENED, when=(unnamed, empty, hollow)),
        Requests(target=target, url=_URL, method="POST", limit=_OPENED, when=(unnamed, Guard(arg(1, "data")))),
        Requests(target=target, url=_URL, method="POST", limit=_OPENED, when=(unnamed, empty, Guard(_BODY, matching=_LOADED))),
    ]


PLUGIN = Plugin(
    name="urllib",
    roots=("urllib.request", "urllib3", "urllib2", "six", "future"),
    passive=("six", "future"),
    transport="http",
    aliases={
        "six.moves.urllib": "urllib",
        "six.moves.urllib_parse": "urllib.parse",
        "django.utils.six.moves.urllib": "urllib",
        "future.moves.urllib": "urllib",
        "future.backports.urllib": "urllib",
        "urllib2": "urllib.request",
        "urlparse": "urllib.parse",
        **{f"requests.compat.{name}": f"urllib.parse.{name}" for name in _PARSING},
        "werkzeug.urls.url_join": "urllib.parse.urljoin",
        "werkzeug.urls.url_quote": "urllib.parse.quote",
        "urllib3.poolmanager.PoolManager": "urllib3.PoolManager",
        "urllib3.poolmanager.ProxyManager": "urllib3.ProxyManager",
    },
    types={"urllib.request.build_opener()": "urllib.request.OpenerDirector", "urllib3.proxy_from_url()": "urllib3.ProxyManager"},
    patterns=(
        *_opened("urllib.request.urlopen"),
        *_opened("urllib.request.OpenerDirector.open"),
        Requests(target="urllib.request.urlretrieve", url=_TARGET, method="GET", limit=Limit()),
        *(
            _pooled(arg(1, "url"), arg(0, "method"), f"urllib3.{name}")
            for name in ("request", *(f"{o}.{n}" for o in ("PoolManager", "ProxyManager") for n in _MANAGED))
        ),
    ),
)

"""Connections and pools of connections to one host: http.client and urllib3's pools. What they are asked for is a path, their host
is what they were made with. httplib2, which is as bare, is asked for whole URLs."""

from flowmap.plugin_api import FirstOf, Format, Guard, Limit, Maker, Number, Pattern, Plugin, Ref, Requests, Tries, arg, keyword

_SCHEMES = {
    "http.client.HTTPConnection": "http",
    "http.client.HTTPSConnection": "https",
    "urllib3.HTTPConnectionPool": "http",
    "urllib3.HTTPSConnectionPool": "https",
}
_GIVEN = "urllib3.connection_from_url"
_POOL_METHODS = ("request", "urlopen", "request_encode_url", "request_encode_body")
_TIMEOUT = tuple((f"urllib3.{name}", (keyword("read"), arg(0, "total"))) for name in ("Timeout", "util.Timeout"))
_RETRY = tuple((f"urllib3.{name}", (arg(0, "total"),)) for name in ("Retry", "util.Retry", "util.retry.Retry"))
_RETRIES = FirstOf((keyword("retries"), Maker(keyword("retries"))))
_TRIES = Tries(
    count=Number(_RETRIES, _RETRY),
    extra=True,
    default=11,
    absent=4,
    backoff=Number(_RETRIES, tuple((name, (keyword("backoff_factor"),)) for name, _ in _RETRY), bare=False),
)
"""Of urllib3, which tries three times more unless it is told otherwise."""
_BARE = Limit(client=Number(Maker(arg(1, "timeout"))))


def _host(scheme: str) -> Ref:
    host, port = Maker(arg(0, "host")), Maker(arg(1, "port"))
    return FirstOf((Format(f"{scheme}://{{}}:{{}}", (host, port)), Format(f"{scheme}://{{}}", (host,))))


def _requests(owner: str, base: Ref) -> list[Pattern]:
    bare = owner.startswith("http.client")
    limit = Limit(
        argument=None if bare else Number(keyword("timeout"), _TIMEOUT), client=Number(Maker(keyword("timeout")), _TIMEOUT)
    )
    return [
        Requests(target=f"{owner}.{name}", url=arg(1, "url"), method=arg(0, "method"), base=base, limit=limit, tries=again)
        for name in (("request", "putrequest") if bare else _POOL_METHODS)
        for again in (None if bare else _TRIES,)
    ]


PLUGIN = Plugin(
    name="http-connections",
    roots=("http.client", "httplib2", "urllib3"),
    transport="http",
    aliases={
        "urllib3.connectionpool.HTTPConnectionPool": "urllib3.HTTPConnectionPool",
        "urllib3.connectionpool.HTTPSConnectionPool": "urllib3.HTTPSConnectionPool",
        "urllib3.connectionpool.connection_from_url": _GIVEN,
    },
    types={
        f"{_GIVEN}()": "urllib3.pool_from_url",
        "urllib3.PoolManager.connection_from_url()": "urllib3.pool_from_url",
        "urllib3.PoolManager.connection_from_host()": "urllib3.HTTPConnectionPool",
    },
    patterns=(
        *(p for owner, scheme in _SCHEMES.items() for p in _requests(owner, _host(scheme))),
        *_requests("urllib3.pool_from_url", Maker(arg(0, "url"))),
        Requests(
            target="httplib2.Http.request", url=arg(0, "uri"), method=arg(1, "method"), limit=_BARE, when=(Guard(arg(1, "method")),)
        ),
        Requests(
            target="httplib2.Http.request",
            url=arg(0, "uri"),
            method="GET",
            limit=_BARE,
            when=(Guard(arg(1, "method"), present=False),),
        ),
    ),
)

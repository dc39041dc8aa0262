"""Connections and pools of connections to one host: http.client and urllib3's pools. What they are asked for is a path, their host
is what they were made with. httplib2, which is as bare, is asked for whole URLs."""

from flowmap.plugin_api import FirstOf, Format, Guard, Maker, Pattern, Plugin, Ref, Requests, arg

_SCHEMES = {
    "http.client.HTTPConnection": "http",
    "http.client.HTTPSConnection": "https",
    "urllib3.HTTPConnectionPool": "http",
    "urllib3.HTTPSConnectionPool": "https",
}
_GIVEN = "urllib3.connection_from_url"
_POOL_METHODS = ("request", "urlopen", "request_encode_url", "request_encode_body")


def _host(scheme: str) -> Ref:
    host, port = Maker(arg(0, "host")), Maker(arg(1, "port"))
    return FirstOf((Format(f"{scheme}://{{}}:{{}}", (host, port)), Format(f"{scheme}://{{}}", (host,))))


def _requests(owner: str, base: Ref) -> list[Pattern]:
    names = ("request", "putrequest") if owner.startswith("http.client") else _POOL_METHODS
    return [Requests(target=f"{owner}.{name}", url=arg(1, "url"), method=arg(0, "method"), base=base) for name in names]


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
        Requests(target="httplib2.Http.request", url=arg(0, "uri"), method=arg(1, "method"), when=(Guard(arg(1, "method")),)),
        Requests(target="httplib2.Http.request", url=arg(0, "uri"), method="GET", when=(Guard(arg(1, "method"), present=False),)),
    ),
)

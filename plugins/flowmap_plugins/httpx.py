"""httpx (and httpx2): a client's `base_url` is always put in front, whatever the path looks like. Five
seconds, unless a client or a call says otherwise; what a transport tries again are connections."""

from flowmap.plugin_api import (
    Delegates,
    FirstOf,
    Held,
    Inside,
    Limit,
    Maker,
    Number,
    Passes,
    Pattern,
    Plugin,
    Receiver,
    Requests,
    Tries,
    arg,
    keyword,
)

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_AUTHLIB = tuple(f"{way}{kind}Client" for way in ("", "Async") for kind in ("Assertion", "OAuth1", "OAuth2"))
_BASE = FirstOf((Maker(keyword("base_url")), Held(Receiver(), "base_url")))

_TIMEOUT = (("httpx.Timeout", (keyword("read"), arg(0, "timeout"))),)
_SET = FirstOf((Maker(keyword("timeout")), Held(Receiver(), "timeout")))
_TRIES = Tries(count=Number(Inside(Maker(keyword("transport")), keyword("retries"))), extra=True, connections=True)


def _limit(*, client: bool) -> Limit:
    made = Number(_SET, _TIMEOUT) if client else None
    return Limit(argument=Number(keyword("timeout"), _TIMEOUT), client=made, default=5.0, unset=("httpx.USE_CLIENT_DEFAULT",))


def _patterns(owner: str, *, client: bool) -> list[Pattern]:
    base, limit, tries = _BASE if client else None, _limit(client=client), _TRIES if client else None
    found: list[Pattern] = [
        Requests(target=f"{owner}.{verb}", url=arg(0, "url"), method=verb.upper(), base=base, limit=limit, tries=tries)
        for verb in _VERBS
    ]
    found += [
        Requests(target=f"{owner}.{name}", url=arg(1, "url"), method=arg(0, "method"), base=base, limit=limit, tries=tries)
        for name in ("request", "stream", "build_request")
        if client or name != "build_request"
    ]
    return found


PLUGIN = Plugin(
    name="httpx",
    roots=("httpx", "httpx2", "authlib"),
    transport="http",
    aliases={
        "httpx2": "httpx",
        "httpx.AsyncClient": "httpx.Client",
        **{f"authlib.integrations.httpx_client.{name}": "httpx.Client" for name in _AUTHLIB},
    },
    patterns=(*_patterns("httpx", client=False), *_patterns("httpx.Client", client=True)),
    delegates=tuple(Delegates(f"httpx.Client.{verb}", "request", (verb.upper(),)) for verb in _VERBS),
    passes=(Passes("httpx.URL", arg(0, "url")),),
)

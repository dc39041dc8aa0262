"""requests: module functions and sessions, and the drop-in clients with the same calls. No timeout unless one is given, but in
niquests; what is tried again is said to a session by the adapters that it is given."""

from dataclasses import replace
from typing import Literal, TypeAlias

from flowmap.plugin_api import (
    Called,
    Delegates,
    Entry,
    FirstOf,
    Gives,
    Held,
    Inside,
    Limit,
    Maker,
    Number,
    Passes,
    Pattern,
    Plugin,
    Receiver,
    Ref,
    Requests,
    Result,
    Tries,
    TypeName,
    arg,
    keyword,
)

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_OWNERS = (
    *("requests", "requests.Session", "niquests", "niquests.Session", "curl_cffi.requests", "grequests"),
    *("treq", "treq.client.HTTPClient", "google.auth.transport.requests.AuthorizedSession"),
    "requests_futures.sessions.FuturesSession",
)
_LATER = ("requests_futures.sessions.FuturesSession",)
"""Clients whose calls give a future: how long anybody waits, its `result()` says."""
_ASYNC = "niquests.a"
"""What `niquests.aget` and its like begin with."""
_SESSIONS = (
    *("authlib.integrations.requests_client.AssertionSession", "authlib.integrations.requests_client.OAuth1Session"),
    "authlib.integrations.requests_client.OAuth2Session",
    *("requests.session", "requests.sessions.Session", "requests.sessions.session", "requests_cache.CachedSession"),
    *("requests_html.HTMLSession", "requests_oauthlib.OAuth1Session"),
    *("requests_oauthlib.OAuth2Session", "requests_async.Session", "cloudscraper.CloudScraper", "cloudscraper.create_scraper"),
)
"""What is a session with more around it."""
_MOUNTING = ("requests.Session", "niquests.Session", "requests_toolbelt.sessions.BaseUrlSession")
_DELEGATING = ("google.auth.transport.requests.AuthorizedSession",)
_BASED = "requests_toolbelt.sessions.BaseUrlSession"
_Base: TypeAlias = tuple[Ref | None, Literal["append", "rfc3986"]]
_PLAIN: _Base = (None, "append")
_BASES: dict[str, _Base] = {
    _BASED: (FirstOf((Maker(arg(0, "base_url")), Entry(Receiver(), "base_url"))), "rfc3986"),
    "niquests.Session": (Maker(keyword("base_url")), "append"),
}
"""Where the base of a URL stands, and how it is joined."""
_DEFAULTS = {"google.auth.transport.requests.AuthorizedSession": 120.0, "curl_cffi.requests": 30.0}
_READS = ("GET", "HEAD", "OPTIONS")
_MOUNTED = Called(Receiver(), ("mount",), arg(1, "adapter"), needed=False)
_RETRY = ("urllib3.Retry", "urllib3.util.Retry", "urllib3.util.retry.Retry", "requests.packages.urllib3.util.retry.Retry")
_RETRIES = Inside(_MOUNTED, arg(2, "max_retries"))
_AGAIN = Tries(
    count=Number(_RETRIES, tuple((name, (arg(0, "total"),)) for name in _RETRY)),
    extra=True,
    default=11,
    backoff=Number(_RETRIES, tuple((name, (keyword("backoff_factor"),)) for name in _RETRY), bare=False),
    connections=True,
    unless=TypeName(_RETRIES),
)
"""How often a session tries: an adapter's retries are those of urllib3, ten if its object does not say; a bare number is only for
connections that failed."""
_AGAIN_IF_TOLD = replace(_AGAIN, unless=Inside(_RETRIES, FirstOf((keyword("allowed_methods"), keyword("method_whitelist")))))
_UNSAFE = ("POST", "PATCH")
"""Methods that urllib3 does not try again once they have been sent, unless it is told to."""
_PREPARED = arg(0, "request")
_FILLED = Called(Result(), ("prepare_url",), arg(0, "url"), needed=False)


def _prepared(ref: Ref) -> Ref:
    """Asked of the `Request` behind a prepared one: `request.prepare()`, `session.prepare_request(request)`."""
    return FirstOf((Inside(_PREPARED, Inside(arg(0, "request"), ref)), Inside(_PREPARED, Maker(ref))))


def _limit(owner: str, method: str) -> Limit | None:
    """`timeout=`, also of the session in niquests; adapters that are made to have one are the code's own."""
    if owner in _LATER:
        return None
    given, adapter = Number(keyword("timeout")), Number(Held(_MOUNTED, "timeout"))
    if owner.startswith("niquests"):
        seconds = 30.0 if method in _READS else 120.0
        session = Number(Maker(keyword("timeout"))) if owner == "niquests.Session" else None
        return Limit(argument=given, client=session, default=seconds, none_is_unset=True)
    return Limit(argument=given, client=adapter if owner in _MOUNTING else None, default=_DEFAULTS.get(owner))


def _patterns(owner: str) -> list[Pattern]:
    base, join = _BASES.get(owner, _PLAIN)
    start = f"{owner}." if owner != _ASYNC else _ASYNC
    again = {m: _AGAIN_IF_TOLD if m in _UNSAFE else _AGAIN for m in (*map(str.upper, _VERBS), "")} if owner in _MOUNTING else {}
    asked = {verb: (arg(0, "url"), verb.upper()) for verb in _VERBS}
    found: list[Pattern] = [
        Requests(
            target=f"{start}{name}",
            url=url,
            method=method,
            base=base,
            join=join,
            limit=_limit(owner, method),
            tries=again.get(method),
        )
        for name, (url, method) in asked.items()
    ]
    found.append(
        Requests(
            target=f"{start}request",
            url=arg(1, "url"),
            method=arg(0, "method"),
            base=base,
            join=join,
            limit=_limit(owner, ""),
            tries=again.get(""),
        )
    )
    return found


PLUGIN = Plugin(
    name="requests",
    roots=(
        *("requests", "niquests", "curl_cffi", "requests_toolbelt", "requests_oauthlib", "authlib", "cachecontrol", "google.auth"),
        *("grequests", "requests_cache", "requests_futures", "requests_html", "treq", "requests_async"),
        "cloudscraper",
    ),
    transport="http",
    aliases={
        **dict.fromkeys(("requests.api", "requests_async", "requests_async.api"), "requests"),
        "niquests.AsyncSession": "niquests.Session",
        **dict.fromkeys(_SESSIONS, "requests.Session"),
    },
    gives=(
        Gives("requests.PreparedRequest.url", FirstOf((_FILLED, Called(Result(), ("prepare",), arg(1, "url"))))),
        Gives("requests.Request.prepare().url", Maker(arg(1, "url"))),
    ),
    passes=(Passes("cachecontrol.CacheControl", arg(0, "sess")),),
    delegates=tuple(
        Delegates(f"{owner}.{verb}", "request", (verb.upper(),)) for owner in (*_MOUNTING, *_DELEGATING) for verb in _VERBS
    ),
    patterns=(
        *(p for owner in (*_OWNERS, _ASYNC, _BASED) for p in _patterns(owner)),
        Requests(
            target="requests.Session.send",
            url=_prepared(arg(1, "url")),
            method=_prepared(arg(0, "method")),
            limit=_limit("requests.Session", ""),
            tries=_AGAIN,
        ),
    ),
)

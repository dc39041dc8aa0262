"""requests: module functions and sessions, and the drop-in clients with the same calls. No timeout unless one is given."""

from typing import Literal, TypeAlias

from flowmap.plugin_api import Entry, FirstOf, Inside, Maker, Passes, Pattern, Plugin, Receiver, Ref, Requests, arg, keyword

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_OWNERS = (
    *("requests", "requests.Session", "niquests", "niquests.Session", "curl_cffi.requests", "grequests"),
    *("treq", "treq.client.HTTPClient"),
)
_ASYNC = "niquests.a"
"""What `niquests.aget` and its like begin with."""
_SESSIONS = (
    *("authlib.integrations.requests_client.AssertionSession", "authlib.integrations.requests_client.OAuth1Session"),
    *("authlib.integrations.requests_client.OAuth2Session", "google.auth.transport.requests.AuthorizedSession"),
    *("requests.session", "requests.sessions.Session", "requests.sessions.session", "requests_cache.CachedSession"),
    *("requests_futures.sessions.FuturesSession", "requests_html.HTMLSession", "requests_oauthlib.OAuth1Session"),
    "requests_oauthlib.OAuth2Session",
)
"""What is a session with more around it."""
_BASED = "requests_toolbelt.sessions.BaseUrlSession"
_Base: TypeAlias = tuple[Ref | None, Literal["append", "rfc3986"]]
_PLAIN: _Base = (None, "append")
_BASES: dict[str, _Base] = {
    _BASED: (FirstOf((Maker(arg(0, "base_url")), Entry(Receiver(), "base_url"))), "rfc3986"),
    "niquests.Session": (Maker(keyword("base_url")), "append"),
}
"""Where the base of a URL stands, and how it is joined."""
_PREPARED = arg(0, "request")


def _prepared(ref: Ref) -> Ref:
    """Asked of the `Request` behind a prepared one: `request.prepare()`, `session.prepare_request(request)`."""
    return FirstOf((Inside(_PREPARED, Inside(arg(0, "request"), ref)), Inside(_PREPARED, Maker(ref))))


def _patterns(owner: str) -> list[Pattern]:
    base, join = _BASES.get(owner, _PLAIN)
    start = f"{owner}." if owner != _ASYNC else _ASYNC
    found: list[Pattern] = [
        Requests(target=f"{start}{verb}", url=arg(0, "url"), method=verb.upper(), base=base, join=join) for verb in _VERBS
    ]
    found.append(Requests(target=f"{start}request", url=arg(1, "url"), method=arg(0, "method"), base=base, join=join))
    return found


PLUGIN = Plugin(
    name="requests",
    roots=(
        *("requests", "niquests", "curl_cffi", "requests_toolbelt", "requests_oauthlib", "authlib", "cachecontrol", "google.auth"),
        *("grequests", "requests_cache", "requests_futures", "requests_html", "treq"),
    ),
    transport="http",
    aliases={
        "requests.api": "requests",
        "niquests.AsyncSession": "niquests.Session",
        **dict.fromkeys(_SESSIONS, "requests.Session"),
    },
    passes=(Passes("cachecontrol.CacheControl", arg(0, "sess")),),
    patterns=(
        *(p for owner in (*_OWNERS, _ASYNC, _BASED) for p in _patterns(owner)),
        Requests(target="requests.Session.send", url=_prepared(arg(1, "url")), method=_prepared(arg(0, "method"))),
    ),
)

"""requests: module functions and sessions, and the drop-in clients with the same calls. No timeout unless one is given."""

from flowmap.plugin_api import FirstOf, Inside, Maker, Pattern, Plugin, Ref, Requests, arg

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_OWNERS = ("requests", "requests.Session", "niquests", "niquests.Session", "curl_cffi.requests")
_BASED = "requests_toolbelt.sessions.BaseUrlSession"
_PREPARED = arg(0, "request")


def _prepared(ref: Ref) -> Ref:
    """Asked of the `Request` behind a prepared one: `request.prepare()`, `session.prepare_request(request)`."""
    return FirstOf((Inside(_PREPARED, Inside(arg(0, "request"), ref)), Inside(_PREPARED, Maker(ref))))


def _patterns(owner: str) -> list[Pattern]:
    base = Maker(arg(0, "base_url")) if owner == _BASED else None
    found: list[Pattern] = [
        Requests(target=f"{owner}.{verb}", url=arg(0, "url"), method=verb.upper(), base=base, join="rfc3986") for verb in _VERBS
    ]
    found.append(Requests(target=f"{owner}.request", url=arg(1, "url"), method=arg(0, "method"), base=base, join="rfc3986"))
    return found


PLUGIN = Plugin(
    name="requests",
    roots=("requests", "niquests", "curl_cffi", "requests_toolbelt", "requests_oauthlib"),
    transport="http",
    aliases={
        "requests.api": "requests",
        "requests.session": "requests.Session",
        "requests.sessions.Session": "requests.Session",
        "requests.sessions.session": "requests.Session",
        "requests_oauthlib.OAuth2Session": "requests.Session",
    },
    patterns=(
        *(p for owner in (*_OWNERS, _BASED) for p in _patterns(owner)),
        Requests(target="requests.Session.send", url=_prepared(arg(1, "url")), method=_prepared(arg(0, "method"))),
    ),
)

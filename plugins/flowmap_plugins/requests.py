"""requests: module functions and sessions, and the drop-in clients with the same calls. No timeout unless one is given."""

from flowmap.plugin_api import Pattern, Plugin, Requests, arg

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_OWNERS = ("requests", "requests.Session", "niquests", "niquests.Session", "curl_cffi.requests")


def _patterns(owner: str) -> list[Pattern]:
    found: list[Pattern] = [Requests(target=f"{owner}.{verb}", url=arg(0, "url"), method=verb.upper()) for verb in _VERBS]
    found.append(Requests(target=f"{owner}.request", url=arg(1, "url"), method=arg(0, "method")))
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
    patterns=tuple(p for owner in _OWNERS for p in _patterns(owner)),
)

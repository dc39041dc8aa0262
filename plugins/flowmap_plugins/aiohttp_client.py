"""aiohttp's client: `base_url` and path are joined as RFC 3986 says, so a leading slash drops the base's path."""

from flowmap.plugin_api import FirstOf, Maker, Passes, Pattern, Plugin, Requests, arg

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_SESSIONS = ("aiohttp.ClientSession", "aiohttp_retry.RetryClient")
_BASE = Maker(FirstOf((arg(0, "base_url"),)))


def _patterns(owner: str) -> list[Pattern]:
    found: list[Pattern] = [
        Requests(target=f"{owner}.{verb}", url=arg(0, "url"), method=verb.upper(), base=_BASE, join="rfc3986") for verb in _VERBS
    ]
    found.append(Requests(target=f"{owner}.request", url=arg(1, "url"), method=arg(0, "method"), base=_BASE, join="rfc3986"))
    found.append(Requests(target=f"{owner}.ws_connect", url=arg(0, "url"), method="GET", base=_BASE, join="rfc3986"))
    return found


PLUGIN = Plugin(
    name="aiohttp-client",
    roots=("aiohttp", "aiohttp_retry"),
    transport="http",
    aliases={"aiohttp.client.ClientSession": "aiohttp.ClientSession"},
    passes=(Passes("yarl.URL", arg(0)),),
    patterns=(
        *(p for owner in _SESSIONS for p in _patterns(owner)),
        Requests(target="aiohttp.request", url=arg(1, "url"), method=arg(0, "method")),
    ),
)

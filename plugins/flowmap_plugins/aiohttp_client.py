"""aiohttp's client: `base_url` and path are joined as RFC 3986 says, so a leading slash drops the base's path.
Five minutes, unless a session or a call says otherwise."""

from flowmap.plugin_api import (
    Const,
    Delegates,
    FirstOf,
    Format,
    Gives,
    Inside,
    Limit,
    Maker,
    Number,
    Passes,
    Pattern,
    Plugin,
    Ref,
    Requests,
    Tries,
    Wait,
    arg,
    keyword,
)

_PORT, _PATH = FirstOf((Format(":{}", (keyword("port"),)), Const(""))), FirstOf((keyword("path"), Const("")))
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_SESSIONS = ("aiohttp.ClientSession", "aiohttp_retry.RetryClient")
_BASE = Maker(FirstOf((arg(0, "base_url"),)))
_TIMEOUT = (("aiohttp.ClientTimeout", (arg(0, "total"), arg(2, "sock_read"))),)
_GIVEN = Number(keyword("timeout"), _TIMEOUT)
_UNSET = ("aiohttp.client.sentinel", "aiohttp.helpers.sentinel")
_DEFAULT = 300.0
_MADE: Ref = FirstOf((Maker(keyword("timeout")), Inside(Maker(arg(0, "client_session")), keyword("timeout"))))
_LIMIT = Limit(argument=_GIVEN, client=Number(_MADE, _TIMEOUT), default=_DEFAULT, unset=_UNSET)
_OPTIONS = tuple(f"aiohttp_retry.{kind}Retry" for kind in ("Exponential", "Random", "List", "Fibonacci", "Jitter"))
_TRIES = Tries(
    count=Number(
        FirstOf((keyword("retry_options"), Maker(arg(2, "retry_options")))),
        tuple((kind, (keyword("attempts"),)) for kind in _OPTIONS),
    ),
    default=3,
    absent=3,
    waiting=Wait.GROWING,
)
"""Of `RetryClient`, which tries three times in all."""


def _patterns(owner: str) -> list[Pattern]:
    tries = _TRIES if owner.startswith("aiohttp_retry") else None
    asked = {verb: (arg(0, "url"), verb.upper()) for verb in _VERBS}
    found: list[Pattern] = [
        Requests(target=f"{owner}.{name}", url=url, method=method, base=_BASE, join="rfc3986", limit=_LIMIT, tries=tries)
        for name, (url, method) in asked.items()
    ]
    found += [
        Requests(
            target=f"{owner}.{name}",
            url=arg(1, "url"),
            method=arg(0, "method"),
            base=_BASE,
            join="rfc3986",
            limit=_LIMIT,
            tries=tries,
        )
        for name in ("request", "_request")
    ]
    found.append(Requests(target=f"{owner}.ws_connect", url=arg(0, "url"), method="GET", base=_BASE, join="rfc3986"))
    return found


PLUGIN = Plugin(
    name="aiohttp-client",
    roots=("aiohttp", "aiohttp_retry", "yarl"),
    passive=("yarl",),
    transport="http",
    aliases={
        "aiohttp.client.ClientSession": "aiohttp.ClientSession",
        "aiohttp.client.ClientTimeout": "aiohttp.ClientTimeout",
        "aiohttp_retry.client.RetryClient": "aiohttp_retry.RetryClient",
    },
    delegates=(
        Delegates(f"{_SESSIONS[0]}.request", "_request"),
        *(Delegates(f"{_SESSIONS[0]}.{verb}", "_request", (verb.upper(),)) for verb in _VERBS),
    ),
    passes=(Passes("yarl.URL", arg(0)),),
    gives=(Gives("yarl.URL.build()", Format("{}://{}{}{}", (keyword("scheme"), keyword("host"), _PORT, _PATH))),),
    patterns=(
        *(p for owner in _SESSIONS for p in _patterns(owner)),
        Requests(
            target="aiohttp.request", url=arg(1, "url"), method=arg(0, "method"), limit=Limit(argument=_GIVEN, default=_DEFAULT)
        ),
    ),
)

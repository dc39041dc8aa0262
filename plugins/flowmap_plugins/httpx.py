"""httpx (and httpx2): a client's `base_url` is always put in front, whatever the path looks like."""

from flowmap.plugin_api import FirstOf, Held, Maker, Pattern, Plugin, Receiver, Requests, arg, keyword

_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")
_AUTHLIB = tuple(f"{way}{kind}Client" for way in ("", "Async") for kind in ("Assertion", "OAuth1", "OAuth2"))
_BASE = FirstOf((Maker(keyword("base_url")), Held(Receiver(), "base_url")))


def _patterns(owner: str, *, client: bool) -> list[Pattern]:
    base = _BASE if client else None
    found: list[Pattern] = [
        Requests(target=f"{owner}.{verb}", url=arg(0, "url"), method=verb.upper(), base=base) for verb in _VERBS
    ]
    found += [
        Requests(target=f"{owner}.{name}", url=arg(1, "url"), method=arg(0, "method"), base=base)
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
)

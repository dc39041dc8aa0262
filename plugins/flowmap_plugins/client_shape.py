"""HTTP clients of libraries that no plugin knows, by their shape: a class named `...Client`, a verb, a path.

Gives guesses only; a guess that meets an endpoint of the service it reaches is none any more."""

from flowmap.plugin_api import Entry, FirstOf, Guard, Maker, Pattern, Plugin, Receiver, Requests, arg, keyword

_VERBS = ("get", "post", "put", "patch", "delete")
_BASES = ("base_url", "api_url", "host", "api_host", "url")
_BASE = FirstOf((*(Maker(keyword(b)) for b in _BASES), *(Entry(Receiver(), b) for b in _BASES)))
_URL = FirstOf((keyword("url"), keyword("path"), keyword("endpoint"), arg(0)))


def _patterns(owner: str) -> list[Pattern]:
    path = (Guard(_URL, matching="/"),)
    found: list[Pattern] = [
        Requests(target=f"{owner}.{verb}", url=_URL, method=verb.upper(), base=_BASE, when=path) for verb in _VERBS
    ]
    url = FirstOf((keyword("url"), keyword("path"), arg(1)))
    found.append(
        Requests(target=f"{owner}.request", url=url, method=arg(0, "method"), base=_BASE, when=(Guard(url, matching="/"),))
    )
    return found


PLUGIN = Plugin(
    name="client-shape",
    roots=(),
    transport="http",
    fallback=True,
    patterns=tuple(p for owner in ("*.*Client", "*.*HttpService", "*.*HTTPService") for p in _patterns(owner)),
)

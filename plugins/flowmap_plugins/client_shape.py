"""HTTP clients of libraries that no plugin knows, by their shape: a class named `...Client` or `...Http...`, a verb, and a path or
the address of a host with a path.

Gives guesses only; a guess that meets an endpoint of the service it reaches is none any more."""

from flowmap.plugin_api import Entry, FirstOf, Guard, Maker, Pattern, Plugin, Receiver, Ref, Requests, arg, keyword

_OWNERS = ("*Client", "*Http*", "*HTTP*")
_VERBS = ("get", "post", "put", "patch", "delete")
_BASES = ("base_url", "api_url", "host", "api_host", "url")
_BASE = FirstOf((*(Maker(keyword(b)) for b in _BASES), *(Entry(Receiver(), b) for b in _BASES)))
_PATH = r"^(?!https?://[^/]+/?$)\S*/"
_HOST = r"^(https?://[^/\s]+|[\w.-]+:\d+)/?$"


def _patterns(owner: str) -> list[Pattern]:
    found: list[Pattern] = []
    for verb in _VERBS:
        found += _requests(f"*.{owner}.{verb}", verb.upper(), 0)
    return found + _requests(f"*.{owner}.request", arg(0, "method"), 1)


def _requests(target: str, method: str | Ref, first: int) -> list[Pattern]:
    """A path, or a URL, in one argument; the address of a host in one, and the path there in the next."""
    url = FirstOf((keyword("url"), keyword("path"), keyword("endpoint"), arg(first)))
    host, path = arg(first, "host"), arg(first + 1, "path")
    apart = (Guard(host, matching=_HOST), Guard(path, matching=r"^\S"))
    return [
        Requests(target=target, url=url, method=method, base=_BASE, when=(Guard(url, matching=_PATH),)),
        Requests(target=target, url=path, method=method, base=host, when=apart),
    ]


PLUGIN = Plugin(
    name="client-shape",
    roots=(),
    transport="http",
    fallback=True,
    patterns=tuple(p for owner in _OWNERS for p in _patterns(owner)),
)

"""`http.server`: classes whose methods `do_GET`, `do_POST` and so on answer to all paths and tell these apart by comparing
`self.path`, or what `urlparse` makes of it. Where nothing of that can be read, the method answers to any path."""

import re
from collections.abc import Iterator

from flowmap.plugin_api import Context, Handler, Plugin, Role, Wiring

_BASE = "http.server.BaseHTTPRequestHandler"
_VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_REST = "{**}"
_SOME = re.compile(r"(?:\[[^\]]*\]|\\[dw])[+*]?")


def endpoints(context: Context) -> list[Wiring]:
    """Every path of every method."""
    found: dict[Wiring, None] = {}
    for cls in context.subclasses(_BASE):
        methods: dict[str, Handler] = {}
        for name, handler in cls.methods():
            methods.setdefault(name, handler)
        for verb in _VERBS:
            if (method := methods.get(f"do_{verb}")) is not None:
                found.update(dict.fromkeys(_answers(context, verb, method)))
    return list(found)


def _answers(context: Context, verb: str, method: Handler) -> Iterator[Wiring]:
    answered = False
    for form, text, handler, where in context.comparisons(method, "path"):
        if (path := _path(form, text)) is not None:
            answered = True
            yield Wiring(Role.SERVE, "http", where, operation=f"{verb} {path}", handler=handler)
    if not answered:
        at = method.location
        yield Wiring(Role.SERVE, "http", (at.path, at.line, at.line), operation=f"{verb} /{_REST}", handler=method)


def _path(form: str, text: str) -> str | None:
    """The path that a text stands for; None if it is no path."""
    if not text.removeprefix("^").startswith("/"):
        return None
    if form == "matches":
        return _SOME.sub("{}", text)
    path = text.partition("?")[0]
    return f"{path}{_REST}" if form == "begins" and path.endswith("/") else path


PLUGIN = Plugin(
    name="http-server",
    roots=("http.server",),
    transport="http",
    aliases={
        "http.server.SimpleHTTPRequestHandler": _BASE,
        "http.server.CGIHTTPRequestHandler": _BASE,
    },
    listening=(
        "http.server.HTTPServer",
        "http.server.ThreadingHTTPServer",
        "socketserver.TCPServer",
        "socketserver.ThreadingTCPServer",
    ),
    recognise=endpoints,
)

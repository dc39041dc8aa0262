"""http.server: classes that answer by a method for each method of HTTP. Which paths they tell apart is decided in their bodies, so
that each answers at any path of one piece."""

from flowmap.plugin_api import Context, Plugin, Role, Wiring

_BASES = ("http.server.BaseHTTPRequestHandler", "http.server.SimpleHTTPRequestHandler")
_PREFIX = "do_"


def handlers(context: Context) -> list[Wiring]:
    """What the classes answer."""
    found: dict[Wiring, None] = {}
    for cls in (c for base in _BASES for c in context.subclasses(base)):
        for name, handler in cls.methods():
            if name.startswith(_PREFIX) and name.removeprefix(_PREFIX).isupper():
                where = (handler.location.path, handler.location.line, handler.location.end_line)
                operation = f"{name.removeprefix(_PREFIX)} /{{}}"
                found[Wiring(Role.SERVE, "http", where, operation=operation, handler=handler)] = None
    return list(found)


PLUGIN = Plugin(
    name="http-server",
    roots=("http.server",),
    listening=("http.server.HTTPServer.serve_forever", "http.server.ThreadingHTTPServer.serve_forever"),
    recognise=handlers,
)

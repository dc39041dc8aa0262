"""Tornado's server: the rules of an application, whose handlers answer by the methods that are named after those of HTTP."""

from collections.abc import Iterator

from flowmap.plugin_api import Context, Found, Handler, Plugin, Role, Wiring

_APP = "tornado.web.Application"
_RULES = {"tornado.web.url()", "tornado.web.URLSpec", "tornado.routing.Rule"}
_MATCHES = "tornado.routing.PathMatches"
_VERBS = ("get", "post", "put", "patch", "delete", "head", "options")


def rules(context: Context) -> list[Wiring]:
    """Every rule of every application: `(r"/orders/(\\d+)", Orders)`, `url(...)`, `URLSpec(...)`, `Rule(PathMatches(...), ...)`."""
    found: dict[Wiring, None] = {}
    for table in _tables(context):
        for rule in table.elements():
            found.update(dict.fromkeys(_answers(rule)))
    return list(found)


def _tables(context: Context) -> Iterator[Found]:
    for _, call in context.calls("Application"):
        if _APP in call.names():
            yield call.argument(0, "handlers")
    for callee, call in context.calls("__init__"):
        if f"{_APP}.__init__" in callee.names():
            yield from (call.argument(0, "handlers"), call.argument(1))  # of `super()`, and of the class with the object in front
    for callee, call in context.calls("add_handlers"):
        if f"{_APP}.add_handlers" in callee.names():
            yield call.argument(1, "host_handlers")


def _answers(rule: Found) -> Iterator[Wiring]:
    if rule.names() & _RULES:
        pattern, handler = rule.argument(0, "pattern"), rule.argument(1, "handler")
        pattern = pattern.argument(0) if _MATCHES in pattern.names() else pattern
    else:
        pair = list(rule.elements())[:2]
        if len(pair) < 2:
            return
        pattern, handler = pair
    methods: dict[str, Handler] = {}
    for name, method in handler.methods():
        methods.setdefault(name, method)
    for path in pattern.texts():
        for verb in (v for v in _VERBS if v in methods):
            yield Wiring(Role.SERVE, "http", rule.where, operation=f"{verb.upper()} {path}", handler=methods[verb])


PLUGIN = Plugin(
    name="tornado-web",
    roots=("tornado",),
    transport="http",
    aliases={"tornado.routing.URLSpec": "tornado.web.URLSpec"},
    recognise=rules,
)

"""django-ninja: operations of an API and of routers inside one another; a URL table of Django says where the API is."""

from collections.abc import Iterator

from flowmap.plugin_api import Context, Each, Mounts, Pattern, Placed, Plugin, Serves, arg

_VERBS = ("get", "post", "put", "patch", "delete")
_OWNERS = ("ninja.NinjaAPI", "ninja.Router")


def _routes(owner: str) -> list[Pattern]:
    found: list[Pattern] = [Serves(target=f"{owner}.{v}", path=arg(0, "path"), methods=(v.upper(),)) for v in _VERBS]
    found += [
        Serves(target=f"{owner}.api_operation", path=arg(1, "path"), methods=Each(arg(0, "methods"))),
        Serves(
            target=f"{owner}.add_api_operation",
            form="call",
            path=arg(0, "path"),
            methods=Each(arg(1, "methods")),
            handler=arg(2, "view_func"),
        ),
        Mounts(target=f"{owner}.add_router", child=arg(1, "router"), prefix=arg(0, "prefix")),
    ]
    return found


def named(context: Context) -> Iterator[Placed]:
    """Routers that are given by their dotted names: `api.add_router("/orders", "orders.api.router")`."""
    for callee, call in context.calls("add_router"):
        if callee.names() & {f"{o}.add_router" for o in _OWNERS}:
            for name in call.argument(1, "router").texts():
                module, _, attribute = name.rpartition(".")
                found = context.module(module) if module else None
                if found is not None:
                    prefix = next(iter(call.argument(0, "prefix").texts()), "")
                    yield Placed(found.get(attribute), prefix, callee.receiver())


PLUGIN = Plugin(
    name="django-ninja",
    roots=("ninja",),
    passive=("ninja",),
    transport="http",
    aliases={"ninja.main.NinjaAPI": "ninja.NinjaAPI", "ninja.router.Router": "ninja.Router"},
    patterns=tuple(p for owner in _OWNERS for p in _routes(owner)),
    places=named,
)

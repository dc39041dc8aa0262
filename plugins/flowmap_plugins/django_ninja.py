"""django-ninja, and the controllers of django-ninja-extra: operations of an API, of routers inside one another and of classes; a
URL table of Django says where the API is."""

from collections.abc import Iterator

from flowmap.plugin_api import (
    AllArguments,
    Context,
    Decorated,
    Each,
    FirstOf,
    Format,
    Inside,
    Mounts,
    Owner,
    Pattern,
    Placed,
    Plugin,
    Serves,
    arg,
)

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


_CONTROLLER = Owner(Decorated())
_PREFIX = Inside(_CONTROLLER, arg(0, "prefix_or_class"))


def _of_controllers() -> list[Pattern]:
    found: list[Pattern] = []
    for target, index, methods in (
        *((f"ninja_extra.route.{v}", 0, (v.upper(),)) for v in _VERBS),
        ("ninja_extra.route.generic", 0, None),
    ):
        path = arg(index, "path")
        found.append(
            Serves(
                target=target,
                path=FirstOf((Format("{}/{}", (_PREFIX, path)), path)),
                methods=methods or Each(arg(1, "methods")),
                router=_CONTROLLER,
            )
        )
    found.append(Mounts(target="ninja.NinjaAPI.register_controllers", child=AllArguments()))
    return found


def placed(context: Context) -> Iterator[Placed]:
    """Routers that are given by their dotted names, and controllers that an API looks for itself."""
    yield from named(context)
    for callee, _ in context.calls("auto_discover_controllers"):
        for verb in (*_VERBS, "generic"):
            for _, _, cls in context.decorated(f"ninja_extra.route.{verb}"):
                yield Placed(cls, "", callee.receiver())


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
    roots=("ninja", "ninja_extra"),
    passive=("ninja",),
    transport="http",
    aliases={
        "ninja.main.NinjaAPI": "ninja.NinjaAPI",
        "ninja.router.Router": "ninja.Router",
        "ninja_extra.NinjaExtraAPI": "ninja.NinjaAPI",
        "ninja_extra.Router": "ninja.Router",
        "ninja_extra.controllers.api_controller": "ninja_extra.api_controller",
        **{f"ninja_extra.http_{v}": f"ninja_extra.route.{v}" for v in (*_VERBS, "generic")},
        **{f"ninja_extra.controllers.http_{v}": f"ninja_extra.route.{v}" for v in (*_VERBS, "generic")},
    },
    types={"ninja_extra.api_controller@": "ninja_extra.ControllerBase"},
    patterns=(*(p for owner in _OWNERS for p in _routes(owner)), *_of_controllers()),
    places=placed,
)

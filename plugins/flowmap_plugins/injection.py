"""Containers of dependency injection that are asked for an object by its class."""

from flowmap.plugin_api import ObjectOf, Passes, Plugin, arg

_CONTAINERS = {
    "dishka.Container": ("get",),
    "dishka.AsyncContainer": ("get",),
    "injector.Injector": ("get",),
    "lagom.Container": ("resolve",),
    "punq.Container": ("resolve",),
    "svcs.Container": ("get", "aget", "get_abstract", "aget_abstract"),
    "wireup.SyncContainer": ("get",),
    "wireup.AsyncContainer": ("get",),
}

PLUGIN = Plugin(
    name="injection",
    roots=("dishka", "injector", "lagom", "punq", "svcs", "wireup"),
    types={
        "dishka.make_container()": "dishka.Container",
        "dishka.make_async_container()": "dishka.AsyncContainer",
        "dishka.Container.__call__()": "dishka.Container",
        "dishka.AsyncContainer.__call__()": "dishka.AsyncContainer",
        "wireup.create_sync_container()": "wireup.SyncContainer",
        "wireup.create_async_container()": "wireup.AsyncContainer",
    },
    aliases={
        "dishka.container.Container": "dishka.Container",
        "dishka.async_container.AsyncContainer": "dishka.AsyncContainer",
    },
    passes=tuple(Passes(f"{owner}.{method}", ObjectOf(arg(0))) for owner, methods in _CONTAINERS.items() for method in methods),
)

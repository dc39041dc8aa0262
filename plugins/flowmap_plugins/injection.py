"""Containers of dependency injection that are asked for an object by its class, and proxies that make theirs once it is needed."""

from flowmap.plugin_api import ObjectOf, Passes, Plugin, Supplied, arg

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
_PROXIES = {
    "werkzeug.local.LocalProxy": "local",
    "celery.local.Proxy": "local",
    "django.utils.functional.SimpleLazyObject": "func",
    "lazy_object_proxy.Proxy": "factory",
}

PLUGIN = Plugin(
    name="injection",
    roots=("celery", "dishka", "django", "injector", "lagom", "lazy_object_proxy", "punq", "svcs", "werkzeug", "wireup"),
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
    passes=(
        *(Passes(f"{owner}.{method}", ObjectOf(arg(0))) for owner, methods in _CONTAINERS.items() for method in methods),
        *(Passes(proxy, Supplied(arg(0, function))) for proxy, function in _PROXIES.items()),
    ),
)

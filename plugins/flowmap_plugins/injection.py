"""Dependency injection: containers that are asked for an object by its class, providers and markers that put one into a parameter,
proxies that make theirs once it is needed, and managers that load what the metadata of a package names."""

from flowmap.plugin_api import EntryPoints, ObjectOf, Passes, Plugin, Supplied, arg, keyword

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

_ROOTS = (
    "celery", "dependency_injector", "dishka", "django", "fast_depends", "faststream", "injector", "lagom", "lazy_object_proxy",
    "picodi", "punq", "stevedore", "svcs", "taskiq", "taskiq_dependencies", "werkzeug", "wireup",
)  # fmt: skip
_PROVIDERS = (
    "AbstractFactory", "AbstractSingleton", "Callable", "ContextLocalResource", "ContextLocalSingleton", "Coroutine",
    "DelegatedCallable", "DelegatedFactory", "DelegatedSingleton", "Dependency", "DependenciesContainer", "Dict", "Factory", "List",
    "Object", "Resource", "Selector", "Singleton",
    "ThreadLocalSingleton", "ThreadSafeSingleton",
)  # fmt: skip

PLUGIN = Plugin(
    name="injection",
    roots=_ROOTS,
    types={
        "dishka.make_container()": "dishka.Container",
        "dishka.make_async_container()": "dishka.AsyncContainer",
        "dishka.Container.__call__()": "dishka.Container",
        "dishka.AsyncContainer.__call__()": "dishka.AsyncContainer",
        "wireup.create_sync_container()": "wireup.SyncContainer",
        "wireup.create_async_container()": "wireup.AsyncContainer",
    },
    injectors=(
        "dependency_injector.wiring.Closing",
        "dependency_injector.wiring.Provide",
        "dependency_injector.wiring.Provider",
        "fast_depends.Depends",
        "faststream.Depends",
        "picodi.Provide",
        "taskiq.TaskiqDepends",
        "taskiq_dependencies.Depends",
    ),
    providers=tuple(f"dependency_injector.providers.{name}" for name in _PROVIDERS),
    aliases={
        "dishka.container.Container": "dishka.Container",
        "dishka.async_container.AsyncContainer": "dishka.AsyncContainer",
    },
    passes=(
        Passes("dependency_injector.providers.Container", arg(0)),
        *(Passes(f"{owner}.{method}", ObjectOf(arg(0))) for owner, methods in _CONTAINERS.items() for method in methods),
        *(Passes(proxy, Supplied(arg(0, function))) for proxy, function in _PROXIES.items()),
    ),
    declaring=tuple(
        EntryPoints(target, "driver", arg(0, "namespace"), arg(1, "name"), keyword("invoke_on_load"))
        for target in ("stevedore.DriverManager", "stevedore.driver.DriverManager")
    ),
)

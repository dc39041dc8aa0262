"""Clients that OpenAPI Generator and Swagger Codegen write, whose code is part of the repository: a method of `ApiClient` is given
the path and the method of an operation, and its configuration knows the host."""

from flowmap.plugin_api import Entry, FirstOf, Guard, Held, Plugin, Receiver, Requests, arg

_CONFIGURATION = Entry(Receiver(), "configuration")
_HOST = FirstOf((Held(_CONFIGURATION, "host"), Held(_CONFIGURATION, "_base_path")))

PLUGIN = Plugin(
    name="openapi-clients",
    roots=("urllib3", "six"),
    passive=("six",),
    transport="http",
    stated=True,
    patterns=(
        Requests(
            target="*.ApiClient.param_serialize", url=arg(1, "resource_path"), method=arg(0, "method"), base=_HOST, generated=True
        ),
        Requests(
            target="*.ApiClient.call_api",
            url=arg(0, "resource_path"),
            method=arg(1, "method"),
            base=_HOST,
            generated=True,
            when=(Guard(arg(0, "resource_path"), matching=r"^/"),),
        ),
        Requests(
            target="*.RESTClientObject.request",
            url=arg(1, "url"),
            method=arg(0, "method"),
            generated=True,
            when=(Guard(arg(1, "url"), matching=r"^https?://"),),
        ),
    ),
)

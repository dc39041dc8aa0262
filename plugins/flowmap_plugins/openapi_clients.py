"""Clients that OpenAPI Generator and Swagger Codegen write, whose code is part of the repository: a method of `ApiClient` is given
the path and the method of an operation, and its configuration knows the host. Others keep an object of `Endpoint` per operation,
which knows these, and is called itself or by its method."""

from flowmap.plugin_api import Entry, FirstOf, Guard, Held, Inside, Plugin, Receiver, Ref, Requests, arg, keyword


def _host(client: Ref, own: Ref) -> Ref:
    """Where a client sends to: the host of an operation's `own`, else what the client's configuration was given or knows."""
    configuration = Entry(client, "configuration")
    given = Inside(configuration, arg(0, "host"), scanned=True)
    return FirstOf((own, given, Held(configuration, "host"), Held(configuration, "_base_path")))


def _endpoint(method: str, *, generated: bool) -> Requests:
    settings = Entry(Receiver(), "settings")
    return Requests(
        target=f"*.api_client.Endpoint.{method}",
        url=Entry(settings, "endpoint_path"),
        method=Entry(settings, "http_method"),
        base=_host(Entry(Receiver(), "api_client"), Entry(Entry(Entry(settings, "servers"), 0), "url")),
        generated=generated,
        when=(Guard(Entry(settings, "endpoint_path"), matching=r"^/"),),
    )


PLUGIN = Plugin(
    name="openapi-clients",
    roots=("urllib3", "six", "dateutil"),
    passive=("six", "dateutil"),
    transport="http",
    stated=True,
    patterns=(
        Requests(
            target="*.ApiClient.param_serialize",
            url=arg(1, "resource_path"),
            method=arg(0, "method"),
            base=_host(Receiver(), keyword("_host")),
            generated=True,
        ),
        Requests(
            target="*.ApiClient.call_api",
            url=arg(0, "resource_path"),
            method=arg(1, "method"),
            base=_host(Receiver(), keyword("_host")),
            generated=True,
            when=(Guard(arg(0, "resource_path"), matching=r"^/"),),
        ),
        _endpoint("__call__", generated=False),
        _endpoint("call_with_http_info", generated=True),
        Requests(
            target="*.RESTClientObject.request",
            url=arg(1, "url"),
            method=arg(0, "method"),
            generated=True,
            when=(Guard(arg(1, "url"), matching=r"^https?://"),),
        ),
    ),
)

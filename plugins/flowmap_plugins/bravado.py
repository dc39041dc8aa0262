"""bravado: operations of a service by the names that its Swagger document gives them. The service is the one that the document
comes from, if it comes by a URL; a document that is read from a file of the scan says what is requested. A client waits without
end."""

from flowmap.plugin_api import FirstOf, Format, Limit, Maker, MethodName, Plugin, RemoteCalls, arg

_CLIENT = "bravado.client.SwaggerClient"

PLUGIN = Plugin(
    name="bravado",
    roots=("bravado",),
    transport="rpc",
    types={f"{_CLIENT}.from_url()": _CLIENT, f"{_CLIENT}.from_spec()": _CLIENT},
    patterns=(
        RemoteCalls(
            target=f"{_CLIENT}.*.*",
            operation=Format("{}.{}", (MethodName(up=1), MethodName())),
            address=FirstOf((Maker(arg(0, "spec_url"), only=("from_url",)), Maker(arg(1, "origin_url"), only=("from_spec",)))),
            document=Maker(arg(0, "spec_dict"), only=("from_spec",)),
            limit=Limit(),
        ),
    ),
)

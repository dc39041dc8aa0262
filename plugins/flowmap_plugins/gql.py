"""GraphQL clients: whatever is asked, it is a POST to the URL of the transport that the client was made with."""

from flowmap.plugin_api import Inside, Maker, Passes, Plugin, Receiver, Requests, arg, keyword

_TRANSPORT = Maker(keyword("transport"))

PLUGIN = Plugin(
    name="gql",
    roots=("gql", "python_graphql_client", "sgqlc"),
    transport="http",
    aliases={"gql.client.Client": "gql.Client"},
    passes=(Passes("gql.Client.connect_async", Receiver()), Passes("gql.Client.connect_sync", Receiver())),
    patterns=(
        *(
            Requests(target=f"gql.Client.{name}", url=Inside(_TRANSPORT, arg(0, "url")), method="POST")
            for name in ("execute", "execute_async", "execute_batch", "execute_sync", "subscribe")
        ),
        *(
            Requests(target=f"python_graphql_client.GraphqlClient.{name}", url=Maker(arg(0, "endpoint")), method="POST")
            for name in ("execute", "execute_async", "subscribe")
        ),
        Requests(target="sgqlc.endpoint.http.HTTPEndpoint.__call__", url=Maker(arg(0, "url")), method="POST"),
    ),
)

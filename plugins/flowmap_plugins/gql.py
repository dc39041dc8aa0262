"""GraphQL clients: whatever is asked, it is a POST to the URL of the transport that the client was made with.
What is asked asynchronously is given up after ten seconds."""

from flowmap.plugin_api import Inside, Limit, Maker, Number, Passes, Plugin, Receiver, Requests, arg, keyword

_TRANSPORT = Maker(keyword("transport"))
_SYNC = Limit(client=Number(Inside(_TRANSPORT, keyword("timeout"))))
_ASYNC = Limit(client=Number(Maker(keyword("execute_timeout"))), default=10.0)

PLUGIN = Plugin(
    name="gql",
    roots=("gql", "python_graphql_client", "sgqlc"),
    transport="http",
    aliases={"gql.client.Client": "gql.Client"},
    passes=(Passes("gql.Client.connect_async", Receiver()), Passes("gql.Client.connect_sync", Receiver())),
    patterns=(
        *(
            Requests(target=f"gql.Client.{name}", url=Inside(_TRANSPORT, arg(0, "url")), method="POST", limit=limit)
            for name, limit in (
                *((name, _SYNC) for name in ("execute", "execute_batch", "execute_sync")),
                *((name, _ASYNC) for name in ("execute_async", "subscribe")),
            )
        ),
        *(
            Requests(target=f"python_graphql_client.GraphqlClient.{name}", url=Maker(arg(0, "endpoint")), method="POST")
            for name in ("execute", "execute_async", "subscribe")
        ),
        Requests(target="sgqlc.endpoint.http.HTTPEndpoint.__call__", url=Maker(arg(0, "url")), method="POST"),
    ),
)

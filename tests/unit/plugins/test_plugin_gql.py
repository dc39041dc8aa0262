"""GraphQL clients: what is executed goes to the URL of the transport, and a query alone goes nowhere."""

from __future__ import annotations

from sightings import checks

SETUP = """
from gql import Client, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.requests import RequestsHTTPTransport

Client(transport=RequestsHTTPTransport("http://control/x")).execute(gql("{ a }"))
"""
CONTROL = "call http POST /x at control"

FORMS = [
    (
        """
        transport = RequestsHTTPTransport(url='http://stock:8000/graphql', retries=3)
        Client(transport=transport, fetch_schema_from_transport=True).execute(gql('{ a }'))
        """,
        "call http POST /graphql at stock:8000",
    ),
    (
        """
        with Client(transport=RequestsHTTPTransport('http://stock/graphql')) as session:
            session.execute(gql('{ a }'))
        """,
        "call http POST /graphql at stock",
    ),
    (
        """
        async def ask():
            async with Client(transport=AIOHTTPTransport(url='http://stock/graphql')) as session:
                await session.execute(gql('{ a }'))
        """,
        "call http POST /graphql at stock",
    ),
    (
        """
        async def ask():
            client = Client(transport=AIOHTTPTransport(url='http://stock/graphql'))
            session = await client.connect_async(reconnecting=True)
            await session.execute(gql('{ a }'))
        """,
        "call http POST /graphql at stock",
    ),
    (
        """
        async def ask():
            await Client(transport=AIOHTTPTransport(url='http://stock/graphql')).execute_async(gql('{ a }'))
        """,
        "call http POST /graphql at stock",
    ),
    (
        """
        from sgqlc.endpoint.http import HTTPEndpoint
        endpoint = HTTPEndpoint('http://stock/graphql')
        endpoint('{ a }')
        """,
        "call http POST /graphql at stock",
    ),
    (
        """
        from python_graphql_client import GraphqlClient
        GraphqlClient(endpoint='http://stock/graphql').execute(query='{ a }')
        """,
        "call http POST /graphql at stock",
    ),
]

LOOK_ALIKES = [
    "gql('{ a }')",
    "RequestsHTTPTransport('http://stock/graphql')",
    "Client(transport=RequestsHTTPTransport('http://stock/graphql'))",
    """
    from gql.dsl import DSLSchema
    DSLSchema(None)
    """,
    """
    class Client:
        def run(self): ...
        def execute(self, query): ...
    def local():
        Client().run()
    """,
    """
    def run(cursor):
        cursor.execute('http://stock/graphql')
    """,
    """
    import sqlite3
    sqlite3.connect('x').execute('/graphql')
    """,
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)

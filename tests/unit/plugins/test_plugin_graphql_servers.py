"""GraphQL applications of ASGI: the endpoint that they are, wherever they are put, and what only looks like one."""

from __future__ import annotations

from sightings import checks

SETUP = """
from ariadne import QueryType, make_executable_schema
from ariadne.asgi import GraphQL
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette_graphene3 import GraphQLApp, make_graphiql_handler

query = QueryType()
schema = make_executable_schema('type Query { count: Int }', query)
app = FastAPI()

@app.get('/control')
def control(): ...
"""
CONTROL = "serve http GET /control by control"

FORMS = [
    ("app.mount('/graphql', GraphQL(schema, debug=True))", "serve http POST /graphql by <module>"),
    (
        """
        graphql = GraphQL(schema)
        app.mount('/graphql/', graphql, name='graphql')
        """,
        "serve http POST /graphql by <module>",
    ),
    (
        "app.add_route('/graphql', GraphQL(schema))",
        "serve http GET /graphql by <module>",
        "serve http POST /graphql by <module>",
    ),
    ("application = GraphQL(schema)", "serve http POST / by <module>"),
    ("other = Starlette(routes=[Mount('/graphql', GraphQL(schema))])", "serve http POST /graphql by <module>"),
    (
        "other = Starlette(routes=[Route('/graphql', GraphQL(schema))])",
        "serve http GET /graphql by <module>",
        "serve http POST /graphql by <module>",
    ),
    ("app.mount('/graphql', GraphQLApp(schema=schema, on_get=make_graphiql_handler()))", "serve http POST /graphql by <module>"),
]

LOOK_ALIKES = [
    "app.mount('/static', StaticFiles(directory='static'))",
    "make_executable_schema('type Query { count: Int }', query)",
    """
    @query.field('count')
    def count(_, info): ...
    """,
    """
    class GraphQL:
        def __init__(self, schema): ...
    app.mount('/graphql', GraphQL(schema))
    """,
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)

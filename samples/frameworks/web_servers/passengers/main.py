"""Who travels with the line (FastAPI with Strawberry)."""

import strawberry
from fastapi import FastAPI
from strawberry.fastapi import GraphQLRouter


@strawberry.type
class Query:
    """What may be asked."""

    @strawberry.field
    def name(self, ticket: int) -> str:
        return f"holder of {ticket}"


app = FastAPI()
router: GraphQLRouter[None, None] = GraphQLRouter(  # flow: serve http POST /graphql ; serve http GET /graphql
    strawberry.Schema(query=Query)
)
app.include_router(router, prefix="/graphql")

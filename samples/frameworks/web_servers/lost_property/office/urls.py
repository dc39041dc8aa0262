"""Where the API is."""

from django.http import HttpRequest
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from strawberry.django.views import GraphQLView

from office.schema import schema
from office.things import router

api = NinjaAPI(title="Lost property")
api.add_router("/things", router)


@api.get("/health")  # flow: serve http GET /api/health handler=health
def health(request: HttpRequest) -> dict[str, str]:
    return {"well": request.path}


urlpatterns = [
    path("api/", api.urls),
    path("graphql", csrf_exempt(GraphQLView.as_view(schema=schema, graphql_ide="graphiql"))),  # flow: serve http POST /graphql
]

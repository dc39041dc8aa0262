"""Where the API is."""

from django.http import HttpRequest
from django.urls import path
from ninja import NinjaAPI

from office.things import router

api = NinjaAPI(title="Lost property")
api.add_router("/things", router)


@api.get("/health")  # flow: serve http GET /api/health handler=health
def health(request: HttpRequest) -> dict[str, str]:
    return {"well": request.path}


urlpatterns = [path("api/", api.urls)]

"""The URL table of the project."""

from django.http import HttpRequest, JsonResponse
from django.urls import include, path


def healthz(_: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


urlpatterns = [
    path("api/", include("orders.urls")),
    path("healthz/", healthz),  # flow: serve http {} /healthz/ handler=healthz
]

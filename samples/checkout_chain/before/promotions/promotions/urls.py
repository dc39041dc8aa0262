"""The URL table of the project."""

from django.urls import include, path

urlpatterns = [path("api/", include("campaigns.urls"))]

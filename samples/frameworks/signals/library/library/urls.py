"""The URL table of the project."""

from django.urls import path
from loans.views import bring_back, lend

urlpatterns = [
    path("loans/", lend),  # flow: serve http {} /loans/ handler=lend
    path("returns/", bring_back),  # flow: serve http {} /returns/ handler=bring_back
]

"""Where the gallery answers."""

from django.urls import path
from prints.views import order

urlpatterns = [path("orders/", order)]  # flow: serve http {} /orders handler=order

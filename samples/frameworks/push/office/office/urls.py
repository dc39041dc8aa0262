"""The URL table of the project."""

from django.urls import path
from kitchen.views import swap

urlpatterns = [path("shifts/<int:shift>/swap/", swap)]  # flow: serve http {} /shifts/{}/swap/ handler=swap

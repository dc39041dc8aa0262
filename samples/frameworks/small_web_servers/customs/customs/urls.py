"""Where the API is."""

from django.urls import path
from ninja_extra import NinjaExtraAPI

from customs.declarations import Declarations

api = NinjaExtraAPI(title="Customs")
api.register_controllers(Declarations)

urlpatterns = [path("api/", api.urls)]

"""Declarations of cargo (django-ninja-extra)."""

import requests
from django.conf import settings
from ninja_extra import ControllerBase, api_controller, http_get, route


@api_controller("/declarations", tags=["declarations"])
class Declarations(ControllerBase):
    """What is declared, and who brought it in."""

    @http_get("/{int:number}")  # flow: serve http GET /api/declarations/{} handler=Declarations.declared
    def declared(self, number: int) -> dict[str, str]:
        cargo = requests.get(f"{settings.GANGWAY}/cargo/{number}", timeout=2)  # flow: call http GET /cargo/{} -> gangway
        return {"declared": cargo.json()["cargo"]}

    @route.post("/{int:number}/stamp")  # flow: serve http POST /api/declarations/{}/stamp handler=Declarations.stamp
    def stamp(self, number: int) -> dict[str, int]:
        requests.post(f"{settings.PILOTS}/shifts", json={}, timeout=2)  # flow: call http POST /shifts -> pilots
        return {"stamped": number}

"""What the harbour is owed (Flask-AppBuilder)."""

import os
from typing import Any

import requests
from flask import Flask
from flask_appbuilder import AppBuilder
from flask_appbuilder.api import BaseApi, expose

CUSTOMS = os.environ["CUSTOMS_URL"]


class DuesApi(BaseApi):
    """The dues of a ship."""

    resource_name = "dues"

    @expose("/<int:number>", methods=["GET"])  # flow: serve http GET /api/v1/dues/{} handler=DuesApi.dues
    def dues(self, number: int) -> Any:
        found = requests.get(
            f"{CUSTOMS}/api/declarations/{number}", timeout=2
        )  # flow: call http GET /api/declarations/{} -> customs
        return self.response(200, result=found.json())


def create_app() -> Flask:
    app = Flask(__name__)
    with app.app_context():
        AppBuilder(app).add_api(DuesApi)
    return app

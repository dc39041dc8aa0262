"""What the harbour is owed (Flask-AppBuilder)."""

import os
from typing import Any, ClassVar

import requests
from flask import Flask
from flask_appbuilder import AppBuilder, Model
from flask_appbuilder.api import BaseApi, ModelRestApi, expose
from flask_appbuilder.models.sqla.interface import SQLAInterface
from sqlalchemy import Column, Integer

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


class Payment(Model):
    """What a ship has paid."""

    __tablename__ = "payment"

    number = Column(Integer, primary_key=True)


class PaymentsApi(ModelRestApi):
    """The payments, to be listed only."""

    resource_name = "payments"
    datamodel = SQLAInterface(Payment)
    include_route_methods: ClassVar = {"get_list"}


def create_app() -> Flask:
    app = Flask(__name__)
    with app.app_context():
        builder = AppBuilder(app)
        builder.add_api(DuesApi)
        builder.add_api(PaymentsApi)  # flow: serve http GET /api/v1/payments
    return app

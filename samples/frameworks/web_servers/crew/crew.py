"""Who works on which sailing (Flask with flask-smorest)."""

import os
from xmlrpc.client import ServerProxy

from flask import Flask
from flask.views import MethodView
from flask_smorest import Api, Blueprint
from urllib3 import HTTPConnectionPool

blp = Blueprint("rosters", __name__, url_prefix="/rosters")
timetable = HTTPConnectionPool(os.environ["TIMETABLE_HOST"], port=8000, timeout=2)
payroll = ServerProxy(os.environ["PAYROLL_URL"], allow_none=True)
ROSTERS: dict[str, list[str]] = {}


@blp.route("/<route>")  # flow: serve http GET /crew/rosters/{} handler=Roster.get ; serve http PUT /crew/rosters/{}
class Roster(MethodView):
    """Who works on the sailings of a route."""

    @blp.response(200)
    def get(self, route: str) -> dict[str, list[str]]:
        path = f"/v1/routes/{route}/departures"
        departures = timetable.request("GET", path, retries=3)  # flow: call http GET /v1/routes/{}/departures -> timetable
        return {sailing: ROSTERS.get(sailing, []) for sailing in departures.json()}

    @blp.response(204)
    def put(self, route: str) -> None:
        for name in ROSTERS.pop(route, []):
            payroll.hours.add(name, 8)  # flow: call rpc hours.add -> payroll


def create_app() -> Flask:
    app = Flask(__name__)
    app.config.update(API_TITLE="Crew", API_VERSION="v1", OPENAPI_VERSION="3.0.3")
    Api(app).register_blueprint(blp, url_prefix="/crew/rosters")
    return app

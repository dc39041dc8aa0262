"""Who works on which sailing (Flask with flask-smorest)."""

import os

import httpx
from flask import Flask
from flask.views import MethodView
from flask_smorest import Api, Blueprint

blp = Blueprint("rosters", __name__, url_prefix="/rosters")
ROSTERS: dict[str, list[str]] = {}


@blp.route("/<route>")  # flow: serve http GET /crew/rosters/{} handler=Roster.get ; serve http PUT /crew/rosters/{}
class Roster(MethodView):
    """Who works on the sailings of a route."""

    @blp.response(200)
    def get(self, route: str) -> dict[str, list[str]]:
        base = os.environ["TIMETABLE_URL"]
        departures = httpx.get(f"{base}/v1/routes/{route}/departures")  # flow: call http GET /v1/routes/{}/departures -> timetable
        return {sailing: ROSTERS.get(sailing, []) for sailing in departures.json()}

    @blp.response(204)
    def put(self, route: str) -> None:
        ROSTERS.pop(route, None)


def create_app() -> Flask:
    app = Flask(__name__)
    app.config.update(API_TITLE="Crew", API_VERSION="v1", OPENAPI_VERSION="3.0.3")
    Api(app).register_blueprint(blp, url_prefix="/crew/rosters")
    return app

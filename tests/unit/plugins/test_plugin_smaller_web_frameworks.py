"""Robyn, BlackSheep, Flask-Classful, Flask-AppBuilder, django-ninja-extra and Emmett, and what only looks like them."""

from __future__ import annotations

from sightings import checks_of_each

ROBYN = """
from robyn import Robyn, SubRouter
app = Robyn(__file__)
def x(): ...
"""
BLACKSHEEP = """
from blacksheep import Application, Router, get, post, route
from blacksheep.server.controllers import APIController, Controller, get as get_in, patch
app = Application()
"""
CLASSFUL = """
from flask import Blueprint, Flask
from flask_classful import FlaskView, method, route
app = Flask(__name__)
"""
BUILDER = """
from flask_appbuilder import AppBuilder, BaseView, ModelRestApi, expose
from flask_appbuilder.api import BaseApi
"""
NINJA = """
from ninja_extra import ControllerBase, NinjaExtraAPI, api_controller, http_get, route
api = NinjaExtraAPI()
"""
EMMETT = """
from emmett import App
app = App(__name__)
"""

FORMS = [
    (ROBYN, "@app.get('/x/:id')\nasync def y(request): ...", "serve http GET /x/{} by y"),
    (ROBYN, "@app.get('/x/*rest')\nasync def y(request): ...", "serve http GET /x/{**} by y"),
    (ROBYN, "app.add_route('PUT', '/x', x)", "serve http PUT /x by x"),
    (ROBYN, "from robyn import HttpMethod\napp.add_route(HttpMethod.POST, '/x', x)", "serve http POST /x by x"),
    (
        ROBYN,
        """
        api = SubRouter(__name__, prefix='/api')
        users = SubRouter('/users')
        old = SubRouter(__file__, '/old')
        @api.post('/b')
        def b(): ...
        @users.put('/:id')
        def u(): ...
        @old.delete('/z')
        def z(): ...
        api.include_router(users)
        app.include_router(api)
        app.include_router(old)
        """,
        "serve http DELETE /old/z by z",
        "serve http POST /api/b by b",
        "serve http PUT /api/users/{} by u",
    ),
    (BLACKSHEEP, "@app.router.get('/x/{id}')\ndef x(): ...", "serve http GET /x/{} by x"),
    (BLACKSHEEP, "g = app.router.get\n@g('/x')\ndef x(): ...", "serve http GET /x by x"),
    (BLACKSHEEP, "def x(): ...\napp.router.add_post('/x/:id', x)", "serve http POST /x/{} by x"),
    (BLACKSHEEP, "def x(): ...\napp.router.add('GET', '*', x)", "serve http GET /{**} by x"),
    (BLACKSHEEP, "@get('/x')\ndef x(): ...", "serve http GET /x by x"),
    (BLACKSHEEP, "@get()\ndef x(): ...", "serve http GET / by x"),
    (
        BLACKSHEEP,
        "@app.route('/x', methods=['POST', 'PUT'])\ndef x(): ...",
        "serve http POST /x by x",
        "serve http PUT /x by x",
    ),
    (BLACKSHEEP, "@route('/x', methods=['DELETE'])\ndef x(): ...", "serve http DELETE /x by x"),
    (BLACKSHEEP, "class Cats(APIController):\n    @get_in(':id')\n    def x(self): ...", "serve http GET /api/cats/{} by Cats.x"),
    (
        BLACKSHEEP,
        """
        class Dogs(APIController):
            @classmethod
            def version(cls): return 'v2'
            @patch()
            def y(self): ...
        """,
        "serve http PATCH /api/v2/dogs by Dogs.y",
    ),
    (
        BLACKSHEEP,
        """
        class Home(Controller):
            @classmethod
            def route(cls): return '/home'
            @get('/x')
            def x(self): ...
        class Plain(Controller):
            route = 'plain'
            @post()
            def z(self): ...
        """,
        "serve http GET /home/x by Home.x",
        "serve http POST /plain by Plain.z",
    ),
    (
        BLACKSHEEP,
        """
        child = Application()
        @child.router.get('/k')
        def k(): ...
        app.mount('/sub', child)
        """,
        "serve http GET /sub/k by k",
    ),
    (
        CLASSFUL,
        """
        class QuotesView(FlaskView):
            def index(self): ...
            def get(self, id): ...
            @route('/x/<y>', methods=['POST'])
            def other(self, y): ...
            def random(self): ...
            @method('POST')
            def make(self, n, z=1): ...
            def _hidden(self): ...
            def before_request(self): ...
        QuotesView.register(app)
        """,
        "serve http GET /quotes by QuotesView.index",
        "serve http GET /quotes/random by QuotesView.random",
        "serve http GET /quotes/{} by QuotesView.get",
        "serve http POST /quotes/make/{} by QuotesView.make",
        "serve http POST /quotes/x/{} by QuotesView.other",
    ),
    (
        CLASSFUL,
        """
        class BigThingView(FlaskView):
            route_prefix = '/pre'
            def index(self): ...
        bp = Blueprint('b', __name__, url_prefix='/bp')
        BigThingView.register(bp)
        BigThingView.register(app, route_base='/big')
        app.register_blueprint(bp)
        """,
        "serve http GET /bp/pre/big-thing by BigThingView.index",
        "serve http GET /pre/big by BigThingView.index",
    ),
    (
        BUILDER,
        """
        class GreetingApi(BaseApi):
            resource_name = 'greeting'
            @expose('/<int:pk>', methods=['POST', 'DELETE'])
            def g(self): ...
        class Model(ModelRestApi):
            @expose('/x')
            def x(self): ...
        """,
        "serve http DELETE /api/v1/greeting/{} by GreetingApi.g",
        "serve http GET /api/v1/model/x by Model.x",
        "serve http POST /api/v1/greeting/{} by GreetingApi.g",
    ),
    (
        BUILDER,
        """
        class Orders(ModelRestApi):
            include_route_methods = {'get', 'get_list', 'export'}
        class Bills(ModelRestApi):
            resource_name = 'bill'
            exclude_route_methods = ('info', 'get', 'put', 'delete', 'related')
            @expose('/', methods=['POST'])
            def post(self): ...
        class Never(ModelRestApi): ...
        class Told(ModelRestApi):
            include_route_methods = somebody.says()
        appbuilder = AppBuilder()
        appbuilder.add_api(Told)
        appbuilder.add_api(Orders)
        appbuilder.add_api(Bills)
        appbuilder.add_api(Bills)
        """,
        "serve http GET /api/v1/bill by Bills",
        "serve http GET /api/v1/orders by Orders",
        "serve http GET /api/v1/orders/{} by Orders",
        "serve http POST /api/v1/bill by Bills.post",
    ),
    (BUILDER, "class MyView(BaseView):\n    @expose('/m')\n    def m(self): ...", "serve http GET /myview/m by MyView.m"),
    (
        BUILDER,
        "class Own(BaseView):\n    route_base = '/o'\n    @expose('/', methods=['GET'])\n    def m(self): ...",
        "serve http GET /o by Own.m",
    ),
    (
        NINJA,
        """
        @api_controller('/users')
        class Users(ControllerBase):
            @http_get('/{int:id}')
            def one(self, id): ...
            @route.put('')
            def change(self): ...
        @api_controller
        class Bare:
            @http_get('/bare')
            def bare(self): ...
        api.register_controllers(Users, Bare)
        """,
        "serve http GET /bare by Bare.bare",
        "serve http GET /users/{} by Users.one",
        "serve http PUT /users by Users.change",
    ),
    (EMMETT, "@app.route('/x/<int:y>', methods=['get'])\nasync def x(y): ...", "serve http GET /x/{} by x"),
    (EMMETT, "@app.route()\nasync def named(): ...", "serve http GET /named by named"),
    (
        EMMETT,
        "m = app.module(__name__, 'api', url_prefix='api')\n@m.route('/z', methods='delete')\nasync def z(): ...",
        "serve http DELETE /api/z by z",
    ),
]

LOOK_ALIKES = [
    (ROBYN, "@app.before_request('/x')\ndef y(): ..."),
    (ROBYN, "@app.exception\ndef y(): ..."),
    (ROBYN, "app.serve_directory('/x', 'folder')"),
    (BLACKSHEEP, "class Cats(APIController):\n    def x(self): ..."),
    (BLACKSHEEP, "@app.on_start\nasync def x(app): ..."),
    (BLACKSHEEP, "app.serve_files('x')"),
    (CLASSFUL, "class QuotesView(FlaskView):\n    def index(self): ..."),
    (CLASSFUL, "class QuotesView:\n    def index(self): ...\nQuotesView.register(app)"),
    (BUILDER, "class X(BaseView):\n    def x(self): ..."),
    (NINJA, "class X(ControllerBase):\n    def x(self): ..."),
    (EMMETT, "@app.command('x')\ndef x(): ..."),
]
test_a_form_is_found, test_a_look_alike_is_not = checks_of_each(FORMS, LOOK_ALIKES)

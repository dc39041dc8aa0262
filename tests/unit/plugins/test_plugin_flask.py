"""Flask, Quart and Flask-RESTful: rules, blueprints, views and resources, and what only looks like them."""

from __future__ import annotations

from sightings import checks

SETUP = """
from flask import Blueprint, Flask
from flask.views import MethodView

app = Flask(__name__)

@app.route("/control")
def control(): ...
"""
CONTROL = "serve http GET /control by control"

FORMS = [
    ("@app.route('/orders')\ndef orders(): ...", "serve http GET /orders by orders"),
    (
        """
        @app.route('/orders', methods=['GET', 'POST'])
        def orders(): ...
        """,
        "serve http GET /orders by orders",
        "serve http POST /orders by orders",
    ),
    ("@app.route(rule='/orders', methods=('put',))\ndef orders(): ...", "serve http PUT /orders by orders"),
    ("@app.route('/orders/<int:number>/')\ndef order(number): ...", "serve http GET /orders/{} by order"),
    ("@app.get('/orders')\ndef orders(): ...", "serve http GET /orders by orders"),
    ("@app.post('/orders')\ndef orders(): ...", "serve http POST /orders by orders"),
    ("@app.put('/orders')\ndef orders(): ...", "serve http PUT /orders by orders"),
    ("@app.patch('/orders')\ndef orders(): ...", "serve http PATCH /orders by orders"),
    ("@app.delete('/orders')\ndef orders(): ...", "serve http DELETE /orders by orders"),
    ("def orders(): ...\napp.add_url_rule('/orders', 'orders', orders, methods=['POST'])", "serve http POST /orders by orders"),
    ("def orders(): ...\napp.add_url_rule('/orders', view_func=orders)", "serve http GET /orders by orders"),
    (
        """
        class Orders(MethodView):
            def get(self): ...
            def post(self): ...
            def helper(self): ...
        app.add_url_rule('/orders', view_func=Orders.as_view('orders'))
        """,
        "serve http GET /orders by Orders.get",
        "serve http POST /orders by Orders.post",
    ),
    (
        """
        from apiflask import APIBlueprint
        bp = APIBlueprint('orders', __name__, url_prefix='/api')
        class Orders(MethodView):
            def patch(self, order): ...
            def helper(self): ...
        bp.add_url_rule('/orders/<order>/', view_func=Orders)
        """,
        "serve http PATCH /api/orders/{} by Orders.patch",
    ),
    (
        """
        bp = Blueprint('orders', __name__, url_prefix='/own')
        class Orders(MethodView):
            def get(self): ...
            def post(self): ...
            def helper(self): ...
        bp.add_url_rule('/x', view_func=Orders.as_view('orders'))
        app.register_blueprint(bp)
        """,
        "serve http GET /own/x by Orders.get",
        "serve http POST /own/x by Orders.post",
    ),
    (
        """
        def wrapped(f):
            return f
        def orders(): ...
        app.add_url_rule('/orders', view_func=wrapped(orders))
        """,
        "serve http GET /orders by orders",
    ),
    (
        """
        bp = Blueprint('orders', __name__, url_prefix='/orders')
        @bp.post('<number>/lines')
        def add(number): ...
        app.register_blueprint(bp)
        """,
        "serve http POST /orders/{}/lines by add",
    ),
    (
        """
        bp = Blueprint('orders', __name__, url_prefix='/orders')
        @bp.route('/<n>')
        def order(n): ...
        app.register_blueprint(bp)
        """,
        "serve http GET /orders/{} by order",
    ),
    (
        """
        bp = Blueprint('orders', __name__, url_prefix='/own')
        @bp.get('/x')
        def x(): ...
        app.register_blueprint(bp, url_prefix='/other')
        """,
        "serve http GET /other/x by x",
    ),
    (
        """
        bp = Blueprint('orders', __name__)
        @bp.post('/x')
        def x(): ...
        app.register_blueprint(bp, url_prefix='/orders')
        """,
        "serve http POST /orders/x by x",
    ),
    (
        """
        inner = Blueprint('i', __name__, url_prefix='/items')
        outer = Blueprint('o', __name__, url_prefix='/orders')
        @inner.get('/x')
        def x(): ...
        outer.register_blueprint(inner)
        app.register_blueprint(outer)
        """,
        "serve http GET /orders/items/x by x",
    ),
    (
        """
        def make():
            made = Flask('x')
            @made.route('/x')
            def x(): ...
            return made
        """,
        "serve http GET /x by make.x",
    ),
    (
        """
        import quart
        q = quart.Quart(__name__)
        @q.post('/orders')
        async def orders(): ...
        """,
        "serve http POST /orders by orders",
    ),
    (
        """
        import quart
        q = quart.Quart(__name__)
        @q.websocket('/live')
        async def live(): ...
        """,
        "serve http GET /live by live",
    ),
    (
        """
        from flask_restful import Api, Resource
        class Orders(Resource):
            def get(self): ...
            def delete(self): ...
        Api(app).add_resource(Orders, '/orders', '/orders/<n>')
        """,
        "serve http GET /orders by Orders.get",
        "serve http DELETE /orders by Orders.delete",
        "serve http GET /orders/{} by Orders.get",
        "serve http DELETE /orders/{} by Orders.delete",
    ),
    (
        """
        from flask_restful import Api, Resource
        class Orders(Resource):
            def get(self): ...
        Api(app, prefix='/api').add_resource(Orders, '/orders')
        """,
        "serve http GET /api/orders by Orders.get",
    ),
    (
        """
        from flask_restful import Api, Resource
        bp = Blueprint('api', __name__, url_prefix='/api')
        api = Api(bp)
        class Orders(Resource):
            def get(self): ...
        api.add_resource(Orders, '/orders')
        app.register_blueprint(bp)
        """,
        "serve http GET /api/orders by Orders.get",
    ),
    (
        """
        from flask_restx import Api, Resource
        api = Api(app)
        ns = api.namespace('orders')
        @ns.route('/x')
        class Orders(Resource):
            def get(self): ...
        """,
        "serve http GET /orders/x by Orders.get",
    ),
    (
        """
        from flask_restx import Namespace, Resource
        ns = Namespace('orders', path='/o')
        @ns.route('/x')
        class Orders(Resource):
            def post(self): ...
        """,
        "serve http POST /o/x by Orders.post",
    ),
    (
        """
        @app.route('/files/<path:name>')
        def files(name): ...
        """,
        "serve http GET /files/{**} by files",
    ),
    (
        """
        from flask import Blueprint
        from flask_restx import Api, Namespace, Resource
        v1 = Blueprint('v1', __name__, url_prefix='/v1')
        api = Api(v1)
        ns = Namespace('orders')
        @ns.route('/', '/<int:number>')
        class Orders(Resource):
            def get(self, number=None): ...
            def put(self, number): ...
            def helper(self): ...
        api.add_namespace(ns)
        app.register_blueprint(v1)
        """,
        "serve http GET /v1/orders by Orders.get",
        "serve http GET /v1/orders/{} by Orders.get",
        "serve http PUT /v1/orders by Orders.put",
        "serve http PUT /v1/orders/{} by Orders.put",
    ),
    (
        """
        from flask_restx import Api, Namespace, Resource
        api = Api(app, prefix='/api')
        ns = Namespace('orders')
        @ns.route('/x')
        class Orders(Resource):
            def get(self): ...
        api.add_namespace(ns, path='/other')
        """,
        "serve http GET /api/other/x by Orders.get",
    ),
    (
        """
        from flask_restx import Api, Resource
        api = Api()
        api.init_app(app)
        class Base(Resource):
            def delete(self): ...
        @api.route('/x')
        class Orders(Base): ...
        """,
        "serve http DELETE /x by Base.delete",
    ),
    (
        """
        from flask_restful import Api, Resource
        api = Api(app, prefix='/v2')
        @api.resource('/x', '/y')
        class Orders(Resource):
            def get(self): ...
        """,
        "serve http GET /v2/x by Orders.get",
        "serve http GET /v2/y by Orders.get",
    ),
    (
        """
        from flask_restful import Api, Resource
        api = Api(prefix='/v2')
        class Orders(Resource):
            def get(self): ...
        api.add_resource(Orders, '/x', endpoint='orders')
        api.init_app(app)
        """,
        "serve http GET /v2/x by Orders.get",
    ),
    (
        """
        from flask_restful import Api, Resource
        class Orders(Resource):
            def get(self): ...
        def add(to):
            to.add_resource(Orders, '/x')
        add(Api(app, prefix='/v2'))
        """,
        "serve http GET /v2/x by Orders.get",
    ),
    (
        """
        from flask_restful import Api, Resource
        class Orders(Resource):
            def get(self): ...
        def add(to):
            to.add_resource(Orders, '/x')
        bp = Blueprint('bp', __name__, url_prefix='/api')
        add(Api(bp))
        add(Api(app, prefix='/v2'))
        app.register_blueprint(bp)
        """,
        "serve http GET /api/x by Orders.get",
        "serve http GET /v2/x by Orders.get",
    ),
    (
        """
        from flask_restful import Api, Resource
        class Orders(Resource):
            def get(self): ...
        def add(to: Api):
            to.add_resource(Orders, '/x')
        import theirs
        add(theirs.api)
        """,
        "serve http GET /x by Orders.get",
    ),
    (
        """
        from flask_restplus import Api, Namespace, Resource
        ns = Namespace('orders')
        class Orders(Resource):
            def get(self): ...
        ns.add_resource(Orders, '/x')
        Api(app).add_namespace(ns)
        """,
        "serve http GET /orders/x by Orders.get",
    ),
    (
        """
        from flask_smorest import Api, Blueprint
        blp = Blueprint('orders', __name__, url_prefix='/orders')
        @blp.route('/x')
        class Orders(MethodView):
            @blp.response(200)
            def get(self): ...
        @blp.route('/y', methods=['PUT'])
        def y(): ...
        Api(app).register_blueprint(blp, url_prefix='/other')
        """,
        "serve http GET /other/x by Orders.get",
        "serve http PUT /other/y by y",
    ),
    (
        """
        from flask_smorest import Blueprint as Base
        class Own(Base): ...
        blp = Own('orders', __name__, url_prefix='/orders')
        @blp.get('/x')
        def x(): ...
        """,
        "serve http GET /orders/x by x",
    ),
    (
        """
        from apiflask import APIBlueprint, APIFlask
        api = APIFlask(__name__)
        bp = APIBlueprint('orders', __name__, url_prefix='/orders')
        @bp.post('/x')
        def x(): ...
        api.register_blueprint(bp)
        """,
        "serve http POST /orders/x by x",
    ),
    (
        """
        from flask_openapi3 import APIBlueprint, APIView, OpenAPI
        openapi = OpenAPI(__name__)
        bp = APIBlueprint('orders', __name__, url_prefix='/orders')
        @bp.post('/x')
        def x(): ...
        openapi.register_api(bp)
        view = APIView(url_prefix='/views')
        @view.route('/y')
        class Orders:
            def get(self): ...
        openapi.register_api_view(view)
        """,
        "serve http POST /orders/x by x",
        "serve http GET /views/y by Orders.get",
    ),
    (
        """
        from auth import login
        def x(): ...
        app.add_url_rule('/x', view_func=login.required(x))
        """,
        "serve http GET /x by <module>",
    ),
    (
        """
        import strawberry
        from strawberry.flask.views import GraphQLView
        app.add_url_rule('/graphql', view_func=GraphQLView.as_view('graphql', schema=strawberry.Schema(object)))
        """,
        "serve http GET /graphql by <module>",
        "serve http POST /graphql by <module>",
    ),
]

LOOK_ALIKES = [
    "from flask_smorest import Blueprint\nBlueprint('orders', __name__).response(200)",
    "from flask_restful import Resource\nclass Orders(Resource):\n    def get(self): ...\nOrders.as_view('orders')",
    "from flask_restx import Namespace, Resource\nclass Orders(Resource):\n    def get(self): ...",
    "from flask_restx import Namespace\nns = Namespace('orders')\n@ns.route('/x')\nclass Orders:\n    def helper(self): ...",
    "from flask_restx import Namespace\nns = Namespace('orders')\n@ns.errorhandler(KeyError)\ndef failed(e): ...",
    "@app.errorhandler(404)\ndef missing(error): ...",
    "@app.before_request\ndef begin(): ...",
    "@app.after_request\ndef end(response): ...",
    "@app.teardown_appcontext\ndef stop(error): ...",
    "@app.context_processor\ndef add(): ...",
    "@app.cli.command('orders')\ndef orders(): ...",
    "@app.template_filter('orders')\ndef orders(text): ...",
    """
    class Orders(MethodView):
        def get(self): ...
        def post(self): ...
        def helper(self): ...
    """,
    "bp = Blueprint('orders', __name__, url_prefix='/orders')\napp.register_blueprint(bp)",
    "from flask import url_for\nurl_for('control')",
    "from flask import redirect\nredirect('/orders')",
    "from flask import request\nrequest.args.get('/orders')",
    "app.config.get('/orders')",
    "app.test_client().get('/orders')",
    "app.run(port=8000)",
    "from flask_login import login_required\n@login_required\ndef orders(): ...",
    "{}.get('/orders')",
    """
    class Train:
        def route(self, path):
            return lambda f: f
    train = Train()
    @train.route('/orders')
    def orders(): ...
    """,
    "from flask_restful import Resource\nclass Orders(Resource):\n    def get(self): ...",
    """
    class Api:
        def add_resource(self, cls, path): ...
    class Orders:
        def get(self): ...
    Api().add_resource(Orders, '/orders')
    """,
    """
    from flask_caching import Cache
    cache = Cache(app)
    @cache.cached(timeout=5)
    def orders(): ...
    """,
    """
    from flask_sockets import Sockets
    sockets = Sockets(app)
    @sockets.on('orders')
    def orders(data): ...
    """,
    "app.url_map.add(None)",
    "app.jinja_env.globals.update(orders='/orders')",
    "from flask import current_app\ncurrent_app.logger.info('/orders')",
    "from flask import jsonify\njsonify(path='/orders')",
    "app.secret_key = '/orders'",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)

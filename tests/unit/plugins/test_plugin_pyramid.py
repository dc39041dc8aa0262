"""Pyramid and cornice: views of routes that are known by name, and services with a decorator for each method."""

from __future__ import annotations

from sightings import checks

SETUP = """
from pyramid.config import Configurator
from pyramid.view import view_config, view_defaults

def routes(config):
    config.add_route("loans", "/loans")
    config.add_route("loan", pattern="/loans/{id}")

def main(settings):
    config = Configurator(settings=settings)
    config.add_route("page", "pages/{year:\\\\d{4}}/*rest")
    config.include(routes)
    config.scan()

@view_config(route_name="page", request_method="GET")
def page(request): ...
"""
CONTROL = "serve http GET /pages/{}/{**} by page"

FORMS = [
    ("@view_config(route_name='loans', request_method='POST')\ndef lend(request): ...", "serve http POST /loans by lend"),
    ("@view_config(route_name='loan')\ndef show(request): ...", "serve http {} /loans/{} by show"),
    (
        "@view_config(route_name='loan', request_method=('PUT', 'PATCH'))\ndef extend(request): ...",
        "serve http PATCH /loans/{} by extend",
        "serve http PUT /loans/{} by extend",
    ),
    (
        """
        @view_config(route_name='loans', request_method='GET')
        @view_config(route_name='loan', request_method='GET')
        def both(request): ...
        """,
        "serve http GET /loans by both",
        "serve http GET /loans/{} by both",
    ),
    (
        """
        @view_defaults(route_name='loan', renderer='json')
        class Loan:
            @view_config(request_method='GET')
            def show(self): ...
            @view_config(request_method='DELETE')
            def end(self): ...
            @view_config(route_name='loans', request_method='POST')
            def lend(self): ...
        """,
        "serve http DELETE /loans/{} by Loan.end",
        "serve http GET /loans/{} by Loan.show",
        "serve http POST /loans by Loan.lend",
    ),
    (
        """
        def lend(request): ...
        def includeme(config):
            config.add_view(lend, route_name='loans', request_method='POST')
        """,
        "serve http POST /loans by lend",
    ),
    (
        """
        def lend(request): ...
        Configurator().add_view(view=lend, route_name='loans', request_method='POST')
        """,
        "serve http POST /loans by lend",
    ),
    (
        """
        from cornice import Service
        loans = Service(name='l', path='/v1/loans')
        @loans.get()
        def every(request): ...
        @loans.post(validators=(int,))
        def lend(request): ...
        """,
        "serve http GET /v1/loans by every",
        "serve http POST /v1/loans by lend",
    ),
    (
        """
        from cornice.resource import resource
        @resource(collection_path='/v1/loans', path='/v1/loans/{id}')
        class Loans:
            def collection_get(self): ...
            def get(self): ...
            def helper(self): ...
        """,
        "serve http GET /v1/loans by Loans.collection_get",
        "serve http GET /v1/loans/{} by Loans.get",
    ),
]

LOOK_ALIKES = [
    "@view_config(context=ValueError)\ndef failed(error, request): ...",
    "@view_config(route_name='unknown')\ndef lost(request): ...",
    "@view_config\ndef bare(request): ...",
    "@view_defaults(route_name='loan')\nclass Loan:\n    def show(self): ...",
    "from house import view_config as own\n@own(route_name='loans')\ndef lend(request): ...",
    "class Map:\n    def add_view(self, view, route_name): ...\ndef lend(request): ...\nMap().add_view(lend, route_name='loans')",
    "class Map:\n    def add_route(self, name, pattern): ...\nMap().add_route('unknown', '/x')",
    "from cornice import Service\nloans = Service(name='l', path='/v1/loans')",
    "from house import Service\nloans = Service(name='l', path='/v1/loans')\n@loans.get()\ndef every(request): ...",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)

"""The library's process."""

from pyramid.config import Configurator
from pyramid.router import Router
from waitress import serve


def application() -> Router:
    with Configurator() as config:
        config.include("cornice")
        config.include("routes")
        config.scan("views")
        return config.make_wsgi_app()


if __name__ == "__main__":
    serve(application(), port=6543)

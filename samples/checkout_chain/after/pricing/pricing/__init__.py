"""The pricing service: list prices less what the promotions give."""

from flask import Flask

from pricing.copies import copies
from pricing.quotes import quotes


def create_app() -> Flask:
    """The WSGI application."""
    app = Flask(__name__)
    app.register_blueprint(quotes, url_prefix="/quotes")
    copies.start()

    @app.get("/healthz")  # flow: serve http GET /healthz
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    return app

"""The pricing service: list prices less what the promotions give."""

from flask import Flask

from pricing.quotes import quotes


def create_app() -> Flask:
    """The WSGI application."""
    app = Flask(__name__)
    app.config.from_prefixed_env("PRICING")
    app.register_blueprint(quotes, url_prefix="/quotes")

    @app.get("/healthz")  # flow: serve http GET /healthz
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    return app

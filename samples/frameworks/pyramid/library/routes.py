"""The routes by their names."""

from pyramid.config import Configurator


def includeme(config: Configurator) -> None:
    config.add_route("loans", "/loans")
    config.add_route("loan", "/loans/{loan_id}")

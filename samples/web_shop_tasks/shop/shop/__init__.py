"""The web shop: a Django project with its Celery application."""

from shop.celery import app as celery_app

__all__ = ["celery_app"]

"""Django settings of the shop; web, worker and beat processes share them."""

import os

from celery.schedules import crontab

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "only-for-development")
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "shop.urls"
WSGI_APPLICATION = "shop.wsgi.application"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "orders"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ.get("DB_HOST", "localhost"),
        "NAME": "shop",
        "USER": "shop",
        "PASSWORD": os.environ.get("DB_PASSWORD", ""),
    }
}

REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
LIVE_PREFIX = os.environ.get("LIVE_PREFIX", "live:orders")
TAX_ADDRESS = os.environ["TAX_ADDRESS"]
UNPAID_AFTER_SECONDS = 30 * 60

CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "redis://localhost:6379/1")
CELERY_TASK_ROUTES = {"reports.*": {"queue": "reports"}}
CELERY_BEAT_SCHEDULE = {
    "purge-cancelled-orders": {
        "task": "orders.tasks.purge_cancelled",  # flow: publish celery orders.tasks.purge_cancelled
        "schedule": crontab(hour="3", minute="15"),
    },
    "daily-sales": {
        "task": "reports.daily_sales",  # flow: publish celery reports.daily_sales
        "schedule": crontab(hour="5", minute="0"),
    },
}

"""Django settings."""

import os

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "only-for-development")
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "promotions.urls"
WSGI_APPLICATION = "promotions.wsgi.application"
INSTALLED_APPS = ["rest_framework", "campaigns"]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
}

REDIS_URL = os.environ["REDIS_URL"]
CAMPAIGN_STREAMS = {"launched": "campaign.launched", "ended": "campaign.ended"}

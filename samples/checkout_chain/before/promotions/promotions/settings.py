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
LOYALTY_BASE_URL = os.environ["LOYALTY_BASE_URL"]

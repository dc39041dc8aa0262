"""Django settings."""

import os

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "only-for-development")
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "library.urls"
WSGI_APPLICATION = "library.wsgi.application"
INSTALLED_APPS = ["loans.apps.LoansConfig"]

DESK_URL = os.environ.get("DESK_URL", "http://localhost:5000")
BOOTSTRAP = os.environ.get("BOOTSTRAP", "localhost:9092")

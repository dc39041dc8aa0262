"""Settings of the customs office."""

import os

SECRET_KEY = os.environ.get("SECRET_KEY", "for development")
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.contenttypes", "ninja_extra"]
ROOT_URLCONF = "customs.urls"
GANGWAY = os.environ["GANGWAY_URL"]
PILOTS = os.environ["PILOTS_URL"]

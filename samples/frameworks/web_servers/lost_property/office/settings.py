"""Settings of the office."""

import os

SECRET_KEY = os.environ.get("SECRET_KEY", "for development")
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["django.contrib.contenttypes", "ninja"]
ROOT_URLCONF = "office.urls"
TICKETS = os.environ["TICKETS_URL"]
PASSENGERS = os.environ["PASSENGERS_URL"]

"""The Celery application of the reports service."""

from celery import Celery

app = Celery("reports")
app.config_from_object("reports.config")

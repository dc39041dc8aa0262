"""The survey service's configuration; the broker's names come from the deployment."""

import os

AMQP_URL = os.environ.get("AMQP_URL", "amqp://guest:guest@localhost/")
EXCHANGE = os.environ["TICKETS_EXCHANGE"]
BINDING = os.environ["SURVEY_BINDING"]
QUEUE = os.environ.get("SURVEY_QUEUE", "survey.resolved-tickets")
SMTP_HOST = os.environ.get("SMTP_HOST", "localhost")

"""The reports service's configuration, as Celery reads it, and where shop and sales are."""

import os

broker_url = os.environ["CELERY_BROKER_URL"]
task_default_queue = "reports"
imports = ("reports.tasks",)

SALES_URL = os.environ["SALES_URL"]
SHOP_URL = os.environ["SHOP_URL"]

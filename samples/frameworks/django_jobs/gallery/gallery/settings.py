"""Settings of the gallery."""

SECRET_KEY = "only for the sample"  # noqa: S105
ROOT_URLCONF = "gallery.urls"
INSTALLED_APPS = ["django.contrib.contenttypes", "django_q", "django_tasks", "django_tasks_db", "prints"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "gallery.db"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "press"]}}
Q_CLUSTER = {"name": "gallery", "orm": "default", "timeout": 60, "retry": 90}

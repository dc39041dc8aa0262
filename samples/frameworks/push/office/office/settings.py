"""Django settings."""

import os

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "only-for-development")
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "office.urls"
ASGI_APPLICATION = "office.asgi.application"
INSTALLED_APPS = ["channels", "kitchen"]
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        "CONFIG": {"hosts": [os.environ.get("REDIS_URL", "redis://localhost")]},
    }
}

"""What differs between environments, read with python-decouple."""

from decouple import config

AWS_ENDPOINT_URL: str | None = config("AWS_ENDPOINT_URL", default=None)
QUEUE_URL: str = config("TRANSCODE_QUEUE_URL")
EVENT_BUS: str = config("EVENT_BUS", default="media")
REDIS_URL: str = config("REDIS_URL", default="redis://localhost:6379/0")
PACKAGING_LIST: str = config("PACKAGING_LIST", default="packaging:jobs")
WORK_DIR: str = config("WORK_DIR", default="/var/lib/transcoder")

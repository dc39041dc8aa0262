"""What differs between environments."""

from functools import lru_cache

from pydantic import HttpUrl
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The uploads service's configuration."""

    model_config = SettingsConfigDict(env_prefix="UPLOADS_", env_file=".env")

    aws_endpoint_url: HttpUrl | None = None
    bucket: str = "films"
    event_bus: str = "media"
    probe_function: str
    transcode_queue_url: str


@lru_cache
def get_settings() -> Settings:
    """The settings of this process."""
    return Settings()

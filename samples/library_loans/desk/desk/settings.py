"""What the deployment may decide, and what holds if it does not."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Read from variables that begin with `DESK_`."""

    model_config = SettingsConfigDict(env_prefix="DESK_")

    brokers: str = "localhost:9092"
    audit_topic: str = "audit"
    overdue_topic: str = "library.overdue"


settings = Settings()

"""What differs between environments, from `BILLING_*` variables."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The billing service's configuration."""

    model_config = SettingsConfigDict(env_prefix="BILLING_")

    amqp_url: str = "amqp://guest:guest@localhost/"
    source_exchange: str
    exchange: str = "billing"
    queue: str = "billing.resolved-tickets"
    cents_per_minute: int = 150

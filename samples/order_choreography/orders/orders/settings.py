"""What differs between environments, read from `ORDERS_*` variables."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """The order service's configuration."""

    model_config = SettingsConfigDict(env_prefix="ORDERS_")

    database_url: str
    kafka_servers: str = "localhost:9092"
    transactional_id: str = "orders-relay-1"
    relay_interval: float = 0.5

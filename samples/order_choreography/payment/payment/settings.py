"""What differs between environments."""

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    """The payment service's configuration."""

    kafka_servers: str = Field(default="localhost:9092", validation_alias="KAFKA_BOOTSTRAP_SERVERS")
    reserved_topic: str = Field(default="inventory.reserved", validation_alias="PAYMENT_TRIGGER_TOPIC")
    shipped_topic: str = "shipment.created"
    provider_url: str = Field(default="https://api.stripe.com", validation_alias="CARD_PROVIDER_URL")
    provider_key: SecretStr = Field(validation_alias="CARD_PROVIDER_KEY")

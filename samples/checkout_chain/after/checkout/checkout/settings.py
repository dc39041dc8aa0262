"""What differs between environments."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    """The checkout's configuration."""

    pricing_url: str
    nats_url: str = "nats://localhost:4222"
    subject_prefix: str = "orders"
    card_url: str = "https://api.stripe.com/v1"
    card_key: SecretStr = SecretStr("")

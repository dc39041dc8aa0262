"""What differs between environments."""

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    """The checkout's configuration."""

    pricing_url: str
    card_url: str = "https://api.stripe.com/v1"
    card_key: SecretStr = SecretStr("")

"""Addresses that libraries put together from their parts: yarl, httpx and pydantic."""

from flowmap.plugin_api import Const, FirstOf, Format, Gives, Plugin, keyword

_PORT = FirstOf((Format(":{}", (keyword("port"),)), Const("")))
_PATH = FirstOf((keyword("path"), keyword("raw_path"), Const("")))
_PLAIN = Format("{}://{}{}{}", (keyword("scheme"), keyword("host"), _PORT, _PATH))
_SLASHED = Format("{}://{}{}/{}", (keyword("scheme"), keyword("host"), _PORT, _PATH))
"""pydantic puts the slash before a path itself."""
_TYPES = ("AnyUrl", "AnyHttpUrl", "HttpUrl", "AnyWebsocketUrl", "WebsocketUrl")

PLUGIN = Plugin(
    name="addresses",
    roots=("yarl", "httpx", "pydantic", "pydantic_core"),
    gives=(
        Gives("yarl.URL.build()", _PLAIN),
        *(Gives(f"{module}.{name}.build()", _SLASHED) for module in ("pydantic", "pydantic.networks") for name in _TYPES),
        Gives("pydantic_core.Url.build()", _SLASHED),
    ),
)

"""An assistant that lends what it finds."""

import asyncio
import os
import sys

from fastmcp import Client


async def lend(words: str) -> None:
    """Lends the first title that is found."""
    async with Client(os.environ["CATALOGUE_URL"], timeout=10) as client:
        found = await client.call_tool("search", {"words": words})  # flow: call mcp search -> catalogue timeout=10
        number = found.data[0]
        await client.call_tool("lend-title", {"number": number}, timeout=3)  # flow: call mcp lend-title -> catalogue timeout=3


async def offered() -> list[str]:
    async with Client(os.environ["CATALOGUE_URL"]) as client:
        return [tool.name for tool in await client.list_tools()]  # flow: nothing


if __name__ == "__main__":
    asyncio.run(lend(sys.argv[1]))

"""What there is to read, for assistants."""

from fastmcp import FastMCP

server = FastMCP("catalogue")
TITLES = {"1": "The Tea Road", "2": "Salt"}


@server.tool  # flow: serve mcp search handler=search
def search(words: str) -> list[str]:
    """The numbers of the titles that have these words."""
    return [number for number, title in TITLES.items() if words.casefold() in title.casefold()]


@server.tool(name="lend-title")  # flow: serve mcp lend-title handler=lend
def lend(number: str) -> str:
    """Lends a title."""
    return TITLES.pop(number)


@server.resource("catalogue://titles")  # flow: serve mcp catalogue://titles handler=titles
def titles() -> dict[str, str]:
    """All titles."""
    return TITLES


if __name__ == "__main__":
    server.run(transport="http", host="0.0.0.0", port=8000)  # noqa: S104  # flow: nothing

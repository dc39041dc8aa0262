"""Model Context Protocol: tools, resources and prompts that a server offers by decorators, and clients that ask for them. They go
by the name of the function unless they are given one; a resource goes by its URI."""

from flowmap.plugin_api import (
    FirstOf,
    FunctionName,
    FunctionPath,
    Inside,
    Limit,
    Maker,
    Number,
    Plugin,
    RemoteCalls,
    Serves,
    Tail,
    arg,
    keyword,
)

_SERVER, _CLIENT, _SESSION = "fastmcp.FastMCP", "fastmcp.Client", "mcp.ClientSession"
_NAMED = FirstOf((keyword("name"), arg(0, "name"), FunctionName()))
_ASKED = {"call_tool": "name", "read_resource": "uri", "get_prompt": "name"}
_STREAM = Inside(Maker(arg(0, "read_stream")), arg(0, "url"))

PLUGIN = Plugin(
    name="mcp",
    roots=("mcp", "fastmcp"),
    transport="mcp",
    aliases={
        "mcp.server.fastmcp.FastMCP": _SERVER,
        "mcp.server.fastmcp.server.FastMCP": _SERVER,
        "mcp.server.MCPServer": _SERVER,
        "mcp.server.mcpserver.MCPServer": _SERVER,
        "fastmcp.server.FastMCP": _SERVER,
        "fastmcp.server.server.FastMCP": _SERVER,
        "fastmcp.client.Client": _CLIENT,
        "mcp.client.session.ClientSession": _SESSION,
    },
    patterns=(
        *(Serves(target=f"{_SERVER}.{kind}", operation=_NAMED, transport="mcp") for kind in ("tool", "prompt")),
        Serves(target=f"{_SERVER}.resource", operation=arg(0, "uri"), transport="mcp"),
        Serves(
            target=f"{_SERVER}.add_tool",
            form="call",
            operation=FirstOf((keyword("name"), Tail(FunctionPath(arg(0, "fn")), "."))),
            handler=arg(0, "fn"),
            transport="mcp",
        ),
        *(
            RemoteCalls(
                target=f"{_CLIENT}.{method}",
                operation=arg(0, name),
                address=Maker(arg(0, "transport")),
                transport="mcp",
                limit=Limit(argument=Number(keyword("timeout")), client=Number(Maker(keyword("timeout")))),
            )
            for method, name in _ASKED.items()
        ),
        *(
            RemoteCalls(
                target=f"{_SESSION}.{method}",
                operation=arg(0, name),
                address=_STREAM,
                transport="mcp",
                limit=Limit(argument=Number(keyword("read_timeout_seconds")), client=Number(Maker(arg(2, "read_timeout_seconds")))),
            )
            for method, name in _ASKED.items()
        ),
    ),
)

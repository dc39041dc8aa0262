"""Model Context Protocol: tools, resources and prompts under their names, and who asks for them."""

from __future__ import annotations

from sightings import checks, missed

SETUP = """
from fastmcp import Client, FastMCP
from mcp import ClientSession
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamablehttp_client

server = FastMCP("shop")

@server.tool
def control(): ...
"""
CONTROL = "serve mcp control by control"

FORMS = [
    ("@server.tool()\ndef search(query): ...", "serve mcp search by search"),
    ("@server.tool(name='find')\nasync def search(query): ...", "serve mcp find by search"),
    ("@server.tool('find')\ndef search(query): ...", "serve mcp find by search"),
    ("@server.resource('shop://items')\ndef items(): ...", "serve mcp shop://items by items"),
    ("@server.prompt()\ndef greet(name): ...", "serve mcp greet by greet"),
    ("def search(query): ...\nserver.add_tool(search)", "serve mcp search by search"),
    ("def search(query): ...\nserver.add_tool(search, name='find')", "serve mcp find by search"),
    (
        "from mcp.server.fastmcp import FastMCP as Server\nown = Server('own')\n@own.tool()\ndef search(query): ...",
        "serve mcp search by search",
    ),
    (
        "from mcp.server.mcpserver import MCPServer\nown = MCPServer('own')\n@own.tool()\ndef search(query): ...",
        "serve mcp search by search",
    ),
    (
        """
        async def ask():
            async with Client('http://tools:8000/mcp') as client:
                await client.call_tool('search', {'query': 'tea'})
        """,
        "call mcp search at tools:8000",
    ),
    (
        """
        async def ask():
            async with streamablehttp_client('http://tools:8000/mcp') as (read, write, _):
                async with ClientSession(read, write) as session:
                    await session.initialize()
                    await session.call_tool('search', {})
        """,
        "call mcp search at tools:8000",
    ),
    (
        "async def ask():\n    client = Client('http://tools/mcp')\n    await client.get_prompt('greet', {})",
        "call mcp greet at tools",
    ),
    missed(
        "what a call gives is not counted out where it is spread",
        """
        async def ask():
            async with sse_client('http://tools/sse') as streams, ClientSession(*streams) as session:
                await session.read_resource('shop://items')
        """,
        "call mcp shop://items at tools",
    ),
]

LOOK_ALIKES = [
    "def search(query): ...",
    "server.run(transport='http')",
    "async def ask():\n    async with Client('http://tools/mcp') as client:\n        await client.list_tools()",
    "class Server:\n    def tool(self, f): ...\n@Server().tool\ndef search(query): ...",
    "class Session:\n    def call_tool(self, name): ...\nSession().call_tool('search')",
    "from house import Client as Own\nOwn('http://tools').call_tool('search')",
    "from langchain_core.tools import tool\n@tool\ndef search(query): ...",
    "@server.custom_route('/health', methods=['GET'])\nasync def health(request): ...",
    "Client('http://tools/mcp')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)

"""Moves the window."""

import asyncio
import os

import aiomqtt


async def move(position: str) -> None:
    await asyncio.sleep(len(position))


async def main() -> None:
    async with aiomqtt.Client(os.environ.get("BROKER", "localhost")) as client:
        await client.subscribe("window/set")  # flow: subscribe mqtt window/set handler=main
        async for message in client.messages:
            await move(str(message.payload))
            await client.publish("window/moved", message.payload)  # flow: publish mqtt window/moved


if __name__ == "__main__":
    asyncio.run(main())

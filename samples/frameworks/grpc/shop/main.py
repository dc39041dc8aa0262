"""Orders: what is reserved gets a label."""

import asyncio
import logging
import os

import grpc
import stock_pb2
from grpclib.client import Channel
from stock_pb2_grpc import StockStub
from warehouse.v1 import LabelsStub, Parcel

log = logging.getLogger("shop")


async def reserve(sku: str, quantity: int) -> str:
    async with grpc.aio.insecure_channel(os.environ["STOCK"]) as channel:
        stub = StockStub(channel)
        line = stock_pb2.Line(sku=sku, quantity=quantity)
        reserved = await stub.Reserve(line, timeout=2)  # flow: call grpc Stock/Reserve -> stock timeout=2
        return reserved.id


async def label(reservation: str) -> str:
    channel = Channel(host=os.environ["LABELS_HOST"], port=50052)
    stub = LabelsStub(channel, timeout=5)
    printed = await stub.print_label(Parcel(reservation=reservation))  # flow: call grpc Labels/PrintLabel -> labels timeout=5
    channel.close()
    return printed.url


async def watch(shelf: str) -> None:
    async with grpc.aio.insecure_channel(os.environ["STOCK"]) as channel:
        async for level in StockStub(channel).WatchShelf(stock_pb2.Shelf(id=shelf)):  # flow: call grpc Stock/WatchShelf -> stock
            log.info("%s: %s", level.sku, level.quantity)


async def main() -> None:
    log.info(await label(await reserve("tea", 2)))  # flow: nothing
    await watch("a1")


if __name__ == "__main__":
    asyncio.run(main())

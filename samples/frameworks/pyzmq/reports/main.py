"""Writes down what was reported."""

import asyncio
import logging
import os

import zmq
import zmq.asyncio


async def write(context: zmq.asyncio.Context) -> None:
    lines = context.socket(zmq.PULL)
    lines.bind("inproc://lines")  # flow: subscribe zmq lines handler=write
    while True:
        logging.info("%s", await lines.recv_string())


async def notice(context: zmq.asyncio.Context) -> None:
    notices = context.socket(zmq.SUB)
    notices.connect(f"tcp://{os.environ['SWITCH']}:5571")
    notices.subscribe("notice.")  # flow: subscribe zmq notice.* exchange=5570 handler=notice
    while True:
        logging.info("%s", await notices.recv_string())


async def main() -> None:
    context = zmq.asyncio.Context()
    noticing = asyncio.create_task(notice(context))
    writing = asyncio.create_task(write(context))
    lines = context.socket(zmq.PUSH)
    lines.connect("inproc://lines")
    reports = context.socket(zmq.PULL)
    reports.bind("tcp://0.0.0.0:5560")  # flow: subscribe zmq 5560 handler=main
    while not (writing.done() or noticing.done()):
        report = await reports.recv_json()
        await lines.send_string(report["topic"])  # flow: publish zmq lines


if __name__ == "__main__":
    asyncio.run(main())

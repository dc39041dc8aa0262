"""Starts the order service: the HTTP interface, the outbox relay and the tracker in one process."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaProducer
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from orders import api
from orders.outbox import Relay
from orders.settings import Settings
from orders.tracking import Tracker, build_consumer


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    settings = Settings()
    engine = create_async_engine(settings.database_url)
    app.state.sessions = sessions = async_sessionmaker(engine, expire_on_commit=False)
    producer = AIOKafkaProducer(bootstrap_servers=settings.kafka_servers, transactional_id=settings.transactional_id)
    consumer = build_consumer(settings)
    async with producer, consumer, asyncio.TaskGroup() as tasks:
        running = [
            tasks.create_task(Relay(producer, sessions, settings.relay_interval).run()),
            tasks.create_task(Tracker(consumer, sessions).run()),
        ]
        yield
        for task in running:
            task.cancel()
    await engine.dispose()


app = FastAPI(title="orders", lifespan=lifespan)
app.include_router(api.router)


@app.get("/healthz", include_in_schema=False)  # flow: serve http GET /healthz
async def healthz() -> dict[str, str]:
    return {"status": "ok"}

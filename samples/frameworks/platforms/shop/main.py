"""Takes orders, and binds the flowers when there is time."""

import logging
from datetime import timedelta

import inngest
import inngest.fast_api
from broadcaster import Broadcast
from fastapi import FastAPI

app = FastAPI()
client = inngest.Inngest(app_id="flowers", is_production=False)
screens = Broadcast("redis://redis")


@app.post("/orders")  # flow: serve http POST /orders
async def order(flowers: str) -> None:
    await client.send(inngest.Event(name="shop/order.placed", data={"flowers": flowers}))  # flow: publish inngest shop/order.placed


@client.create_function(  # flow: subscribe inngest shop/order.placed handler=bind
    fn_id="bind", trigger=inngest.TriggerEvent(event="shop/order.placed")
)
async def bind(ctx: inngest.Context) -> None:
    paid = await ctx.step.wait_for_event(  # flow: subscribe inngest shop/order.paid
        "paid", event="shop/order.paid", timeout=timedelta(hours=1)
    )
    await screens.publish("ready", message=str(paid))  # flow: publish broadcaster ready
    await ctx.step.send_event("bound", inngest.Event(name="shop/order.bound"))  # flow: publish inngest shop/order.bound


@client.create_function(fn_id="water", trigger=inngest.TriggerCron(cron="0 7 * * *"))  # flow: nothing
async def water(ctx: inngest.Context) -> None:
    logging.info(ctx.run_id)


inngest.fast_api.serve(app, client, [bind, water])

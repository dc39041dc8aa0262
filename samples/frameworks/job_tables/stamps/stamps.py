"""Makes stamps."""

from streaq import Worker

worker = Worker(redis_url="redis://redis")


@worker.task(name="cut")  # flow: subscribe streaq cut handler=cut_out
async def cut_out(word: str) -> int:
    return len(word)


@worker.cron("0 5 * * *")  # flow: nothing
async def plan() -> None:
    await cut_out.enqueue("bindery")  # flow: publish streaq cut
    await worker.enqueue_unsafe("cut", "press")  # flow: publish streaq cut

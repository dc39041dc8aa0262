"""The workflows of fulfilment."""

from datetime import timedelta

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities import Shelves, pack

SOON = timedelta(minutes=1)


@workflow.defn
class FulfilOrder:
    """Money first, then the parcel."""

    @workflow.run
    async def run(self, number: str) -> str:
        receipt: str = await workflow.execute_activity(  # flow: call rpc charge -> payments
            "charge", number, task_queue="payments", start_to_close_timeout=SOON
        )
        await workflow.execute_activity(pack, number, start_to_close_timeout=SOON)  # flow: call rpc pack -> fulfilment
        await workflow.sleep(60)  # flow: nothing
        return receipt


@workflow.defn(name="stocktaking")
class Stocktaking:
    """Every shelf, one after the other."""

    @workflow.run
    async def go(self) -> int:
        total = 0
        for shelf in "ab":
            total += await workflow.execute_activity_method(  # flow: call rpc count-shelf -> fulfilment
                Shelves.count, shelf, start_to_close_timeout=SOON
            )
        return total

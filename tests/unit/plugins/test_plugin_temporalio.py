"""Temporal: workers serve workflows and activities, clients and workflows execute or start them."""

from __future__ import annotations

import pytest
from sightings import sightings

SETUP = """
from temporalio import activity, workflow
from temporalio.client import Client, Schedule, ScheduleActionStartWorkflow
from temporalio.worker import Worker

@activity.defn
async def charge(x): ...

@activity.defn(name="pack-it")
async def pack(x): ...

class Shelves:
    @activity.defn
    async def count(self, x): ...

@workflow.defn
class Order:
    @workflow.run
    async def run(self, x): ...
    @workflow.signal
    async def cancel(self): ...
    @workflow.query
    def state(self): ...

@workflow.defn(name="stocktaking")
class Stock:
    @workflow.run
    async def go(self): ...
"""


def of_client(call: str) -> str:
    return f"async def main(client: Client):\n    await client.{call}"


def of_workflow(call: str) -> str:
    return f"async def step():\n    await workflow.{call}"


FORMS = [
    (of_client("execute_workflow(Order.run, 1, id='x', task_queue='q')"), "call rpc Order"),
    (of_client("execute_workflow('Order', 1, id='x', task_queue='q')"), "call rpc Order"),
    (of_client("execute_workflow(workflow=Stock.go, id='x', task_queue='q')"), "call rpc stocktaking"),
    (of_client("start_workflow(Order.run, 1, id='x', task_queue='q')"), "call rpc Order without waiting"),
    (of_client("execute_activity(charge, 1, id='x', task_queue='q')"), "call rpc charge"),
    (
        "async def main():\n    c = await Client.connect('x')\n    await c.execute_workflow(Stock.go, id='x', task_queue='q')",
        "call rpc stocktaking",
    ),
    (
        of_client("create_schedule('s', Schedule(action=ScheduleActionStartWorkflow(Stock.go, id='x', task_queue='q')))"),
        "call rpc stocktaking without waiting",
    ),
    (of_workflow("execute_activity(charge, 1)"), "call rpc charge"),
    (of_workflow("execute_activity('charge', 1, task_queue='q')"), "call rpc charge"),
    (of_workflow("execute_activity(pack, 1)"), "call rpc pack-it"),
    (of_workflow("execute_activity_method(Shelves.count, 1)"), "call rpc count"),
    (of_workflow("execute_local_activity(charge, 1)"), "call rpc charge"),
    (of_workflow("execute_child_workflow(Stock.go)"), "call rpc stocktaking"),
    (of_workflow("start_child_workflow(Stock.go)"), "call rpc stocktaking without waiting"),
    ("async def step():\n    handle = workflow.start_activity(charge, 1)", "call rpc charge without waiting"),
    (
        "Worker(None, task_queue='q', workflows=[Order])",
        "serve rpc Order by Order.run",
        "serve rpc cancel by Order.cancel",
        "serve rpc state by Order.state",
    ),
    (
        of_client("start_workflow(Order.run, 1, id='x', task_queue='q')").replace("await", "h = await") + "\n    await h.result()",
        "call rpc Order",
    ),
    (
        of_client("start_workflow(Order.run, 1, id='x', task_queue='q')").replace("await", "h = await")
        + "\n    await h.describe()",
        "call rpc Order without waiting",
    ),
    (of_client("get_workflow_handle('x').query(Order.state)"), "call rpc state"),
    (of_client("get_workflow_handle('x').query('state')"), "call rpc state"),
    (of_client("get_workflow_handle_for(Order.run, 'x').signal(Order.cancel)"), "call rpc cancel without waiting"),
    (of_client("get_workflow_handle('x').execute_update('change', 1)"), "call rpc change"),
    (of_client("execute_update_with_start_workflow('change', 1, start_workflow_operation=None)"), "call rpc change"),
    (of_workflow("get_external_workflow_handle('x').signal('cancel')"), "call rpc cancel without waiting"),
    (
        "async def step():\n    child = await workflow.start_child_workflow(Stock.go)\n    await child.signal('cancel')",
        "call rpc cancel without waiting",
        "call rpc stocktaking without waiting",
    ),
    (
        """
        @workflow.defn
        class Named:
            @workflow.run
            async def run(self): ...
            @workflow.update(name="put-in")
            def put(self, x): ...
            @put.validator
            def check(self, x): ...
        Worker(None, task_queue='q', workflows=[Named])
        """,
        "serve rpc Named by Named.run",
        "serve rpc put-in by Named.put",
    ),
    ("Worker(None, task_queue='q', workflows=[Stock])", "serve rpc stocktaking by Stock.go"),
    (
        """
        class Base:
            @workflow.run
            async def execute(self): ...
        @workflow.defn
        class Below(Base): ...
        Worker(None, task_queue='q', workflows=[Below])
        """,
        "serve rpc Below by Base.execute",
    ),
    ("Worker(None, task_queue='q', activities=[charge, pack])", "serve rpc charge by charge", "serve rpc pack-it by pack"),
    ("shelves = Shelves()\nWorker(None, task_queue='q', activities=[shelves.count])", "serve rpc count by Shelves.count"),
    ("MINE = [charge]\nWorker(None, task_queue='q', activities=MINE)", "serve rpc charge by charge"),
]

LOOK_ALIKES = [
    "",
    of_client("get_workflow_handle('x').cancel()"),
    of_client("get_workflow_handle('x').describe()"),
    "class Handle:\n    def query(self, x): ...\nHandle().query(Order.state)",
    "class Worker:\n    def __init__(self, client, workflows): ...\nWorker(None, workflows=[Order])",
    of_client("list_workflows('x')"),
    of_workflow("sleep(1)"),
    of_workflow("wait_condition(lambda: True)"),
    "workflow.logger.info('charge')",
    "class Runner:\n    def execute_workflow(self, name): ...\nRunner().execute_workflow('Order')",
    "import prefect\nprefect.client.execute_workflow('Order')",
    "class Worker:\n    def __init__(self, client, activities): ...\nWorker(None, activities=[charge])",
]


@pytest.mark.parametrize("case", FORMS)
def test_it_is_seen(case: tuple[str, ...]) -> None:
    code, *expected = case
    assert sightings(SETUP, code) == expected


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_nothing_is_seen(code: str) -> None:
    assert sightings(SETUP, code) == []

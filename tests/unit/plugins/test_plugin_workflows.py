"""Workflow engines that keep their workflows inside the application: Durable Functions, and Dapr's workflows."""

from __future__ import annotations

from sightings import checks_of_each

DURABLE = """
import azure.functions as func
import azure.durable_functions as df
app = df.DFApp()
"""
ON = "@app.orchestration_trigger(context_name='context')\n"
PAY = "@app.activity_trigger(input_name='order')\ndef pay(order): ...\n"
PAID = "subscribe durable pay (command) by pay inside"
RUN = "subscribe durable run (command) by run inside"
DAPR = """
import dapr.ext.workflow as wf
from dapr.ext.workflow import DaprWorkflowContext, DaprWorkflowClient
runtime = wf.WorkflowRuntime()
"""
WORK = "@runtime.activity(name='pay')\ndef take(ctx, order): ...\n"
TAKEN = "subscribe dapr/activity pay (command) by take inside"

FORMS = [
    (DURABLE, PAY, PAID),
    (DURABLE, f"{ON}def run(context): ...", RUN),
    (
        DURABLE,
        f"{PAY}{ON}def run(context):\n    yield context.call_activity('pay', 1)",
        PAID,
        RUN,
        "publish durable pay (command) inside",
    ),
    (
        DURABLE,
        f"{PAY}{ON}def run(context: df.DurableOrchestrationContext):\n    yield context.call_activity_with_retry(pay, None, 1)",
        PAID,
        RUN,
        "publish durable pay (command) inside",
    ),
    (
        DURABLE,
        "def run(context):\n    yield context.call_sub_orchestrator('ship')\nmain = df.Orchestrator.create(run)",
        "publish durable ship (command) inside",
    ),
    (
        DURABLE,
        "async def start(req, client: df.DurableOrchestrationClient):\n    await client.start_new('run', None, {})",
        "publish durable run (command) inside",
    ),
    (
        DURABLE,
        "async def main(req, starter):\n    await df.DurableOrchestrationClient(starter).raise_event('1', 'Approved')",
        "publish durable/event Approved inside",
    ),
    (
        DURABLE,
        "async def start(req, client):\n    await client.start_new('run')",
        "publish durable run (command) guess inside",
    ),
    (
        DURABLE,
        f"{ON}def run(context):\n    yield context.wait_for_external_event('Approved')",
        RUN,
        "subscribe durable/event Approved by ? inside",
    ),
    (DAPR, WORK, TAKEN),
    (DAPR, "@runtime.workflow\ndef order(ctx, x): ...", "subscribe dapr/workflow order (command) by order inside"),
    (
        DAPR,
        "@runtime.versioned_workflow(name='order', version_name='2', is_latest=True)\ndef second(ctx, x): ...",
        "subscribe dapr/workflow order (command) by second inside",
    ),
    (
        DAPR,
        f"{WORK}def order(ctx: DaprWorkflowContext, x):\n    yield ctx.call_activity(take, input=x)",
        TAKEN,
        "publish dapr/activity pay (command) inside",
    ),
    (
        DAPR,
        "def take(ctx, x): ...\nruntime.register_activity(take)",
        "subscribe dapr/activity take (command) by take inside",
    ),
    (
        DAPR,
        "def order(ctx, x):\n    yield ctx.call_child_workflow('pack')\nruntime.register_workflow(order, name='orders')",
        "subscribe dapr/workflow orders (command) by order inside",
        "publish dapr/workflow pack (command) inside",
    ),
    (
        DAPR,
        "def order(ctx: DaprWorkflowContext, x):\n    yield ctx.call_activity('pay', app_id='till')",
        "call rpc pay to till",
    ),
    (DAPR, "DaprWorkflowClient().schedule_new_workflow('order')", "publish dapr/workflow order (command) inside"),
    (
        DAPR,
        "DaprWorkflowClient().schedule_new_workflow('order', app_id='till')",
        "call rpc order to till without waiting",
    ),
    (DAPR, "DaprWorkflowClient().raise_workflow_event('1', 'approved')", "publish dapr/event approved inside"),
    (
        DAPR,
        "def order(ctx: DaprWorkflowContext, x):\n    yield ctx.wait_for_external_event('approved')",
        "subscribe dapr/event approved by ? inside",
    ),
]
LOOK_ALIKES = [
    (DURABLE, "@app.entity_trigger(context_name='context')\ndef counter(context): ..."),
    (DURABLE, f"{ON}async def run(other): ...\n".replace("app.", "other.")),
    (DURABLE, "def go(context: df.DurableOrchestrationContext):\n    yield context.create_timer(1)"),
    (DURABLE, "def go(context: df.DurableOrchestrationContext):\n    yield context.call_http('GET', 'https://x')"),
    (DURABLE, "def go(client: df.DurableOrchestrationClient):\n    client.get_status('1')"),
    (DURABLE, "class Pool:\n    def start_new(self, name): ...\nPool().start_new('run')"),
    (DAPR, "def order(ctx: DaprWorkflowContext, x):\n    ctx.set_custom_status('paid')"),
    (DAPR, "DaprWorkflowClient().wait_for_workflow_completion('1')"),
    (DAPR, "DaprWorkflowClient().terminate_workflow('1')"),
    (DAPR, "class Runtime:\n    def activity(self, f): ...\n@Runtime().activity\ndef take(ctx, x): ..."),
    (DAPR, "def order(ctx, x):\n    yield ctx.call_activity('pay')"),
    (DAPR, "runtime.start()"),
]

test_a_form_is_found, test_a_look_alike_is_not = checks_of_each(FORMS, LOOK_ALIKES)

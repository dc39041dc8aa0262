"""azure-functions: triggers, output bindings and routes of the second programming model."""

from __future__ import annotations

from sightings import checks

SETUP = """
import azure.functions as func
from azure import functions as az
import azure.durable_functions as df
app = func.FunctionApp()
bp = func.Blueprint()
@app.queue_trigger(arg_name='m', queue_name='control', connection='C')
def control(m): ...
"""
CONTROL = "subscribe storagequeue control (command) by control"
SET = "out.set('')"


def _on(decorators: str, arguments: str = "m") -> str:
    return f"{decorators}\ndef run({arguments}):\n    {SET}"


FORMS = [
    (
        _on("@app.service_bus_queue_trigger(arg_name='m', connection='C', queue_name='loans')"),
        "subscribe servicebus loans (command) by run",
    ),
    (
        _on("@app.function_name(name='F')\n@app.service_bus_topic_trigger('m', 'C', 'news', 'me')"),
        "subscribe servicebus news by run",
    ),
    (
        _on("@bp.service_bus_topic_trigger(arg_name='m', connection='C', topic_name='news', subscription_name='me')"),
        "subscribe servicebus news in me by run",
    ),
    (
        _on("@app.event_hub_message_trigger(arg_name='m', event_hub_name='hub', connection='C', consumer_group='g')"),
        "subscribe eventhub hub in g by run",
    ),
    (_on("@app.kafka_trigger(arg_name='m', topic='t', broker_list='b', consumer_group='g')"), "subscribe kafka t in g by run"),
    (_on("@app.dapr_topic_trigger(arg_name='m', pub_sub_name='p', topic='t')"), "subscribe dapr t by run"),
    (_on("@app.event_grid_trigger(arg_name='m')"), "subscribe eventgrid ? by run"),
    (_on("@app.queue_trigger(arg_name='m', queue_name='%JOBS%', connection='C')"), "subscribe storagequeue ? (command) by run"),
    (
        _on("@app.queue_trigger(arg_name='m', queue_name='%JOBS%-in', connection='C')"),
        "subscribe storagequeue {}-in (command) by run",
    ),
    (
        _on(
            "@app.queue_trigger(arg_name='m', queue_name='a', connection='C')\n"
            "@app.service_bus_topic_output(arg_name='out', connection='C', topic_name='b')",
            "m, out: func.Out[str]",
        ),
        "subscribe storagequeue a (command) by run",
        "publish servicebus b",
    ),
    (_on("@app.service_bus_queue_output(arg_name='out', connection='C', queue_name='b')"), "publish servicebus b (command)"),
    (_on("@app.event_hub_output(arg_name='out', connection='C', event_hub_name='hub')"), "publish eventhub hub"),
    (_on("@app.queue_output(arg_name='out', queue_name='b', connection='C')"), "publish storagequeue b (command)"),
    (_on("@app.kafka_output(arg_name='out', topic='t', broker_list='b')"), "publish kafka t"),
    (_on("@app.event_grid_output(arg_name='out', topic_endpoint_uri='URI', topic_key_setting='K')"), "publish eventgrid ?"),
    (_on("@app.route(route='orders/{id}', methods=['GET'])"), "serve http GET /api/orders/{} by run"),
    (_on("@app.route(methods=['POST'])"), "serve http POST /api/run by run"),
    (
        _on("@az.FunctionApp().queue_trigger(arg_name='m', queue_name='a', connection='C')"),
        "subscribe storagequeue a (command) by run",
    ),
    (
        "dapp = df.DFApp()\n" + _on("@dapp.queue_trigger(arg_name='m', queue_name='a', connection='C')"),
        "subscribe storagequeue a (command) by run",
    ),
]
LOOK_ALIKES = [
    _on("@app.timer_trigger(arg_name='m', schedule='0 * * * * *')"),
    _on("@app.blob_trigger(arg_name='m', path='c/{name}', connection='C')"),
    _on("@app.blob_output(arg_name='out', path='c/{name}', connection='C')"),
    _on("@app.cosmos_db_trigger(arg_name='m', connection='C', database_name='d', container_name='c')"),
    _on("@app.function_name(name='F')"),
    "app.register_functions(bp)",
    "class App:\n    def queue_trigger(self, **k): ...\nApp().queue_trigger(queue_name='a')",
    "func.ServiceBusMessage",
    "def run(out: func.Out[str]):\n    out.set('')",
]
test_a_form_is_found, test_a_look_alike_is_not = checks(SETUP, FORMS, LOOK_ALIKES, CONTROL)

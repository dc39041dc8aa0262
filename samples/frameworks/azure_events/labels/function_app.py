"""Writes a label for each parcel that was announced."""

import json
import logging

import azure.functions as func

app = func.FunctionApp()


@app.function_name("write-label")
@app.service_bus_queue_trigger(  # flow: subscribe eventgrid depot-parcels handler=write_label
    arg_name="message", queue_name="%LABEL_QUEUE%", connection="BUS"
)
@app.queue_output(arg_name="prints", queue_name="%PRINT_QUEUE%", connection="STORAGE")  # flow: publish storagequeue prints
def write_label(message: func.ServiceBusMessage, prints: func.Out[str]) -> None:
    parcel = json.loads(message.get_body().decode())["data"]
    prints.set(json.dumps({"parcel": parcel["id"], "text": parcel["to"]}))


@app.timer_trigger(arg_name="timer", schedule="0 0 5 * * *")  # flow: nothing
def clean(timer: func.TimerRequest) -> None:
    logging.info("cleaning %s", "late" if timer.past_due else "in time")

"""Mortgages: from the wish to the decision."""

import json
import os

import azure.durable_functions as df
import azure.functions as func
import requests

app = df.DFApp(http_auth_level=func.AuthLevel.FUNCTION)
DECIDED = "Decided"


@app.route(route="mortgages", methods=["POST"])  # flow: serve http POST /api/mortgages handler=wish
@app.durable_client_input(client_name="client")
async def wish(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> func.HttpResponse:
    number = await client.start_new("mortgage", client_input=req.get_json())  # flow: publish durable mortgage
    return client.create_check_status_response(req, number)


@app.route(  # flow: serve http POST /api/mortgages/{}/decision handler=decide
    route="mortgages/{number}/decision", methods=["POST"]
)
@app.durable_client_input(client_name="client")
async def decide(req: func.HttpRequest, client: df.DurableOrchestrationClient) -> func.HttpResponse:
    await client.raise_event(req.route_params["number"], DECIDED, req.get_json())  # flow: publish durable Decided
    return func.HttpResponse(status_code=202)


@app.orchestration_trigger(context_name="context")  # flow: subscribe durable mortgage handler=mortgage
def mortgage(context: df.DurableOrchestrationContext):  # type: ignore[no-untyped-def]  # a generator of tasks
    asked = context.get_input()
    often = df.RetryOptions(first_retry_interval_in_milliseconds=5000, max_number_of_attempts=3)
    score = yield context.call_activity_with_retry("score", often, asked["customer"])  # flow: publish durable score
    if score < 300:
        return "refused"
    decision = yield context.wait_for_external_event(DECIDED)  # flow: subscribe durable Decided
    yield context.call_activity(tell, {"customer": asked["customer"], "decision": decision})  # flow: publish durable tell
    return decision


@app.activity_trigger(input_name="customer")  # flow: subscribe durable score handler=score
def score(customer: str) -> int:
    answer = requests.get(  # flow: call http GET /scores/{} -> scores timeout=5
        f"{os.environ['SCORES_URL']}/scores/{customer}", timeout=5
    )
    return int(answer.json()["score"])


@app.activity_trigger(input_name="said")  # flow: subscribe durable tell handler=tell
@app.service_bus_topic_output(  # flow: publish servicebus mortgages-decided
    arg_name="out", connection="BUS", topic_name="%DECIDED_TOPIC%"
)
def tell(said: dict[str, str], out: func.Out[str]) -> None:
    out.set(json.dumps(said))


@app.timer_trigger(arg_name="_timer", schedule="0 0 4 * * *")
@app.durable_client_input(client_name="client")
async def tidy(_timer: func.TimerRequest, client: df.DurableOrchestrationClient) -> None:
    for status in await client.get_status_all():  # flow: nothing
        if status.runtime_status is df.OrchestrationRuntimeStatus.Completed:
            await client.purge_instance_history(status.instance_id)

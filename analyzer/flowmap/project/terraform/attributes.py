"""What the providers fill in: which attribute of a resource holds its name, and how addresses are made of the name.

Only the form counts, for the places that read an address look for the name in it: the account, the region and the project
are holes.
"""

from __future__ import annotations

NAMED_BY = {
    "aws_ecs_task_definition": "family",
    "aws_lambda_function": "function_name",
    "aws_db_instance": "identifier",
    "aws_s3_bucket": "bucket",
}
"""Types whose name is not under `name`."""
_SPOT = "<name>"
_ARNS = {
    "aws_sqs_queue": ("sqs", ""),
    "aws_sns_topic": ("sns", ""),
    "aws_lambda_function": ("lambda", "function:"),
    "aws_lambda_alias": ("lambda", "function:"),
    "aws_kinesis_stream": ("kinesis", "stream/"),
    "aws_dynamodb_table": ("dynamodb", "table/"),
    "aws_cloudwatch_event_bus": ("events", "event-bus/"),
    "aws_cloudwatch_event_rule": ("events", "rule/"),
    "aws_sfn_state_machine": ("states", "stateMachine:"),
    "aws_secretsmanager_secret": ("secretsmanager", "secret:"),
}
_QUEUE_URL = "https://sqs.{}.amazonaws.com/{}/<name>"
_FORMS = {
    ("aws_sqs_queue", "id"): _QUEUE_URL,
    ("aws_sqs_queue", "url"): _QUEUE_URL,
    ("aws_secretsmanager_secret", "id"): "arn:aws:secretsmanager:{}:{}:secret:<name>",
    ("aws_ssm_parameter", "arn"): "arn:aws:ssm:{}:{}:parameter/<name>",
    ("aws_sns_topic", "id"): "arn:aws:sns:{}:{}:<name>",
    ("aws_dynamodb_table", "stream_arn"): "arn:aws:dynamodb:{}:{}:table/<name>/stream/{}",
    ("azurerm_eventgrid_topic", "endpoint"): "https://<name>.{}.eventgrid.azure.net/api/events",
    ("azurerm_eventgrid_domain", "endpoint"): "https://<name>.{}.eventgrid.azure.net/api/events",
    ("azurerm_servicebus_namespace", "endpoint"): "https://<name>.servicebus.windows.net:443/",
    ("azurerm_linux_web_app", "default_hostname"): "<name>.azurewebsites.net",
    ("azurerm_linux_function_app", "default_hostname"): "<name>.azurewebsites.net",
    ("azurerm_function_app", "default_hostname"): "<name>.azurewebsites.net",
    ("azurerm_app_service", "default_site_hostname"): "<name>.azurewebsites.net",
    ("google_pubsub_topic", "id"): "projects/{}/topics/<name>",
    ("google_pubsub_subscription", "id"): "projects/{}/subscriptions/<name>",
    ("google_pubsub_subscription", "path"): "projects/{}/subscriptions/<name>",
    ("google_cloud_tasks_queue", "id"): "projects/{}/locations/{}/queues/<name>",
    ("google_cloud_run_service", "url"): "https://<name>.run.app",
    ("google_cloud_run_v2_service", "uri"): "https://<name>.run.app",
}
_NAMES = frozenset({"name", "function_name", "bucket", "queue_name", "topic_name"})


def text_of(kind: str, attribute: str, name: str) -> str | None:
    """What the attribute of a resource of a type is, given its name; None if that is not known."""
    if attribute in _NAMES:
        return name
    if attribute in {"arn", "qualified_arn"} and kind in _ARNS:
        service, prefix = _ARNS[kind]
        return f"arn:aws:{service}:{{}}:{{}}:{prefix}{name}"
    form = _FORMS.get((kind, attribute))
    return form.replace(_SPOT, name) if form is not None else None

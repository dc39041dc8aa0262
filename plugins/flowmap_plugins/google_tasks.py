"""google-cloud-tasks. A task is a request that a queue makes in the sender's place: a call that nobody waits for."""

from flowmap.plugin_api import Const, Entry, FirstOf, Guard, Inside, Plugin, Ref, Requests, TypeName, arg, keyword

_VERSIONS = ("google.cloud.tasks_v2", "google.cloud.tasks_v2beta3", "google.cloud.tasks_v2beta2", "google.cloud.tasks")
_CLIENT = "google.cloud.tasks_v2.CloudTasksClient"


def _part(of: Ref, name: str) -> Ref:
    """A field of a message, which is a dict or an object made with keywords."""
    return FirstOf((Inside(of, keyword(name)), Entry(of, name)))


_TASK = FirstOf((keyword("task"), _part(arg(0, "request"), "task")))
_REQUEST, _APP_ENGINE = _part(_TASK, "http_request"), _part(_TASK, "app_engine_http_request")


def _method(request: Ref) -> Ref:
    """`HttpMethod.GET`, or its name."""
    said = _part(request, "http_method")
    return FirstOf((TypeName(said), said, Const("POST")))


PLUGIN = Plugin(
    name="google-tasks",
    roots=_VERSIONS,
    aliases={f"{v}.{c}": _CLIENT for v in _VERSIONS for c in ("CloudTasksClient", "CloudTasksAsyncClient")},
    patterns=(
        Requests(target=f"{_CLIENT}.create_task", url=_part(_REQUEST, "url"), method=_method(_REQUEST), waits=False),
        Requests(
            target=f"{_CLIENT}.create_task",
            url=_part(_APP_ENGINE, "relative_uri"),
            method=_method(_APP_ENGINE),
            waits=False,
            when=(Guard(_REQUEST, present=False),),
        ),
    ),
)

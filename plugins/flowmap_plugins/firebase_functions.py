"""firebase_functions: functions that a topic of Pub/Sub, a queue of Cloud Tasks, an event of Eventarc or a request sets off.

What changes in databases and stores sets off is left out. A function that is requested is found below its own name.
"""

from flowmap.plugin_api import Format, FunctionName, Kind, Messages, Plugin, Role, Serves, Tail, keyword

_NAME = FunctionName()

PLUGIN = Plugin(
    name="firebase-functions",
    roots=("firebase_functions",),
    transport="pubsub",
    patterns=(
        Messages(
            target="firebase_functions.pubsub_fn.on_message_published",
            form="decorator",
            role=Role.SUBSCRIBE,
            channel=Tail(keyword("topic"), "/"),
        ),
        Messages(
            target="firebase_functions.eventarc_fn.on_custom_event_published",
            form="decorator",
            role=Role.SUBSCRIBE,
            transport="eventarc",
            channel=keyword("event_type"),
        ),
        Messages(
            target="firebase_functions.tasks_fn.on_task_dispatched",
            form="decorator",
            role=Role.SUBSCRIBE,
            transport="cloudtasks",
            channel=_NAME,
            kind=Kind.COMMAND,
        ),
        *(
            Serves(target=f"firebase_functions.https_fn.{name}", path=Format("/{}", (_NAME,)), methods=methods)
            for name, methods in (("on_request", ("{}",)), ("on_call", ("POST",)))
        ),
    ),
)

"""taskbroker: tasks in namespaces. A task goes by its namespace and its name, also where the namespace is another application's."""

from flowmap.plugin_api import AllArguments, Format, Keywords, Kind, Maker, Messages, Plugin, Role, arg, keyword

_APP, _OWN, _FOREIGN = "taskbroker_client.app.TaskbrokerApp", "taskbroker_client.Namespace", "taskbroker_client.ExternalNamespace"
_TASK = "taskbroker_client.task.Task"
_NAME = Format("{}:{}", (Maker(arg(0, "name")), keyword("name")))

PLUGIN = Plugin(
    name="taskbroker",
    roots=("taskbroker_client",),
    transport="taskbroker",
    types={
        f"{_APP}.create_namespace()": _OWN,
        f"{_APP}.create_external_namespace()": _FOREIGN,
        **{f"{namespace}.register@": _TASK for namespace in (_OWN, _FOREIGN)},
    },
    patterns=(
        Messages(target=f"{_OWN}.register", form="decorator", role=Role.SUBSCRIBE, channel=_NAME, kind=Kind.TASK),
        *(
            Messages(
                target=f"{_TASK}.{method}",
                role=Role.PUBLISH,
                channel=Maker(_NAME),
                kind=Kind.TASK,
                positional=positional,
                keywords=keywords,
            )
            for method, positional, keywords in (
                ("delay", AllArguments(), Keywords()),
                ("apply_async", keyword("args"), keyword("kwargs")),
            )
        ),
    ),
)

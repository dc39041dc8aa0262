"""PgQueuer: jobs in a table of Postgres, by the names of their entry points."""

from flowmap.plugin_api import Each, Kind, Messages, Plugin, Role, arg

_MANAGER, _QUERIES = "pgqueuer.PgQueuer", "pgqueuer.Queries"

PLUGIN = Plugin(
    name="pgqueuer",
    roots=("pgqueuer",),
    transport="pgqueuer",
    workers=("pgq",),
    aliases={
        **dict.fromkeys(
            (
                "pgqueuer.QueueManager",
                "pgqueuer.qm.QueueManager",
                "pgqueuer.applications.PgQueuer",
                "pgqueuer.core.qm.QueueManager",
            ),
            _MANAGER,
        ),
        "pgqueuer.queries.Queries": _QUERIES,
        "pgqueuer.InMemoryQueries": _QUERIES,
    },
    types={f"{_MANAGER}.queries": _QUERIES, f"{_QUERIES}.from_asyncpg_connection()": _QUERIES},
    patterns=(
        Messages(target=f"{_MANAGER}.entrypoint", form="decorator", role=Role.SUBSCRIBE, channel=arg(0, "name"), kind=Kind.TASK),
        Messages(target=f"{_QUERIES}.enqueue", role=Role.PUBLISH, channel=Each(arg(0, "entrypoint")), kind=Kind.TASK),
    ),
)

"""Smaller mappers of objects as what a service keeps: peewee, Tortoise, MongoEngine and Beanie, which write at once; and the hooks
that MongoEngine and ndb run when they do."""

from collections.abc import Iterator

from flowmap.plugin_api import Does, Effects, FirstOf, Format, Matched, Plugin, Runs, arg, keyword

_WRITES = {
    "peewee.Model": ("save", "create", "insert_many().execute", "update().where().execute", "bulk_create"),
    "tortoise.models.Model": ("save", "create", "bulk_create", "bulk_update", "().update"),
    "mongoengine.Document": ("save", "().update", "().update_one", "objects.insert"),
    "beanie.Document": ("insert", "create", "save", "insert_many", "insert_one", "set", "inc"),
}
_REPEATABLE = {
    "peewee.Model": ("delete_instance", "get_or_create", "replace().execute"),
    "tortoise.models.Model": ("delete", "get_or_create", "update_or_create"),
    "mongoengine.Document": ("delete",),
    "beanie.Document": ("delete", "replace", "upsert"),
}
_NDB = ("google.cloud.ndb.Model", "google.cloud.ndb.model.Model", "google.appengine.ext.ndb.Model")
_PUTTING, _DELETING, _FETCHING = (
    tuple(f"{done}{end}" for end in ("", "_async", "_multi", "_multi_async")) for done in ("put", "delete", "get")
)
_GETTING = (*_FETCHING, "get_by_id", "query")
_TORTOISE = {
    "tortoise.Tortoise.init": 0,
    "tortoise.contrib.fastapi.register_tortoise": 1,
    "tortoise.contrib.fastapi.RegisterTortoise": 1,
}
_SERVERS = tuple(f"peewee.{pool}{d}Database" for pool in ("", "Pooled") for d in ("Postgresql", "MySQL"))
_MONGO = Format("host={} dbname={}", (keyword("host"), FirstOf((arg(0, "db"), keyword("name")))))
_TRANSACTIONS = tuple(f"peewee.{d}.atomic()" for d in ("SqliteDatabase", "PostgresqlDatabase", "MySQLDatabase"))


def _writes() -> Iterator[Effects]:
    for table, repeatable in ((_WRITES, False), (_REPEATABLE, True)):
        for owner, methods in table.items():
            for method in methods:
                end = method if method.startswith("()") else f".{method}"
                yield Effects(
                    target=f"{owner}**{end}", does=Does.WRITES, lasts=True, repeatable=repeatable, adds=method == "create"
                )


PLUGIN = Plugin(
    name="object-mappers",
    roots=("peewee", "tortoise", "mongoengine", "beanie", "google.cloud.ndb", "google.appengine.ext.ndb"),
    effects=(
        *_writes(),
        *(Effects(target=t, does=Does.BEGINS, form="context", lasts=True) for t in _TRANSACTIONS),
        *(
            Effects(target=target, does=Does.OPENS, about=FirstOf((keyword("db_url"), keyword("config"), arg(place))))
            for target, place in _TORTOISE.items()
        ),
        *(Effects(target=t, does=Does.OPENS, about=Format("host={} dbname={}", (keyword("host"), arg(0)))) for t in _SERVERS),
        Effects(target="mongoengine.connect", does=Does.OPENS, about=FirstOf((Matched(keyword("host"), r"^(\w+://.*)$"), _MONGO))),
        Effects(target="tortoise.transactions.in_transaction()", does=Does.BEGINS, form="context", lasts=True),
        Effects(target="tortoise.transactions.atomic", does=Does.BEGINS, form="decorator", lasts=True),
    ),
    runs=(
        Runs("mongoengine.Document", ("clean",), by=("save", "validate", "create", "insert")),
        Runs("mongoengine.Document", (), by=("objects", "delete")),
        *(Runs(base, ("_pre_put_hook", "_post_put_hook"), by=(*_PUTTING, "get_or_insert")) for base in _NDB),
        *(Runs(base, ("_pre_delete_hook", "_post_delete_hook"), by=_DELETING) for base in _NDB),
        *(Runs(base, ("_pre_get_hook", "_post_get_hook"), by=_GETTING) for base in _NDB),
    ),
)

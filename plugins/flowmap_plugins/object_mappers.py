"""Smaller mappers of objects as what a service keeps: peewee, Tortoise, MongoEngine and Beanie, which write at once."""

from collections.abc import Iterator

from flowmap.plugin_api import Does, Effects, Plugin

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
_TRANSACTIONS = tuple(f"peewee.{d}.atomic()" for d in ("SqliteDatabase", "PostgresqlDatabase", "MySQLDatabase"))


def _writes() -> Iterator[Effects]:
    for table, repeatable in ((_WRITES, False), (_REPEATABLE, True)):
        for owner, methods in table.items():
            for method in methods:
                end = method if method.startswith("()") else f".{method}"
                yield Effects(target=f"{owner}**{end}", does=Does.WRITES, lasts=True, repeatable=repeatable)


PLUGIN = Plugin(
    name="object-mappers",
    roots=("peewee", "tortoise", "mongoengine", "beanie"),
    effects=(
        *_writes(),
        *(Effects(target=t, does=Does.BEGINS, form="context", lasts=True) for t in _TRANSACTIONS),
        Effects(target="tortoise.transactions.in_transaction()", does=Does.BEGINS, form="context", lasts=True),
        Effects(target="tortoise.transactions.atomic", does=Does.BEGINS, form="decorator", lasts=True),
    ),
)

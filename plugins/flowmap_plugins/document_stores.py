"""Document databases as what a service keeps: MongoDB (pymongo, Motor, Flask-PyMongo) and Cosmos DB, whose every write lasts at
once."""

from flowmap.plugin_api import Does, Effects, MethodName, Plugin, arg

_MONGO = (
    *("pymongo.MongoClient", "pymongo.AsyncMongoClient", "pymongo.database.Database", "pymongo.collection.Collection"),
    *(f"motor.motor_asyncio.AsyncIOMotor{kind}" for kind in ("Client", "Database", "Collection")),
    *("motor.motor_tornado.MotorClient", "flask_pymongo.PyMongo"),
)
_CLIENTS = (
    "pymongo.MongoClient",
    "pymongo.AsyncMongoClient",
    "motor.motor_asyncio.AsyncIOMotorClient",
    "motor.motor_tornado.MotorClient",
)
_READS = ("find", "find_one", "aggregate", "count_documents", "create_index")
_COSMOS = (
    "azure.cosmos.CosmosClient",
    "azure.cosmos.aio.CosmosClient",
    "azure.cosmos.ContainerProxy",
    "azure.cosmos.aio.ContainerProxy",
)
_WRITES = {
    _MONGO: ("insert_one", "insert_many", "update_one", "update_many", "bulk_write", "find_one_and_update"),
    _COSMOS: ("create_item", "patch_item"),
}
_REPEATABLE = {
    _MONGO: ("replace_one", "delete_one", "delete_many", "find_one_and_replace", "find_one_and_delete"),
    _COSMOS: ("upsert_item", "replace_item", "delete_item"),
}

PLUGIN = Plugin(
    name="document-stores",
    roots=("pymongo", "motor", "flask_pymongo", "azure.cosmos"),
    effects=(
        *(
            Effects(
                target=f"{owner}**.{method}",
                does=Does.WRITES,
                about=MethodName(1),
                lasts=True,
                repeatable=table is _REPEATABLE,
                adds=method == "insert_one",
            )
            for table in (_WRITES, _REPEATABLE)
            for owners, methods in table.items()
            for owner in owners
            for method in methods
        ),
        *(Effects(target=client, does=Does.OPENS) for client in _CLIENTS),
        Effects(target="flask_pymongo.PyMongo", does=Does.OPENS, about=arg(1, "uri")),
        Effects(target="MONGO_URI", does=Does.OPENS, form="setting"),
        *(
            Effects(target=f"{client}**.{method}", does=Does.OPENS)
            for client in _CLIENTS
            for method in (*_WRITES[_MONGO], *_REPEATABLE[_MONGO], *_READS)
        ),
        *(Effects(target=f"{owner}**.find_one", does=Does.READS, about=MethodName(1)) for owner in _MONGO),
    ),
)

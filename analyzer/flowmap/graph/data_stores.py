"""Databases, search engines, caches, object stores and brokers that talk HTTP: known by the images that they are deployed from.

To ask one is to read or write data, as it is with a database that has a protocol of its own: no call of a service.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.model.interaction import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowmap.model.interaction import Interaction
    from flowmap.model.project import External

_STORES = frozenset({
    "activemq", "arangodb", "artemis", "azurite", "blazegraph", "chroma", "chromadb", "clickhouse", "couchbase", "couchdb", "crate",
    "dgraph", "dynamodb", "elasticmq", "elasticsearch", "etcd", "eventstore", "fuseki", "graphdb", "influxdb", "janusgraph",
    "marqo", "meilisearch", "milvus", "minio", "neo4j", "opensearch", "qdrant", "questdb", "quickwit", "rabbitmq", "rethinkdb",
    "solr", "surrealdb", "typesense", "vespa", "victoriametrics", "virtuoso", "weaviate", "zincsearch",
})  # fmt: skip
_FILLERS = frozenset({
    "7", "cluster", "community", "db", "docker", "enterprise", "ha", "local", "management", "node", "opensource", "oss", "search",
    "server", "single", "standalone",
})  # fmt: skip


def is_store(image: str) -> bool:
    """Whether an image reference names a program that keeps data, and nothing that is put beside one."""
    first, *others = re.split(r"[-_]", re.sub(r"[@:][^/]*$", "", image.lower()).rpartition("/")[2])
    return first in _STORES and _FILLERS.issuperset(others)


def without_data(interactions: Iterable[Interaction], externals: Iterable[External]) -> Iterator[Interaction]:
    """The interactions without the requests to what keeps data."""
    stores = {f"external:{e.name}" for e in externals if is_store(e.image)}
    return (i for i in interactions if i.role is not Role.CALL or i.target not in stores)

"""What is known of published images by their names: programs that people run and do not write, and images made to run Python."""

from __future__ import annotations

import re

# Names, without fillers, of programs that people run and do not write; and of publishers of nothing else.
_PRODUCTS = frozenset({
    "activemq", "adminer", "akhq", "alertmanager", "alpine", "apicurio", "artemis", "azurite", "busybox", "caddy", "cadvisor",
    "cassandra", "cerebro", "chroma", "chromadb", "clamav", "clickhouse", "cockroach", "cockroachdb", "consul", "couchbase",
    "couchdb", "curl", "daprd", "debezium", "debian", "dozzle", "dynamodb", "elasticmq", "elasticsearch", "emqx", "envoy",
    "etcd", "eventstore", "filebeat", "flower", "fluent", "fluentd", "grafana", "graphite", "greenmail", "haproxy", "hazelcast",
    "httpbin", "influxdb", "jaeger", "jenkins", "kafdrop", "kafka", "keycloak", "keydb", "kibana", "kong", "konga", "kowl",
    "krakend", "ksqldb", "localstack", "logstash", "loki", "mailcatcher", "maildev", "mailhog", "mailpit", "mariadb",
    "meilisearch", "memcached", "metabase", "milvus", "minio", "mlflow", "mongo", "mongodb", "mosquitto", "moto", "mssql",
    "mysql", "nats", "neo4j", "nginx", "nsqd", "nsqlookupd", "opa", "opensearch", "opentelemetry", "otel", "papercut",
    "pgadmin", "pgadmin4", "pgbouncer", "portainer", "postgis", "postgres", "postgresql", "prometheus", "promtail", "pulsar",
    "qdrant", "rabbitmq", "redis", "redisinsight", "redpanda", "rethinkdb", "scylla", "scylladb", "seq", "smtp4dev", "solr",
    "spark", "sqlserver", "squid", "statsd", "swagger", "tempo", "temporal", "tensorboard", "timescaledb", "traefik",
    "typesense", "ubuntu", "unleash", "valkey", "varnish", "vault", "vernemq", "weaviate", "whoami", "wiremock", "zipkin",
    "zookeeper",
})  # fmt: skip
_PUBLISHERS = frozenset({
    "bitnami", "confluentinc", "daprio", "debezium", "elastic", "grafana", "hashicorp", "istio", "landoop", "minio", "mssql",
    "oliver006", "otel", "prom", "provectuslabs", "redpandadata", "tchiotludo", "temporalio", "vectorized", "wurstmeister",
})  # fmt: skip
_FILLERS = frozenset({
    "admin", "all", "bit", "broker", "cache", "cli", "cluster", "collector", "commander", "community", "connect", "console",
    "contrib", "cp", "dashboards", "db", "enterprise", "exporter", "express", "gateway", "in", "ingress", "init", "insight",
    "local", "management", "native", "node", "one", "proxy", "registry", "schema", "server", "setup", "stack", "standalone",
    "streaming", "ui", "unprivileged", "web",
})  # fmt: skip


def is_product(image: str) -> bool:
    """Whether an image reference names a well-known program, or nothing but a system to run commands in."""
    *publishers, name = re.sub(r"[@:][^/]*$", "", image.lower()).split("/")
    words = set(re.split(r"[-_]", name)) - _FILLERS
    return bool(words and words <= _PRODUCTS) or not _PUBLISHERS.isdisjoint(publishers)


_PYTHON_IMAGE = re.compile(r"python|conda|uvicorn|gunicorn|fastapi|flask|django|airflow|pypy|\buv\b|jupyter|celery", re.IGNORECASE)


def looks_python(image: str) -> bool:
    """Whether an image reference, by its name, holds Python."""
    return bool(_PYTHON_IMAGE.search(image))


_OTHER_LANGUAGE = re.compile(
    r"\b(node|golang|go|openjdk|jdk|jre|java|temurin|corretto|maven|gradle|dotnet|aspnet|sdk|ruby|php|rust|elixir|erlang|swift|scratch)\b"
    r"|distroless(?!.*python)|nginx|httpd",
    re.IGNORECASE,
)


def speaks_another_language(image: str) -> bool:
    """Whether an image reference, by its name, is made to run or serve something else than Python."""
    return bool(_OTHER_LANGUAGE.search(image))


def default_command(image: str, command: tuple[str, ...]) -> tuple[str, ...]:
    """What an image that starts a given application by itself runs, in terms of other commands; `command` is what its recipe
    states. Empty if the image is none of these."""
    if re.search(r"(uvicorn|meinheld)-gunicorn|uwsgi-nginx", image) and not command:
        return ("fastapi", "run")
    if re.search(r"lambda[/-]python", image) and len(command) == 1 and "." in command[0]:
        return ("python", "-m", command[0].rpartition(".")[0])
    return ()

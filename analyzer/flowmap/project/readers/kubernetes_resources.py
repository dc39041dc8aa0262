"""What the resources of Kubernetes state: workloads with the environment of their containers, Services as host names, ConfigMaps,
topics and queues, and the wiring of Knative.

Resources of other kinds count by the containers they hold. Secrets are not read at all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import (
    Address,
    Declarations,
    DeclaredHost,
    DeclaredProcess,
    NamedSettings,
    Setting,
    SettingReference,
)
from flowmap.model.location import Location
from flowmap.project.paths import parent
from flowmap.project.readers.connect import declared_by
from flowmap.project.readers.dotenv import parse_dotenv
from flowmap.project.readers.kubernetes_channels import bindings_of, existing_of
from flowmap.project.readers.kubernetes_eventing import eventing_of
from flowmap.project.readers.kubernetes_routes import gateways_of
from flowmap.project.readers.nginx import gateways_in
from flowmap.project.readers.rabbitmq import definitions_in
from flowmap.project.templates import manifests
from flowmap.project.yaml_nodes import Items, Table, Text, table, tables, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

_KIND = re.compile(rb"^kind[ \t]*:[ \t]*[\"']?(\w+)", re.MULTILINE)
# Kinds that state nothing of interest here; they make up most of the text of large repositories.
_SILENT = frozenset({
    b"APIService", b"CertificateSigningRequest", b"ClusterRole", b"ClusterRoleBinding", b"CustomResourceDefinition",
    b"HorizontalPodAutoscaler", b"LimitRange", b"MutatingWebhookConfiguration", b"Namespace", b"NetworkPolicy",
    b"PersistentVolume", b"PersistentVolumeClaim", b"PodDisruptionBudget", b"PodSecurityPolicy", b"PriorityClass",
    b"ResourceQuota", b"Role", b"RoleBinding", b"Secret", b"ServiceAccount", b"ServiceMonitor", b"StorageClass",
    b"ValidatingWebhookConfiguration",
})  # fmt: skip
_WORKLOADS = frozenset(
    {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Pod", "Rollout", "DeploymentConfig"}
)
_JOBS = ("Job", "CronJob")
"""Kinds whose pods the cluster itself labels with the name of the job."""
_PLAIN = frozenset({"Service", "ConfigMap", "Secret", "CustomResourceDefinition", "Kustomization", "Namespace", "Ingress"})
_DEEPEST = 10
_PRODUCTION = re.compile(r"(^|[/_.-])(prod|production|prd|live)([/_.-]|$)", re.IGNORECASE)
_DEVELOPMENT = re.compile(r"(^|[/_.-])(dev|development|local|minikube|kind|staging|stage|test|testing|qa)([/_.-]|$)", re.IGNORECASE)
_MOST_PODS = 5
_SUFFIX = re.compile(r"[-_](deployment|deploy|depl|statefulset|daemonset|pod|dep|rollout)$")
_SIDECARS = frozenset({"daprd", "istio-proxy", "linkerd-proxy", "cloud-sql-proxy", "cloudsql-proxy", "fluentd", "otel-collector"})


def is_silent(content: bytes) -> bool:
    """Whether all that a text holds, as manifests or templates of them, is of kinds that state nothing."""
    kinds = _KIND.findall(content)
    return bool(kinds) and _SILENT.issuperset(kinds)


def stated_by(file: DescriptorFile, roots: Iterable[Node]) -> Declarations:
    """What the documents of a file state together."""
    found = [m for root in roots if isinstance(root, Table) for m in manifests(root)]
    forwards, faults = bindings_of(file, found)
    brokers = [d for m in found for d in _broker(file, m)]
    wired = [eventing_of(file, m) for m in found]
    configured = [d for m in found for d in _configured(file, m)]
    return Declarations(
        processes=(*(p for m in found for p in _processes(file, m)), *(p for d in wired for p in d.processes)),
        groups=tuple(g for m in found for g in _groups(file, m)),
        hosts=tuple(h for m in found for h in _hosts(file, m)),
        gateways=(*(g for m in found for g in gateways_of(file, m)), *(g for d in configured for g in d.gateways)),
        wires=tuple(w for d in wired for w in d.wires),
        externals=(*(e for d in wired for e in d.externals), *(e for m in found for e in declared_by(file, m))),
        forwards=(*forwards, *(f for d in (*brokers, *wired) for f in d.forwards)),
        existing=(*(e for m in found for e in existing_of(file, m)), *(e for d in brokers for e in d.existing)),
        diagnostics=(*faults, *(f for d in (*brokers, *configured) for f in d.diagnostics)),
    )


def rank_of(path: str) -> int:
    """How much a manifest counts beside others about the same: what is for production more, for development less."""
    folder = parent(path)
    return 11 if _PRODUCTION.search(folder) else 9 if _DEVELOPMENT.search(folder) else 10


def _broker(file: DescriptorFile, manifest: Table) -> Iterator[Declarations]:
    """What definitions of RabbitMQ state that a ConfigMap holds."""
    if text(manifest.get("kind")) == "ConfigMap":
        for value in table(manifest.get("data")).entries.values():
            if isinstance(value, Text) and '"bindings"' in value.text:
                yield definitions_in(file, value.text.encode(), value.line + 1)


def _configured(file: DescriptorFile, manifest: Table) -> Iterator[Declarations]:
    """What configurations of gateways state that a ConfigMap holds."""
    if text(manifest.get("kind")) != "ConfigMap":
        return
    for value in table(manifest.get("data")).entries.values():
        if isinstance(value, Text) and "_pass" in value.text and "location" in value.text:
            yield gateways_in(file, value.text, value.line)


def _processes(file: DescriptorFile, manifest: Table) -> Iterator[DeclaredProcess]:
    kind = text(manifest.get("kind"))
    name = text(manifest.get("metadata", "name"))
    if not name or "{{" in name:
        return
    if kind not in _WORKLOADS and not (kind == "Service" and text(manifest.get("apiVersion")).startswith("serving.knative.dev")):
        for inner, container in _custom(manifest.get("spec"), "", 0) if kind not in _PLAIN else ():
            line = container.at("image")
            yield replace(_process(file, inner or name, container, line), aliases=(f"{name}-{inner}",) if inner else ())
        return
    template = _template(kind, manifest)
    containers = [c for c in tables(template.get("spec", "containers")) if text(c.get("name")) not in _SIDECARS]
    files = tuple(SettingReference(env_files_of(group)) for group in reversed(list(_mounted(template))))
    for container in containers:
        own = text(container.get("name"))
        shown = _SUFFIX.sub("", name) if len(containers) == 1 else own or name
        aliases = {name, *_given_names(manifest, template)} - {shown, ""} if len(containers) == 1 else set[str]()
        process = _process(file, shown, container, table(manifest.get("metadata")).at("name"))
        yield replace(
            process,
            aliases=tuple(sorted(aliases)),
            labels=tuple(_labels(template.get("metadata", "labels"))) or ((("job-name", name),) if kind in _JOBS else ()),
            references=(*process.references, *files),
        )


def _mounted(template: Table) -> Iterator[str]:
    """The ConfigMaps whose entries stand as files in a pod."""
    for volume in tables(template.get("spec", "volumes")):
        sources = [volume, *tables(volume.get("projected", "sources"))]
        yield from (name for source in sources if (name := text(source.get("configMap", "name"))))


def _process(file: DescriptorFile, name: str, container: Table, line: int) -> DeclaredProcess:
    settings, references = _environment(file, container)
    return DeclaredProcess(
        name=name,
        system="kubernetes",
        scope=parent(file.path),
        location=file.at(line),
        rank=rank_of(file.path),
        image=text(container.get("image")),
        entrypoint=texts(container.get("command")),
        command=texts(container.get("args")),
        working_dir=text(container.get("workingDir")),
        environment=settings,
        references=references,
    )


def _custom(node: Node, name: str, depth: int) -> Iterator[tuple[str, Table]]:
    """The containers in a resource of a kind that is not Kubernetes' own, each with the nearest name around it."""
    if depth > _DEEPEST:
        return
    if isinstance(node, Items):
        for item in tables(node):
            yield from _custom(item, text(item.get("name")) or name, depth + 1)
    elif isinstance(node, Table):
        if text(node.get("image")) and {"command", "args", "env"} & node.entries.keys():
            yield name, node
            return
        for key, inner in node.entries.items():
            if key != "initContainers":
                yield from _custom(inner, name, depth + 1)


def _template(kind: str, manifest: Table) -> Table:
    """The table that holds the pod's `metadata` and `spec`."""
    if kind == "Pod":
        return manifest
    if kind == "CronJob":
        return table(manifest.get("spec", "jobTemplate", "spec", "template"))
    return table(manifest.get("spec", "template"))


def _given_names(manifest: Table, template: Table) -> Iterator[str]:
    """Names that labels and annotations give to the application."""
    for holder in (manifest, template):
        for key in ("app", "app.kubernetes.io/name"):
            yield text(holder.get("metadata", "labels", key))
        yield text(holder.get("metadata", "annotations", "dapr.io/app-id"))


def _labels(node: Node) -> Iterator[tuple[str, str]]:
    return ((name, text(value)) for name, value in table(node).entries.items() if isinstance(value, Text))


def _environment(file: DescriptorFile, container: Table) -> tuple[tuple[Setting, ...], tuple[SettingReference, ...]]:
    settings: list[Setting] = []
    references: list[SettingReference] = []
    for item in tables(container.get("env")):
        name, value = text(item.get("name")), item.get("value")
        source, secret = table(item.get("valueFrom", "configMapKeyRef")), table(item.get("valueFrom", "secretKeyRef"))
        if isinstance(value, Text) and not value.null and name:
            settings.append(Setting(name, value.text, file.at(item.at("name"))))
        elif source.entries and name:
            references.append(SettingReference(text(source.get("name")), key=text(source.get("key")), variable=name))
        elif secret.entries and name:
            references.append(SettingReference(f"secrets/{text(secret.get('name'))}", key=text(secret.get("key")), variable=name))
    for item in tables(container.get("envFrom")):
        group = text(item.get("configMapRef", "name"))
        if group:
            references.append(SettingReference(group, prefix=text(item.get("prefix"))))
    # The later of two `env` items of one name holds, and `env` wins over `envFrom`.
    return tuple(reversed(settings)), tuple(sorted(references, key=lambda r: not r.key))


def _groups(file: DescriptorFile, manifest: Table) -> Iterator[NamedSettings]:
    if text(manifest.get("kind")) == "ConfigMap":
        data = table(manifest.get("data"))
        settings = tuple(
            Setting(name, value.text, file.at(data.at(name))) for name, value in data.entries.items() if isinstance(value, Text)
        )
        yield NamedSettings(text(manifest.get("metadata", "name")), settings)
        yield from env_files_in(file, text(manifest.get("metadata", "name")), settings)


def env_files_of(group: str) -> str:
    """The name of the group that holds the variables in the `.env` files of a ConfigMap."""
    return f"{group}/*.env"


def env_files_in(file: DescriptorFile, group: str, settings: tuple[Setting, ...]) -> Iterator[NamedSettings]:
    """The variables in those entries of a ConfigMap that are files of variables: what a process finds in a file it reads."""
    found: list[Setting] = []
    for entry in (s for s in settings if s.name.endswith(".env")):
        for inner in parse_dotenv(replace(file, path=entry.location.path, content=entry.value.encode())):
            line = entry.location.line + inner.location.line
            found.append(replace(inner, location=Location(entry.location.path, line, line)))
    if found:
        yield NamedSettings(env_files_of(group), tuple(found))


def _hosts(file: DescriptorFile, manifest: Table) -> Iterator[DeclaredHost]:
    if text(manifest.get("kind")) == "StatefulSet":
        yield from _pods(file, manifest)
    if text(manifest.get("kind")) != "Service" or text(manifest.get("apiVersion")) != "v1":
        return
    metadata = table(manifest.get("metadata"))
    name, namespace = text(metadata.get("name")), text(metadata.get("namespace")) or "default"
    selector = tuple(_labels(manifest.get("spec", "selector")))
    if not name or not selector or "{{" in name:
        return
    where = file.at(metadata.at("name"))
    ports = [int(p) for t in tables(manifest.get("spec", "ports")) if (p := text(t.get("port"))).isdecimal()]
    hosts = (name, f"{name}.{namespace}", f"{name}.{namespace}.svc", f"{name}.{namespace}.svc.cluster.local")
    addresses = tuple(Address(host.lower(), port, where) for host in hosts for port in ports or (None,))
    yield DeclaredHost(addresses, selector, where)


def _pods(file: DescriptorFile, manifest: Table) -> Iterator[DeclaredHost]:
    """The pods of a StatefulSet, which are known one by one behind its Service."""
    name, service = text(manifest.get("metadata", "name")), text(manifest.get("spec", "serviceName"))
    selector = tuple(_labels(manifest.get("spec", "selector", "matchLabels")))
    replicas = text(manifest.get("spec", "replicas"))
    if name and service and selector:
        where = file.at(table(manifest.get("metadata")).at("name"))
        count = min(int(replicas[:3]), _MOST_PODS) if replicas.isdecimal() else 1
        yield DeclaredHost(tuple(Address(f"{name}-{n}.{service}".lower(), None, where) for n in range(count)), selector, where)

"""Services of Google App Engine in Python: what starts them, with which variables, and which paths `dispatch.yaml` brings to them.

Of what a project deploys under one name (for staging and for production) the file for production holds, then the plainest one.
Scaling, static files, queues and crons are not looked at.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from flowmap.descriptor_api import (
    MOST_ROUTES,
    Address,
    Build,
    Declarations,
    DeclaredGateway,
    DeclaredProcess,
    DeclaredRoute,
    DescriptorReader,
    Diagnostic,
    Setting,
)
from flowmap.project.bounds import cut
from flowmap.project.paths import above, base, join, parent
from flowmap.project.yaml_nodes import Table, Text, YamlError, documents, items, table, tables, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.descriptor_api import DescriptorFile

_RUNTIME = re.compile(rb"^runtime[ \t]*:[ \t]*[\"']?(python|custom)", re.MULTILINE)
_OWN = frozenset({
    "service", "entrypoint", "handlers", "env", "instance_class", "env_variables", "runtime_config", "automatic_scaling",
    "manual_scaling", "basic_scaling", "inbound_services", "api_version", "vm",
})  # fmt: skip
"""Keys of which others' files with a `runtime` have none."""
_DISPATCH = ("dispatch.yaml", "dispatch.yml")
_DEFAULT = "default"
_START = "gunicorn main:app"
"""What the runtime runs where no entry point is stated."""
_PRODUCTION = re.compile(r"(^|[/_.-])(prod|production|live)([/_.-]|$)", re.IGNORECASE)
_OTHER = re.compile(
    r"(^|[/_.-])(dev|devel|development|local|staging|stage|test|testing|qa|sample|example|template)([/_.-]|$)", re.IGNORECASE
)
_HOSTS = ("{}.appspot.com", "{}.{}.r.appspot.com")
"""Where every application answers, whatever its project and region are called."""
_MOST_INCLUDED = 20


def _matches(path: str) -> bool:
    return path.endswith((".yaml", ".yml"))


def _read(file: DescriptorFile) -> Declarations:
    dispatched = base(file.path) in _DISPATCH
    if not dispatched and not (b"runtime" in file.content and _RUNTIME.search(file.content)):
        return Declarations()
    try:
        roots = documents(file.content)
    except YamlError as error:
        own = dispatched or (base(file.path) in ("app.yaml", "app.yml") and b"{{" not in file.content)
        said = Diagnostic(f"file of App Engine cannot be read: {error}", file.at(1))
        return Declarations(diagnostics=(said,) if own else ())
    root = table(roots[0]) if len(roots) == 1 else Table({}, {}, 0)
    if dispatched:
        return _dispatched(file, root)
    if not _OWN & root.entries.keys() or "kind" in root.entries or "main" in root.entries:
        return Declarations()
    process = _process(file, root)
    return Declarations(processes=(process,) if process is not None else ())


def _process(file: DescriptorFile, root: Table) -> DeclaredProcess | None:
    folder = _folder(file)
    service = text(root.get("service")) or text(root.get("module")) or _DEFAULT
    name = service if service != _DEFAULT else base(folder).lstrip(".") or _DEFAULT
    where = file.at(root.at("service") if "service" in root.entries else root.at("runtime"))
    custom = text(root.get("runtime")) == "custom"
    if custom and file.look(join(folder, "Dockerfile") or "") is None:
        return None
    return DeclaredProcess(
        name=name,
        system="appengine",
        scope=folder,
        location=where,
        rank=8 if _PRODUCTION.search(file.path) else 4 if _OTHER.search(base(file.path)) else 6 + (base(file.path) == "app.yaml"),
        folder=None if custom else folder,
        build=Build(folder) if custom else None,
        command=() if custom and "entrypoint" not in root.entries else ("sh", "-c", _start(root)),
        environment=tuple(_variables(file, root)),
        addresses=tuple(Address(host, None, where) for host in _hosts(service)),
        aliases=(service,) if service != name else (),
    )


def _hosts(service: str) -> tuple[str, ...]:
    return (*(f"{service}-dot-{host}" for host in _HOSTS), *(_HOSTS if service == _DEFAULT else ()))


def _folder(file: DescriptorFile) -> str:
    """The folder that is deployed: that of the file, or the nearest above it with what the runtime installs."""
    own = parent(file.path)
    folders = (own, *above(own))
    listed = (
        f for f in folders if any(_is_there(file, f, n) for n in ("requirements.txt", "main.py", "Pipfile", "pyproject.toml"))
    )
    return next(listed, own)


def _is_there(file: DescriptorFile, folder: str, name: str) -> bool:
    return file.look(join(folder, name) or "") is not None


def _start(root: Table) -> str:
    """The entry point, by itself or below `entrypoint`; of the first generation the module of the first handler that is code."""
    stated = text(root.get("entrypoint")) or text(root.get("entrypoint", "shell"))
    scripts = (text(h.get("script")) for h in tables(root.get("handlers")))
    script = next((s for s in scripts if s and s != "auto"), "")
    if stated or not script:
        return stated or _START
    module, _, name = script.rpartition(".")
    return f"python {script}" if name == "py" else f"gunicorn {module}:{name}"


def _variables(file: DescriptorFile, root: Table) -> Iterator[Setting]:
    """The variables of the file, and of those that it includes."""
    yield from _settings(file, root)
    for included in items(root.get("includes"))[:_MOST_INCLUDED]:
        path = join(parent(file.path), text(included))
        content = file.look(path) if path is not None and text(included) else None
        if path is None or content is None:
            continue
        try:
            other = next((table(d) for d in documents(content)), Table({}, {}, 0))
        except YamlError:
            continue
        yield from _settings(replace(file, path=path, content=content), other)


def _settings(file: DescriptorFile, root: Table) -> Iterator[Setting]:
    stated = root.get("env_variables")
    for holder in (table(stated), *tables(stated)):
        for name, value in holder.entries.items():
            if isinstance(value, Text) and not value.null:
                yield Setting(name, value.text, file.at(holder.at(name)))


def _dispatched(file: DescriptorFile, root: Table) -> Declarations:
    """`dispatch: [{url: "*/reports/*", service: reports}]`; the longest path that fits decides, in the place of the first."""
    rules = [t for t in tables(root.get("dispatch")) if text(t.get("url")) and (text(t.get("service")) or text(t.get("module")))]
    routes: list[DeclaredRoute] = []
    for rule in rules[:MOST_ROUTES]:
        host, _, path = text(rule.get("url")).partition("/")
        start, star, _ = path.partition("*")
        hosts = (host.lower(),) if "*" not in host else ()
        service = text(rule.get("service")) or text(rule.get("module"))
        routes.append(DeclaredRoute(f"/{start}", service, file.at(rule.at("url")), exact=not star, hosts=hosts))
    if not routes:
        return Declarations()
    names = tuple(dict.fromkeys((*(h for r in routes for h in r.hosts), *_HOSTS)))
    said = (cut(MOST_ROUTES, "routes", file.at(rules[MOST_ROUTES].line)),) if len(rules) > MOST_ROUTES else ()
    return Declarations(gateways=(DeclaredGateway("", tuple(routes), routes[0].location, names),), diagnostics=said)


READER = DescriptorReader("appengine", _matches, _read)

"""A CloudFormation template: its resources, and what the intrinsic functions in it are worth as far as the file tells.

Conditions are not decided: both sides of an `Fn::If` count. What another stack or the parameter store holds is left as a mark,
which is filled in where all files are known (`flowmap.project.exports`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice, product
from typing import TYPE_CHECKING

from flowmap.project.aws.names import FUNCTIONS, HOLE, attribute, name_property, reference
from flowmap.project.exports import FIELD, SECRET, STORED, marked, owned
from flowmap.project.paths import join, parent
from flowmap.project.yaml_nodes import Items, Table, Text, items, table, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flowmap.descriptor_api import DescriptorFile
    from flowmap.project.yaml_nodes import Node

Texts = tuple[str, ...]
_MOST = 4
_DEEPEST = 12
_LONGEST_LIST = 200
_LONGEST_TEXT = 200_000
_PSEUDO = {"AWS::Partition": "aws", "AWS::URLSuffix": "amazonaws.com", "AWS::NoValue": ""}
_IN_TEXT = re.compile(r"\$\{([^!][^}]*)\}")
_DYNAMIC = re.compile(
    r"\{\{resolve:(?:ssm(?:-secure)?:(?P<entry>[^:}]+)(?::\d+)?"
    r"|secretsmanager:(?:arn:(?:[^}]|\{\})*?:secret:)?(?P<secret>(?:[^:}]|\{\})+)(?::SecretString(?::(?P<field>[^:}]*))?[^}]*)?)\}\}"
)
_STACKS = ("AWS::CloudFormation::Stack", "AWS::Serverless::Application")
_WITH_STAGE = ("AWS::Serverless::Api", "AWS::ApiGateway::RestApi")


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource of a template; `line` is that of its logical name."""

    name: str
    kind: str
    properties: Table
    line: int


@dataclass(frozen=True, slots=True)
class Template:
    """One file. `worth` keeps what its nodes are worth, by their identity."""

    file: DescriptorFile
    root: Table
    resources: Mapping[str, Resource]
    worth: dict[int, tuple[Node, Texts]] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        return parent(self.file.path)

    def of(self, *kinds: str) -> list[Resource]:
        """The resources of some types, in the order of the file."""
        return [r for r in self.resources.values() if r.kind in kinds]

    def text(self, node: Node) -> str:
        """The first text that a node can be; empty if that is not known."""
        return next(iter(self.texts(node)), "")

    def texts(self, node: Node, depth: int = 0) -> Texts:
        """All texts that a node can be, empty if none is known; a sequence gives those of its elements."""
        if isinstance(node, Text):
            return () if node.null else (_looked_up(node.text),)
        if depth > _DEEPEST:
            return ()
        # The node is kept with what it is worth, so that no other gets its identity.
        if id(node) not in self.worth:
            self.worth[id(node)] = (node, ())
            self.worth[id(node)] = (node, self._evaluated(node, depth))
        return self.worth[id(node)][1]

    def _evaluated(self, node: Items | Table, depth: int) -> Texts:
        if isinstance(node, Items):
            return tuple(islice((t for e in node.items for t in self.texts(e, depth + 1)), _LONGEST_LIST))
        if len(node.entries) != 1:
            return ()
        name, inner = next(iter(node.entries.items()))
        found = self._function(name.removeprefix("Fn::"), inner, depth + 1)[:_MOST]
        return tuple(t for t in found if len(t) <= _LONGEST_TEXT)

    def physical(self, resource: Resource) -> str:
        """The name that a resource has: the one it is given, as far as that is known, else its logical one."""
        given = self.text(resource.properties.get(name_property(resource.kind)))
        known = any(c.isalnum() for c in given.replace(HOLE, ""))
        return given if known else owned(resource.name, self.file.path)

    def _function(self, name: str, node: Node, depth: int) -> Texts:
        match name:
            case "Ref":
                return self._ref(text(node))
            case "GetAtt":
                owner, _, wanted = ".".join(self.texts(node, depth)).partition(".")
                return self._attribute(owner, wanted)
            case "Sub":
                return self._substituted(node, depth)
            case "Join":
                between, parts = (*items(node), Text("", 0), Text("", 0))[:2]
                each = [self.texts(p, depth) or (HOLE,) for p in items(parts)[:_LONGEST_LIST]]
                joined = (text(between).join(t) for t in islice(product(*each), _MOST))
                return tuple(joined) if each else self.texts(parts, depth)
            case "If":
                return tuple(dict.fromkeys(t for n in items(node)[1:] for t in self.texts(n, depth)))
            case "ImportValue":
                return tuple(marked(f"export:{t}") for t in self.texts(node, depth))
            case "FindInMap":
                return self._in_map(node, depth)
            case "Select":
                return self._selected(node, depth)
        return ()

    def _ref(self, name: str) -> Texts:
        resource = self.resources.get(name)
        if resource is not None:
            return (reference(resource.kind, self._hosted(resource)),)
        if name.startswith("AWS::"):
            return (_PSEUDO.get(name, HOLE),)
        stated = table(self.root.get("Parameters", name))
        value = text(stated.get("Default"))
        if not value:
            return (marked(f"parameter:{self.file.path}#{name}", name),)
        return (marked(f"ssm:{value}"),) if text(stated.get("Type")).startswith("AWS::SSM::Parameter::Value") else (value,)

    def _hosted(self, resource: Resource) -> str:
        """The name of a resource; that of a gateway holds the stack, for every stack calls it `Api`."""
        if "::Api" in resource.kind or resource.kind.endswith("Api"):
            return api_host(self.folder, resource)
        return self.physical(resource)

    def _attribute(self, owner: str, wanted: str) -> Texts:
        resource = self.resources.get(owner)
        if resource is None:
            return ()
        if resource.kind in _STACKS and wanted.startswith("Outputs."):
            child = nested(self, resource)
            return (marked(f"output:{child or owner}#{wanted.removeprefix('Outputs.')}"),)
        return (attribute(resource.kind, self._hosted(resource), wanted),)

    def _substituted(self, node: Node, depth: int) -> Texts:
        body, own = (*items(node), Text("", 0), Table({}, {}, 0))[:2] if isinstance(node, Items) else (node, Table({}, {}, 0))
        written = text(body)
        names = dict.fromkeys(_IN_TEXT.findall(written))
        known = {n: self.texts(table(own).get(n), depth) or self._dotted(n.strip()) or (HOLE,) for n in names}
        found = []
        for values in product(*known.values()):
            pairs = dict(zip(known, values, strict=True))
            found.append(_IN_TEXT.sub(lambda m, p=pairs: p[m[1]], written).replace("${!", "${"))  # type: ignore[misc]
            if len(found) == _MOST:
                break
        return tuple(_looked_up(f) for f in found)

    def _dotted(self, name: str) -> Texts:
        owner, dot, wanted = name.partition(".")
        return self._attribute(owner, wanted) if dot and owner in self.resources else self._ref(name)

    def _in_map(self, node: Node, depth: int) -> Texts:
        keys = [self.text(n) if depth <= _DEEPEST else "" for n in items(node)[:3]]
        if len(keys) < 3:
            return ()
        level = table(self.root.get("Mappings", keys[0]))
        inner = [table(level.get(keys[1]))] if keys[1] in level.entries else [table(n) for n in level.entries.values()]
        return tuple(dict.fromkeys(t for one in inner for t in self.texts(one.get(keys[2]), depth)))

    def _selected(self, node: Node, depth: int) -> Texts:
        number, source = (*items(node), Text("", 0), Text("", 0))[:2]
        parts = list(self.texts(source, depth))
        split = inside(source, "Split")
        if items(split):
            between, whole = (*items(split), Text("", 0))[:2]
            parts = [p for t in self.texts(whole, depth)[:1] for p in t.split(text(between) or ",")]
        index = self.text(number)
        return (parts[int(index)],) if index.isdecimal() and len(index) < 6 and int(index) < len(parts) else ()


_IMPLICIT = {"Api": ("ServerlessRestApi", "AWS::Serverless::Api"), "HttpApi": ("ServerlessHttpApi", "AWS::Serverless::HttpApi")}


def inside(node: Node, function: str) -> Node:
    """What a function is applied to, written as a tag or in full; an empty text where the node is no such call."""
    entries = table(node).entries
    return entries.get(function) or entries.get(f"Fn::{function}") or Text("", 0, null=True)


def resources_of(root: Table) -> dict[str, Resource]:
    """The resources of a template by their logical names."""
    holder = table(root.get("Resources"))
    found = {}
    for name, node in holder.entries.items():
        kind = text(table(node).get("Type"))
        if kind:
            found[name] = Resource(name, kind, table(table(node).get("Properties")), holder.at(name))
    return {**_implicit(found), **found}


def _implicit(resources: dict[str, Resource]) -> dict[str, Resource]:
    """The gateways that SAM adds for events of functions that name none, under the names by which templates refer to them."""
    found: dict[str, Resource] = {}
    for resource in resources.values():
        events = resource.properties.get("Events") if resource.kind == FUNCTIONS[0] else None
        for event in map(table, table(events).entries.values()) if events is not None else ():
            implied = _IMPLICIT.get(text(event.get("Type")))
            if implied is not None and not {"RestApiId", "ApiId"} & table(event.get("Properties")).entries.keys():
                found.setdefault(implied[0], Resource(*implied, Table({}, {}, 0), resource.line))
    return found


def nested(template: Template, resource: Resource) -> str | None:
    """The path of the template that a nested stack is made from, if that is a file beside this one."""
    where = template.text(resource.properties.get("TemplateURL")) or template.text(resource.properties.get("Location"))
    path = join(template.folder, where) if where and "://" not in where else None
    return path if path is not None and template.file.look(path) is not None else None


def api_host(folder: str, resource: Resource) -> str:
    """What stands for the random host name of a gateway."""
    stack = folder.replace("/", "-") if folder != "." else ""
    return f"{resource.name}.{stack}".strip(".").lower()


def _looked_up(text: str) -> str:
    """A text with marks for what is taken from a store when it is deployed."""
    return _DYNAMIC.sub(lambda m: marked(_kept_as(m)), text)


def _kept_as(found: re.Match[str]) -> str:
    if found["entry"]:
        return f"{STORED}{found['entry']}"
    return f"{SECRET}{found['secret']}{FIELD}{found['field']}" if found["field"] else f"{SECRET}{found['secret']}"


def without_stage(template: Template, value: str) -> str:
    """The URL of a gateway without the stage that its path begins with: it is no part of what is served."""
    for resource in template.of(*_WITH_STAGE):
        host = f"https://{api_host(template.folder, resource)}.execute-api."
        if value.startswith(host):
            head, _, rest = value.removeprefix("https://").partition("/")
            return "/".join(("https:/", head, *rest.split("/")[1:]))
    return value

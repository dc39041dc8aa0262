"""The images that resources run: by their name, or by that of the variable in which it is handed over (`var.mailer_image_uri`),
for who pushes an image under which name is often decided outside of the configuration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flowmap.project.terraform import expressions as ir
from flowmap.project.terraform.evaluating import Scope, evaluate
from flowmap.project.terraform.values import HOLE, text

if TYPE_CHECKING:
    from flowmap.project.terraform.modules import Module

_NAMES = ("image", "image_uri", "image_identifier", "docker_image_name", "image_name", "docker_image")
_STEM = re.compile(
    r"(?P<stem>\w*?)_*(?:(?:docker|container|ecr|lambda)_*)*image(?:_*(?:uri|url|name|path|ref|repo|repository|tag|version|digest|id))*"
)
_GROUP = re.compile(r"\w*images?(_(uris?|urls?|names?|tags?))?", re.IGNORECASE)
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Image:
    """The name of an image as far as it is known, and what the variable that holds it is called after."""

    name: str = ""
    asked_as: str = ""


def image_in(body: ir.Body, scope: Scope) -> Image:
    """The image that the attributes of a block name."""
    written = [body.attributes[n].value for n in _NAMES if n in body.attributes]
    return next((found for e in written if (found := _image(e, scope)) != Image()), Image())


def images_in(definitions: ir.Expression, scope: Scope) -> tuple[Image, ...]:
    """The images of the containers that a list of mappings, or the call that makes a text of it, describes."""
    match definitions:
        case ir.Call(arguments=(inner, *_)):
            return images_in(inner, scope)
        case ir.Sequence(items=items):
            return tuple(_image_of(item, scope) for item in items)
        case _:
            return ()


def _image_of(container: ir.Expression, scope: Scope) -> Image:
    rows = container.items if isinstance(container, ir.Mapping) else ()
    images = (row.value for row in rows if "image" in (getattr(row.key, "id", ""), getattr(row.key, "value", "")))
    return next((_image(e, scope) for e in images), Image())


def _image(written: ir.Expression, scope: Scope) -> Image:
    name = known_part(text(evaluate(written, scope)) or "")
    return Image(name, "" if name else asked_as(written, scope))


def known_part(image: str) -> str:
    """The name of an image as far as it is known; what stands in for a registry or a tag says nothing."""
    return image if HOLE not in image.rpartition("/")[2].partition(":")[0] else ""


def asked_as(expression: ir.Expression, scope: Scope, depth: int = 0) -> str:
    """What the variable that an image comes from says of it, the outermost one first; empty if it says nothing."""
    inner = depth + 1
    match expression:
        case _ if depth > _DEEPEST:
            return ""
        case ir.Attribute(of=ir.Name(id="var"), name=name):
            return _of_variable(name, scope.module, inner)
        case ir.Attribute(of=ir.Name(id="local"), name=name) if name in scope.module.source.locals:
            return asked_as(scope.module.source.locals[name].value, Scope(scope.module), inner) or _stem(name)
        case ir.Attribute(of=ir.Attribute(of=ir.Name(id="var" | "local"), name=group), name=name) if _GROUP.fullmatch(group):
            return name
        case ir.Index(of=ir.Attribute(of=ir.Name(id="var" | "local"), name=group), key=key) if key and _GROUP.fullmatch(group):
            return text(evaluate(key, scope)) or ""
        case ir.Template(parts=parts):
            return next((found for p in parts if not isinstance(p, str) and (found := asked_as(p, scope, inner))), "")
        case ir.Choice(then=then, otherwise=otherwise):
            return asked_as(then, scope, inner) or asked_as(otherwise, scope, inner)
        case ir.Call(arguments=arguments):
            return next((found for a in arguments if (found := asked_as(a, scope, inner))), "")
        case _:
            return ""


def _of_variable(name: str, module: Module, depth: int) -> str:
    argument = module.call.body.attributes.get(name) if module.call is not None else None
    if argument is not None and module.caller is not None and (found := asked_as(argument.value, Scope(module.caller), depth)):
        return found
    return _stem(name)


def _stem(name: str) -> str:
    found = _STEM.fullmatch(name)
    return found["stem"] if found is not None else ""

"""Where the code of a resource lies: the files of the scan that its package, its image or its version is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flowmap.project.paths import above, join, parent, within
from flowmap.project.terraform import expressions as ir
from flowmap.project.terraform.evaluating import Scope, evaluate, made, scope_of
from flowmap.project.terraform.files import path_of
from flowmap.project.terraform.resources import given
from flowmap.project.terraform.values import Resource, resource_of, text, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.terraform.modules import Module

_FIRST = ("filename", "source_path", "zip_deploy_file", "source_code_hash", "image_uri", "image", "source")
_LAST = ("layers", "depends_on")
_HASHES = re.compile(r"file(base64)?(sha1|sha256|sha512|md5)")
_PATHS = {
    "archive_file": ("source_dir", "source_file"),
    "local_file": ("filename",),
    "docker_image": ("context", "path"),
    "google_storage_bucket_object": ("source",),
    "aws_s3_object": ("source",),
    "aws_s3_bucket_object": ("source",),
}
_MOST = 400
_DEEPEST = 150


def code_folder(resource: Resource, folders: frozenset[str]) -> str | None:
    """The folder of the scan that a resource is made of; None if nothing says so. `folders` are those of the configuration, whose
    own files are no code."""
    for path in _Paths().of_resource(resource):
        where = path_of(resource.module, path)
        if where is None:
            continue
        is_folder = where == "." or "." not in where.rpartition("/")[2]
        folder = where if is_folder else parent(where)
        if is_folder or where.endswith(".py") or folder not in folders:
            return folder
    return None


def handler_of(function: Resource, folders: frozenset[str]) -> str:
    """The handler of a function, as its file and its name in there; empty if that is not known. Where the package is made outside
    of the configuration, a handler in a package of Python is looked for in the folders around that."""
    packaged, handler = code_folder(function, folders), told(text(given(function, "handler")) or "")
    module, _, name = handler.rpartition(".")
    stem = module.replace(".", "/")
    own = tuple(dict.fromkeys((function.module.root.source.folder, parent(function.block.path))))
    around = dict.fromkeys(f for folder in own for f in above(folder)) if "/" in stem else ()
    places = [packaged, *own, *around, *(join(folder, "src") for folder in around)]
    paths = [f"{stem}.py" if folder == "." else f"{folder}/{stem}.py" for folder in places if folder is not None and stem]
    found = next((p for p in paths if function.module.look(p) is not None), paths[0] if packaged is not None and paths else "")
    return found and f"{found}:{name}"


def home_of(resource: Resource, folders: frozenset[str]) -> str | None:
    """The folder that what runs is: what is packaged for it, or, where that does not hold it, where its handler lies."""
    packaged, file = code_folder(resource, folders), handler_of(resource, folders).rpartition(":")[0]
    outside = file and (packaged is None or not within(file, packaged)) and resource.module.look(file) is not None
    return parent(file) if outside else packaged


class _Paths:
    """The paths that expressions lead to, each expression followed once."""

    def __init__(self) -> None:
        self._seen: set[tuple[int, int]] = set()

    def of_resource(self, resource: Resource, depth: int = 0) -> Iterator[str]:
        """The paths that the attributes of a resource lead to, those of its package first."""
        for name in _PATHS.get(resource.type, ()):
            found = text(given(resource, name))
            for block in resource.block.body.blocks if found is None else ():
                held = block.body.attributes.get(name)
                found = text(evaluate(held.value, scope_of(resource))) if held is not None else found
            if found:
                yield found
        package = text(given(resource, "filename")) if resource.type not in _PATHS else None
        for archive in _archives(resource.module) if package else ():
            if text(given(archive, "output_path")) == package:
                yield from self.of_resource(archive, depth + 1)
        yield from self._body(resource.block.body, scope_of(resource), depth + 1)

    def _body(self, body: ir.Body, scope: Scope, depth: int) -> Iterator[str]:
        names = [n for n in _FIRST if n in body.attributes] + [n for n in body.attributes if n not in (*_FIRST, *_LAST)]
        for name in names:
            yield from self._of(body.attributes[name].value, scope, depth + 1)
        for block in body.blocks:
            yield from self._body(block.body, scope, depth + 1)

    def _of(self, expression: ir.Expression, scope: Scope, depth: int) -> Iterator[str]:
        key = (id(expression), id(scope.module))
        if key in self._seen or len(self._seen) > _MOST or depth > _DEEPEST:
            return
        self._seen.add(key)
        inner = depth + 1
        match expression:
            case ir.Call(function=function, arguments=(path, *_)) if _HASHES.fullmatch(function):
                found = text(evaluate(path, scope))
                yield from [found] if found else []
            case ir.Attribute(of=ir.Name(id="local"), name=name) if name in scope.module.source.locals:
                yield from self._of(scope.module.source.locals[name].value, Scope(scope.module), inner)
            case ir.Attribute(of=ir.Name(id="var"), name=name):
                yield from self._variable(name, scope.module, inner)
            case ir.Attribute(of=of):
                referred = resource_of(evaluate(of, scope))
                leads_on = referred if referred is not None and _leads_on(referred) else None
                yield from self._of(of, scope, inner) if leads_on is None else self.of_resource(leads_on, inner)
            case _:
                for part in _parts(expression):
                    yield from self._of(part, scope, inner)

    def _variable(self, name: str, module: Module, depth: int) -> Iterator[str]:
        argument = module.call.body.attributes.get(name) if module.call is not None else None
        if argument is not None and module.caller is not None:
            yield from self._of(argument.value, Scope(module.caller), depth)


def _archives(module: Module) -> Iterator[Resource]:
    for block in module.source.resources:
        if block.labels[0] == "archive_file":
            yield from made(block, module)


def _leads_on(resource: Resource) -> bool:
    """Whether a resource is made of files, or is a step on the way to them."""
    return resource.type in _PATHS or resource.type in {"cloudinit_config", "template_cloudinit_config", "null_resource"}


def _parts(expression: ir.Expression) -> Iterator[ir.Expression]:
    match expression:
        case ir.Template(parts=parts):
            yield from (p for p in parts if not isinstance(p, str))
        case ir.Attribute(of=of) | ir.Index(of=of):
            yield of
        case ir.Call(arguments=arguments):
            yield from arguments
        case ir.Sequence(items=items):
            yield from items
        case ir.Mapping(items=items):
            yield from (item.value for item in items)
        case ir.Choice(then=then, otherwise=otherwise):
            yield from (then, otherwise)
        case ir.Operation(operands=operands):
            yield from operands
        case ir.For(of=of, each=each):
            yield from (of, each)

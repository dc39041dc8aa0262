"""Tiltfiles: `docker_build` calls say which folder an image is built from.

The language is a subset of Python, so Python's own parser reads it; nothing is run. A loop over a literal list is followed,
functions and loaded extensions are not.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, TypeAlias

from flowmap.descriptor_api import Build, Declarations, DeclaredImage, DescriptorReader, Diagnostic
from flowmap.project.bounds import cut
from flowmap.project.paths import base, join, parent
from flowmap.project.starlark import pairs, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flowmap.descriptor_api import DescriptorFile

_Names: TypeAlias = "Mapping[str, str]"
_MOST = 200


def _matches(path: str) -> bool:
    name = base(path).lower()
    return name == "tiltfile" or name.startswith("tiltfile.") or name.endswith(".tiltfile")


def _read(file: DescriptorFile) -> Declarations:
    try:
        tree = ast.parse(file.content)
        found = tuple(_images(file, tree.body, {}))
    except (SyntaxError, ValueError):
        return Declarations()
    except (RecursionError, MemoryError):  # brackets in brackets, a text added up from thousands of pieces
        return Declarations(diagnostics=(Diagnostic("Tiltfile is too deep to be read", file.at(1)),))
    images = tuple(i for i in found if isinstance(i, DeclaredImage))
    return Declarations(images=images, diagnostics=tuple(i for i in found if isinstance(i, Diagnostic)))


def _images(file: DescriptorFile, body: list[ast.stmt], names: dict[str, str]) -> Iterator[DeclaredImage | Diagnostic]:
    """The images that are built, and what is left out of them."""
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if (known := text(value, names)) is not None:
                    names[name] = known
            case ast.Expr(value=ast.Call() as call):
                if (image := _image(file, call, names)) is not None:
                    yield image
            case ast.For(target=ast.Name(id=name), iter=ast.List(elts=elements) | ast.Tuple(elts=elements)):
                for element in elements[:_MOST]:
                    yield from _images(file, statement.body, {**names, name: text(element, names) or ""})
                if len(elements) > _MOST:
                    yield cut(_MOST, "turns of a loop", file.at(elements[_MOST].lineno))
            case ast.If():
                yield from _images(file, [*statement.body, *statement.orelse], names)


def _image(file: DescriptorFile, call: ast.Call, names: _Names) -> DeclaredImage | None:
    if not isinstance(call.func, ast.Name) or call.func.id not in ("docker_build", "docker_build_with_restart"):
        return None
    keywords = {k.arg: k.value for k in call.keywords if k.arg}
    positional = dict(zip(("ref", "context"), call.args, strict=False))
    given = {**positional, **keywords}
    reference, context = (text(given.get(k), names) for k in ("ref", "context"))
    folder = join(parent(file.path), context) if context else None
    if not reference or folder is None:
        return None
    # Tilt looks for the recipe beside the Tiltfile, not in the context.
    dockerfile = text(keywords.get("dockerfile"), names)
    path = join(parent(file.path), dockerfile) if dockerfile else None
    build = Build(folder, path, tuple(pairs(keywords.get("build_args"), names)), text(keywords.get("target"), names) or "")
    return DeclaredImage(reference, build, file.at(call.lineno))


READER = DescriptorReader("tilt", _matches, _read)

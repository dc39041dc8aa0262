"""What a function is made of: the folder of its code, its handler, and what it is told."""

from __future__ import annotations

import posixpath
from typing import TypeAlias

from flowmap.project.cdk.constructs import plain, thing_of
from flowmap.project.infrapy.data import in_scan
from flowmap.project.infrapy.values import HOLE, Library, Thing, Value, piece

Properties: TypeAlias = dict[str, Value]
_INLINE = ("from_inline", "inline", "InlineCode")


def function_of(thing: Thing, kind: str, folder: str) -> tuple[Properties, Properties, str]:
    """The properties and the metadata of a function, and what could not be told of it; `folder` is where the program is started."""
    told: Properties = {"FunctionName": thing.given("function_name"), "Environment": _environment(thing)}
    code = thing_of(thing.given("code"))
    made = plain(code.name).rpartition(".")[2] if code is not None else ""
    if kind.endswith("PythonFunction"):
        index = piece(thing.given("index") or "index.py").removesuffix(".py").replace("/", ".")
        told |= {"Runtime": "python3", "Handler": f"{index}.{piece(thing.given('handler') or 'handler')}"}
        return told, {}, _placed(told, "CodeUri", piece(thing.given("entry")), folder)
    path = piece(code.given("directory", 0) or code.given("path")) if code is not None else HOLE
    if "image" in made:
        metadata: Properties = {"Dockerfile": code.given("file")} if code is not None and code.given("file") else {}
        command = code.given("cmd") if code is not None else None
        told["ImageConfig"] = {"Command": command} if isinstance(command, list) else None
        return told, metadata, _placed(metadata, "DockerContext", path, folder) if "asset" in made else ""
    told |= {"Runtime": _runtime(thing.given("runtime")), "Handler": thing.given("handler")}
    source = thing_of(code.given("code", 0)) if code is not None and made in _INLINE else None
    if source is not None and source.name == "open.read" and source.of is not None:
        # What is written into the template is the text of a file, whatever it is called there.
        file = piece(source.of.given("file", 0))
        told["Handler"] = f"{posixpath.basename(file).removesuffix('.py')}.{piece(told['Handler']).rpartition('.')[2]}"
        return told, {}, _placed(told, "CodeUri", posixpath.dirname(file) or ".", folder)
    followed = made not in _INLINE and piece(told["Runtime"]).startswith(("python", HOLE))
    return told, {}, _placed(told, "CodeUri", path if "asset" in made or "build" in made else HOLE, folder) if followed else ""


def _runtime(value: Value) -> str:
    """`PYTHON_3_12` as the template writes it."""
    name = value.name.rpartition(".")[2] if isinstance(value, Library) else ""
    return name.lower().replace("python_", "python").replace("_", ".") if name else HOLE


def _placed(told: Properties, key: str, path: str, folder: str) -> str:
    """Say where code lies, as seen from the program; what is wrong if nobody can tell."""
    where = in_scan(path, folder) if path else None
    if where is None:
        return "where the code of the function lies"
    told[key] = posixpath.relpath(f"/{where}", f"/{folder}")
    return ""


def _environment(thing: Thing) -> Value:
    given = thing.given("environment")
    return {"Variables": {**given}} if isinstance(given, dict) else None

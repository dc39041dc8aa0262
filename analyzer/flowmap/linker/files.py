"""Files that the code opens and parses: `json.load(open(path))`, `yaml.safe_load(...)`, paths beside `__file__`."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from flowmap.linker.json_texts import spelled_out
from flowmap.linker.making import ready
from flowmap.linker.subjects import given
from flowmap.linker.surroundings import SCAN, file_at, found_in
from flowmap.linker.terms import (
    Class,
    Elements,
    File,
    Instance,
    Link,
    Literal,
    Member,
    Module,
    Parsed,
    Template,
    Term,
    Unknown,
    Value,
)
from flowmap.linker.texts import bounded, join_paths
from flowmap.linker.waiting import depends

if TYPE_CHECKING:
    from flowmap.linker.view import View

TEXTS_OF_PATHS = {"read_text", "read_bytes"}
READING = {"read", "readlines", "decode", "strip", "__enter__"}
_OBJECTS = (
    "addict.Dict",
    "box.Box",
    "box.ConfigBox",
    "dotmap.DotMap",
    "easydict.EasyDict",
    "munch.DefaultMunch.fromDict",
    "munch.Munch.fromDict",
    "munch.munchify",
    "omegaconf.OmegaConf.create",
)
"""What makes an object of a mapping, whose keys are its attributes."""


def _opened(view: View, link: Link) -> Value:
    return bounded(File(t) for t in view.texts(given(view, link, 0, "file")))


def _parsed(view: View, link: Link) -> Value | None:
    """What a parser makes of an open file, or of the text that was read from one."""
    files = [t for t in given(view, link, 0) if isinstance(t, File)]
    return bounded(t for file in files for t in content(view, file)) or None


def _spelled(view: View, link: Link) -> Value | None:
    """What a parser of JSON makes of a text that is known, or of one that was read from a file."""
    texts = view.texts(given(view, link, 0))
    said = [spelled_out(t.value, deployed=bool(t.name)) for t in texts if isinstance(t, Literal) and isinstance(t.value, str)]
    known = [t for t in said if t is not None]
    return bounded([*known, *(t for t in texts if isinstance(t, Unknown))]) if known else _parsed(view, link)


def _parsed_path(view: View, link: Link) -> Value | None:
    """The same for a parser that is given a file or a path."""
    found = (t if isinstance(t, File) else File(t) for t in given(view, link, 0))
    known = [t for f in found for t in content(view, f) if not isinstance(t, Unknown)]
    return bounded(known) or _parsed(view, link)


def _as_object(view: View, link: Link) -> Value | None:
    """A mapping out of a file that is made into an object with its keys as attributes: it stays what it is."""
    found = given(view, link, 0)
    return found if found and all(isinstance(t, Parsed) for t in found) else None


def content(view: View, file: File) -> Value:
    """What is in the file."""
    if depends(file):
        return (Unknown("a file whose name is computed"),)
    path = file_at(view.surroundings, file.path)
    return (found_in(view.surroundings.data[path], path),) if path is not None else (Unknown("a file that is not in the scan"),)


def _path(change: Callable[[str], str]) -> Callable[[View, Link], Value]:
    def model(view: View, link: Link) -> Value:
        return bounded(changed(t, change) for t in view.texts(given(view, link, 0)))

    return model


def changed(term: Term, change: Callable[[str], str]) -> Term:
    if isinstance(term, Literal) and isinstance(term.value, str):
        return Literal(change(term.value))
    return term if isinstance(term, Unknown) or depends(term) else Unknown("a computed path")


def _folder(view: View, link: Link, number: int = 0) -> Value:
    """The folder of a package that is named, or given itself."""
    found: list[Term] = []
    for term in given(view, link, number):
        named = isinstance(term, Literal) and isinstance(term.value, str) and link.place is not None
        modules = view.module_by_text(link.place.scope.path, term.value, None) if named else (term,)  # type: ignore[union-attr, arg-type]
        found += (Literal(f"{SCAN}/{posixpath.dirname(m.path)}") for m in modules if isinstance(m, Module))
    return bounded(found) or (Unknown("the files of a package that is not in the scan"),)


def _resource(view: View, link: Link) -> Value:
    """A file of a package, by the name that it has there."""
    return join_paths([_folder(view, link), view.texts(given(view, link, 1))])


def _resource_read(view: View, link: Link) -> Value:
    return bounded(File(t) for t in _resource(view, link))


FUNCTIONS: Mapping[str, Callable[[View, Link], Value | None]] = {
    "builtins.open": _opened,
    "io.open": _opened,
    "codecs.open": _opened,
    "json.load": _parsed,
    "json.loads": _spelled,
    "orjson.loads": _spelled,
    "ujson.load": _parsed,
    "yaml.safe_load": _parsed,
    "yaml.load": _parsed,
    "yaml.full_load": _parsed,
    "tomllib.load": _parsed,
    "tomllib.loads": _parsed,
    "tomli.load": _parsed,
    "tomli.loads": _parsed,
    "toml.load": _parsed_path,
    "toml.loads": _parsed,
    "anyconfig.load": _parsed_path,
    "omegaconf.OmegaConf.load": _parsed_path,
    **dict.fromkeys(_OBJECTS, _as_object),
    "importlib.resources.files": _folder,
    "importlib_resources.files": _folder,
    "importlib.resources.read_text": _resource_read,
    "pkg_resources.resource_filename": _resource,
    "pkg_resources.resource_string": _resource_read,
    "pkgutil.get_data": _resource_read,
    "os.path.dirname": _path(posixpath.dirname),
    "os.path.basename": _path(posixpath.basename),
    "os.path.abspath": _path(posixpath.normpath),
    "os.path.realpath": _path(posixpath.normpath),
    "os.path.normpath": _path(posixpath.normpath),
}


def path_attribute(path: str, name: str) -> Value:
    """`Path(...).parent` and its like, where paths are texts; empty if it is none of them."""
    folder, base = posixpath.split(path)
    match name:
        case "parent":
            return (Literal(folder or "."),)
        case "parents":
            above = []
            while folder and folder not in above:
                above.append(folder)
                folder = posixpath.dirname(folder)
            return (Elements(tuple(ready((Literal(f),)) for f in above)),)
        case "name":
            return (Literal(base),)
        case "stem":
            return (Literal(posixpath.splitext(base)[0]),)
        case _:
            return ()


def method(view: View, callee: Member, _: Link) -> Value | None:
    """A method of a path or an open file; None if it is neither."""
    owner, name = callee.owner, callee.name
    if isinstance(owner, File):
        return (owner,) if name in READING else None
    if (name in TEXTS_OF_PATHS and not isinstance(owner, Instance | Class)) or (
        name == "open" and isinstance(owner, Literal | Template)
    ):
        return tuple(File(t) for t in view.texts((owner,)))
    return None

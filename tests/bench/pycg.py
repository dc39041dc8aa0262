"""The call graph against the micro-benchmark of PyCG (repository vitsalis/PyCG, folder micro-benchmark/snippets).

    python tests/bench/pycg.py PATH            the table: snippets per category, how many are complete, sound, both
    python tests/bench/pycg.py PATH --show     the same, and every edge that is made up or missed

A snippet is complete if no edge is made up, and sound if none is missed. The snippets are no part of the project.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from flowmap.extensions import load_plugins
from flowmap.frontend.summarise import summarise
from flowmap.frontend.workers import with_large_stack
from flowmap.linker.callgraph import runs
from flowmap.linker.contexts import frame_scope
from flowmap.linker.knowledge import compile_knowledge
from flowmap.linker.program import link
from flowmap.linker.terms import Class, Elements, Entries, Function, Instance, Literal, Made, Member, Place, Symbol, Term
from flowmap.linker.units import ScopeRef
from flowmap.linker.view import View
from flowmap.model.project import Project, Service

Edge = tuple[str, str]
"""Caller and callee by their qualified names, as the benchmark writes them."""
LITERALS = {str: "<**PyStr**>", int: "<**PyNum**>", float: "<**PyNum**>"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one snippet."""

    category: str
    name: str
    made_up: frozenset[Edge]
    missed: frozenset[Edge]


def call_graph(files: Mapping[str, str]) -> frozenset[Edge]:
    """The edges of a program of Python files, path -> text."""
    summaries = [summarise(path, text.encode()) for path, text in files.items()]
    program = link(summaries, Project((), (Service("main", "."),)))
    view = View(program.units, program.files["main"], {}, compile_knowledge(load_plugins()))
    return frozenset(with_large_stack(lambda: [*_scanned(view), *_outside(view)]))


def _scanned(view: View) -> Iterator[Edge]:
    for runner, run in runs(view).items():
        yield from ((_name(view, runner), _name(view, ref)) for ref in run)


def _outside(view: View) -> Iterator[Edge]:
    """Calls of the language and of libraries."""
    for ref in view.scopes:
        for site in view.unit(ref.path).table(ref.index).calls:
            view.ask()
            place = Place(view.symbolic_place(ref).frame, ref, site.position)
            for term in view.close(view.values(site.call.callee, place)):
                name = _library_name(view, term)
                if name is not None:
                    yield _name(view, frame_scope(view, ref)), name


def _library_name(view: View, term: Term) -> str | None:
    match term:
        case Symbol(name=name):
            return f"<builtin>.{name.removeprefix('builtins.')}" if name.startswith("builtins.") else name
        case Member(owner=Literal(value=value), name=name) if type(value) in LITERALS:
            return f"{LITERALS[type(value)]}.{name}"
        case Member(owner=Entries(), name=name):
            return f"<**PyDict**>.{name}"
        case Member(owner=Elements(), name=name):
            return f"<**PyList**>.{name}"
        case Member(owner=Made(callee=owner) | (Symbol() as owner), name=name):
            return f"{_library_name(view, owner)}.{name}"
        case Member(owner=Instance(scope=scope), name=name):
            return _inherited(view, scope, name)
        case Class(scope=scope) if not any(isinstance(t, Function) for t in view.attribute(Instance(scope), "__init__")):
            return _inherited(view, scope, "__init__")
        case _:
            return None


def _inherited(view: View, scope: ScopeRef, name: str) -> str | None:
    """A method that a scanned class has of a library's class."""
    bases = (b for b in view.external_bases(scope) if isinstance(b, Symbol) and not b.name.startswith("builtins."))
    return next((f"{b.name}.{name}" for b in bases), None)


def _name(view: View, ref: ScopeRef) -> str:
    """`module.Class.method`; anonymous functions are counted in what surrounds them."""
    scope = view.scope(ref)
    if scope.parent < 0:
        return ref.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    parent = ScopeRef(ref.path, scope.parent)
    name = scope.name
    if scope.kind == "lambda":
        scopes = view.unit(ref.path).summary.scopes
        number = sum(1 for s in scopes[: ref.index + 1] if s.kind == "lambda" and s.parent == scope.parent)
        name = f"<lambda{number}>"
    return f"{_name(view, parent)}.{name}"


def outcomes(path: Path) -> Iterator[Outcome]:
    """The snippets of the benchmark in the folder `path`, in order."""
    for stated in sorted(path.rglob("callgraph.json")):
        folder = stated.parent
        files = {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.py"))}
        graph = json.loads(stated.read_text(encoding="utf-8"))
        expected = frozenset((caller, callee) for caller, callees in graph.items() for callee in callees)
        found = call_graph(files)
        yield Outcome(folder.parent.name, folder.name, found - expected, expected - found)


def table(found: list[Outcome]) -> Iterator[str]:
    """The figures per category, and all together."""
    counts: Counter[tuple[str, str]] = Counter()
    for one in found:
        for category in (one.category, "all"):
            counts[category, "snippets"] += 1
            counts[category, "complete"] += not one.made_up
            counts[category, "sound"] += not one.missed
            counts[category, "both"] += not one.made_up and not one.missed
    columns = ("snippets", "complete", "sound", "both")
    yield f"{'':14}" + "".join(f"{c:>10}" for c in columns)
    for category in [*sorted({o.category for o in found}), "all"]:
        yield f"{category:14}" + "".join(f"{counts[category, c]:>10}" for c in columns)


def faults(one: Outcome) -> Iterator[str]:
    """The edges of a snippet that are wrong."""
    for words, edges in (("made up", one.made_up), ("missed", one.missed)):
        yield from (f"{one.category}/{one.name}: {words} {caller} -> {callee}" for caller, callee in sorted(edges))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="The call graph against the micro-benchmark of PyCG.")
    parser.add_argument("path", type=Path, help="the folder with the snippets")
    parser.add_argument("--show", action="store_true", help="list the edges that are wrong")
    options = parser.parse_args()
    found = list(outcomes(options.path))
    lines = [*table(found), *(line for one in found if options.show for line in faults(one))]
    sys.stdout.write("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    main()

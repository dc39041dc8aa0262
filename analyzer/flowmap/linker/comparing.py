"""What a method compares an attribute of its object with, and so tells requests apart that come to it all: texts, beginnings of
texts, patterns, keys of a mapping. What other methods of the same object compare on its behalf counts too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flowmap.linker.activations import last_name
from flowmap.linker.dispatch import event_names, functions_of
from flowmap.linker.mappings import walk
from flowmap.linker.tables import expressions
from flowmap.linker.terms import Entries, Function, Place
from flowmap.linker.units import ScopeRef
from flowmap.model import expression as ir
from flowmap.model.summary import Assign, Block, Return, Run, Scope

if TYPE_CHECKING:
    from flowmap.linker.view import View

Form = Literal["is", "begins", "matches"]
MAX_METHODS = 12
"""Methods that are looked into on behalf of one."""
BESIDE = {"query", "fragment", "params", "netloc", "hostname", "port"}
"""Parts of an address that are no path."""
PATTERNS = {"match", "fullmatch", "search"}


@dataclass(frozen=True, slots=True)
class Compared:
    """A text that the attribute is compared with, `line` in the file `path`, and the function that is run then, where it is one."""

    form: Form
    text: str
    function: ScopeRef
    path: str
    line: int


def compared(view: View, method: ScopeRef, name: str) -> list[Compared]:
    """What a method compares `self.<name>` with, or texts that are made of it."""
    found: dict[tuple[Form, str], Compared] = {}
    todo: dict[ScopeRef, frozenset[str]] = {method: frozenset()}
    done = 0
    while done < min(len(todo), MAX_METHODS):
        ref, given = list(todo.items())[done]
        reading, done = _Reading(view, ref, name, given), done + 1
        for one in reading.comparisons(method):
            found.setdefault((one.form, one.text), one)
        for inner, names in reading.passed_on():
            todo.setdefault(inner, names)
    return list(found.values())


class _Reading:
    """One function, and the names in it that hold the attribute or a text made of it."""

    def __init__(self, view: View, ref: ScopeRef, attribute: str, given: frozenset[str]) -> None:
        self._view, self._ref, self._scope = view, ref, view.scope(ref)
        self._attribute = attribute
        self._own = next((p.name for p in self._scope.parameters), "")
        self._names = set(given)
        for statement in self._scope.statements:
            if isinstance(statement, Assign) and statement.value is not None and self._is_made_of_it(statement.value):
                self._names.update(n.id for n in walk(statement.target) if isinstance(n, ir.Name))

    def _is_made_of_it(self, node: ir.Expression) -> bool:
        match node:
            case ir.Attribute(value=inner, attr=attr):
                of_object = isinstance(inner, ir.Name) and inner.id == self._own
                return attr == self._attribute if of_object else attr not in BESIDE and self._is_made_of_it(inner)
            case ir.Name(id=name):
                return name in self._names
            case ir.Call(callee=ir.Attribute(value=inner), arguments=arguments) if self._is_made_of_it(inner):
                return True
            case ir.Call(arguments=arguments):
                return bool(arguments) and self._is_made_of_it(arguments[0].value)
            case ir.Subscript(value=inner):
                return self._is_made_of_it(inner)
            case _:
                return False

    def comparisons(self, behalf: ScopeRef) -> Iterator[Compared]:
        """The texts, those of branches with what is run in these."""
        for number, block in enumerate(self._scope.blocks):
            for node in walk(block.test) if block.test is not None and block.kind in {"if", "case", "while"} else ():
                for form, text in self._texts(node, self._place_of(block)):
                    yield Compared(form, text, self._run_in(number, node) or behalf, self._ref.path, block.line)
        for position, statement in enumerate(self._scope.statements):
            place = self._view.symbolic_place(self._ref, position)
            for node in (n for e in expressions(statement) for n in walk(e)):
                for form, text in self._texts(node, place):
                    yield Compared(form, text, behalf, self._ref.path, statement.line)
                yield from self._looked_up(node, place, behalf, statement.line)

    def _place_of(self, block: Block) -> Place:
        later = (n for n, s in enumerate(self._scope.statements) if s.line >= block.line)
        return self._view.symbolic_place(self._ref, next(later, 0))

    def _texts(self, node: ir.Expression, place: Place) -> Iterator[tuple[Form, str]]:
        match node:
            case ir.Compare(left=left, operator="==" | "!=" | "in" | "not in" as sign, right=right):
                if self._is_made_of_it(left):
                    yield from (("is", t) for t in self._known(right, place))
                elif sign in {"==", "!="} and self._is_made_of_it(right):
                    yield from (("is", t) for t in self._known(left, place))
            case ir.Call(callee=ir.Attribute(value=owner, attr="startswith"), arguments=(ir.Argument(value=start), *_)):
                if self._is_made_of_it(owner):
                    yield from (("begins", t) for t in self._known(start, place))
            case ir.Call(callee=callee, arguments=arguments) if last_name(callee) in PATTERNS and arguments:
                if self._is_made_of_it(arguments[min(1, len(arguments) - 1)].value):
                    pattern = arguments[0].value if len(arguments) > 1 else _compiled(self._view, callee, place)
                    yield from (("matches", t) for t in (self._known(pattern, place) if pattern is not None else ()))

    def _known(self, node: ir.Expression, place: Place) -> tuple[str, ...]:
        return event_names(self._view, self._view.close(self._view.values(node, place)))

    def _looked_up(self, node: ir.Expression, place: Place, behalf: ScopeRef, line: int) -> Iterator[Compared]:
        """The keys of a mapping in which the attribute is looked up, with the functions under them."""
        match node:
            case ir.Subscript(value=owner, index=key):
                pass
            case ir.Call(callee=ir.Attribute(value=owner, attr="get"), arguments=(ir.Argument(value=key), *_)):
                pass
            case _:
                return
        if not self._is_made_of_it(key) or self._is_made_of_it(owner):
            return
        for table in self._view.close(self._view.values(owner, place)):
            for entry, value in table.items if isinstance(table, Entries) else ():
                functions = [t.scope for t in self._view.force(value) if isinstance(t, Function)]
                for text in event_names(self._view, self._view.force(entry)) if entry is not None else ():
                    yield Compared("is", text, functions[0] if len(functions) == 1 else behalf, self._ref.path, line)

    def _run_in(self, number: int, test: ir.Expression) -> ScopeRef | None:
        """The one method that a branch runs, where it does nothing else and hands over nothing but the text."""
        if isinstance(test, ir.Compare) and test.operator in {"!=", "not in"}:
            return None
        held = [(n, s) for n, s in enumerate(self._scope.statements) if s.block == number]
        if any(b.parent == number for b in self._scope.blocks):
            return None
        acting = [(n, s) for n, s in held if not (isinstance(s, Return) and (s.value is None or isinstance(s.value, ir.Name)))]
        call = acting[0][1].value if len(acting) == 1 and isinstance(acting[0][1], Run | Return) else None
        if not isinstance(call, ir.Call) or not all(self._is_made_of_it(a.value) for a in call.arguments):
            return None
        functions = functions_of(self._view, call, self._view.symbolic_place(self._ref, acting[0][0]))
        return functions[0] if len(functions) == 1 and _is_method(self._view.scope(functions[0]), self._own) else None

    def passed_on(self) -> Iterator[tuple[ScopeRef, frozenset[str]]]:
        """The methods of the same object that are called, and other functions that are given the text, each with the parameters
        under which they have it."""
        for position, statement in enumerate(self._scope.statements):
            place = self._view.symbolic_place(self._ref, position)
            for call in (n for e in expressions(statement) for n in walk(e) if isinstance(n, ir.Call)):
                own = isinstance(call.callee, ir.Attribute) and call.callee.value == ir.Name(self._own)
                handed = {n for n, a in enumerate(call.arguments) if a.keyword is None and self._is_made_of_it(a.value)}
                for inner in functions_of(self._view, call, place) if own or handed else ():
                    parameters = [p.name for p in self._view.scope(inner).parameters][1 if own else 0 :]
                    yield inner, frozenset(p for n, p in enumerate(parameters) if n in handed)


def _compiled(view: View, callee: ir.Expression, place: Place) -> ir.Expression | None:
    """The pattern of a compiled expression, where it is compiled in the same file (`ROUTE = re.compile("/x")`)."""
    owner = callee.value if isinstance(callee, ir.Attribute) else None
    found = view.definition_of(owner.id, place) if isinstance(owner, ir.Name) else None
    made = found[0] if found is not None else None
    return made.arguments[0].value if isinstance(made, ir.Call) and last_name(made.callee) == "compile" and made.arguments else None


def _is_method(scope: Scope, own: str) -> bool:
    return bool(scope.parameters) and scope.parameters[0].name == own

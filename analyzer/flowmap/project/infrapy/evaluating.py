"""The expressions of an infrastructure program. Whatever is not known is unknown; nothing here fails."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from flowmap.project.infrapy import data
from flowmap.project.infrapy.values import (
    TOP,
    UNKNOWN,
    Class,
    Function,
    Library,
    Method,
    Names,
    Object,
    Super,
    Thing,
    Unknown,
    Value,
    piece,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MOST = 200
_TEXT_IN_A_STEP = 200
_ITEMS_IN_A_STEP = 10


class Evaluator(ABC):
    """What expressions are worth. `steps` is how many may still be looked at, `depth` how many are under way."""

    def __init__(self, attributes: Callable[[Thing, str], Value]) -> None:
        self.steps = 100_000
        self.depth = 0
        self.cut = False
        self._attributes = attributes

    @abstractmethod
    def called(self, callee: Value, arguments: list[Value], keywords: dict[str, Value], node: ast.Call, names: Names) -> Value:
        """What a call gives."""

    def step(self) -> bool:
        """Whether one more expression or statement may be looked at."""
        self.steps -= 1
        allowed = self.steps > 0 and self.depth < 60
        self.cut = self.cut or not allowed
        return allowed

    def value(self, node: ast.expr | None, names: Names) -> Value:
        """The value of an expression."""
        if node is None:
            return None
        if not self.step():
            return UNKNOWN
        self.depth += 1
        found = self._value(node, names)
        self.depth -= 1
        if not isinstance(node, ast.Constant | ast.Name | ast.Attribute | ast.Subscript):
            self._spend(found)
        return found

    def _spend(self, made: Value) -> None:
        """Count what is made, or copied, as steps: the larger, the more."""
        if isinstance(made, str | list | dict):
            self.steps -= len(made) // (_TEXT_IN_A_STEP if isinstance(made, str) else _ITEMS_IN_A_STEP)

    def _value(self, node: ast.expr, names: Names) -> Value:
        match node:
            case ast.Constant(value=str() | int() | float() | bool() | None as value):
                return value
            case ast.Name(id=name):
                return self._name(name, names)
            case ast.Attribute(value=of, attr=name):
                return self.attribute(self.value(of, names), name)
            case ast.Call():
                return self._call(node, names)
            case ast.List() | ast.Tuple() | ast.Set():
                return list(self._elements(node.elts, names))
            case ast.Dict():
                return self._mapping(node, names)
            case ast.JoinedStr(values=parts):
                return data.joined("", [self.value(p, names) for p in parts])
            case ast.FormattedValue(value=inner) | ast.NamedExpr(value=inner) | ast.Await(value=inner):
                return self.value(inner, names)
            case _:
                return self._combined(node, names)

    def _combined(self, node: ast.expr, names: Names) -> Value:
        match node:
            case ast.BinOp(left=left, op=op, right=right):
                return _operated(op, self.value(left, names), self.value(right, names))
            case ast.BoolOp(op=op, values=nodes):
                return self._either(nodes, names, wanted=isinstance(op, ast.Or))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                decided = truth(self.value(test, names))
                if decided is not None:
                    return self.value(body if decided else orelse, names)
                return either(self.value(body, names), self.value(orelse, names))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                decided = truth(self.value(operand, names))
                return UNKNOWN if decided is None else not decided
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return _compared(op, self.value(left, names), self.value(right, names))
            case ast.Subscript(value=of, slice=key):
                return _item(self.value(of, names), self.value(key, names))
            case ast.ListComp(elt=each, generators=[generator]) | ast.GeneratorExp(elt=each, generators=[generator]):
                return [self.value(each, inner) for inner in self._kept(generator, names)]
            case ast.DictComp(key=key, value=each, generators=[generator]):
                return {piece(self.value(key, inner)): self.value(each, inner) for inner in self._kept(generator, names)}
            case _:
                return UNKNOWN

    def _name(self, name: str, names: Names) -> Value:
        if name == "__file__":
            return f"{TOP}/{names.path}"
        if name == "__name__":
            return "__main__"
        found = names.find(name)
        return Library(name) if isinstance(found, Unknown) and (data.is_python(name) or name == "super") else found

    def attribute(self, of: Value, name: str) -> Value:
        """`of.name`."""
        match of:
            case Names():
                return of.own.get(name, UNKNOWN)
            case Object():
                return self._of_object(of, name)
            case Class():
                return _of_class(of, name)
            case Super(this=this, owner=owner):
                above = [b.find(name) for b in owner.bases if isinstance(b, Class)]
                found = next((f for f in above if isinstance(f, Function)), None)
                return Function(found.node, found.names, this, found.owner) if found is not None else Method(of, name)
            case Thing():
                return self._of_thing(of, name)
            case str():
                found_in_path = data.attribute(of, name)
                return Method(of, name) if isinstance(found_in_path, Unknown) else found_in_path
            case list() | dict():
                return Method(of, name)
            case _:
                return data.attribute(of, name)

    def _of_object(self, of: Object, name: str) -> Value:
        if name in of.own:
            return of.own[name]
        found = of.kind.find(name)
        if isinstance(found, Function):
            decorators = {d.id for d in found.node.decorator_list if isinstance(d, ast.Name)}
            bound = Function(found.node, found.names, None if "staticmethod" in decorators else of, found.owner)
            return self.called(bound, [], {}, _NO_CALL, found.names) if decorators & {"property", "cached_property"} else bound
        if isinstance(found, Unknown) and of.thing is not None:
            return self._of_thing(of.thing, name)
        return found

    def _of_thing(self, of: Thing, name: str) -> Value:
        return self._attributes(of, name) if len(of.name) + len(name) <= data.LONGEST_NAME else UNKNOWN

    def _call(self, node: ast.Call, names: Names) -> Value:
        callee = self.value(node.func, names)
        arguments = list(self._elements(node.args, names))
        keywords: dict[str, Value] = {}
        for keyword in node.keywords:
            value = self.value(keyword.value, names)
            if keyword.arg is not None:
                keywords[keyword.arg] = value
            elif isinstance(value, dict):
                self._spend(value)
                keywords |= value if self.steps > 0 else {}
            else:
                keywords["**"] = UNKNOWN
        return self.called(callee, arguments, keywords, node, names)

    def _elements(self, nodes: list[ast.expr], names: Names) -> Iterator[Value]:
        for node in nodes:
            if isinstance(node, ast.Starred):
                inner = self.value(node.value, names)
                self._spend(inner)
                yield from inner if isinstance(inner, list) and self.steps > 0 else ()
            else:
                yield self.value(node, names)

    def _mapping(self, node: ast.Dict, names: Names) -> Value:
        found: dict[str, Value] = {}
        for key, value_node in zip(node.keys, node.values, strict=True):
            value = self.value(value_node, names)
            if key is None:
                self._spend(value)
                found |= value if isinstance(value, dict) and self.steps > 0 else {}
            else:
                found[piece(self.value(key, names))] = value
        return found

    def _either(self, nodes: list[ast.expr], names: Names, *, wanted: bool) -> Value:
        """`a or b`: the first that is known to be true; of `and`, the first that is known to be false; failing that, the last."""
        value: Value = UNKNOWN
        for node in nodes:
            value = self.value(node, names)
            if truth(value) is wanted:
                return value
        return value

    def _kept(self, generator: ast.comprehension, names: Names) -> Iterator[Names]:
        for inner in self.rounds(generator.target, generator.iter, names, comprehension=True):
            if all(truth(self.value(test, inner)) is not False for test in generator.ifs):
                yield inner

    def rounds(self, target: ast.expr, each: ast.expr, names: Names, *, comprehension: bool = False) -> Iterator[Names]:
        """The names as each round of a loop has them; one round of which nothing is known where its elements are not."""
        found = self.value(each, names)
        rows = [*found] if isinstance(found, dict) else found if isinstance(found, list) else [UNKNOWN]
        for row in rows[:_MOST]:
            inner = Names(names.path, {}, names) if comprehension else names
            self.assign(target, row, inner)
            yield inner

    def assign(self, target: ast.expr, value: Value, names: Names) -> None:
        """Give a value to a name, an attribute, an item, or several of them."""
        match target:
            case ast.Name(id=name):
                names.own[name] = value
            case ast.Attribute(value=of, attr=name):
                holder = self.value(of, names)
                if isinstance(holder, Object):
                    holder.own[name] = value
            case ast.Subscript(value=of, slice=key):
                mapping = self.value(of, names)
                if isinstance(mapping, dict):
                    mapping[piece(self.value(key, names))] = value
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                values = value if isinstance(value, list) and len(value) == len(parts) else [UNKNOWN] * len(parts)
                for part, one in zip(parts, values, strict=True):
                    self.assign(part, one, names)


_NO_CALL = ast.Call(ast.Name("", ast.Load()), [], [], lineno=1, col_offset=0)


def either(one: Value, other: Value) -> Value:
    """What a name stands for that is given in one of two ways: of two texts nobody can tell which, of all else the first."""
    return UNKNOWN if isinstance(one, str) and isinstance(other, str) and one != other else one


def truth(value: Value) -> bool | None:
    """Whether a condition holds; None if nobody can tell."""
    if isinstance(value, Unknown | Library) or (isinstance(value, Thing) and value.name.rpartition(".")[2][:1].islower()):
        return None  # what a function of a library gives may be nothing
    return bool(value) if isinstance(value, str | int | float | bool | list | dict | None) else True


def _of_class(of: Class, name: str) -> Value:
    if name == "__name__":
        return of.name
    found = of.find(name)
    if isinstance(found, Function) or not isinstance(found, Unknown):
        return found
    return data.attribute(Library(of.library()), name) if of.library() else UNKNOWN


def _operated(op: ast.operator, left: Value, right: Value) -> Value:
    match op, left, right:
        case ast.Add(), list(), list():
            return [*left, *right][:_MOST]
        case ast.Add(), (str() | Unknown()), (str() | Unknown()) if isinstance(left, str) or isinstance(right, str):
            return data.bounded(piece(left) + piece(right))
        case ast.Div(), str(), str():
            return data.path_join([left, right])
        case ast.BitOr(), dict(), dict():
            return {**left, **right}
        case _:
            return UNKNOWN


def _compared(op: ast.cmpop, left: Value, right: Value) -> Value:
    if not isinstance(left, str | bool | None) or not isinstance(right, str | bool | None):
        return UNKNOWN
    match op:
        case ast.Eq() | ast.Is():
            return left == right
        case ast.NotEq() | ast.IsNot():
            return left != right
        case _:
            return UNKNOWN


def _item(of: Value, key: Value) -> Value:
    match of, key:
        case dict(), str():
            return of.get(key, UNKNOWN)
        case list(), int() if -len(of) <= key < len(of):
            return of[key]
        case _:
            return UNKNOWN

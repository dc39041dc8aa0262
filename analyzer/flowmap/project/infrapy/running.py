"""An infrastructure program followed from its entry: modules, classes and functions of the scan, with what libraries are asked
for put on record. Both sides of a condition that nobody can decide count."""

from __future__ import annotations

import ast
import warnings
from typing import TYPE_CHECKING

from flowmap.project.infrapy import data
from flowmap.project.infrapy.evaluating import Evaluator, either, truth
from flowmap.project.infrapy.values import UNKNOWN, Class, Function, Library, Method, Names, Object, Super, Thing, Unknown, Value
from flowmap.project.paths import join, parent

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST = 500_000
_MOST_MODULES = 300


class Program(Evaluator):
    """The program. `look` reads a file of the scan, `folders` are where its modules are looked for; `things` are the calls of
    libraries in their order, `read` the files that were followed."""

    def __init__(
        self, look: Callable[[str], bytes | None], folders: tuple[str, ...], attributes: Callable[[Thing, str], Value]
    ) -> None:
        super().__init__(attributes)
        self.look = look
        self.folders = folders
        self.things: list[Thing] = []
        self.read: dict[str, Names] = {}
        self.faults: list[tuple[str, int, str]] = []
        self._around = [""]

    def run(self, path: str) -> bool:
        """Follow a file as the program that is started; whether there is one."""
        return self._module(path) is not None

    def _module(self, path: str) -> Names | None:
        if path in self.read:
            return self.read[path]
        content = self.look(path) if len(self.read) < _MOST_MODULES else None
        if content is None:
            return None
        names = self.read[path] = Names(path)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(content if len(content) <= _LARGEST else b"")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            self.faults.append((path, 1, "this file cannot be read as Python"))
            return names
        self._block(tree.body, names)
        return names

    def _imported(self, dotted: str, folders: tuple[str, ...]) -> Names | None:
        for folder in folders:
            for name in (f"{dotted.replace('.', '/')}.py", f"{dotted.replace('.', '/')}/__init__.py"):
                path = join(folder, name)
                if path is not None and (found := self._module(path)) is not None:
                    return found
        return None

    # Statements. A returned value is handed back in a list, so that None is a value too.

    def _block(self, body: list[ast.stmt], names: Names) -> list[Value]:
        for place, statement in enumerate(body):
            if not self.step():
                break
            self.depth += 1
            returned = self._statement(statement, names)
            self.depth -= 1
            if returned and isinstance(statement, ast.If) and truth(self.value(statement.test, names)) is None:
                self.depth += 1  # what follows a way that may not be taken
                otherwise = self._block(body[place + 1 :], names)
                self.depth -= 1
                return [either(returned[0], otherwise[0])] if otherwise else returned
            if returned:
                return returned
        return []

    def _statement(self, node: ast.stmt, names: Names) -> list[Value]:
        match node:
            case ast.Return(value=value):
                return [self.value(value, names)]
            case ast.Expr(value=value):
                self.value(value, names)
            case ast.Assign(targets=targets, value=value):
                found = self.value(value, names)
                for target in targets:
                    self.assign(target, found, names)
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self.assign(target, self.value(value, names), names)
            case ast.AugAssign(target=target, op=op, value=value):
                self.assign(target, self.value(ast.BinOp(target, op, value), names), names)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.own[name] = Function(node, names)
            case ast.ClassDef():
                self._class(node, names)
            case ast.Import() | ast.ImportFrom():
                self._import(node, names)
            case _:
                return self._branching(node, names)
        return []

    def _branching(self, node: ast.stmt, names: Names) -> list[Value]:
        match node:
            case ast.If(test=test, body=body, orelse=orelse):
                decided = truth(self.value(test, names))
                if decided is not None:
                    return self._block(body if decided else orelse, names)
                return self._both(body, orelse, names)
            case ast.For(target=target, iter=each, body=body):
                for inner in self.rounds(target, each, names):
                    self._block(body, inner)
            case ast.With(items=managers, body=body):
                for manager in managers:
                    value = self.value(manager.context_expr, names)
                    if manager.optional_vars is not None:
                        self.assign(manager.optional_vars, value, names)
                return self._block(body, names)
            case ast.Try(body=body, finalbody=final):
                return self._block(body, names) or self._block(final, names)
            case ast.While(body=body):
                return self._block(body, names)
        return []

    def _both(self, body: list[ast.stmt], orelse: list[ast.stmt], names: Names) -> list[Value]:
        """Both ways of a branch that nobody can decide: all that they make is there, and a text that they tell differently is not
        known."""
        before = dict(names.own)
        taken = self._block(body, names)
        first = dict(names.own)
        names.own.update({name: value for name, value in before.items() if isinstance(value, str)})
        otherwise = self._block(orelse, names)
        for name, value in first.items():
            if name in names.own and isinstance(value, str):
                names.own[name] = either(value, names.own[name])
        return [either(taken[0], otherwise[0])] if taken and otherwise else taken or otherwise

    def _class(self, node: ast.ClassDef, names: Names) -> None:
        made = Class(node.name, [self.value(b, names) for b in node.bases], Names(names.path, {}, names))
        self._block(node.body, made.names)
        for name, value in made.names.own.items():
            if isinstance(value, Function):
                # What a method sees around itself is the module, not the class.
                made.names.own[name] = Function(value.node, names, None, made)
        names.own[node.name] = made

    def _import(self, node: ast.Import | ast.ImportFrom, names: Names) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                module = self._imported(alias.name, self.folders)
                top = alias.asname or alias.name.partition(".")[0]
                whole = module is not None and (alias.asname or "." not in alias.name)
                names.own[top] = module if whole else Library(alias.name if alias.asname else top)
            return
        dotted, folders = node.module or "", self.folders
        if node.level:
            folder = parent(names.path)
            for _ in range(min(node.level, 10) - 1):
                folder = parent(folder)
            folders = (folder,)
        module = self._imported(dotted, folders) if dotted else None
        for alias in node.names:
            below = self._imported(f"{dotted}.{alias.name}".strip("."), folders) if alias.name != "*" else None
            if module is not None and alias.name == "*":
                names.own |= module.own
            elif module is not None and alias.name in module.own:
                names.own[alias.asname or alias.name] = module.own[alias.name]
            else:
                names.own[alias.asname or alias.name] = below if below is not None else data.attribute(Library(dotted), alias.name)

    # Calls.

    def called(self, callee: Value, arguments: list[Value], keywords: dict[str, Value], node: ast.Call, names: Names) -> Value:
        match callee:
            case Library(name="super"):
                return _super(names)
            case Library(name=name):
                known = data.function(name, arguments)
                return self._thing(name, arguments, keywords, node, names) if known is None else known
            case Class():
                return self._object(callee, arguments, keywords, node, names)
            case Function():
                return self._run(callee, arguments, keywords)
            case Method(of=Super(this=this, owner=owner), name="__init__"):
                this.thing = self._thing(owner.library(), arguments, keywords, node, names)
                return None
            case Method(of=Thing() as thing, name=name):
                found = self._thing(f"{thing.name}.{name}", arguments, keywords, node, names)
                found.of = thing
                thing.led += [*arguments, *keywords.values()]
                return found
            case Method(of=of, name=name):
                return data.method(of, name, arguments)
            case _:
                return UNKNOWN

    def _thing(self, name: str, arguments: list[Value], keywords: dict[str, Value], node: ast.Call, names: Names) -> Thing:
        partial = keywords.pop("**", None) is not None
        thing = Thing(name, arguments, keywords, names.path, node.lineno, None, [], partial, self._around[-1])
        self.things.append(thing)
        return thing

    def _object(self, kind: Class, arguments: list[Value], keywords: dict[str, Value], node: ast.Call, names: Names) -> Value:
        first = kind.find("__init__")
        texts = [a for a in (*arguments[:2], keywords.get("id"), keywords.get("construct_id")) if isinstance(a, str)]
        made = Object(kind, texts[0] if texts else kind.name)
        if isinstance(first, Function):
            self._around.append(f"{self._around[-1]}/{made.label}".strip("/"))
            self._run(Function(first.node, first.names, made, first.owner), arguments, keywords)
            self._around.pop()
        elif library := kind.library():
            made.thing = self._thing(library, arguments, keywords, node, names)
        else:
            made.own |= _fields(kind, arguments, keywords)
        return made

    def _run(self, function: Function, arguments: list[Value], keywords: dict[str, Value]) -> Value:
        """What a function of the program gives."""
        if self.depth > 50:
            self.cut = True
            return UNKNOWN
        names = Names(function.names.path, {}, function.names)
        given = [function.this, *arguments] if function.this is not None else arguments
        names.own |= {"\0self": function.this, "\0class": function.owner}
        self._bind(function, given, dict(keywords), names)
        returned = self._block(function.node.body, names)
        return returned[0] if returned else None

    def _bind(self, function: Function, given: list[Value], keywords: dict[str, Value], names: Names) -> None:
        stated = function.node.args
        places = [*stated.posonlyargs, *stated.args]
        defaults = dict(zip((a.arg for a in reversed(places)), reversed(stated.defaults), strict=False))
        defaults |= {a.arg: d for a, d in zip(stated.kwonlyargs, stated.kw_defaults, strict=True) if d is not None}
        for place, argument in enumerate((*places, *stated.kwonlyargs)):
            name = argument.arg
            if place < len(given) and argument in places:
                names.own[name] = given[place]
            elif name in keywords:
                names.own[name] = keywords.pop(name)
            else:
                names.own[name] = self.value(defaults[name], function.names) if name in defaults else UNKNOWN
        if stated.vararg is not None:
            names.own[stated.vararg.arg] = given[len(places) :]
        if stated.kwarg is not None:
            left = {k: v for k, v in keywords.items() if k not in names.own}
            names.own[stated.kwarg.arg] = left


def _super(names: Names) -> Value:
    this, owner = names.find("\0self"), names.find("\0class")
    return Super(this, owner) if isinstance(this, Object) and isinstance(owner, Class) else UNKNOWN


def _fields(kind: Class, arguments: list[Value], keywords: dict[str, Value]) -> dict[str, Value]:
    """The attributes of an object whose class only lists its fields."""
    stated = [n for n, v in kind.names.own.items() if not isinstance(v, Function | Unknown)]
    return {**dict(zip(stated, arguments, strict=False)), **keywords}

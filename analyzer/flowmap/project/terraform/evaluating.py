"""What an expression is worth in a module: references followed through locals, variables, resources, and the modules that call
and are called. Whatever cannot be told is unknown; nothing here fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from flowmap.project.terraform import expressions as ir
from flowmap.project.terraform.attributes import NAMED_BY
from flowmap.project.terraform.functions import called
from flowmap.project.terraform.known import known_source
from flowmap.project.terraform.modules import Module, called_folder
from flowmap.project.terraform.rendering import rendered
from flowmap.project.terraform.values import UNKNOWN, Pointer, Resource, Value, elements, entries, filled, joined, text, told

_MOST_ELEMENTS = 500
_MOST_DEEP_MODULES = 8
_GENERAL = frozenset({"this", "main", "default", "self", "queue", "topic", "app", "function", "lambda", "service"})
"""Labels that do not tell one resource of a system from another."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression stands: its module, and the names that are known there only (`each`, those of a `for`)."""

    module: Module
    names: Mapping[str, Value] = field(default_factory=dict)

    def inside(self, names: Mapping[str, Value]) -> Scope:
        return Scope(self.module, {**self.names, **names})


def evaluate(expression: ir.Expression, scope: Scope) -> Value:
    """The value of an expression."""
    bounds = scope.module.bounds
    if not bounds.step():
        return UNKNOWN
    bounds.depth += 1
    value = _EVALUATORS[type(expression)](expression, scope)
    bounds.depth -= 1
    return value


def _template(expression: ir.Template, scope: Scope) -> Value:
    if len(expression.parts) == 1 and not isinstance(expression.parts[0], str):
        return evaluate(expression.parts[0], scope)
    return joined(p if isinstance(p, str) else filled(evaluate(p, scope)) for p in expression.parts)


def _name(expression: ir.Name, scope: Scope) -> Value:
    return scope.names.get(expression.id, UNKNOWN)


def _attribute(expression: ir.Attribute, scope: Scope) -> Value:
    match expression:
        case ir.Attribute(of=ir.Name(id=root), name=name) if root not in scope.names:
            return _referred(root, name, scope)
        case ir.Attribute(of=ir.Attribute(of=ir.Name(id="data"), name=kind), name=name):
            return _resources_named("data", kind, name, scope.module)
        case ir.Attribute(of=of, name=name):
            return attribute(evaluate(of, scope), name)


def _referred(root: str, name: str, scope: Scope) -> Value:
    module = scope.module
    match root:
        case "var":
            return _once(module, ("var", name), lambda: _variable(module, name))
        case "local":
            found = module.source.locals.get(name)
            return _once(module, ("local", name), lambda: evaluate(found.value, Scope(module))) if found is not None else UNKNOWN
        case "path":
            return {"module": module.source.folder, "root": module.root.source.folder}.get(name, UNKNOWN)
        case "module":
            return _called(module, name)
        case "data" | "each" | "count" | "self" | "terraform":
            return UNKNOWN
        case _:
            return _resources_named("resource", root, name, module)


def _once(module: Module, key: tuple[str, ...], ask: Callable[[], Value]) -> Value:
    """A value that is looked for only once; one that rests on itself is unknown."""
    if key not in module.known:
        module.known[key] = UNKNOWN
        module.known[key] = ask()
    return module.known[key]


def _variable(module: Module, name: str) -> Value:
    given = module.call.body.attributes.get(name) if module.call is not None else None
    if given is not None and module.caller is not None:
        return evaluate(given.value, Scope(module.caller, _each(module.each)))
    if module.caller is None and name in module.source.given:
        return evaluate(module.source.given[name], Scope(module))
    declared = module.source.variables.get(name)
    default = declared.body.attributes.get("default") if declared is not None else None
    return evaluate(default.value, Scope(module)) if default is not None else UNKNOWN


def _each(each: tuple[Value, Value] | None) -> dict[str, Value]:
    return {"each": {"key": each[0], "value": each[1]}} if each is not None else {}


def instances(block: ir.Block, scope: Scope) -> Iterator[tuple[Value, Value] | None]:
    """The keys and values that a block is made for; None for one that stands once, or as often as nobody can tell."""
    given = block.body.attributes.get("for_each")
    value = evaluate(given.value, scope) if given is not None else UNKNOWN
    found = list(entries(value).items()) or [(text(v) or "", v) for v in elements(value)]
    yield from found[:_MOST_ELEMENTS] if found else [None]


def _called(module: Module, name: str) -> Value:
    children = {str(c.each[0]) if c.each is not None else "": c for c in called_modules(module) if c.name == name}
    return children.get("", children) if children else UNKNOWN


def called_modules(module: Module) -> tuple[Module, ...]:
    """The modules of the scan that a module calls, one for each key of `for_each`."""
    if module.children is None:
        module.children = ()  # a module that is made for what it gives itself
        module.children = tuple(_children(module))
    return module.children


def _children(module: Module) -> Iterator[Module]:
    for call in module.source.calls.values():
        folder = module.source.folder
        source = module.sources.get(called_folder(folder, call) or "") or known_source(folder, call)
        if source is not None and not is_off(call) and module.depth < _MOST_DEEP_MODULES:
            for each in instances(call, Scope(module)):
                if module.bounds.module():
                    yield Module(source, module.sources, module.look, module.bounds, module, call, each, module.depth + 1)


def _resources_named(mode: str, kind: str, name: str, module: Module) -> Value:
    block = module.source.named.get((mode, kind, name))
    if block is None:
        return UNKNOWN
    found = made(block, module)
    return found[0] if len(found) == 1 and found[0].each is None else {str(r.each[0]): r for r in found if r.each is not None}


def is_off(block: ir.Block) -> bool:
    """Whether a block says itself that nothing is made of it; a switch that is off may be on elsewhere."""
    count = block.body.attributes.get("count")
    return count is not None and count.value == ir.Constant(0)


def made(block: ir.Block, module: Module) -> tuple[Resource, ...]:
    """The resources that a block stands for."""
    key = id(block)
    if key not in module.made:
        module.made[key] = ()
        found: list[Resource] = []
        for each in instances(block, Scope(module)):
            found.append(Resource(block, module, _name_of(block, module, each), each))
        module.made[key] = tuple(found)
    return module.made[key] or (Resource(block, module, _fallback(block, module)),)


def _name_of(block: ir.Block, module: Module, each: tuple[Value, Value] | None) -> str:
    """What a resource is called; its label where that is not known."""
    scope = Scope(module, _each(each))
    attribute_name = NAMED_BY.get(block.labels[0], "name")
    given = block.body.attributes.get(attribute_name)
    holders = [given, *(b.body.attributes.get("name") for b in block.body.blocks if b.kind == "metadata")]
    found = next((told(evaluate(g.value, scope)) for g in holders if g is not None), "")
    return found or (text(each[0]) if each is not None else "") or _fallback(block, module)


def _fallback(block: ir.Block, module: Module) -> str:
    label = block.labels[1]
    return module.name if label in _GENERAL and module.call is not None else label


def scope_of(resource: Resource) -> Scope:
    """Where the attributes of a resource are evaluated."""
    return Scope(resource.module, _each(resource.each))


def attribute(value: Value | Module, name: str) -> Value:
    """`value.name`."""
    match value:
        case Resource():
            return _of_resource(value, name)
        case Module():
            output = value.source.outputs.get(name)
            held = output.body.attributes.get("value") if output is not None else None
            return _once(value, ("output", name), lambda: evaluate(held.value, Scope(value))) if held is not None else UNKNOWN
        case tuple():
            return tuple(attribute(v, name) if not isinstance(v, tuple) else UNKNOWN for v in value)
        case Mapping():
            return value.get(name, UNKNOWN)
        case _:
            return UNKNOWN


def _of_resource(resource: Resource, name: str) -> Value:
    if name in {"name", NAMED_BY.get(resource.type)}:
        return resource.name
    given = resource.block.body.attributes.get(name)
    if given is not None:
        key = ("resource", *map(str, resource.identity), name)
        return _once(resource.module, key, lambda: evaluate(given.value, scope_of(resource)))
    scope = scope_of(resource)
    found = rendered(resource, name, lambda expression: evaluate(expression, scope))
    return Pointer(resource, name) if found is None else found


def _index(expression: ir.Index, scope: Scope) -> Value:
    of = evaluate(expression.of, scope)
    if expression.key is None:
        return tuple(of.values()) if isinstance(of, Mapping) else of if isinstance(of, tuple) else (of,)
    key = evaluate(expression.key, scope)
    match of:
        case tuple():
            return of[key] if isinstance(key, int) and -len(of) <= key < len(of) else UNKNOWN
        case Mapping():
            return of.get(text(key) or "", UNKNOWN)
        case Resource() | Pointer() | Module():
            return of
        case _:
            return UNKNOWN


def _call(expression: ir.Call, scope: Scope) -> Value:
    return called(expression.function, [evaluate(a, scope) for a in expression.arguments], scope.module)


def _sequence(expression: ir.Sequence, scope: Scope) -> Value:
    return tuple(evaluate(item, scope) for item in expression.items)


def _mapping(expression: ir.Mapping, scope: Scope) -> Value:
    found: dict[str, Value] = {}
    for item in expression.items:
        key = item.key.id if isinstance(item.key, ir.Name) else text(evaluate(item.key, scope))
        if key is not None:
            found[key] = evaluate(item.value, scope)
    return found


def _choice(expression: ir.Choice, scope: Scope) -> Value:
    """The side that the condition decides for; failing that, the one that is not empty, or both if they are the same."""
    condition = evaluate(expression.condition, scope)
    if isinstance(condition, bool):
        return evaluate(expression.then if condition else expression.otherwise, scope)
    then, otherwise = evaluate(expression.then, scope), evaluate(expression.otherwise, scope)
    if then in (None, "", ()) or then is otherwise or (text(then) is not None and text(then) == text(otherwise)):
        return otherwise
    return then if otherwise in (None, "", ()) else UNKNOWN


def _operation(expression: ir.Operation, scope: Scope) -> Value:
    operands = [evaluate(o, scope) for o in expression.operands]
    if any(not isinstance(o, str | int | float | None) for o in operands):
        return UNKNOWN
    match expression.operators, operands:
        case ("==",), [one, other]:
            return one == other
        case ("!=",), [one, other]:
            return one != other
        case ("!",), [bool() as one]:
            return not one
        case ("-",), [int() | float() as one]:
            return -one
        case _:
            return UNKNOWN


def _for(expression: ir.For, scope: Scope) -> Value:
    of = evaluate(expression.of, scope)
    pairs: list[tuple[Value, Value]] = list(of.items()) if isinstance(of, Mapping) else list(enumerate(elements(of)))
    rows = []
    for key, value in pairs[:_MOST_ELEMENTS]:
        names = (key, value) if len(expression.names) == 2 else (value,)
        inner = scope.inside(dict(zip(expression.names, names, strict=True)))
        rows.append((expression.entry and text(evaluate(expression.entry, inner)), evaluate(expression.each, inner)))
    if expression.entry is None:
        return tuple(value for _, value in rows) if pairs else UNKNOWN
    return {key: value for key, value in rows if isinstance(key, str)} if pairs else UNKNOWN


_EVALUATORS: dict[type, Callable[..., Value]] = {
    ir.Constant: lambda expression, _: expression.value,
    ir.Template: _template,
    ir.Name: _name,
    ir.Attribute: _attribute,
    ir.Index: _index,
    ir.Call: _call,
    ir.Sequence: _sequence,
    ir.Mapping: _mapping,
    ir.Choice: _choice,
    ir.Operation: _operation,
    ir.For: _for,
}

"""Arguments of the command line: options of `argparse`, `click` and `typer`, those that a framework hands to its commands, and
`sys.argv`.

What the service's start command says counts, then an environment variable that the option names, then the default in the code; an
option that has none of them is not known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flowmap.linker import collections, slots
from flowmap.linker.commands import asked_for, behind_command, calls_of, is_another_command, is_another_part, named_by
from flowmap.linker.environment import variable
from flowmap.linker.making import passed, ready
from flowmap.linker.subjects import Subject, argument, of_creation_made
from flowmap.linker.terms import (
    Deferred,
    Elements,
    Entries,
    Function,
    Instance,
    Literal,
    Made,
    Member,
    Parameter,
    Place,
    Symbol,
    Term,
    Unknown,
    Unset,
    Value,
)
from flowmap.linker.texts import bounded
from flowmap.linker.units import ScopeRef
from flowmap.model.declaring import CommandOptions
from flowmap.plugin_api import keyword

if TYPE_CHECKING:
    from flowmap.linker.view import View

PARSERS = {"argparse.ArgumentParser"}
PARSING = {"parse_args", "parse_known_args"}
OPTIONS = {"click.option", "click.argument"}
DEFAULTS = {"typer.Option", "typer.Argument"}
COMMANDS = {"typer.Typer.command()"}
"""Decorators that make options of the parameters of functions."""
MAX_OPTIONS = 400


def word(view: View, index: int) -> Value:
    """`sys.argv[index]`."""
    words = view.surroundings.arguments
    if words is not None and 1 <= index <= len(words):
        return (Literal(words[index - 1]),)
    return (Unknown(f"word {index} of the command line"),)


def words(view: View) -> Elements | None:
    """`sys.argv` as a list; None if the words of the start command are not known."""
    given = view.surroundings.arguments
    if given is None:
        return None
    return Elements(tuple(ready((Literal(w),)) for w in (view.surroundings.entry or "", *given)))


def parsed(view: View, term: Made, name: str) -> Value | None:
    """`parser.parse_args().name`; None if the object is not what a parser gives."""
    callee = term.callee
    if not isinstance(callee, Member) or callee.name not in PARSING or not _is_parser(callee.owner):
        return None
    found = [v for option in _options(view, callee.owner) if _name(view, option) == name for v in _value(view, option)]
    known = bounded(found) or _set(view, callee.owner, name) or _subcommand(view, name)
    return known or (Unknown(f"`{name}` of the command line"),)


def _set(view: View, parser: Term, name: str) -> Value:
    """What `set_defaults` gives the attribute: of the part that the start command asks for, else of any."""
    found: list[Term] = []
    for owner, option in _given_to(view, "set_defaults"):
        if owner == parser:
            given = argument(view, option.arguments, None, name)
            found += view.force(given) if given is not None else ()
    return bounded(found)


def _subcommand(view: View, name: str) -> Value:
    """Which of its parts a parser is asked for, if that is what the attribute holds."""
    holding = any(view.text(slots.ask(view, keyword("dest"), made)) == name for made in calls_of(view, "add_subparsers"))
    part = asked_for(view, named_by(view, "add_parser")) if holding else None
    return (Literal(part),) if part is not None else ()


def of_command(view: View, ref: ScopeRef, name: str) -> Term | None:
    """The options that a framework gives to the method that is a command: those that another one declares; None if it is none."""
    scope, owner = view.scope(ref), ScopeRef(ref.path, view.scope(ref).parent)
    gathers = any(p.name == name and p.kind == "double_star" for p in scope.parameters)
    command = _command(view, owner) if gathers else None
    if command is None or scope.name != command.method:
        return None
    declaring = {t.scope for t in view.attribute(Instance(owner), command.declares) if isinstance(t, Function)}
    items: list[tuple[Deferred | None, Deferred]] = []
    for at, site in view.callers.named("add_argument")[:MAX_OPTIONS]:
        if at in declaring:
            place = Place(view.symbolic_place(at).frame, at, site.position)
            option = Subject(passed(site.call.arguments, place), None, place)
            value = ready(_value(view, option))
            several = argument(view, option.arguments, None, "nargs") is not None
            items.append((ready((Literal(_name(view, option)),)), ready((Elements((value,)),)) if several else value))
    return Entries(tuple(items), open=True)


def _command(view: View, owner: ScopeRef) -> CommandOptions | None:
    """What a plugin says of the library class that makes commands of the classes below it."""
    if owner.index <= 0 or view.scope(owner).kind != "class":
        return None
    known = view.knowledge.commands
    return next((known[b.name] for b in view.external_bases(owner) if isinstance(b, Symbol) and b.name in known), None)


def _is_parser(term: Term) -> bool:
    return isinstance(term, Made) and isinstance(term.callee, Symbol) and term.callee.name in PARSERS


def _options(view: View, parser: Term) -> Iterator[Subject]:
    """The `add_argument` calls on the parser, on its groups, and on parameters of functions that it may be handed to."""
    for owner, option in _given_to(view, "add_argument"):
        if parser == owner or (isinstance(owner, Parameter) and parser in view.close((owner,))):
            yield option


def _given_to(view: View, method: str) -> Iterator[tuple[Term, Subject]]:
    """The calls of a method on parsers, each with the parser that is parsed with; without those of parts that are not asked for."""
    for ref, site in view.callers.named(method)[:MAX_OPTIONS]:
        place = Place(view.symbolic_place(ref).frame, ref, site.position)
        on = [t.owner for t in view.values(site.call.callee, place) if isinstance(t, Member)]
        for root in dict.fromkeys(_root(t) for t in on if not is_another_part(view, t)):
            yield root, Subject(passed(site.call.arguments, place), None, place)


def _root(term: Term) -> Term:
    """The parser of a group: `parser.add_argument_group(...)`."""
    while isinstance(term, Made) and isinstance(term.callee, Member):
        term = term.callee.owner
    return term


def _flags(view: View, option: Subject) -> list[str]:
    texts = (view.text(view.force(a.value)) for a in option.arguments if a.keyword is None and not a.stars)
    return [t for t in texts if t]


def _name(view: View, option: Subject) -> str:
    """The attribute that the option fills: its `dest`, its first long flag, its only name."""
    given = argument(view, option.arguments, None, "dest")
    if given is not None:
        return view.text(view.force(given)) or ""
    flags = _flags(view, option)
    first = next((f for f in flags if f.startswith("--")), flags[0] if flags else "")
    return first.lstrip("-").replace("-", "_")


def _value(view: View, option: Subject, *, asked: bool = True) -> Value:
    """The value of an option: as the start command has it, if it asks for its command, else a variable that stands for it, else
    its default."""
    flags = _flags(view, option)
    if asked and (switched := _switched(view, option, flags)) is not None:
        return (Literal(switched),)
    if asked and (given := said(view, flags)) is not None:
        return (Literal(given),)
    default = argument(view, option.arguments, None, "default")
    return _unsaid(view, option, default) or (Unknown(f"`{flags[0] if flags else ''}` of the command line"),)


def _unsaid(view: View, option: Subject, default: Deferred | None) -> Value:
    """What an option is worth that the start command does not have; empty if nothing tells."""
    value = view.force(default) if default is not None else ()
    known = tuple(t for t in value if not (isinstance(t, Literal) and t.value is None))
    variables = argument(view, option.arguments, None, "envvar")
    if variables is None:
        return known
    several = [e for t in view.force(variables) for e in (collections.elements(view, t) or Elements((ready((t,)),))).items]
    values = [variable(view, view.force(name), ()) for name in several]
    return next((v for v in values if not any(isinstance(t, Unset | Unknown) for t in v)), known or next(iter(values), ()))


def _switched(view: View, option: Subject, flags: list[str]) -> bool | None:
    """Whether the start command switches an option that takes no value; None if it takes one, or the command is not known."""
    action = argument(view, option.arguments, None, "action")
    kind = view.text(view.force(action)) if action is not None else None
    is_flag = argument(view, option.arguments, None, "is_flag")
    given = view.surroundings.arguments
    switch = kind in {"store_true", "store_false"} or (is_flag is not None and view.force(is_flag) == (Literal(True),))
    if not switch or given is None:
        return None
    return any(f in given for f in flags) is not (kind == "store_false")


def said(view: View, flags: list[str]) -> str | None:
    """What follows one of the flags in the start command; of an argument by position, the only word behind the command's name."""
    words = view.surroundings.arguments or ()
    for number, given in enumerate(words):
        flag, equals, value = given.partition("=")
        if flag.startswith("-") and flag in flags:
            following = words[number + 1] if number + 1 < len(words) else ""
            return value if equals else None if following.startswith("-") else following or None
    positional = bool(flags) and not any(f.startswith("-") for f in flags)
    left = behind_command(view, words) if positional else ()
    return left[0] if len(left) == 1 and not left[0].startswith("-") else None


def parameter(view: View, ref: ScopeRef, name: str) -> Value:
    """A parameter of a function that is a command: the option that a decorator declares for it, or that it is itself and the start
    command has; empty if neither."""
    found: list[Term] = []
    asked = not is_another_command(view, ref)
    for term in view.decorators(ref):
        if asked and not COMMANDS.isdisjoint(view.plain_names_of(term)) and (stated := said(view, [f"--{name.replace('_', '-')}"])):
            found.append(Literal(stated))
        if not isinstance(term, Made) or not isinstance(term.callee, Symbol) or term.callee.name not in OPTIONS:
            continue
        option = of_creation_made(term)
        if option is not None and name in _names(view, option):
            found += _value(view, option, asked=asked)
    return bounded(found)


def _names(view: View, option: Subject) -> set[str]:
    """The parameters that a click option may fill: one that is spelled out, or the name of a flag."""
    flags = _flags(view, option)
    return {f for f in flags if f.isidentifier()} or {f.lstrip("-").replace("-", "_").lower() for f in flags}


def default(view: View, value: Value, name: str) -> Value:
    """A parameter's default with the options of `typer` replaced by what they stand for."""
    found: list[Term] = []
    for term in value:
        option = of_creation_made(term) if isinstance(term, Made) else None
        if option is None or not isinstance(term, Made) or not isinstance(term.callee, Symbol) or term.callee.name not in DEFAULTS:
            found.append(term)
            continue
        stated = said(view, [f"--{name.replace('_', '-')}", *_flags(view, option)[1:]])
        known = () if stated is not None else _unsaid(view, option, argument(view, option.arguments, 0, "default"))
        found += (Literal(stated),) if stated is not None else known or (Unknown(f"`{name}` of the command line"),)
    return tuple(found)

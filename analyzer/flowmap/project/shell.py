"""Shell text as a list of simple commands, each with the folder and the variables it runs with.

This reads start scripts and command lines, it does not run them: a condition on variables and arguments that are known is decided,
every other one counts as taken on both sides; what a command prints, and whether it succeeds, is unknown.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from flowmap.project.interpolation import interpolate
from flowmap.project.shell_syntax import COUNT, SPLIT, Case, Command, Commands, Function, Group, If, Loop, Words, parse
from flowmap.project.shell_tests import holds

_SKIPPED = frozenset({"[", "[[", "test", "echo", "trap", "return", "!", ":"})
_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_ARGUMENT = re.compile(r"\$(\d)|\$\{(\d)((?::?[-=][^}]*)?)\}")
_ALL = re.compile(r"\$[@*]|\$\{[@*](?::(\d+))?\}")
_DEFAULT = re.compile(r"\$\{([A-Za-z_]\w*):?=([^}]*)\}")
_MOST_STEPS = 5_000
_DEEPEST = 12
_MOST_ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Simple:
    """One command. `folder` is where `cd` has led, as written; `background` that the script does not wait for it. `branch` names,
    from the outside in, the branches around it of which nobody knows whether they are taken."""

    words: tuple[str, ...]
    folder: str = ""
    settings: tuple[tuple[str, str], ...] = ()
    background: bool = False
    branch: tuple[int, ...] = ()


def simple_commands(
    text: str, variables: tuple[tuple[str, str], ...] = (), arguments: tuple[str, ...] | None = None
) -> tuple[Simple, ...]:
    """The commands of `text` in order, with what is known of `variables`, of the text's own assignments and of `arguments` put
    in; None for arguments that nobody knows."""
    run = _Run(dict(variables), arguments)
    run.all(parse(text), sure=True)
    return tuple(run.found)


@dataclass(slots=True)
class _Run:
    """How far a text is followed. `sure` of a command is that it is reached in any case, or by conditions that are decided."""

    known: dict[str, str]
    arguments: tuple[str, ...] | None
    given: dict[str, str] = field(default_factory=dict)
    functions: dict[str, Commands] = field(default_factory=dict)
    found: list[Simple] = field(default_factory=list)
    folder: str = ""
    before: str = ""
    ended: bool = False
    steps: int = 0
    depth: int = 0
    course: tuple[int, ...] = ()
    courses: int = 0
    replaced: bool = False

    def all(self, commands: Commands, *, sure: bool) -> bool | None:
        """Follows the commands; whether the last one succeeds, if that is known."""
        status: bool | None = True
        operator = ";"
        for command in commands:
            self.steps += 1
            if self.ended or self.steps > _MOST_STEPS:
                break
            skipped = (operator == "&&" and status is False) or (operator == "||" and status is True)
            if not skipped:
                decided = operator not in {"&&", "||"} or status is not None
                status = self.one(command, sure=sure and decided)
            operator = command.end
        return status

    def one(self, command: Command, *, sure: bool) -> bool | None:
        match command:
            case Words():
                return self.words(command, sure=sure)
            case Group(body=body):
                return self.all(body, sure=sure)
            case Loop():
                self.loop(command, sure=sure)
                return None
            case If():
                return self.condition(command, sure=sure)
            case Case():
                return self.case(command, sure=sure)
            case Function(name=name, body=body):
                self.functions[name] = body
                return True

    def loop(self, command: Loop, *, sure: bool) -> None:
        if command.test is None:
            for word in self.expanded(command.words)[:_MOST_ROUNDS]:
                self.known[command.variable] = word
                self.all(command.body, sure=sure and "$" not in word)
            return
        for _ in range(_MOST_ROUNDS):
            result = self.all(command.test, sure=sure)
            if result is False or self.ended:
                return
            self.all(command.body, sure=sure and result is True)
            if result is None:
                return

    def condition(self, command: If, *, sure: bool) -> bool | None:
        """Of branches that nobody can decide between, the first that sets a variable counts: what follows it stands in for it."""
        chosen: dict[str, str] = {}
        open_ones = False
        for test, body in command.branches:
            result = self.all(test, sure=sure and not open_ones)
            if result is not False:
                certain = result is True and not open_ones
                self.alternative(body, chosen, sure=sure and certain, decided=certain)
            if result is True:
                return None
            open_ones = open_ones or result is None
        self.alternative(command.otherwise, chosen, sure=sure and not open_ones, decided=not open_ones)
        return None

    def alternative(self, body: Commands, chosen: dict[str, str], *, sure: bool, decided: bool) -> None:
        """One of several bodies, of which only one that is `decided` is known to be taken. After it the variables that it or one
        before it has set are worth what the first of them said."""
        outer, before, self.replaced = self.course, dict(self.given), False
        self.course = outer if decided else self.another(outer)
        self.all(body, sure=sure)
        # Behind a body that may have handed over to another program, what comes is one more alternative.
        self.course = self.another(outer) if self.replaced and not decided else outer
        for name, value in self.given.items():
            if before.get(name) != value:
                chosen.setdefault(name, value)
        self.set(chosen)

    def another(self, outer: tuple[int, ...]) -> tuple[int, ...]:
        self.courses += 1
        return (*outer, self.courses)

    def case(self, command: Case, *, sure: bool) -> bool | None:
        word = self.text(command.word)
        chosen: dict[str, str] = {}
        for patterns, body in command.branches:
            matches = None if word is None else any(fnmatchcase(word, self.text(p) or "") for p in patterns)
            if matches is not False:
                self.alternative(body, chosen, sure=sure and matches is True, decided=matches is True)
            if matches is True:
                return None
        return None

    def words(self, command: Words, *, sure: bool) -> bool | None:
        if command.words and command.words[0] in {"[", "[[", "test"}:
            return holds(tuple(self.text(w) if "$" in w else w for w in command.words))
        words, own = _assignments(self.expanded(command.words))
        first = words[0] if words else ""
        if first == ":":
            self.set(
                {
                    m[1]: m[2]
                    for w in command.words[1:]
                    if (m := _DEFAULT.fullmatch(w.removesuffix(SPLIT))) and not self.known.get(m[1])
                }
            )
        elif not words:
            self.set(own)
        elif first in {"export", "declare", "local", "readonly", "typeset"}:
            self.set(_assignments([w for w in words[1:] if not w.startswith("-")])[1])
        elif first in {"cd", "pushd", "popd"}:
            there = words[1] if len(words) > 1 and first != "popd" else "-"
            self.folder, self.before = self.before if there == "-" else posixpath.join(self.folder, there), self.folder
        elif first in {"shift", "set"}:
            self.rearrange(words, sure=sure)
        elif first == "exit":
            self.ended = self.ended or sure
        elif first in self.functions:
            return self.called(tuple(words), sure=sure)
        elif first not in _SKIPPED:
            settings = tuple({**self.given, **own}.items())
            self.found.append(Simple(tuple(words), self.folder, settings, command.end == "&", self.course))
            replaces = first == "exec" and len(words) > 1 and command.end != "&"
            self.ended = self.ended or (sure and replaces)
            self.replaced = self.replaced or replaces
        return None

    def set(self, own: dict[str, str]) -> None:
        self.known |= own
        self.given |= own

    def called(self, words: tuple[str, ...], *, sure: bool) -> bool | None:
        """A function of the text's own, with its own arguments."""
        if self.depth >= _DEEPEST:
            return None
        outer, self.arguments = self.arguments, words[1:]
        self.depth += 1
        status = self.all(self.functions[words[0]], sure=sure)
        self.arguments = outer
        self.depth -= 1
        return status

    def rearrange(self, words: list[str], *, sure: bool) -> None:
        """`shift`, and `set -- a b` for new arguments. What may or may not have happened leaves them unknown."""
        if words[0] == "set" and "--" not in words[1:2]:
            return
        if not sure or self.arguments is None:
            self.arguments = None
        elif words[0] == "set":
            self.arguments = tuple(words[2:])
        else:
            self.arguments = self.arguments[int(words[1]) if words[1:] and words[1].isdigit() else 1 :]

    def expanded(self, words: tuple[str, ...]) -> list[str]:
        """The words with values put in: `"$@"` is as many words as there are arguments, `$NAME` as many as its value has."""
        found: list[str] = []
        for word in words:
            everything = _ALL.fullmatch(word)
            if everything is not None and self.arguments is not None:
                found += self.arguments[max(int(everything[1] or 1) - 1, 0) :]
            elif everything is not None:
                found.append(word)
            else:
                text = interpolate(self.with_arguments(word.removesuffix(SPLIT))[0], self.variables).text
                found += text.split() if word.endswith(SPLIT) else [text]
        return found

    def text(self, word: str) -> str | None:
        """The text of one word, None if it is not known."""
        word, complete = self.with_arguments(word.removesuffix(SPLIT))
        value = interpolate(word, self.variables)
        return value.text if complete and not value.missing and "$" not in value.text and "`" not in value.text else None

    def with_arguments(self, word: str) -> tuple[str, bool]:
        """The word with `$1` and the like put in, and whether all of them are known."""
        if self.arguments is None:
            return word, _ARGUMENT.search(word) is None and _ALL.search(word) is None
        given = ("", *self.arguments)

        def value(match: re.Match[str]) -> str:
            number = int(match[1] or match[2])
            text = given[number] if number < len(given) else ""
            default = (match[3] or "").lstrip(":")[1:]
            return text or default

        return _ALL.sub(" ".join(self.arguments), _ARGUMENT.sub(value, word)), True

    @property
    def variables(self) -> dict[str, str]:
        count = {} if self.arguments is None else {COUNT: str(len(self.arguments))}
        return self.known | count


def _assignments(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """The words behind leading `NAME=value` words, and those."""
    own: dict[str, str] = {}
    for index, word in enumerate(words):
        match = _ASSIGNMENT.fullmatch(word)
        if match is None:
            return words[index:], own
        own[match[1]] = match[2]
    return [], own

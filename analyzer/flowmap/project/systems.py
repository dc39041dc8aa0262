"""What is scanned as one: a folder, or several repositories that appear side by side, as if they lay in one folder.

The paths in a repository's own configuration start from its folder; the system's, if it has one, speaks of all repositories.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flowmap.config import Config, load_config
from flowmap.errors import PathError

_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Repository:
    """A folder, or one Python file, with its own configuration. Its files appear below `name`; "" is the only one's."""

    path: Path
    config: Config
    name: str = ""

    @property
    def folder(self) -> Path:
        """The folder that its paths start from."""
        return self.path if self.path.is_dir() else self.path.parent


@dataclass(frozen=True, slots=True)
class System:
    """Repositories, and the configuration that speaks of all of them. Of a single one that is its own, and only its choice of rules
    counts here."""

    repositories: tuple[Repository, ...]
    config: Config

    @property
    def configs(self) -> tuple[Config, ...]:
        """Every configuration that states anything: those of the repositories, and that of several together."""
        own = tuple(r.config for r in self.repositories)
        return own if len(own) == 1 else (*own, self.config)

    @property
    def title(self) -> str:
        """What the system is called in reports."""
        return title_of([r.name or r.path.name or str(r.path) for r in self.repositories])


def title_of(names: Sequence[str]) -> str:
    """What repositories of these names are called together."""
    return ", ".join(names) if len(names) <= _MOST_NAMED else f"{len(names)} repositories"


def alone(path: Path, config: Config) -> System:
    """A system of one repository."""
    return System((Repository(path, config),), config)


def together(repositories: Sequence[tuple[Path, Config]], config: Config) -> System:
    """Several repositories, each below the name of its folder. Raises PathError for what is no folder, for two of one name, and for
    one inside another."""
    named = tuple(Repository(path, own, path.resolve().name) for path, own in repositories)
    for number, one in enumerate(named):
        if not one.path.is_dir():
            what = "is no folder" if one.path.exists() else "does not exist"
            raise PathError(f"{one.path} {what}; of several things to scan, each is the folder of a repository.")
        for other in named[:number]:
            if one.name == other.name:
                raise PathError(f"{other.path} and {one.path} are both called '{one.name}': their files could not be told apart.")
            here, there = one.path.resolve(), other.path.resolve()
            if here.is_relative_to(there) or there.is_relative_to(here):
                raise PathError(f"{one.path} and {other.path} lie inside one another; leave out the inner one.")
    return System(named, config)


def gathered(given: Sequence[Path], explicit: Path | None) -> System:
    """The one repository with its configuration; or several, each with its own, and that of the current folder. `explicit` is a
    file in the place of that which speaks of all. Raises ConfigError and PathError."""
    paths = [p if p.name not in ("", "..") else p.resolve() for p in given]
    if len(paths) == 1:
        return alone(paths[0], load_config(paths[0], explicit))
    repositories = [(p, load_config(p)) for p in paths]
    whole = load_config(Path(), explicit)
    if explicit is None and any(path.resolve() == Path.cwd() for path in paths):
        whole = whole.of_rules()  # what it states is said of that repository, and not once more of all
    return together(repositories, whole)

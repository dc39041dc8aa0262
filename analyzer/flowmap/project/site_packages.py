"""Installed packages on disk: the folders of an environment, and the file that a module name means there.

Read only, and never out of the environment: a link that leads out of it is not followed, and of the lines in `.pth` files only
those count that stay inside it or inside the scan. Nothing is imported, and no finder that an editable install registers is run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from flowmap.errors import ConfigError, PathError
from flowmap.model.location import Location
from flowmap.model.project import INSTALLED, Diagnostic
from flowmap.project.files import LARGEST_SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flowmap.project.systems import Repository, System

_LARGEST_NOTE = 100_000
"""Bytes of a `.pth` file that is looked into."""


@dataclass(slots=True)
class SitePackages:
    """The folders that hold installed packages, each with the environment it belongs to, in the order in which they are searched.
    `elsewhere` are folders that `.pth` files (the first of the pair) name outside: known to be there, and never read."""

    folders: list[tuple[Path, Path]] = field(default_factory=list)
    elsewhere: list[tuple[str, Path]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def module(self, dotted: str) -> str | None:
        """The path of a module's file below its folder: a package's own file before a plain one; None if no folder has it."""
        stem = dotted.replace(".", "/")
        for folder, environment in self.folders:
            for path in (f"{stem}/__init__.py", f"{stem}.py"):
                file = folder / path
                if _is_file(file) and self._inside(file, path, environment):
                    return path
        for note, folder in self.elsewhere if "." not in dotted else ():
            if _is_file(folder / f"{stem}.py") or _is_file(folder / stem / "__init__.py"):
                self.complain(note, f"{dotted} is installed from a folder outside of the environment and the scan: not followed")
        return None

    def read(self, path: str) -> bytes | None:
        """The content of a file that `module` named; None, and a diagnostic, if it is too large or cannot be read."""
        for folder, environment in self.folders:
            file = folder / path
            if not _is_file(file) or not self._inside(file, path, environment):
                continue
            try:
                size = file.stat().st_size
                if size <= LARGEST_SOURCE:
                    return file.read_bytes()
                self.complain(path, f"file is too large to be read ({size:,} bytes, the limit is {LARGEST_SOURCE:,})")
            except OSError as error:
                self.complain(path, f"file cannot be read ({error.strerror})")
            return None
        return None

    def complain(self, path: str, message: str) -> None:
        """Remembers, once, what is wrong with a file of the environment."""
        found = Diagnostic(message, Location(f"{INSTALLED}/{path}", 1, 1))
        if found not in self.diagnostics:
            self.diagnostics.append(found)

    def _inside(self, file: Path, path: str, environment: Path) -> bool:
        try:
            inside = file.resolve().is_relative_to(environment)
        except (OSError, RuntimeError):
            return False
        if not inside:
            self.complain(path, "link leads out of the environment and is not followed")
        return inside


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def site_packages(system: System, given: tuple[Path, ...]) -> SitePackages:
    """The installed packages of the `given` environments, else of the configured ones: virtual environments, or folders of
    packages themselves. Raises PathError for a folder that is neither, ConfigError for a configured one outside the scan."""
    scanned = [r.folder.resolve() for r in system.repositories]
    found = SitePackages()
    for environment in given or [e for r in system.repositories for e in _configured(r)]:
        folders = _folders(environment)
        if not folders:
            raise PathError(_refusal(environment))
        home = environment.resolve()
        found.folders += [(folder, home) for folder in folders]
        for packages in folders:
            found.folders += _linked(found, packages, home, scanned)
    return found


def _configured(repository: Repository) -> list[Path]:
    """The environments that the configuration names. It is a file of the scanned repository, so it may name nothing outside."""
    folder = repository.folder
    for stated in repository.config.environment:
        if not (folder / stated).resolve().is_relative_to(folder.resolve()):
            message = f"The configured environment '{stated}' lies outside of the scanned folder; give it with --environment."
            raise ConfigError(message)
    return [folder / stated for stated in repository.config.environment]


def _folders(environment: Path) -> list[Path]:
    """`lib/python3.x/site-packages` (the newest Python alone), `Lib/site-packages`, or the folder itself if it holds packages."""
    unix = sorted(environment.glob("lib/python3.*/site-packages"), key=_version)[-1:]
    found = [p for p in (*unix, environment / "Lib" / "site-packages") if p.is_dir()]
    return found[:1] or ([environment] if _holds_packages(environment) else [])


def _version(folder: Path) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d+", folder.parent.name))


def _holds_packages(folder: Path) -> bool:
    try:
        return any(p.suffix in (".dist-info", ".egg-info", ".py") or _is_file(p / "__init__.py") for p in folder.iterdir())
    except OSError:
        return False


def _refusal(environment: Path) -> str:
    what = "does not exist" if not environment.exists() else "is no virtual environment and holds no packages"
    return f"The environment {environment} {what}; give the folder of a virtual environment, or one named site-packages."


def _linked(found: SitePackages, folder: Path, home: Path, scanned: list[Path]) -> Iterator[tuple[Path, Path]]:
    """The folders that `.pth` files put on the path, as an editable install does, if they lie in the environment or the scan."""
    for note in sorted(folder.glob("*.pth")):
        for stated in _stated(note, home):
            target = (folder / stated).resolve()
            inside = next((place for place in (home, *scanned) if target.is_relative_to(place)), None)
            if inside is not None:
                yield target, inside
            else:
                found.elsewhere.append((note.name, target))


def _stated(note: Path, home: Path) -> list[str]:
    """The folders that a `.pth` file names; its lines of code are left alone."""
    try:
        if not note.resolve().is_relative_to(home) or note.stat().st_size > _LARGEST_NOTE:
            return []
        lines = (line.strip() for line in note.read_bytes().decode(errors="replace").splitlines())
    except (OSError, RuntimeError):
        return []
    return [line for line in lines if line and not line.startswith(("#", "import ", "import\t")) and "\x00" not in line]

"""From the options of a command to a report: configuration, cache folder, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TypeAlias, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flowmap.analysis import Explained, Settings, analyse_system, explain_line, plugins_used
from flowmap.analysis import Progress as Told
from flowmap.cli.main import FAILED
from flowmap.config import Config, load_config
from flowmap.errors import ArtefactError
from flowmap.merging import merged
from flowmap.model.flow import Artefact
from flowmap.model.gate import NOTHING_KNOWN, Baseline
from flowmap.model.project import Diagnostic
from flowmap.model.report import Report
from flowmap.model.usage import Usage
from flowmap.project.systems import System, gathered
from flowmap.reporters.json_artefact import artefact
from flowmap.visible import counted, visible

Command = TypeVar("Command", bound=Callable[..., object])
DEBUG = "flowmap.debug"
"""Where a context keeps that `--debug` was given."""

INCOMPLETE = "flowmap.incomplete"
"""Where a context keeps that an extension failed, so that the result lacks something."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What to scan, and how. `local`: with the messages inside a process; `scanned`: the paths are reports of earlier scans."""

    paths: tuple[Path, ...]
    environments: tuple[Path, ...] = ()
    config: Path | None = None
    cache: bool = True
    workers: int = 0
    quiet: bool = False
    select: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    local: bool = False
    scanned: bool = False
    facts: tuple[Path, ...] = ()
    baseline: Baseline = NOTHING_KNOWN

    @property
    def of_reports(self) -> bool:
        """Whether there is nothing to read but reports of earlier scans."""
        return self.scanned or all(p.suffix == ".json" for p in self.paths)


Decorator: TypeAlias = Callable[[Callable[..., None]], Callable[..., None]]
PATHS: Decorator = click.argument("paths", type=click.Path(path_type=Path), nargs=-1, metavar="[PATH]...")


def scan_options(command: Callable[..., None], where: Decorator = PATHS) -> Callable[..., None]:
    """What every command with a scan in it takes: `where` to scan, and options. They reach the command as one `wanted`."""

    @wraps(command)
    def gathered(
        *given: object,
        paths: tuple[Path, ...],
        environments: tuple[Path, ...],
        facts: tuple[Path, ...],
        config: Path | None,
        no_cache: bool,
        workers: int | None,
        quiet: bool,
        **own: object,
    ) -> None:
        scan = Scan(paths or (Path(),), environments, config, not no_cache, workers or 0, quiet, facts=facts)
        command(*given, wanted=scan, **own)

    whole: Callable[..., None] = gathered
    for option in (
        where,
        click.option(
            "--environment",
            "environments",
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="DIR",
            help="Follow wrappers into the libraries installed in DIR, a virtual environment or its site-packages.",
        ),
        click.option(
            "--facts",
            "facts",
            type=click.Path(path_type=Path),
            multiple=True,
            metavar="PATH",
            help="Take the AsyncAPI and OpenAPI documents and broker exports at PATH, a file or folder, as what others do.",
        ),
        click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Read the configuration from FILE."),
        click.option("--no-cache", is_flag=True, help="Read every file anew and remember nothing."),
        click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes to use. [default: one per processor]"),
        click.option("-q", "--quiet", is_flag=True, help="No progress and no remarks on standard error."),
        debug_option,
    ):
        whole = option(whole)
    return whole


strict_option = click.option("--strict", is_flag=True, help="Exit with 2 if anything could not be read or followed to its end.")
local_option = click.option("--local", is_flag=True, help="Show messages that stay inside a process too: signals, event emitters.")


def debug_option(command: Command) -> Command:
    """`--debug`, which is known to the whole program from the moment it is read."""
    return click.option(
        "--debug", is_flag=True, is_eager=True, expose_value=False, callback=_remember, help="Show the traceback of a failure."
    )(command)


def _remember(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[DEBUG] = True


def report_of(scan: Scan) -> Report:
    """The report of a scan, with progress on standard error if somebody sees it, or of the scans that the paths are reports of."""
    if scan.of_reports:
        config = chosen(configuration_of(scan), scan)
        report = merged([_read(p) for p in scan.paths], config, local=scan.local, baseline=scan.baseline)
        _tell(report.diagnostics)
        return report
    with _prepared(scan) as (system, settings):
        report = analyse_system(system, settings)
    _tell(report.diagnostics)
    return report


def report_on(system: System, scan: Scan) -> Report:
    """The report of a system with a configuration of its own, of which a scan says the rest."""
    with _prepared(scan, system) as (whole, settings):
        report = analyse_system(whole, settings)
    _tell(report.diagnostics)
    return report


def report_in(path: Path, scan: Scan, config: Config) -> Report:
    """The report of an earlier scan, judged anew."""
    report = merged([_read(path)], chosen(config, scan), local=scan.local)
    _tell(report.diagnostics)
    return report


def explained(scan: Scan, file: str, line: int) -> Explained:
    """What a scan makes of one line, with the same progress."""
    with _prepared(scan) as (system, settings):
        found = explain_line(system, file, line, settings)
    _tell(found.diagnostics)
    return found


def used(scan: Scan) -> tuple[Usage, ...]:
    """What each plugin has to do with a scan, with the same progress."""
    with _prepared(scan) as (system, settings):
        found = plugins_used(system, settings)
    _tell(found.diagnostics)
    return found.usage


@contextmanager
def _prepared(scan: Scan, given: System | None = None) -> Iterator[tuple[System, Settings]]:
    """What to scan, with which configuration and how, while progress is shown."""
    system = given or _system(scan)
    with _progress(shown=not scan.quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb") as told:
        cache = cache_folder() if scan.cache else None
        settings = Settings(scan.workers, cache, scan.environments, scan.local, told, scan.facts, scan.baseline)
        yield replace(system, config=chosen(system.config, scan)), settings


def chosen(config: Config, scan: Scan) -> Config:
    """The configuration with the rules that the command line chooses."""
    choice = {"extend_select": [*config.extend_select, *scan.extend], "ignore": [*config.ignore, *scan.ignore]}
    if scan.select:
        nowhere_else = [o.model_copy(update={"select": []}) for o in config.overrides]
        choice |= {"select": [*scan.select], "extend_select": [*scan.extend], "overrides": nowhere_else}
    return config.model_copy(update=choice)


def configuration_of(scan: Scan) -> Config:
    """The configuration that speaks of all that is scanned, without what the command line chooses."""
    return load_config(Path(), scan.config) if scan.of_reports else _system(scan).config


def folders_of(scan: Scan) -> dict[str, str]:
    """The folders of the repositories that lie below the current one, from there, by the names under which their files appear."""
    repositories = () if scan.of_reports else _system(scan).repositories
    found = {r.name: Path(os.path.relpath(r.folder)).as_posix() for r in repositories}
    return {name: folder for name, folder in found.items() if folder != "." and not folder.startswith("..")}


def tell_unheard(scan: Scan) -> None:
    """Says what repositories state about the check, and does not count where several of them are scanned as one."""
    repositories = () if scan.of_reports or scan.quiet else _system(scan).repositories
    whole = configuration_of(scan).file.resolve()
    for own in (r.config for r in repositories):
        keys = own.of_the_gate()
        if keys and own.file.resolve() != whole:
            said = (
                f"{own.file}: {', '.join(keys)} of one repository do not count for several; state them in a configuration of all."
            )
            click.echo(f"flowmap: {visible(said)}", err=True)


def expect_complete(report: Report) -> None:
    """Ends the program, as `--strict` asks, if anything could not be read or followed to its end."""
    if report.diagnostics:
        first, number = report.diagnostics[0], counted(len(report.diagnostics), "diagnostic")
        place = f"{first.location}: " if first.location else ""
        click.echo(f"flowmap: --strict: {number}, the first: {visible(place + first.message)}", err=True)
        click.get_current_context().exit(FAILED)


def _read(path: Path) -> Artefact:
    """An earlier scan. Raises ArtefactError for a file that is none."""
    return artefact(content_of(path), str(path))


def content_of(path: Path) -> bytes:
    """What is in a file that an earlier scan wrote. Raises ArtefactError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ArtefactError(f"{path} cannot be read ({error.strerror or error}).") from error


def _system(scan: Scan) -> System:
    return gathered(scan.paths, scan.config)


def _tell(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Says which extensions failed, and remembers that some did."""
    for failed in (d for d in diagnostics if d.fatal):
        click.get_current_context().meta[INCOMPLETE] = True
        click.echo(f"flowmap: {visible(failed.message)}", err=True)


@contextmanager
def _progress(*, shown: bool) -> Iterator[Told]:
    if not shown:
        yield lambda _stage, _done, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("looking", total=None)

        def told(stage: str, done: int, total: int) -> None:
            # The stages behind the last one that can be counted take their time too.
            counted = done < total
            bar.update(task, description=stage if counted else "following", completed=done, total=total if counted else None)

        yield told


def cache_folder() -> Path | None:
    """Where summaries are kept: `$FLOWMAP_CACHE_DIR`, else the user's cache folder of the platform; None if there is no home."""
    if own := os.environ.get("FLOWMAP_CACHE_DIR"):
        return Path(own)
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "flowmap" / "Cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "flowmap"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "flowmap"

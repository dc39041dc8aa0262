"""The commands, and what becomes of every way in which one can end.

Exit codes: 0 all right; 1 a gate that fails, or nobody reads the output any more; 2 what was asked for does not exist or could not
be done; 130 interrupted.
"""

from __future__ import annotations

import traceback
from pathlib import Path

import click

from flowmap.cli.advise import advise
from flowmap.cli.baseline import baseline
from flowmap.cli.blame import blamed
from flowmap.cli.check import check
from flowmap.cli.completion import completion
from flowmap.cli.config import config
from flowmap.cli.diagram import diagram
from flowmap.cli.diff import diff
from flowmap.cli.explain import explain
from flowmap.cli.formats import formats
from flowmap.cli.init import init
from flowmap.cli.main import FAILED, INTERRUPTED, INTERRUPTION
from flowmap.cli.merge import merge
from flowmap.cli.plugins import plugins
from flowmap.cli.running import DEBUG, INCOMPLETE
from flowmap.cli.scan import scan
from flowmap.cli.schema import schema
from flowmap.cli.trace import trace
from flowmap.cli.watch import watch
from flowmap.cli.who import who
from flowmap.cli.workflow import list_workflows, report_workflow
from flowmap.errors import FlowmapError
from flowmap.visible import visible


class Program(click.Group):
    """The group of commands, which turns every failure into a sentence and an exit code."""

    def invoke(self, ctx: click.Context) -> None:
        """Runs the command; no traceback reaches the user unless asked for."""
        try:
            super().invoke(ctx)
            if ctx.meta.get(INCOMPLETE):
                ctx.exit(FAILED)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            click.echo(INTERRUPTION, err=True)
            ctx.exit(INTERRUPTED)
        except FlowmapError as error:
            _show_traceback(ctx, error)
            click.echo(f"flowmap: {visible(str(error))}", err=True)
            ctx.exit(FAILED)
        except Exception as error:  # noqa: BLE001  the last boundary: a bug must end in a sentence and never in exit code 0
            _show_traceback(ctx, error)
            click.echo(f"flowmap: {_bug(error, debug=bool(ctx.meta.get(DEBUG)))}", err=True)
            ctx.exit(FAILED)


def _show_traceback(ctx: click.Context, error: Exception) -> None:
    if ctx.meta.get(DEBUG):
        click.echo("".join(traceback.format_exception(error)), err=True)


def _bug(error: Exception, *, debug: bool) -> str:
    """What to say of an exception that nobody foresaw: whose it is, what it is, and where."""
    what = visible(f"{type(error).__name__}: {error}")
    if extension := blamed(error):
        remedy = "" if debug else " Run it again with --debug for the traceback."
        return f"{extension.name} failed at {extension.place}, so there is no report. {what}.{remedy}"
    frames = traceback.extract_tb(error.__traceback__)
    own = next((f for f in reversed(frames) if "flowmap" in Path(f.filename).parts), frames[-1] if frames else None)
    place = f"{Path(own.filename).name}:{own.lineno} in {own.name}" if own else "an unknown place"
    remedy = "Please report it with the traceback above." if debug else "Run it again with --debug for the traceback and report it."
    return f"this is a bug of flowmap, not of your code: {what} ({place}). {remedy}"


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="flowmap-analyzer", prog_name="flowmap")
def cli() -> None:
    """Shows who publishes, who listens and who waits for whom in a system of Python services, without running it.

    \b
    flowmap scan .                          the whole report
    flowmap check                           the gate for CI: fails on what is new
    flowmap diff main...feature             what a branch changes, and what it breaks
    flowmap who order-placed                who publishes and who listens
    flowmap trace "POST /orders"            what happens after a request
    flowmap workflow "POST /orders"         how it is led, how it ends, who knows its state
    flowmap diagram . -o choreography.svg   a picture
    flowmap explain T301                    what a finding means
    """


COMMANDS = (
    scan, check, baseline, diff, init, watch, diagram, who, trace, list_workflows, report_workflow, advise, merge, plugins, formats,
    explain, config, schema, completion,
)  # fmt: skip
for command in COMMANDS:
    cli.add_command(command)

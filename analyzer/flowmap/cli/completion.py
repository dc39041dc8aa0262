"""`flowmap completion`: what makes a shell complete commands, options and formats."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from flowmap.cli.output import show
from flowmap.cli.running import debug_option

SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(SHELLS))
@debug_option
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that makes SHELL complete commands and options; load it where the shell starts.

    \b
    flowmap completion bash >> ~/.bashrc
    flowmap completion zsh >> ~/.zshrc
    flowmap completion fish > ~/.config/fish/completions/flowmap.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    show(f"{kind(ctx.find_root().command, {}, 'flowmap', '_FLOWMAP_COMPLETE').source()}\n")

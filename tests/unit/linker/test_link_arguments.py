"""Arguments of the command line: what the service's start command gives, and the defaults in the code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from linking import channels, lines, service

BEFORE = """
    import argparse, bus, os, sys
    from lib import unknown
    def common(p):
        p.add_argument("--common", default="common-default")
    parser = argparse.ArgumentParser()
    parser.add_argument("-t", "--topic", default="orders")
    parser.add_argument("--dead-letter", default=os.getenv("ABSENT", "dead"))
    parser.add_argument("--named", dest="renamed", default="renamed-default")
    parser.add_argument("--required", required=True)
    group = parser.add_argument_group("group")
    group.add_argument("--grouped", default="grouped-default")
    common(parser)
    other = argparse.ArgumentParser()
    other.add_argument("--topic", default="other")
    args = parser.parse_args()
    rest, _ = parser.parse_known_args()
"""


def _given(expression: str, *command: str) -> list[str]:
    """The channel that an expression names in a service with this start command."""
    main = replace(service("main", ".", "app.py"), command=command)
    return channels({"app.py": lines(BEFORE, f"bus.publish({expression})")}, main)


@pytest.mark.parametrize(
    ("expression", "bare", "given"),
    [
        ("args.topic", "orders", "given"),
        ("parser.parse_args().topic", "orders", "given"),
        ("f'{args.topic}.v1'", "orders.v1", "given.v1"),
        ("args.dead_letter", "dead", "letters"),
        ("args.renamed", "renamed-default", "new"),
        ("args.grouped", "grouped-default", "grouped-default"),
        ("args.common", "common-default", "common-default"),
        ("args.required", "? `--required` of the command line", "? `--required` of the command line"),
        ("args.absent", "? `absent` of the command line", "? `absent` of the command line"),
        ("other.parse_args().topic", "other", "given"),
        ("sys.argv[2]", "? word 2 of the command line", "given"),
        ("sys.argv[9]", "? word 9 of the command line", "? word 9 of the command line"),
    ],
)
def test_options_have_the_value_of_the_start_command(expression: str, bare: str, given: str) -> None:
    command = ("python", "-u", "app.py", "--topic", "given", "--dead-letter=letters", "--named", "new")
    assert (_given(expression), _given(expression, *command)) == ([bare], [given])


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (("python3", "app.py", "-t", "given"), "given"),
        (("python", "-m", "app", "--topic=given"), "given"),
        (("./app.py", "--topic", "given"), "given"),
        (("uvicorn", "app:app", "--topic", "given"), "orders"),
        (("python", "app.py", "--topic"), "orders"),
        (("python", "app.py", "--topic", "--named"), "orders"),
        (("python", "app.py", "--topics", "given"), "orders"),
        ((), "orders"),
    ],
)
def test_only_words_for_the_script_are_its_arguments(command: tuple[str, ...], expected: str) -> None:
    assert _given("args.topic", *command) == [expected]


CLICK = """
    import bus, click, typer
    @click.command()
    @click.option("-t", "--topic", default="clicked")
    @click.option("--required", required=True)
    @click.option("--long", "short", default="shortened")
    def main(topic, required, short):
        bus.publish({click})
    app = typer.Typer()
    @app.command()
    def run(topic: str = typer.Option("typed", "--topic"), plain: str = "plain", needed: str = typer.Option(...)):
        bus.publish({typer})
"""


@pytest.mark.parametrize(
    ("click", "typer", "command", "expected"),
    [
        ("topic", "topic", (), ["clicked", "typed"]),
        ("topic", "topic", ("python", "app.py", "--topic", "given"), ["given", "given"]),
        ("short", "plain", (), ["shortened", "plain"]),
        ("required", "needed", (), ["? `--required` of the command line", "? `needed` of the command line"]),
        ("required", "needed", ("python", "app.py", "--required", "a", "--needed", "b"), ["a", "b"]),
    ],
)
def test_options_of_commands_are_parameters(click: str, typer: str, command: tuple[str, ...], expected: list[str]) -> None:
    main = replace(service("main", ".", "app.py"), command=command)
    assert channels({"app.py": CLICK.format(click=click, typer=typer)}, main) == expected


VARIABLES = """
    import bus, click, typer
    @click.command()
    @click.option("--topic", envvar="TOPIC", default="usual")
    @click.option("--either", envvar=["FIRST", "SECOND"], default="neither")
    @click.option("--bare", envvar="BARE")
    @click.option("--plain", default="plain")
    def main(topic, either, bare, plain):
        bus.publish({said})
    app = typer.Typer()
    @app.command()
    def run(typed: str = typer.Option("typed", envvar="TYPED"), needed: str = typer.Option(..., envvar="NEEDED")):
        bus.publish({typer})
"""


@pytest.mark.parametrize(
    ("said", "typer", "environment", "expected"),
    [
        ("topic", "typed", {"TOPIC": "deployed", "TYPED": "told"}, ["deployed", "told"]),
        ("topic", "typed", {"BARE": "deployed"}, ["usual", "typed"]),
        ("either", "needed", {"SECOND": "second", "NEEDED": "told"}, ["second", "told"]),
        ("either", "typed", {"FIRST": "first", "SECOND": "second"}, ["first", "typed"]),
        ("either", "typed", {}, ["neither", "typed"]),
        ("bare", "typed", {"BARE": "bared", "bare": "other"}, ["bared", "typed"]),
        ("plain", "typed", {"PLAIN": "never", "typed": "never"}, ["plain", "typed"]),
    ],
)
def test_variables_stand_for_options(said: str, typer: str, environment: dict[str, str], expected: list[str]) -> None:
    source = VARIABLES.format(said=said, typer=typer)
    assert channels({"app.py": source}, service("main", ".", "app.py", **environment)) == expected


def test_what_the_command_says_comes_before_a_variable() -> None:
    main = replace(service("main", ".", "app.py", TOPIC="deployed"), command=("python", "app.py", "--topic", "given"))
    source = VARIABLES.format(said="topic", typer="typed")
    assert channels({"app.py": source}, main) == ["given", "typed"]


@pytest.mark.parametrize("start", ["run()", "typer.run(run)", "if __name__ == '__main__':\n    typer.run(run)"])
def test_a_command_may_be_started_by_the_code(start: str) -> None:
    source = """
        import bus, typer
        def run(topic: str = typer.Option("typed", "--topic")):
            bus.publish(topic)
        """
    assert channels(lines(source, start)) == ["typed"]


DJANGO = """
import bus
from django.core.management.base import BaseCommand
class Command({base}):
    def add_arguments(self, parser):
        parser.add_argument("--topic", default="usual")
        parser.add_argument("--list", nargs=1)
        parser.add_argument("--needed", required=True)
    def {handle}(self, *args, **options):
        bus.publish({expression})
class Other(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("--elsewhere", default="other")
"""
STARTED = ("python", "manage.py", "app", "--topic", "given", "--list", "first")


@pytest.mark.parametrize(
    ("expression", "bare", "given"),
    [
        ("options['topic']", "usual", "given"),
        ("options.get('topic')", "usual", "given"),
        ("options['list'][0]", "? `--list` of the command line", "first"),
        ("options['needed']", "? `--needed` of the command line", "? `--needed` of the command line"),
        ("options['elsewhere']", "? no entry 'elsewhere' in the mapping", "? no entry 'elsewhere' in the mapping"),
    ],
)
def test_options_of_a_command_that_django_runs(expression: str, bare: str, given: str) -> None:
    source = DJANGO.format(base="BaseCommand", handle="handle", expression=expression)
    started = replace(service("main", ".", "app.py"), command=STARTED)
    assert (channels(source), channels(source, started)) == ([bare], [given])


@pytest.mark.parametrize(("base", "handle"), [("object", "handle"), ("BaseCommand", "run")])
def test_what_django_does_not_run_is_given_no_options(base: str, handle: str) -> None:
    (channel,) = channels(DJANGO.format(base=base, handle=handle, expression="options['topic']"))
    assert channel.startswith("? parameter `options`")


PARTS = """
    import argparse, bus
    def work(args):
        bus.publish(args.topic)
    def relay(args):
        bus.publish(args.queue)
    def main():
        parser = argparse.ArgumentParser()
        parts = parser.add_subparsers()
        worker = parts.add_parser('work')
        worker.add_argument('--topic', default='worked')
        worker.set_defaults(run=work)
        relaying = parts.add_parser('relay')
        relaying.add_argument('--queue', '--topic', default='relayed')
        relaying.set_defaults(run=relay)
        args = parser.parse_args()
        args.run(args)
    main()
"""
GROUP = """
    import bus, click
    @click.group()
    def cli(): ...
    @cli.command()
    @click.argument('topic')
    def work(topic):
        bus.publish(topic)
    @cli.command('other-name')
    @click.option('--topic', default='relayed')
    def relay(topic):
        bus.publish(topic)
    cli()
"""
PROGRAM = """
    import bus, typer
    app = typer.Typer()
    @app.command()
    def work(topic: str = 'worked', dead_letter: str = 'dead'):
        bus.publish(topic)
        bus.publish(dead_letter)
    @app.command()
    def relay(topic: str = 'relayed'):
        bus.publish(topic)
    app()
"""


@pytest.mark.parametrize(
    ("code", "command", "expected"),
    [
        (PARTS, "work --topic x", ["x", "? parameter `args` of `relay` is not passed"]),
        (PARTS, "work", ["worked", "? parameter `args` of `relay` is not passed"]),
        (PARTS, "relay --queue=x", ["x", "? parameter `args` of `work` is not passed"]),
        (PARTS, "", ["relayed", "worked"]),
        (GROUP, "work x", ["x", "relayed"]),
        (GROUP, "other-name --topic x", ["? `topic` of the command line", "x"]),
        (GROUP, "work -v x", ["? `topic` of the command line", "relayed"]),
        (GROUP, "work x y", ["? `topic` of the command line", "relayed"]),
        (PROGRAM, "work --topic x --dead-letter y", ["x", "y", "relayed"]),
        (PROGRAM, "work", ["worked", "dead", "relayed"]),
        (PROGRAM, "relay --topic=x", ["worked", "dead", "x"]),
    ],
)
def test_words_count_for_the_command_that_is_asked_for(code: str, command: str, expected: list[str]) -> None:
    main = replace(service("main", ".", "app.py"), command=("python", "app.py", *command.split()))
    found = channels({"app.py": lines(code)}, main)
    assert sorted(found) == sorted(expected)


def test_what_is_set_for_a_parser_is_told_apart_from_options_of_another() -> None:
    two = PARTS.replace("args = parser.parse_args()", "args = argparse.ArgumentParser().parse_args()")
    assert channels({"app.py": lines(two)}, service("main", ".", "app.py"))[0].startswith("? ")

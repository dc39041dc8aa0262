"""Tasks for people: `nox -l` lists them. The gate is pytest alone; these are its parts and what goes beyond it."""

from __future__ import annotations

import nox

nox.options.sessions = ["tests"]
nox.options.reuse_existing_virtualenvs = True


@nox.session(python=["3.11", "3.12", "3.13"])
def tests(session: nox.Session) -> None:
    """Everything, as in CI."""
    session.install("-e", ".[test]")
    session.run("pytest", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """The tests with a report of the lines and branches that none of them reached."""
    session.install("-e", ".[test]")
    session.run("coverage", "run", "-m", "pytest", "-q", "-n", "0", *session.posargs)  # in one process, or nothing is counted
    session.run("coverage", "report")


@nox.session
def fix(session: nox.Session) -> None:
    """What the linter and the formatter can put right by themselves."""
    session.install("ruff")
    session.run("ruff", "check", "--fix", ".")
    session.run("ruff", "format", ".")


@nox.session
def build(session: nox.Session) -> None:
    """The wheel and the source archive, in dist/."""
    session.install("build")
    session.run("python", "-m", "build")

"""Real git repositories, made for a test by the program itself."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_NOBODY = {"NAME": "Nobody", "EMAIL": "nobody@example.org", "DATE": "2024-01-01T00:00:00+0000"}


def git(folder: Path, *arguments: str) -> str:
    """What git says to a command, in a folder, whoever runs the test."""
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _NOBODY.items()}
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, **who}
    command = ["git", "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always", *arguments]
    done = subprocess.run(command, cwd=folder, env={**os.environ, **own}, capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout.strip()


def commit(folder: Path, files: dict[str, str] | None = None, message: str = "change") -> str:
    """The hash of a commit of everything in a folder, with some files written first; the repository is made if there is none."""
    if not (folder / ".git").exists():
        folder.mkdir(parents=True, exist_ok=True)
        git(folder, "init", "-q")
    for name, text in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")

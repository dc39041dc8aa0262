"""From what somebody calls a revision to the commit that is meant: branches, tags, hashes and their beginnings, `HEAD~2`."""

from __future__ import annotations

import difflib
import re
from itertools import islice

from flowmap.errors import RevisionError
from flowmap.project.git.repository import HASH, Repository, parents

_PLACES = ("{}", "refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")
"""Where git looks for a name, in its order."""
_SUFFIX = re.compile(r"(?:[~^]\d*|\^\{(?:commit)?\})+\Z")
_STEP = re.compile(r"\^\{(?:commit)?\}|([~^])(\d*)")
_HEX = re.compile(r"[0-9a-f]{4,40}\Z", re.IGNORECASE)
_MOST_STEPS = 100_000
_LINKS = 5
_SYMBOLIC = b"ref: "


def commit_of(repository: Repository, said: str) -> bytes:
    """The hash of the commit that is meant. Raises RevisionError, with the nearest name, if there is none."""
    suffix = _SUFFIX.search(said)
    name, steps = (said[: suffix.start()], suffix[0]) if suffix else (said, "")
    here = _peeled(repository, _named(repository, name or "HEAD"))
    for step in _STEP.finditer(steps):
        if step[1]:
            here = _step(repository, said, here, step[1], int(step[2] or 1))
    return here


def _step(repository: Repository, said: str, here: bytes, sign: str, number: int) -> bytes:
    if number > _MOST_STEPS:
        raise RevisionError(f"{said}: that is too far back.")
    ways = [0] * number if sign == "~" else [number - 1] * bool(number)
    for way in ways:
        found = next(islice(parents(repository, here), way, None), None)
        if found is None:
            short = f"; {repository.remedy}" if here in repository.shallow else ""
            raise RevisionError(f"{said}: {here[:12].decode()} has no such parent{short}.")
        here = found
    return here


def _named(repository: Repository, name: str) -> bytes:
    ref = "HEAD" if name == "@" else name
    for place in _PLACES:
        if found := _followed(repository, place.format(ref).encode("utf-8", "surrogateescape")):
            return found
    if _HEX.match(name) and (found := _begun(repository, name.lower())):
        return found
    raise RevisionError(f"{name}: no such revision. {_nearest(repository, name)}")


def _followed(repository: Repository, name: bytes) -> bytes | None:
    """What a ref holds, behind those that it stands for."""
    for _ in range(_LINKS):
        content = _content(repository, name)
        if content is None:
            return None
        if not content.startswith(_SYMBOLIC):
            return _checked(repository, name, content)
        name = content.removeprefix(_SYMBOLIC).strip()
    return None


def _content(repository: Repository, name: bytes) -> bytes | None:
    from pathlib import Path

    from dulwich.refs import Ref

    try:
        file = Path(repository.refs.refpath(name).decode("utf-8", "surrogateescape"))
        loose = repository.refs.read_loose_ref(Ref(name)) if file.is_file() else None
        return loose or repository.refs.get_packed_refs().get(Ref(name))
    except (OSError, ValueError, StopIteration):
        return None


def _checked(repository: Repository, name: bytes, content: bytes) -> bytes | None:
    """The hash that a ref holds; None for a file that is no ref."""
    found = content.split()[0] if content.split() else b""
    if re.fullmatch(rb"[0-9a-f]{64}", found):
        raise RevisionError(f"{repository.control}: its hashes are SHA-256, which is not supported.")
    return found if re.fullmatch(rb"[0-9a-f]{%d}" % HASH, found) and (name == b"HEAD" or b"/" in name or name.isupper()) else None


def _begun(repository: Repository, start: str) -> bytes | None:
    """The commit whose hash begins so."""
    from dulwich.objects import Commit, ObjectID, Tag

    if len(start) == HASH:
        return start.encode() if ObjectID(start.encode()) in repository.store else None
    every = sorted(repository.store.iter_prefix(start.encode()))
    found = [n for n in every if isinstance(repository.store[n], Commit | Tag)]
    if len(found) > 1:
        raise RevisionError(
            f"{start}: several commits begin so ({', '.join(n[:12].decode() for n in found[:3])}); write more of it."
        )
    return found[0] if found else None


def _peeled(repository: Repository, name: bytes) -> bytes:
    """The commit behind tags."""
    from dulwich.objects import Commit, ShaFile, Tag

    for _ in range(_LINKS):
        found = repository.read(name, ShaFile)
        if not isinstance(found, Tag):
            break
        name = found.object[1]
    repository.read(name, Commit)
    return name


def _nearest(repository: Repository, name: str) -> str:
    """What was meant, perhaps; else what to do."""
    known = {}
    for ref in sorted(repository.refs.allkeys()):
        full = ref.decode("utf-8", "replace")
        known[re.sub(r"^refs/(heads|tags|remotes)/", "", full)] = full
    remote = [k for k in known if k.endswith(f"/{name}")]
    near = remote or difflib.get_close_matches(name, known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    if (repository.common / "reftable").is_dir():
        return "This repository keeps its refs in a reftable, which is not supported; give the hash of a commit."
    return f"{repository.remedy[:1].upper()}{repository.remedy[1:]}." if repository.shallow else "Known: " + _some(sorted(known))


def _some(names: list[str]) -> str:
    return (", ".join(names[:5]) + (", …" if len(names) > 5 else "") if names else "nothing; it has no commits yet") + "."

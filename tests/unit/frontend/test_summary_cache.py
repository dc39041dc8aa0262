"""Summaries between runs and over processes: the same answer with a cache, without, with a broken one, and with many workers."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from flowmap.frontend import cache as caching
from flowmap.frontend import workers
from flowmap.frontend.cache import Cache
from flowmap.frontend.summarise import digest, summarise
from flowmap.frontend.workers import summarise_all, with_large_stack
from flowmap.model.project import SourceFile
from flowmap.model.summary import ModuleSummary
from summarising import summary

TEXT = "import a\nclass C(B):\n    x = f'{y}' + z(1, *k, m={'n': [o]})\n"
FILES = tuple(SourceFile(f"pkg/m{n}.py", f"{TEXT}N = {n}\n".encode()) for n in range(7))


def kept(folder: Path) -> list[Path]:
    """The files of a cache but the tag."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "CACHEDIR.TAG")


@pytest.mark.parametrize("source", [TEXT, "", "x = (", "x = 'é'", "def f(a, *, b: c = 1) -> d: ...", "lambda: (yield)"])
def test_a_summary_comes_back_as_it_was(tmp_path: Path, source: str) -> None:
    found = summary(source)
    Cache(tmp_path).put(found)
    assert Cache(tmp_path).get(found.path, found.digest) == found


def test_a_summary_serves_every_path_of_the_same_content(tmp_path: Path) -> None:
    Cache(tmp_path).put(summary(TEXT, "one.py"))
    assert Cache(tmp_path).get("two/three.py", digest(TEXT.encode())) == summary(TEXT, "two/three.py")


@pytest.mark.parametrize("source", ["", "x = 1", f"{TEXT} "])
def test_other_content_is_not_found(tmp_path: Path, source: str) -> None:
    Cache(tmp_path).put(summary(TEXT))
    assert Cache(tmp_path).get("app.py", digest(source.encode())) is None


@pytest.mark.parametrize("garbage", [b"", b"not zlib", b"\x78\x01", "whole", "other", "strange"])
def test_a_broken_entry_is_a_miss(tmp_path: Path, garbage: bytes | str) -> None:
    found = summary(TEXT)
    Cache(tmp_path).put(found)
    (entry,) = kept(tmp_path)
    strange = msgspec.msgpack.encode({"path": "app.py"})
    other = msgspec.msgpack.encode(msgspec.structs.replace(found, digest="0" * 32))
    made = {"whole": entry.read_bytes()[:-5], "other": caching.zlib.compress(other), "strange": caching.zlib.compress(strange)}
    entry.write_bytes(garbage if isinstance(garbage, bytes) else made[garbage])
    assert Cache(tmp_path).get(found.path, found.digest) is None
    Cache(tmp_path).put(found)
    assert Cache(tmp_path).get(found.path, found.digest) == found


def test_entries_of_another_schema_are_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = summary(TEXT)
    Cache(tmp_path).put(found)
    monkeypatch.setattr(caching, "SCHEMA_VERSION", caching.SCHEMA_VERSION + 1)
    assert Cache(tmp_path).get(found.path, found.digest) is None


def test_no_folder_remembers_nothing() -> None:
    found = summary(TEXT)
    Cache(None).put(found)
    assert Cache(None).get(found.path, found.digest) is None


def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    found = summary(TEXT)
    Cache(tmp_path / "file").put(found)
    assert Cache(tmp_path / "file").get(found.path, found.digest) is None


def test_a_cache_is_tagged_and_leaves_nothing_half_done(tmp_path: Path) -> None:
    for n in range(5):
        Cache(tmp_path).put(summary(f"x = {n}"))
    assert (tmp_path / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert len(kept(tmp_path)) == 5


def test_all_files_come_back_in_their_order(tmp_path: Path) -> None:
    expected = [summarise(f.path, f.content) for f in FILES]
    assert summarise_all(FILES, Cache(tmp_path), 1) == expected
    assert summarise_all(FILES, Cache(tmp_path), 1) == expected
    assert summarise_all(reversed(FILES), Cache(tmp_path), 1) == expected[::-1]
    assert summarise_all((), Cache(tmp_path), 1) == []


def test_what_is_remembered_is_not_read_again(tmp_path: Path) -> None:
    summarise_all(FILES[:4], Cache(tmp_path), 1)
    told: list[tuple[int, int]] = []
    summarise_all(FILES, Cache(tmp_path), 1, lambda done, total: told.append((done, total)))
    assert told == [(5, 7), (6, 7), (7, 7)]


def test_a_remembered_summary_is_believed(tmp_path: Path) -> None:
    planted = msgspec.structs.replace(summary(TEXT), problem="planted")
    Cache(tmp_path).put(planted)
    (found,) = summarise_all([SourceFile("app.py", TEXT.encode())], Cache(tmp_path), 1)
    assert found.problem == "planted"


@pytest.mark.parametrize("count", [1, 2, 3])
def test_many_processes_give_the_same(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(workers, "POOL_THRESHOLD", 0)
    files = (*FILES, SourceFile("broken.py", b"x = ("), SourceFile("latin.py", b"x = '\xe9'"))
    expected: list[ModuleSummary] = [summarise(f.path, f.content) for f in files]
    assert summarise_all(files, Cache(None), count) == expected


def test_errors_in_the_large_stack_reach_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        with_large_stack(lambda: 1 // 0)


def test_the_large_stack_holds_deep_recursion() -> None:
    def depth(n: int) -> int:
        return 0 if n == 0 else 1 + depth(n - 1)

    assert with_large_stack(lambda: depth(20_000)) == 20_000

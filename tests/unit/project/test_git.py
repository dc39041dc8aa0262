"""Revisions out of an object store: what is meant by a name, where histories parted, and trees that mean harm."""

from __future__ import annotations

import stat
import subprocess
from pathlib import Path

import pytest
from dulwich.object_store import DiskObjectStore
from dulwich.objects import Blob, Commit, ObjectID, Tree
from flowmap.errors import RevisionError
from flowmap.project.git import checkout, repository, trees
from flowmap.project.git.ancestry import merge_base
from flowmap.project.git.checkout import CheckedOut, checked_out, copied
from flowmap.project.git.ignoring import is_ignored, patterns
from flowmap.project.git.names import commit_of
from flowmap.project.git.repository import Repository, repository_of
from histories import commit, git

FILE, LINK, MODULE = 0o100644, 0o120000, 0o160000


@pytest.fixture
def line(tmp_path: Path) -> tuple[Path, list[str]]:
    """A repository of three commits, the second one with tags and a side branch, and the hashes."""
    root = tmp_path / "line"
    hashes = [commit(root, {"a.py": f"a = {n}\n"}, f"number {n}") for n in range(3)]
    git(root, "tag", "light", hashes[1])
    git(root, "tag", "-a", "heavy", "-m", "said", hashes[1])
    git(root, "branch", "side/way", hashes[1])
    return root, hashes


NAMES = {
    "HEAD": 2, "@": 2, "main": 2, "heads/main": 2, "refs/heads/main": 2, "HEAD~1": 1, "HEAD^": 1, "main~2": 0, "HEAD~1^": 0,
    "light": 1, "heavy": 1, "heavy^{commit}": 1, "heavy^{}": 1, "tags/heavy~1": 0, "side/way": 1, "HEAD^0": 2,
}  # fmt: skip


@pytest.mark.parametrize("packed", [False, True])
def test_names_mean_what_git_means(line: tuple[Path, list[str]], packed: bool) -> None:
    root, hashes = line
    if packed:
        git(root, "gc", "-q")
    found = repository_of(root)
    for name, number in NAMES.items():
        assert commit_of(found, name).decode() == hashes[number] == git(root, "rev-parse", f"{name}^{{commit}}"), name
    for full in hashes:
        assert {commit_of(found, full[:n]).decode() for n in (7, 12, 39, 40)} == {full}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mian", "Did you mean 'main'?"),
        ("way", "Did you mean 'side/way'?"),
        ("nothing-like-it", "Known: HEAD, heavy, light, main, side/way."),
        ("HEAD~9", "no such parent"),
        ("HEAD^2", "no such parent"),
        ("HEAD~99999999", "too far back"),
        ("HEAD@{1}", "no such revision"),
        ("../../etc/passwd", "no such revision"),
        ("config", "no such revision"),
        ("", "nothing"),
    ],
)
def test_names_of_nothing(line: tuple[Path, list[str]], name: str, said: str) -> None:
    if not name:
        git(line[0], "checkout", "-q", "--orphan", "empty")
    with pytest.raises(RevisionError, match=r"such|far|no") as error:
        commit_of(repository_of(line[0]), name or "HEAD^{tree}")
    assert said in str(error.value) or not name


def test_where_histories_parted(line: tuple[Path, list[str]]) -> None:
    root, hashes = line
    git(root, "checkout", "-q", "side/way")
    commit(root, {"b.py": ""})
    git(root, "merge", "-q", "--no-edit", hashes[1])
    commit(root, {"c.py": ""})
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-edit", "side/way~1")
    commit(root, {"d.py": ""})
    git(root, "checkout", "-q", "--orphan", "alone")
    commit(root, {"e.py": ""})
    found = repository_of(root)
    for one, other in (("main", "side/way"), ("side/way", "main"), ("main", "main"), ("light", "main"), ("main~1", "side/way~1")):
        assert merge_base(found, commit_of(found, one), commit_of(found, other)).decode() == git(root, "merge-base", one, other)
    with pytest.raises(RevisionError, match="no common ancestor"):
        merge_base(found, commit_of(found, "alone"), commit_of(found, "main"))


class Store:
    """Trees made by hand, as no program would make them."""

    def __init__(self, root: Path) -> None:
        commit(root, {"a.py": ""})
        self.found: Repository = repository_of(root)
        self._objects = DiskObjectStore(root / ".git/objects")

    def blob(self, content: bytes = b"x = 1\n") -> ObjectID:
        """A file."""
        return self._put(Blob.from_string(content))

    def tree(self, *entries: tuple[str, int, ObjectID]) -> ObjectID:
        """A folder."""
        made = Tree()
        for name, mode, sha in entries:
            made.add(name.encode(), mode, sha)
        return self._put(made)

    def commit(self, tree: ObjectID) -> bytes:
        """A commit."""
        made = Commit()
        made.tree = tree
        made.author = made.committer = b"Nobody <nobody@example.org>"
        made.author_time = made.commit_time = made.author_timezone = made.commit_timezone = 0
        made.message = b"harm"
        return self._put(made)

    def _put(self, made: Blob | Tree | Commit) -> ObjectID:
        self._objects.add_object(made)
        return made.id


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A repository to put trees into."""
    return Store(tmp_path / "harm")


def _names(done: CheckedOut) -> list[str]:
    return sorted(p.relative_to(done.folder).as_posix() for p in done.folder.rglob("*") if not p.is_dir() or p.is_symlink())


HARM = ["..", ".", ".git", ".GIT", ".git ", ".git.", "git~1", ".g\u200cit", "a/b", "../x", "x" * 300]


@pytest.mark.parametrize("name", HARM)
def test_names_that_could_do_harm_are_left_out(store: Store, tmp_path: Path, name: str) -> None:
    inner = store.tree(("evil.py", FILE, store.blob()))
    for mode, sha in ((FILE, store.blob()), (stat.S_IFDIR, inner)):
        done = checked_out(
            store.found, store.commit(store.tree(("good.py", FILE, store.blob()), (name, mode, sha))), "", tmp_path / str(mode)
        )
        assert _names(done) == ["good.py"]
        assert ["left out" in d.message for d in done.diagnostics] == [True]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["harm", str(FILE), str(stat.S_IFDIR)])


@pytest.mark.parametrize(("target", "stays"), [
    ("good.py", True), ("../shop/good.py", False), ("/etc/passwd", False), ("../../harm/a.py", False), ("inner/..", True),
    ("gone", True), ("a\0b", False),
])  # fmt: skip
def test_links_that_lead_out_are_left_out(store: Store, tmp_path: Path, target: str, stays: bool) -> None:
    tree = store.tree(
        ("good.py", FILE, store.blob()),
        ("inner", stat.S_IFDIR, store.tree(("b.py", FILE, store.blob()))),
        ("link", LINK, store.blob(target.encode())),
    )
    done = checked_out(store.found, store.commit(tree), "", tmp_path / "out" / "shop")
    assert ("link" in _names(done)) is (stays or target == "../shop/good.py")
    assert (tmp_path / "harm/a.py").read_bytes() == b""


def test_nothing_is_written_through_a_link(store: Store, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    tree = store.tree(("d", LINK, store.blob(str(away).encode())), ("d ", stat.S_IFDIR, store.tree(("x.py", FILE, store.blob()))))
    checked_out(store.found, store.commit(tree), "", tmp_path / "out")
    assert list(away.iterdir()) == []


def test_submodules_pointers_and_large_files(store: Store, tmp_path: Path) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 5\n"
    tree = store.tree(
        ("sub", MODULE, ObjectID(b"0" * 40)),
        ("model.json", FILE, store.blob(pointer)),
        ("big.bin", FILE, store.blob(b"\1" * 6_000_000)),
        ("gone.yaml", FILE, ObjectID(b"1" * 40)),
        ("good.py", FILE, store.blob()),
    )
    done = checked_out(store.found, store.commit(tree), "", tmp_path / "out")
    assert (_names(done), done.python) == (["big.bin", "good.py"], True)
    assert [str(d.location) for d in done.diagnostics] == ["model.json:1", "gone.yaml:1", "sub:1"]
    assert (done.folder / "big.bin").stat().st_size > 5_000_000


def test_what_is_missing_or_endless_is_refused(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = store.commit(store.tree(("a.py", FILE, ObjectID(b"1" * 40))))
    with pytest.raises(RevisionError, match="is not in the object store; fetch it first"):
        checked_out(store.found, missing, "", tmp_path / "one")
    deep = store.tree(("a.py", FILE, store.blob()))
    for _ in range(trees._DEEPEST + 2):
        deep = store.tree(("d", stat.S_IFDIR, deep))
    with pytest.raises(RevisionError, match="lie too deep"):
        checked_out(store.found, store.commit(deep), "", tmp_path / "two")
    wide = store.tree(*((f"f{n}.py", FILE, store.blob()) for n in range(20)))
    monkeypatch.setattr(trees, "_MOST", 10)
    with pytest.raises(RevisionError, match="more than 10 files"):
        checked_out(store.found, store.commit(wide), "", tmp_path / "three")
    monkeypatch.setattr(trees, "_MOST", 100)
    monkeypatch.setattr(checkout, "_MOST_BYTES", 50)
    with pytest.raises(RevisionError, match="more than 50 bytes"):
        checked_out(store.found, store.commit(wide), "", tmp_path / "four")


def test_an_object_that_stands_for_too_much_is_not_unpacked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    big = store.commit(store.tree(("a.py", FILE, store.blob(b"#" * 100_000))))
    root = store.found.control.parent
    git(root, "update-ref", "refs/heads/big", big.decode())
    git(root, "repack", "-a", "-d", "-q")
    monkeypatch.setattr(repository, "LARGEST_OBJECT", 50_000)
    with pytest.raises(RevisionError, match="too large"):
        repository_of(root).read(git(root, "rev-parse", "big:a.py").encode(), Blob)


def test_a_working_tree_as_git_sees_it(tmp_path: Path) -> None:
    root = tmp_path / "shop"
    head = commit(
        root, {".gitignore": "*.env\nout/\n!kept.env\n", "a.py": "", "out/kept.py": "", "b.env": "", "in/.gitignore": "c.py\n"}
    )
    git(root, "add", "-f", "out/kept.py", "b.env")
    git(root, "commit", "-q", "-m", "forced")
    head = git(root, "rev-parse", "HEAD")
    for name in ("new.py", "x.env", "kept.env", "out/made.py", "in/c.py", "in/d.py", "__pycache__/z.py"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("")
    subprocess.run(["git", "init", "-q", str(root / "other")], check=True)  # noqa: S603, S607
    done = copied(repository_of(root), head.encode(), "", tmp_path / "copy")
    listed = git(root, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    assert _names(done) == sorted(n for n in listed if not n.startswith(("other", "__pycache__")))
    assert [str(d.location) for d in done.diagnostics] == ["other:1"]


@pytest.mark.parametrize("said", ["gitdir: ../nowhere\n", "nonsense", "gitdir: \0\n", ""])
def test_a_file_of_git_that_leads_nowhere(tmp_path: Path, said: str) -> None:
    (tmp_path / "at").mkdir()
    (tmp_path / "at/.git").write_text(said)
    with pytest.raises(RevisionError, match="is no"):
        repository_of(tmp_path / "at")


def test_refs_that_lead_astray(line: tuple[Path, list[str]], tmp_path: Path) -> None:
    heads = line[0] / ".git/refs/heads"
    (tmp_path / "secret").write_text("0" * 40)
    for name, content in {
        "out": "ref: ../../../secret",
        "loop": "ref: refs/heads/loop",
        "text": "hello",
        "empty": "",
        "long": "a" * 64,
    }.items():
        (heads / name).write_text(f"{content}\n")
        with pytest.raises(RevisionError, match=r"no such revision|SHA-256"):
            commit_of(repository_of(line[0]), name)


IGNORED = {
    "*.env": {"a.env": True, "in/a.env": True, "a.envs": False, "env": False},
    "/a.py": {"a.py": True, "in/a.py": False},
    "out/": {"out/": True, "in/out/": True, "out": False},
    "in/a.py": {"in/a.py": True, "x/in/a.py": False},
    "**/a.py": {"a.py": True, "in/a.py": True, "in/in/a.py": True, "b.py": False},
    "in/**": {"in/a.py": True, "in/in/a": True, "in": False},
    "in/**/a": {"in/a": True, "in/x/y/a": True, "in/b": False},
    "a[0-9].py": {"a1.py": True, "ab.py": False},
    "a[!0-9].py": {"a1.py": False, "ab.py": True},
    "a?.py": {"a1.py": True, "a.py": False},
    r"\#a": {"#a": True, "a": False},
    "*.py\n!keep.py": {"a.py": True, "keep.py": False},
    "# a": {"# a": False, "a": False},
    "a[": {"a[": True, "a": False},
    "": {"a": False},
}


@pytest.mark.parametrize(("lines", "paths"), IGNORED.items(), ids=IGNORED)
def test_what_is_ignored(tmp_path: Path, lines: str, paths: dict[str, bool]) -> None:
    (tmp_path / ".gitignore").write_text(lines)
    rules = tuple(patterns(tmp_path / ".gitignore", ""))
    assert {p: is_ignored(p.removesuffix("/"), rules, folder=p.endswith("/")) for p in paths} == paths


def test_a_pattern_takes_no_longer_than_it_is_long(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*a" * 60 + "b\n" + "**/" * 60 + "b\n")
    rules = tuple(patterns(tmp_path / ".gitignore", ""))
    assert not is_ignored("a" * 250, rules, folder=False)
    assert not is_ignored("a/" * 200 + "c", rules, folder=False)


def test_a_store_that_borrows_from_itself(line: tuple[Path, list[str]]) -> None:
    objects = line[0] / ".git/objects"
    (objects / "info/alternates").write_text(f"# mine\n{objects}\n")
    with pytest.raises(RevisionError, match="borrows objects from itself"):
        commit_of(repository_of(line[0]), "deadbeef")


def test_a_store_that_borrows_from_another(line: tuple[Path, list[str]], tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--shared", str(line[0]), "shared")
    done = checked_out(repository_of(tmp_path / "shared"), line[1][0].encode(), "", tmp_path / "out")
    assert _names(done) == ["a.py"]

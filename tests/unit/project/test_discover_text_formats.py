"""Interpolation, shell text, Dockerfile syntax and YAML: the small languages that deployment files are written in."""

from __future__ import annotations

import contextlib

import pytest
from flowmap.project.dockerfile import command_words, instructions, written_files
from flowmap.project.interpolation import interpolate
from flowmap.project.shell import simple_commands
from flowmap.project.yaml_nodes import Table, YamlError, documents, table, text, texts
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("template", "expected", "missing"),
    [
        ("plain", "plain", ()),
        ("$HOST:${PORT}", "db:5432", ()),
        ("${NONE:-x}${NONE-y}", "xy", ()),
        ("${EMPTY:-x}", "x", ()),
        ("${EMPTY-x}", "", ()),
        ("${HOST:+set}", "set", ()),
        ("${EMPTY:+set}", "", ()),
        ("${EMPTY+set}", "set", ()),
        ("${HOST:?must be there}", "db", ()),
        ("${NONE:?must be there}", "", ("NONE",)),
        ("$$HOST", "$HOST", ()),
        ("a$", "a$", ()),
        ("${", "${", ()),
        ("${}", "${}", ()),
        ("$(hostname)", "$(hostname)", ()),
        ("${HOST%.local}", "${HOST%.local}", ()),
        ("${NONE:-${OTHER:-${HOST}}}", "db", ()),
        ("http://${NONE}/x", "http:///x", ("NONE",)),
        ("$1 $@", "$1 $@", ()),
    ],
)
def test_interpolation(template: str, expected: str, missing: tuple[str, ...]) -> None:
    done = interpolate(template, {"HOST": "db", "PORT": "5432", "EMPTY": ""})
    assert (done.text, done.missing) == (expected, missing)


@given(st.text(alphabet=st.characters(exclude_characters="$")))
def test_text_without_dollar_stays_as_it_is(plain: str) -> None:
    assert interpolate(plain, {"A": "b"}).text == plain


@given(st.text(alphabet="$AB{}:-+? x", max_size=60))
def test_interpolation_never_fails_and_ends(template: str) -> None:
    interpolate(template, {"A": "1", "B": "${A}"})


def test_values_are_not_interpolated_again() -> None:
    assert interpolate("$A", {"A": "$B", "B": "$A"}).text == "$B"


@pytest.mark.parametrize(
    ("script", "words", "folder"),
    [
        ("python app.py", [("python", "app.py")], [""]),
        ("cd src && python app.py", [("python", "app.py")], ["src"]),
        ("cd a; cd b; python x.py", [("python", "x.py")], ["a/b"]),
        ("cd a; cd -; pushd b; x; popd; y", [("x",), ("y",)], ["b", ""]),
        ("a || b; c | d", [("a",), ("b",), ("c",), ("d",)], ["", "", "", ""]),
        ("python app.py > /dev/null 2>&1", [("python", "app.py")], [""]),
        ("# python no.py\npython yes.py # really", [("python", "yes.py")], [""]),
        ("python \\\n  app.py", [("python", "app.py")], [""]),
        ("if [ -f x ]; then\n  flask run\nfi", [("flask", "run")], [""]),
        ("PORT=1 python 'my app.py'", [("python", "my app.py")], [""]),
        ("export A=1\necho $A\nset -e", [], []),
        ("echo 'never closed\npython app.py", [("python", "app.py")], [""]),
        ("(cd a; run)", [("run",)], ["a"]),
        ("sh -c '\n  a\n  b\n'\nc", [("sh", "-c", "\n  a\n  b\n"), ("c",)], ["", ""]),
        ('A="x y"\nrun $A "$A" -$A ${A}', [("run", "x", "y", "x y", "-x y", "x", "y")], [""]),
        ("A='x y'\nrun '$A'; run \"it's $A\" $A", [("run", "x y"), ("run", "it's x y", "x", "y")], ["", ""]),
        ('A="x y"; for i in $A; do run $i; done', [("run", "x"), ("run", "y")], ["", ""]),
        ('A="-m app"\nif [ $A = 1 ]; then a; else python $A; fi', [("python", "-m", "app")], [""]),
        ("run $UNKNOWN x", [("run", "x")], [""]),
        ("", [], []),
    ],
)
def test_simple_commands(script: str, words: list[tuple[str, ...]], folder: list[str]) -> None:
    found = simple_commands(script)
    assert [c.words for c in found] == words
    assert [c.folder for c in found] == folder


def test_commands_know_variables_and_give_their_own() -> None:
    (command,) = simple_commands("export B=$A\nC=3 run --port ${PORT:-80} $B", (("A", "1"),))
    assert command.words == ("run", "--port", "80", "1")
    assert dict(command.settings) == {"B": "1", "C": "3"}


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("if [ -f /etc/a ]; then export A=1; elif [ -f /etc/b ]; then export A=2; else export A=3; fi; run", {"A": "1"}),
        ("if [ -f /etc/a ]; then export A=1; else export B=2; fi; run", {"A": "1", "B": "2"}),
        ("export A=0; if [ -f /etc/a ]; then export A=1; fi; run", {"A": "1"}),
        ("if [ -f /etc/a ]; then export A=1; fi; export A=2; run", {"A": "2"}),
        ("if [ x = y ]; then export A=1; else export A=2; fi; run", {"A": "2"}),
        ("if [ x = x ]; then export A=1; else export A=2; fi; run", {"A": "1"}),
        ("if [ x = y ]; then export A=1; elif [ -f a ]; then export A=2; else export A=3; fi; run", {"A": "2"}),
    ],
)
def test_of_undecided_branches_the_first_that_sets_a_variable_counts(script: str, expected: dict[str, str]) -> None:
    (command,) = simple_commands(script)
    assert dict(command.settings) == expected


def test_background_commands_are_marked() -> None:
    first, second = simple_commands("python a.py &\npython b.py")
    assert (first.background, second.background) == (True, False)


def test_labels_of_a_case_are_no_commands() -> None:
    script = 'case "$1" in\n  web) gunicorn app ;;\n  worker)\n    celery worker ;;\nesac'
    assert [c.words for c in simple_commands(script)] == [("gunicorn", "app"), ("celery", "worker")]


DISPATCH = """
start_web() {
  echo web
  exec gunicorn "$1"
}
if [[ ! -z $1 ]]; then
  if [[ "$1" == "sync" ]]; then
    exec python -m sync
  elif [ "$1" = web ]; then
    start_web shop.wsgi
  elif [ "$#" -gt 1 ]; then shift; exec "$@"; fi
fi
echo "Please specify a service."
"""
CASES = """case "$1" in
  web|http) gunicorn app ;;
  (worker)
    shift
    celery worker "$@" ;;
  beat-*) celery beat;;
  *) exec "$@"
esac
"""


@pytest.mark.parametrize(
    ("script", "arguments", "words"),
    [
        (DISPATCH, ("sync",), [("exec", "python", "-m", "sync")]),
        (DISPATCH, ("web",), [("exec", "gunicorn", "shop.wsgi")]),
        (DISPATCH, ("run", "flask"), [("exec", "flask")]),
        (DISPATCH, (), []),
        (DISPATCH, ("other",), []),
        (CASES, ("http",), [("gunicorn", "app")]),
        (CASES, ("worker", "-Q", "mail"), [("celery", "worker", "-Q", "mail")]),
        (CASES, ("beat-1",), [("celery", "beat")]),
        (CASES, ("flask", "run"), [("exec", "flask", "run")]),
        ('[ "$1" = web ] && exec gunicorn app\nexec celery worker', ("web",), [("exec", "gunicorn", "app")]),
        ('[ "$1" = web ] && exec gunicorn app\nexec celery worker', ("x",), [("exec", "celery", "worker")]),
        ("[ -f x ] && exec a\nexec b", (), [("exec", "a"), ("exec", "b")]),
        ("[[ $1 == w* && $# -eq 1 ]] || exit 1\na", ("web",), [("a",)]),
        ("[[ $1 == w* && $# -eq 1 ]] || exit 1\na", ("app",), []),
        ('if [ "${1#-}" != "$1" ]; then\n  set -- gunicorn "$@"\nfi\nexec "$@"', ("-x",), [("exec", "$@")]),
        ('set -- gunicorn "$@"\nexec "$@"', ("-x",), [("exec", "gunicorn", "-x")]),
        ("run ${1:-web} $2", (), [("run", "web", "")]),
        ("port=$(get_port $(host)) && run", (), [("run",)]),
        ("if grep -q x y; then a; else b; fi", (), [("grep", "-q", "x", "y"), ("a",), ("b",)]),
        ("for x in 1 2; do a $x; done; while true; do b; done", (), [("a", "1"), ("a", "2"), ("true",), ("b",)]),
        ("for x; do a $x; done", ("p", "q"), [("a", "p"), ("a", "q")]),
        ('while [ $# -gt 0 ] && [[ $1 == *=* ]]; do shift; done; exec "$@"', ("A=1", "B=2", "run"), [("exec", "run")]),
        ("until ready; do wait_a_bit; done; a", (), [("ready",), ("wait_a_bit",), ("a",)]),
        ("while [ 1 = 1 ]; do exec a; done; b", (), [("exec", "a")]),
        ("if [ -z $1 ]; then a; fi; fi; b", ("x",), [("b",)]),
        ("exec a && b", (), [("exec", "a")]),
        ("exec a &\nexec b", (), [("exec", "a"), ("exec", "b")]),
        ("f() { f; }\nf", (), []),
    ],
)
def test_arguments_decide_what_a_script_runs(script: str, arguments: tuple[str, ...], words: list[tuple[str, ...]]) -> None:
    assert [c.words for c in simple_commands(script, (), arguments)] == words


@pytest.mark.parametrize(
    ("role", "words"),
    [("web", [("gunicorn", "app")]), ("worker", [("celery", "worker")]), (None, [("gunicorn", "app"), ("celery", "worker")])],
)
def test_variables_decide_what_a_script_runs(role: str | None, words: list[tuple[str, ...]]) -> None:
    script = 'if [ "$ROLE" = "web" ]; then gunicorn app; else celery worker; fi'
    assert [c.words for c in simple_commands(script, (("ROLE", role),) if role else (), ())] == words


@given(st.text(alphabet="if thendocasexwr1$\"'()[]{};&|!=\n", max_size=120), st.none() | st.just(("a", "b")))
def test_broken_structure_never_fails(script: str, arguments: tuple[str, ...] | None) -> None:
    simple_commands(script, (), arguments)


@given(st.text(max_size=200))
def test_shell_text_never_fails(script: str) -> None:
    simple_commands(script)


def _steps(text_: str) -> list[tuple[str, str]]:
    return [(step.keyword, step.text) for step in instructions(text_)]


def test_instructions_with_continuations_comments_and_heredocs() -> None:
    source = """\
# syntax=docker/dockerfile:1
from python:3.12 as base
RUN apt-get update \\
    # a comment in between

    && apt-get install x
RUN <<EOF
CMD ["not", "this"]
EOF
COPY <<"A" <<B /dst/
x
A
y
B
CMD ["python", "app.py"]
"""
    assert _steps(source) == [
        ("FROM", "python:3.12 as base"),
        ("RUN", "apt-get update      && apt-get install x"),
        ("RUN", "<<EOF"),
        ("COPY", '<<"A" <<B /dst/'),
        ("CMD", '["python", "app.py"]'),
    ]
    assert [step.documents for step in instructions(source) if step.documents] == [('CMD ["not", "this"]',), ("x", "y")]


@pytest.mark.parametrize(
    ("recipe", "files"),
    [
        ("COPY <<EOF /start.sh\nx\nEOF", [("/start.sh", "x")]),
        ("COPY --chmod=755 <<-'A' <<B /dst/\nx\nA\ny\nB", [("/dst/A", "x"), ("/dst/B", "y")]),
        ("RUN cat > /start.sh <<'EOF'\nx\ny\nEOF", [("/start.sh", "x\ny")]),
        ("RUN cat <<EOF | tee /start.sh\nx\nEOF", [("/start.sh", "x")]),
        ('RUN echo "say \\"hi\\"" > start.sh', [("start.sh", 'say "hi"')]),
        ("RUN printf '#!/bin/sh\\npython x.py\\n' >> /start.sh && chmod +x /start.sh", [("/start.sh", "#!/bin/sh\npython x.py\n")]),
        ("RUN <<EOF\ncat x > y\nEOF", []),
        ("RUN echo 'python x.py' | sh", []),
        ("RUN cat start.sh > /start.sh", []),
        ("COPY start.sh /start.sh", []),
        ("COPY <<EOF /start.sh\nnever ended", [("/start.sh", "never ended")]),
    ],
)
def test_files_whose_text_stands_in_the_recipe(recipe: str, files: list[tuple[str, str]]) -> None:
    assert [file for step in instructions(recipe) for file in written_files(step)] == files


def test_instructions_know_their_line() -> None:
    assert [s.line for s in instructions("FROM a\n\n# c\nRUN x \\\n y\nCMD z")] == [1, 4, 6]


def test_escape_directive() -> None:
    assert _steps("# escape=`\nFROM a\nRUN x `\n y") == [("FROM", "a"), ("RUN", "x   y")]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ('["python", "app.py"]', ("python", "app.py")),
        ("python app.py", ("sh", "-c", "python app.py")),
        ('["python", "app.py"]}', ("python", "app.py")),
        ("", ()),
        ("[1, 2]", ("sh", "-c", "[1, 2]")),
    ],
)
def test_exec_and_shell_form(form: str, words: tuple[str, ...]) -> None:
    assert command_words(form) == words


@given(st.text(max_size=300))
def test_any_text_can_be_read_as_a_dockerfile(source: str) -> None:
    assert all(step.line >= 1 for step in instructions(source))


@given(st.lists(st.text(alphabet=st.characters(codec="ascii", categories=("L", "N")), min_size=1), min_size=1, max_size=5))
def test_exec_form_round_trip(words: list[str]) -> None:
    form = "[" + ", ".join(f'"{w}"' for w in words) + "]"
    (step,) = instructions(f"CMD {form}")
    assert command_words(step.text) == tuple(words)


def _one(source: str) -> Table:
    return table(documents(source.encode())[0])


def test_scalars_stay_the_texts_they_are() -> None:
    node = _one('a: 22:22\nb: yes\nc: 0123\nd: "1"\ne:\nf: ~\ng: "null"')
    assert [text(node.get(k)) for k in "abcdefg"] == ["22:22", "yes", "0123", "1", "", "", "null"]


def test_lines_tags_duplicates_and_merges() -> None:
    node = _one("x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  b: 3\nz: !Sub text\nz: !reset last\n")
    assert text(node.get("y", "a")) == "1"
    assert text(node.get("y", "b")) == "3"
    assert text(node.get("z")) == "last"
    assert (node.at("y"), table(node.get("y")).at("a"), table(node.get("y")).at("b")) == (2, 1, 4)


def test_absent_paths_are_empty() -> None:
    node = _one("a: [1, {b: 2}]")
    assert text(node.get("a", "b", "c")) == ""
    assert texts(node.get("a")) == ("1",)
    assert texts(node.get("nothing")) == ()


def test_several_documents() -> None:
    assert len(documents(b"a: 1\n---\nb: 2\n---\n")) == 3


_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(20)
)
_MERGES = "a: &a {" + ", ".join(f"k{i}: 1" for i in range(1000)) + "}\n" + "".join(f"b{i}: {{<<: *a}}\n" for i in range(1000))


@pytest.mark.parametrize(
    "source",
    [
        "a: *nothing",
        "[" * 100_000,
        "- " * 100_000 + "x",
        "a: {{ .Values.x }}: b",
        "a: [1",
        "\x00",
        "a: &a [*a]",
        "y: :\n  - z: {",
        _MERGES,
    ],
    ids=["alias", "flow", "block", "template", "open", "control", "recursion", "broken", "merges"],
)
def test_hostile_yaml_is_a_problem_and_nothing_worse(source: str) -> None:
    with pytest.raises(YamlError):
        documents(source.encode())


@pytest.mark.parametrize(("levels", "counts"), [(6, True), (7, False), (20, False)])
def test_aliases_may_stand_for_much_and_not_for_a_bomb(levels: int, counts: bool) -> None:
    source = "\n".join(_BOMB.split("\n")[:levels])
    if counts:
        assert len(_one(source).entries) == levels
    else:
        with pytest.raises(YamlError, match="aliases that stand for more than 1,000,000 nodes"):
            documents(source.encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_yaml_or_a_problem(source: bytes) -> None:
    with contextlib.suppress(YamlError):
        documents(source)

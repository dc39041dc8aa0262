"""BUILD files of Pants and Bazel: programs, and the images that hold them."""

from __future__ import annotations

import pytest
from fixtures import Read, Scan
from flowmap.project.readers.build_files import READER

APP = "import flask\nflask.Flask('x').run()\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pex_binary(name='web', entry_point='app.py')", [("web.pex", "src/shop", "app")]),
        ("pex_binary(name='web', entry_point='app.py:main')", [("web.pex", "src/shop", "app")]),
        ("pex_binary(entry_point='shop.app:main')", [("shop.pex", "src/shop", "app")]),
        ("pex_binary(name='web', entry_point='shop.tools')", [("web.pex", "src/shop/tools", "__main__")]),
        ("N = 'web'\npex_binary(name=N, entry_point='app.py', output_path=f'{N}/x.pex')", [("x.pex", "src/shop", "app")]),
        ("py_binary(name='app', srcs=['app.py', 'other.py'])", [("app", "src/shop", "app")]),
        ("py_binary(name='web', srcs=['app.py'])", [("web", "src/shop", "app")]),
        ("py_binary(name='web', srcs=['app.py', 'other.py'], main=':app.py')", [("web", "src/shop", "app")]),
        # look-alikes
        ("pex_binary(name='web', entry_point='none.py')", []),
        ("pex_binary(name='web', script='gunicorn')", []),
        ("pex_binary(name='web', entry_point='../../../app.py')", []),
        ("py_binary(name='web', srcs=['app.py', 'other.py'])", []),
        ("py_binary(name='web', srcs=glob(['*.py']))", []),
        ("python_sources(name='pex_binary')", []),
        ("def pex_binary(name): pass\n", []),
        ("pex_binary(", []),
        ("x = pex_binary(name='web', entry_point='app.py')", []),
    ],
)
def test_programs(read: Read, text: str, expected: list[tuple[str, str, str]]) -> None:
    files = {"src/shop/BUILD": text, "src/shop/app.py": APP, "src/shop/other.py": "", "src/shop/tools/__main__.py": ""}
    found = read(READER, files).distributions
    assert [(name, d.folder, target) for d in found for name, target in d.scripts] == expected


PEX = "pex_binary(name='web', entry_point='app.py')\n"


@pytest.mark.parametrize(
    ("image", "recipe", "entry"),
    [
        ("docker_image(name='shop')", "COPY src.shop/web.pex /bin/\nENTRYPOINT ['/bin/web.pex']", "src/shop/app.py"),
        ("docker_image(name='shop')", "COPY src.shop/web.pex /bin\nENTRYPOINT ['/bin/web.pex']", "src/shop/app.py"),
        ("docker_image(name='shop')", "COPY src.shop/web.pex /run.pex\nCMD /run.pex --port 80", "src/shop/app.py"),
        ("docker_image(name='shop')", "WORKDIR /a\nCOPY src.shop/web.pex .\nCMD ['./web.pex']", "src/shop/app.py"),
        ("docker_image(name='shop')", "COPY src.shop/web.pex /bin/\nCMD python /bin/web.pex", "src/shop/app.py"),
        # look-alikes
        ("docker_image(name='shop')", "COPY src.other/web.jar /bin/\nENTRYPOINT ['/bin/web.jar']", None),
        ("docker_image(name='shop')", "RUN echo web.pex", None),
        ("docker_image(name='shop', skip_push=True)", "COPY src.shop/web.pex /bin/\nENTRYPOINT ['/bin/web.pex']", None),
        ("docker_image(name='shop', source='None')", "COPY src.shop/web.pex /bin/\nENTRYPOINT ['/bin/web.pex']", None),
    ],
)
def test_an_image_of_pants(scan: Scan, image: str, recipe: str, entry: str | None) -> None:
    files = {"src/shop/BUILD": PEX, "src/shop/app.py": APP, "src/shop/requirements.txt": "", "docker/BUILD": image}
    recipe = recipe.replace("'", '"')
    project = scan({**files, "docker/Dockerfile": f"FROM python:3\n{recipe}\n"})
    found = [s for s in project.services if any(e.location.path == "docker/BUILD" for e in s.evidence)]
    assert [(s.root, s.entry) for s in found] == ([("src/shop", entry)] if entry else [])


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("py3_image(name='shop_image', srcs=['app.py'], args=['-v'])", "python app.py -v"),
        (
            "py_binary(name='web', srcs=['app.py'])\noci_image(name='shop_image', entrypoint=['/app/web', '-v'], tars=[':layer'])",
            "python app.py -v",
        ),
        ("py_binary(name='web', srcs=['app.py'])\noci_image(name='shop_image', entrypoint=['/app/other'])", None),
        ("py_binary(name='web', srcs=['app.py'])", None),
        ("oci_image(name='shop_image', entrypoint=['/app/web'])", None),
    ],
)
def test_an_image_of_bazel(read: Read, text: str, command: str | None) -> None:
    found = read(READER, {"shop/BUILD.bazel": text, "shop/app.py": APP}).processes
    assert [(p.name, p.folder, " ".join(p.command)) for p in found] == ([("shop_image", "shop", command)] if command else [])


def test_the_command_of_a_container_may_be_what_a_project_makes(scan: Scan) -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: front}\nspec: {containers: [{image: acme/x, command: [/opt/%s]}]}\n"
    files = {"src/shop/BUILD": PEX, "src/shop/app.py": APP, "src/shop/requirements.txt": "", "other/app.py": APP}
    found = scan({**files, "other/requirements.txt": "", "k8s/a.yaml": pod % "web.pex"}).services
    assert [s.entry for s in found if any(e.location.path == "k8s/a.yaml" for e in s.evidence)] == ["src/shop/app.py"]


@pytest.mark.parametrize(
    ("path", "mine"), [("a/BUILD", True), ("BUILD.bazel", True), ("BUILD.pants", True), ("BUILD.md.txt", False), ("REBUILD", False)]
)
def test_which_files(path: str, mine: bool) -> None:
    assert READER.matches(path) is mine


def test_more_programs_than_are_read_are_said(read: Read) -> None:
    found = read(READER, {"shop/BUILD": PEX * 5_001, "shop/app.py": APP})
    assert (len(found.distributions), [str(d.location) for d in found.diagnostics]) == (5_000, ["shop/BUILD:5001"])

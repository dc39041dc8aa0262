"""Owners, systems and domains of services, from CODEOWNERS and from catalogues."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.model.project import Project
from flowmap.project.readers import backstage, codeowners

Read = Callable[..., Declarations]
Scan = Callable[..., Project]

APP = "import flask\napp = flask.Flask('x')\nif __name__ == '__main__':\n    app.run()\n"
SYSTEM = {
    "services/orders/app.py": APP,
    "services/orders/requirements.txt": "",
    "services/stock/app.py": APP,
    "services/stock/requirements.txt": "",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("* @all", ("@all", "@all")),
        ("* @all\n/services/orders/ @a @org/b", ("@a @org/b", "@all")),
        ("/services/orders/ @a\n* @all", ("@all", "@all")),
        ("services/orders @a", ("@a", "")),
        ("orders/ @a # theirs", ("@a", "")),
        ("/services/*/ @a", ("@a", "@a")),
        ("/services/orders/** @a", ("@a", "")),
        ("* @all\n/services/orders/", ("", "@all")),
        ("* team@example.com", ("team@example.com", "team@example.com")),
        ("*.py @python", ("", "")),
        ("/orders/ @a", ("", "")),
        ("# * @all\n\n", ("", "")),
        ("* somebody", ("", "")),
        ("!services/orders @a", ("", "")),
        ("[", ("", "")),
        ("[Shop][2] @shop\n/services/\n^[Data]\n/services/stock/ @data", ("@shop", "@shop @data")),
        ("[Shop] @shop\n/services/ @other\n", ("@other", "@other")),
    ],
)
@pytest.mark.parametrize("path", ["CODEOWNERS", ".github/CODEOWNERS", ".gitlab/CODEOWNERS"])
def test_owners_of_paths(scan: Scan, text: str, expected: tuple[str, str], path: str) -> None:
    assert tuple(" ".join(s.owners) for s in scan({**SYSTEM, path: text}).services) == expected


def test_a_folder_of_its_own_has_owners_of_its_own(scan: Scan) -> None:
    inside = {f"shop/{path}": text for path, text in SYSTEM.items()}
    project = scan({**inside, "shop/.github/CODEOWNERS": "/services/orders/ @a\n", "other/CODEOWNERS": "* @b\n"})
    assert [s.owners for s in project.services] == [("@a",), ()]
    assert [str(e.location) for e in project.services[0].evidence if e.what == "owned by @a"] == ["shop/.github/CODEOWNERS:1"]


def test_services_of_one_folder_are_told_apart_by_their_entries(scan: Scan) -> None:
    compose = "services:\n  web: {build: app, command: python web.py}\n  worker: {build: app, command: python worker.py}\n"
    files = {"app/web.py": APP, "app/worker.py": APP, "app/Dockerfile": "FROM python\nCOPY . .\n", "docker-compose.yml": compose}
    project = scan({**files, "CODEOWNERS": "app/ @a\napp/worker.py @b\n"})
    assert [(s.name, s.owners) for s in project.services] == [("web", ("@a",)), ("worker", ("@b",))]


@pytest.mark.parametrize(("text", "owners"), [("/app/web.py @a", "@a"), ("/app/ @b\n/app/web.py @a", "@b"), ("/app/x.py @a", "")])
def test_the_entry_counts_where_nothing_is_said_of_the_folder(scan: Scan, text: str, owners: str) -> None:
    files = {"app/web.py": APP, "app/Dockerfile": "FROM python\nCOPY . .\nCMD python web.py\n"}
    (service,) = scan({**files, "docker-compose.yml": "services:\n  web: {build: app}\n", "CODEOWNERS": text}).services
    assert " ".join(service.owners) == owners


HEAD = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: %s\n"
SPEC = "spec: {type: service, owner: group:default/team-a, system: shop}\n"
WHOLE = "---\napiVersion: backstage.io/v1alpha1\nkind: System\nmetadata: {name: shop}\nspec: {owner: x, domain: trade}\n"


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("services/orders/catalog-info.yaml", HEAD % "orders" + SPEC, ("team-a", "shop", "")),
        ("services/orders/catalog-info.yml", HEAD % "other" + SPEC, ("team-a", "shop", "")),
        ("services/orders/catalog-info.yaml", HEAD % "orders" + SPEC + WHOLE, ("team-a", "shop", "trade")),
        ("catalog-info.yaml", HEAD % "orders" + SPEC, ("team-a", "shop", "")),
        ("catalog-info.yaml", HEAD % "Orders" + SPEC, ("team-a", "shop", "")),
        ("catalog-info.yaml", HEAD % "other" + SPEC, ("@code", "", "")),
        (
            "catalog-info.yaml",
            HEAD % "other" + "  annotations: {backstage.io/kubernetes-id: orders}\n" + SPEC,
            ("team-a", "shop", ""),
        ),
        (
            "catalog-info.yaml",
            HEAD % "other" + "  annotations: {'backstage.io/source-location': 'dir:./services/orders'}\n" + SPEC,
            ("team-a", "shop", ""),
        ),
        ("catalog-info.yaml", HEAD % "orders" + "spec: {system: shop}\n", ("@code", "shop", "")),
        ("services/orders/catalog-info.yaml", HEAD % "x" + SPEC + "---\n" + HEAD % "y" + SPEC, ("@code", "", "")),
        ("services/orders/catalog-info.yaml", "kind: Component\nmetadata: {name: orders}\nspec: {owner: x}\n", ("@code", "", "")),
        ("services/orders/catalog-info.yaml", HEAD.replace("Component", "API") % "orders" + SPEC, ("@code", "", "")),
        ("services/orders/catalog-info.yaml", "kind: [", ("@code", "", "")),
    ],
)
def test_what_the_catalogue_says(scan: Scan, path: str, text: str, expected: tuple[str, str, str]) -> None:
    orders, stock = scan({**SYSTEM, path: text, "CODEOWNERS": "* @code\n"}).services
    assert ((" ".join(orders.owners), orders.system, orders.domain), stock.owners) == (expected, ("@code",))


@pytest.mark.parametrize("path", ["CODEOWNERS.md", "owners", "catalog.yaml", "docs/catalogue-info.yaml"])
def test_other_files_are_not_theirs(path: str) -> None:
    assert not codeowners.READER.matches(path)
    assert not backstage.READER.matches(path)


def test_lines_are_kept(read: Read) -> None:
    owned = read(codeowners.READER, {"x/.gitlab/CODEOWNERS": "# a\n\n/a\\ b/ @a\n"}).owned
    assert [(o.folder, o.pattern, str(o.location)) for o in owned] == [("x", "/a\\ b/", "x/.gitlab/CODEOWNERS:3")]

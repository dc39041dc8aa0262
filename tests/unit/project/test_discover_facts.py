"""What a service is told and where it is reached: environment, addresses, externals, configuration, and the stage as a whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flowmap.config import Config, ExternalConfig, ServiceConfig
from flowmap.descriptor_api import Declarations, DeclaredProcess, DescriptorFile, DescriptorReader
from flowmap.errors import ConfigError, ExtensionError, PathError
from flowmap.extensions import load_plugins
from flowmap.model.location import Location
from flowmap.model.project import External, ExternalKind, Project, Service
from flowmap.project.discover import discover
from flowmap.project.products import is_product
from flowmap.project.services import without_secret
from flowmap.project.systems import alone
from hypothesis import given
from hypothesis import strategies as st

PLUGINS = load_plugins()

Scan = Callable[..., Project]
Tree = Callable[[dict[str, str]], Path]
Readers = tuple[DescriptorReader, ...]

APP = "from flask import Flask\napp = Flask(__name__)\n"
IMAGE = 'FROM python\nENV LEVEL=image ONLY="in image"\nENV OLD the whole rest\nWORKDIR /app\nCOPY . .\nCMD ["python", "main.py"]\n'
WORKLOAD = """\
kind: Deployment
metadata: {name: shop}
spec:
  template:
    metadata: {labels: {app: shop, tier: web}}
    spec:
      containers:
      - name: shop
        image: shop
        env:
        - {name: A, value: explicit}
        - {name: B, valueFrom: {configMapKeyRef: {name: settings, key: b}}}
        envFrom:
        - configMapRef: {name: settings}
---
apiVersion: v1
kind: Service
metadata: {name: shop-svc}
spec: {selector: {app: shop}, ports: [{port: 80}]}
"""


def environment(service: Service) -> dict[str, tuple[str, str]]:
    return {s.name: (s.value, str(s.location)) for s in service.environment}


def hosts(thing: Service | External) -> set[tuple[str, int | None]]:
    return {(a.host, a.port) for a in thing.addresses}


def test_environment_highest_first(scan: Scan) -> None:
    files = {
        "docker-compose.yml": "services:\n  shop:\n    build: shop\n    env_file: shop.env\n    environment: {A: compose}\n",
        "shop.env": "A=file\nB=file\nLEVEL=file\n",
        "shop/Dockerfile": IMAGE,
        "shop/main.py": APP,
        "shop/.env": "A=own\nB=own\nC=own\nLEVEL=own\n",
        "shop/src/core/.env": "C=inner\nD=inner\n",
        "shop/a/b/c/.env": "E=deep\n",
        "shop/.env.example": "D=example\nF=example\n",
        ".env": "G=above\n",
    }
    (shop,) = scan(files).services
    assert environment(shop) == {
        "A": ("compose", "docker-compose.yml:5"),
        "B": ("file", "shop.env:2"),
        "C": ("own", "shop/.env:3"),
        "D": ("inner", "shop/src/core/.env:2"),
        "F": ("example", "shop/.env.example:2"),
        "LEVEL": ("file", "shop.env:3"),
        "OLD": ("the whole rest", "shop/Dockerfile:3"),
        "ONLY": ("in image", "shop/Dockerfile:2"),
    }


def test_environment_on_the_host_comes_from_above_too(scan: Scan) -> None:
    files = {"shop/requirements.txt": "", "shop/main.py": APP, ".env": "A=above\nB=above\n", "shop/.env": "A=own\n"}
    (shop,) = scan(files).services
    assert environment(shop) == {"A": ("own", "shop/.env:1"), "B": ("above", ".env:2")}


def test_environment_of_one_service_is_not_that_of_its_neighbour(scan: Scan) -> None:
    files = {
        f"{name}/{file}": content
        for name in ("a", "b")
        for file, content in (("main.py", APP), ("setup.py", ""), (".env", f"N={name}"))
    }
    assert [environment(s)["N"][0] for s in scan(files).services] == ["a", "b"]


def test_environment_from_config_maps(scan: Scan) -> None:
    files = {
        "k8s/shop.yaml": WORKLOAD,
        "k8s/settings.yaml": "kind: ConfigMap\nmetadata: {name: settings}\ndata:\n  b: referred\n  A: group\n",
        "shop/Dockerfile": IMAGE,
        "shop/main.py": APP,
    }
    (shop,) = scan(files).services
    found = environment(shop)
    assert found["A"] == ("explicit", "k8s/shop.yaml:11")
    assert found["B"] == ("referred", "k8s/settings.yaml:4")
    assert found["b"] == ("referred", "k8s/settings.yaml:4")
    assert found["LEVEL"][0] == "image"


@pytest.mark.parametrize(
    ("folders", "chosen"),
    [
        (["k8s", "monolith"], "k8s"),
        (["a", "k8s/base"], "k8s/base"),
        (["src/k8s", "src/monolith", "k8s"], "k8s"),
        (["x/y", "x"], "x"),
        (["monolith"], "monolith"),
    ],
)
def test_of_config_maps_with_one_name_the_nearest_holds(scan: Scan, folders: list[str], chosen: str) -> None:
    maps = {f"{f}/settings.yaml": f"kind: ConfigMap\nmetadata: {{name: settings}}\ndata: {{b: in {f}}}\n" for f in folders}
    (shop,) = scan({"k8s/shop.yaml": WORKLOAD, "shop/Dockerfile": IMAGE, "shop/main.py": APP, **maps}).services
    assert environment(shop)["B"][0] == f"in {chosen}"
    assert hosts(shop) == {
        ("shop-svc", 80),
        ("shop-svc.default", 80),
        ("shop-svc.default.svc", 80),
        ("shop-svc.default.svc.cluster.local", 80),
    }


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("amqp://user:secret@rabbit:5672/", "amqp://rabbit:5672/"),
        ("redis://:secret@redis", "redis://redis"),
        ("kafka://a:b@one:1,kafka://a:b@two:2", "kafka://one:1,kafka://two:2"),
        ("http://shop/users/@me", "http://shop/users/@me"),
        ("mail@example.org", "mail@example.org"),
        ("http://shop:80", "http://shop:80"),
        ("", ""),
    ],
)
def test_secrets_are_taken_out_of_values(value: str, shown: str) -> None:
    assert without_secret(value) == shown


@given(st.text(alphabet=st.characters(exclude_characters="@")))
def test_values_without_userinfo_stay_as_they_are(value: str) -> None:
    assert without_secret(value) == value


def test_secrets_are_taken_out_everywhere(scan: Scan) -> None:
    files = {"shop/main.py": APP, "shop/setup.py": "", "shop/.env": "URL=amqp://u:secret@rabbit/"}
    assert "secret" not in repr(scan(files).services)


@pytest.mark.parametrize(
    ("files", "port"),
    [
        ({"shop/main.py": APP + "app.run(host='0.0.0.0', port=5001)\n"}, 5001),
        ({"shop/main.py": APP + "import uvicorn\nuvicorn.run('main:app', host='x', port=5001)\n"}, 5001),
        ({"shop/main.py": APP + "PORT = int(os.environ.get('PORT', 5001))\n"}, 5001),
        ({"shop/main.py": "import grpc\nserver = grpc.server()\nserver.add_insecure_port('[::]:5001')\nserver.start()\n"}, 5001),
        ({"shop/main.py": APP, "shop/.flaskenv": "FLASK_RUN_PORT=5001"}, 5001),
        ({"shop/main.py": APP, "README.md": "cd shop && flask run --port 5001"}, 5001),
        ({"shop/main.py": APP, "README.md": "| shop | 5001 |"}, 5001),
        ({"shop/main.py": APP, "shop/README.md": "Run `flask run -p 5001`"}, 5001),
        ({"shop/main.py": APP, "Makefile": "run:\n\tpython shop/main.py --port 5001"}, 5001),
        ({"shop/main.py": APP, "shop/Dockerfile": IMAGE.replace('"main.py"', '"main.py", "--port", "5001"')}, 5001),
        ({"shop/main.py": APP, "README.md": "| cart | 5001 |"}, None),
        ({"shop/main.py": APP, "README.md": "shop and carts on port 5001", "carts/setup.py": "", "carts/main.py": APP}, None),
        ({"shop/main.py": APP + "years = range(2001, 2024)\n"}, None),
    ],
)
def test_ports_without_a_deployment(scan: Scan, files: dict[str, str], port: int | None) -> None:
    shop = next(s for s in scan({"shop/setup.py": "", **files}).services if s.root == "shop")
    wanted = {"localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal", "docker.for.mac.localhost"}  # noqa: S104
    assert hosts(shop) == ({(host, port) for host in wanted} if port else set())


def test_published_ports_hide_those_in_the_code(scan: Scan) -> None:
    files = {
        "docker-compose.yml": "services:\n  shop:\n    build: shop\n    ports: ['8001:5000']\n",
        "shop/Dockerfile": IMAGE,
        "shop/main.py": APP + "app.run(port=5000)",
    }
    (shop,) = scan(files).services
    assert ("shop", None) in hosts(shop)
    assert {port for host, port in hosts(shop) if host == "localhost"} == {8001}
    assert all(a.location.path == "docker-compose.yml" for a in shop.addresses)


def test_a_port_inside_several_images_is_nobodys(scan: Scan) -> None:
    image = IMAGE.replace('"main.py"', '"main.py", "--port", "8000"')
    files = {f"{name}/{file}": content for name in ("a", "b") for file, content in (("main.py", APP), ("Dockerfile", image))}
    assert [s.addresses for s in scan(files).services] == [(), ()]


@pytest.mark.parametrize(
    ("image", "product"),
    [
        ("postgres:16-alpine", True),
        ("bitnami/kafka:3", True),
        ("confluentinc/cp-schema-registry", True),
        ("docker.io/library/rabbitmq:3-management", True),
        ("mcr.microsoft.com/azure-storage/azurite", True),
        ("localhost:5000/redis", True),
        ("nginx@sha256:abc", True),
        ("minio/mc", True),
        ("acme/orders", False),
        ("acme/kafka-consumer", False),
        ("redis-loader", False),
        ("gateway", False),
        ("ui", False),
        ("", False),
    ],
)
def test_products(image: str, product: bool) -> None:
    assert is_product(image) is product


def test_externals(scan: Scan) -> None:
    files = {
        "docker-compose.yml": "services:\n  db: {image: postgres, ports: ['5432:5432']}\n  cart: {build: cart}\n  ui: {build: ui}\n"
        "  shop: {build: shop}\n  cache: {build: cache}\n  ledger: {image: acme/ledger, hostname: Ledger.local}\n",
        "shop/Dockerfile": IMAGE,
        "shop/main.py": APP,
        "cart/Dockerfile": "FROM node\nCMD node cart.js",
        "cart/build.py": "",
        "ui/Dockerfile": "FROM node AS build\nFROM nginx\nCOPY --from=build /a /b",
        "cache/Dockerfile": "FROM redis\nCOPY redis.conf /",
        "k8s/x.yaml": WORKLOAD.replace("shop", "billing"),
    }
    project = scan(files)
    assert [s.name for s in project.services] == ["shop"]
    assert {e.name: e.kind.value for e in project.externals} == {
        "billing": "declared-service",
        "cache": "product",
        "cart": "declared-service",
        "db": "product",
        "ledger": "declared-service",
        "ui": "declared-service",
    }
    by_name = {e.name: e for e in project.externals}
    assert {("db", None), ("localhost", 5432)} <= hosts(by_name["db"])
    assert hosts(by_name["ledger"]) == {("ledger", None), ("ledger.local", None)}
    assert ("billing-svc", 80) in hosts(by_name["billing"])
    assert [str(e.location) for e in by_name["db"].evidence] == ["docker-compose.yml:2"]


def test_configured_services_come_first_and_take_their_folder(scan: Scan) -> None:
    files = {"a/setup.py": "", "a/main.py": APP, "b/setup.py": "", "b/main.py": APP, "b/worker.py": ""}
    config = Config(
        services=[
            ServiceConfig(
                name="bees", root="b/", aliases=["hive"], hosts=["bees", "Localhost:80"], environment={"B": "2", "A": "1"}
            ),
            ServiceConfig(name="worker", root="b", entry="b/worker.py"),
        ]
    )
    project = scan(files, config)
    assert [(s.name, s.root, s.entry) for s in project.services] == [
        ("bees", "b", None),
        ("worker", "b", "b/worker.py"),
        ("a", "a", None),
    ]
    bees = project.services[0]
    assert (bees.aliases, hosts(bees)) == (("hive",), {("bees", None), ("localhost", 80)})
    assert [s.name for s in bees.environment] == ["A", "B"]


def test_a_configured_entry_leaves_the_other_programs_of_its_folder(scan: Scan) -> None:
    files = {"producer.py": "import pika\npika.send()\n", "consumer.py": "import pika\npika.read()\n"}
    config = Config(services=[ServiceConfig(name="source", entry="producer.py")])
    assert [(s.name, s.entry) for s in scan(files, config).services] == [("source", "producer.py"), ("consumer", "consumer.py")]


@pytest.mark.parametrize(
    ("service", "message"),
    [
        (ServiceConfig(name="x", root="nowhere"), "root 'nowhere'"),
        (ServiceConfig(name="x", root="../out"), "root '../out'"),
        (ServiceConfig(name="x", entry="nowhere.py"), "entry 'nowhere.py'"),
    ],
)
def test_configured_services_must_be_in_the_scan(scan: Scan, service: ServiceConfig, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        scan({"main.py": APP}, Config(services=[service]))


def test_configured_externals(scan: Scan) -> None:
    config = Config(externals=[ExternalConfig(name="crm", hosts=["crm.example.org:443"], publishes=["x"])])
    (crm,) = scan({"main.py": APP}, config).externals
    assert (crm.name, crm.kind, hosts(crm)) == ("crm", ExternalKind.DECLARED, {("crm.example.org", 443)})


def test_the_result_depends_on_nothing_but_the_files(tree: Tree, tmp_path: Path, readers: Readers) -> None:
    files = {
        "docker-compose.yml": "services:\n  a: {build: a, ports: ['1000-1003:80']}\n  db: {image: postgres}\n",
        "compose.prod.yaml": "services:\n  a: {environment: {X: 1, Y: 2}}\n",
        "a/Dockerfile": IMAGE,
        "a/main.py": APP,
        "b/requirements.txt": "",
        "b/main.py": APP,
        "tests/x.py": "",
        "README.md": "b on port 8005",
    }
    first = discover(alone(tree(files), Config()), readers, PLUGINS)
    shutil.rmtree(tmp_path / "system")
    second = discover(alone(tree(dict(reversed(files.items()))), Config()), tuple(reversed(readers)), PLUGINS)
    assert first == second


def test_a_reader_of_ones_own(tree: Tree) -> None:
    def read(file: DescriptorFile) -> Declarations:
        return Declarations(
            processes=(
                DeclaredProcess(
                    name=file.text,
                    system="nomad",
                    scope=".",
                    location=Location(file.path, 1, 1),
                    folder="shop",
                    command=("python", "x.py"),
                ),
            )
        )

    root = tree({"job.nomad": "shopping", "shop/x.py": APP})
    (service,) = discover(
        alone(root, Config()), (DescriptorReader("nomad", lambda path: path.endswith(".nomad"), read),), PLUGINS
    ).services
    assert (service.name, service.root, service.entry) == ("shopping", "shop", "shop/x.py")


def test_a_reader_that_fails_is_named(tree: Tree) -> None:
    def read(_: DescriptorFile) -> Declarations:
        raise KeyError("x")

    with pytest.raises(ExtensionError, match=r"'odd' failed on app\.py: KeyError: 'x'"):
        discover(alone(tree({"app.py": APP}), Config()), (DescriptorReader("odd", lambda _: True, read),), PLUGINS)


def test_without_readers_there_are_still_services(tree: Tree) -> None:
    project = discover(alone(tree({"docker-compose.yml": "services: {a: {build: .}}", "main.py": APP}), Config()), (), PLUGINS)
    assert [s.root for s in project.services] == ["."]


def test_broken_and_oversized_descriptors_are_diagnostics(scan: Scan, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"main.py": APP, "docker-compose.yml": "services: [", "big.yaml": "x" * 5_000_001}
    messages = [(d.message, str(d.location)) for d in scan(files).diagnostics]
    assert [where for _, where in messages] == ["big.yaml:1", "docker-compose.yml:1"]
    monkeypatch.setattr("flowmap.project.descriptors._MOST_FILES", 1)
    (capped, _) = [d.message for d in scan(files).diagnostics][-2:]
    assert capped


def test_a_single_file(tree: Tree, readers: Readers) -> None:
    project = discover(
        alone(tree({"shop.py": APP, "docker-compose.yml": "services: {a: {build: .}}"}) / "shop.py", Config()), readers, PLUGINS
    )
    assert [(s.name, s.root, s.entry) for s in project.services] == [("shop", ".", "shop.py")]
    assert [f.path for f in project.files] == ["shop.py"]


def test_nothing_to_scan_is_said_before_anything_else(tmp_path: Path) -> None:
    with pytest.raises(PathError):
        discover(alone(tmp_path / "nowhere", Config()), (), PLUGINS)


_NAMES = st.sampled_from(
    "docker-compose.yml Dockerfile main.py a/main.py a/Dockerfile a/.env k.yaml setup.py Procfile a/run.sh".split()
)
_PIECES = st.sampled_from(
    [
        "services:\n  a:\n    build: a\n",
        "    command: sh -c 'python $X'\n",
        "FROM python\n",
        "CMD make\n",
        "COPY --from=0 / /\n",
        "WORKDIR ../..\n",
        "ENV A\n",
        "import kafka\n",
        "A=$A\n",
        "kind: Deployment\n",
        "web: sh run.sh\n",
        "python main.py &\n",
        "&a *a\n",
        *("\0", "{{", "'", '"', "[", "- "),
    ]
)


@given(st.dictionaries(_NAMES, st.lists(_PIECES, max_size=6).map("".join), max_size=6))
def test_any_files_can_be_discovered(
    tmp_path_factory: pytest.TempPathFactory, writer: Callable[..., Path], readers: Readers, files: dict[str, str]
) -> None:
    root = tmp_path_factory.mktemp("any")
    project = discover(alone(writer(root, {"app.py": "", **files}), Config()), readers, PLUGINS)
    assert project.services
    assert len({s.name for s in project.services}) == len(project.services)
    shutil.rmtree(root)

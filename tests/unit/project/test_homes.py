"""Which project a process runs whose image nothing in the scan is said to build, and what its environment comes to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.model.project import Project

Scan = Callable[..., Project]

CODE = {"run.py": "from flask import Flask\napp = Flask(__name__)\n", "jobs.py": "import time\n", "requirements.txt": "flask\n"}
WEB = "FROM python:3.12\nCOPY . /app\nWORKDIR /app\nRUN pip install -r requirements.txt\nCMD python run.py\n"
JOBS = WEB.replace("run.py", "jobs.py")


def _pod(name: str, image: str, *settings: str) -> str:
    """A manifest that runs one container."""
    environment = "".join(f"\n        - {{name: {s.partition('=')[0]}, value: '{s.partition('=')[2]}'}}" for s in settings)
    return (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\nspec:\n  template:\n"
        f"    metadata: {{labels: {{app: {name}}}}}\n    spec:\n      containers:\n"
        f"      - name: {name}\n        image: {image}\n        env:{environment or ' []'}\n"
    )


def _below(folder: str, files: dict[str, str]) -> dict[str, str]:
    return {f"{folder}/{path}": content for path, content in files.items()}


def _running(project: Project) -> dict[str, tuple[str, str | None]]:
    """Name of each service -> its folder and file."""
    return {s.name: (s.root, s.entry) for s in project.services}


SHIPPING = _below("acme+shipping", {**CODE, "docker/Dockerfile": WEB, "helm/x.yaml": _pod("shipping", "acme/shipping")})


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(SHIPPING, {"shipping": ("acme+shipping", "acme+shipping/run.py")}, id="a name that the project's name holds"),
        pytest.param(
            {
                **SHIPPING,
                "acme+shipping/compose.yaml": "services: {dev-web: {build: {context: ., dockerfile: docker/Dockerfile}}}\n",
            },
            {"shipping": ("acme+shipping", "acme+shipping/run.py")},
            id="what a compose file builds too",
        ),
        pytest.param(
            {**CODE, "Dockerfile": WEB, "k8s/x.yaml": _pod("parcels", "acme/parcels")},
            {"parcels": (".", "run.py")},
            id="all that the manifests run",
        ),
        pytest.param(
            {**CODE, "Dockerfile": WEB, "k8s/x.yaml": _pod("parcels", "acme/parcels"), "k8s/db.yaml": _pod("db", "postgres:16")},
            {"parcels": (".", "run.py")},
            id="beside a well-known product",
        ),
        pytest.param(
            {
                **CODE,
                "Dockerfile": WEB,
                "docker/jobs.Dockerfile": JOBS,
                "k8s/x.yaml": _pod("nightly", "acme/parcels-jobs:1"),
                "k8s/y.yaml": _pod("stats", "acme/stats"),
            },
            {"nightly": (".", "jobs.py")},
            id="a recipe that the image is called after",
        ),
        pytest.param(
            {**CODE, "Dockerfile": WEB, "deploy/compose.yaml": "services: {web: {image: 'acme/system:2'}}\n"},
            {"web": (".", "run.py")},
            id="an image that is called as the whole",
        ),
        pytest.param(
            {**_below("mailer", {**CODE, "Dockerfile": WEB}), "compose.yaml": "services: {one: {image: acme/system-mailer}}\n"},
            {"one": ("mailer", "mailer/run.py")},
            id="an image that is called as the whole and a folder",
        ),
        pytest.param(
            {**CODE, "Dockerfile": WEB, "docker/dev.yml": "services: {web: {build: {context: ., target: x}}}\n"},
            {"web": (".", "run.py")},
            id="an overlay in a folder of its own",
        ),
    ],
)
def test_a_process_runs_the_project_that_holds_its_deployment(
    scan: Scan, files: dict[str, str], expected: dict[str, tuple[str, str | None]]
) -> None:
    assert _running(scan(files)) == expected


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"k8s/x.yaml": _pod("parcels", "acme/parcels"), "k8s/y.yaml": _pod("stats", "acme/stats")}, id="two images"),
        pytest.param({"k8s/x.yaml": _pod("db", "postgres:16")}, id="a product"),
        pytest.param({"k8s/x.yaml": _pod("a", "acme/parcels").replace("{labels: {app: a}}", "{}")}, id="a pod that nobody selects"),
        pytest.param({"compose.yaml": "services: {system: {image: acme/system-gate}}\n"}, id="a neighbour of a similar name"),
        pytest.param({"compose.yaml": "services: {parcels: {image: acme/parcels}}\n"}, id="a neighbour in a compose file"),
        pytest.param({"k8s/x.yaml": _pod("parcels", "acme/parcels"), "worker/Dockerfile": JOBS}, id="no one recipe"),
        pytest.param(
            {"k8s/x.yaml": _pod("a", "acme/parcels-jobs"), "k8s/y.yaml": _pod("b", "acme/stats"), "d/obs.Dockerfile": JOBS},
            id="the end of a word is no name",
        ),
    ],
)
def test_images_of_others_stay_outside(scan: Scan, files: dict[str, str]) -> None:
    recipe = {} if "worker/Dockerfile" in files else {"Dockerfile": WEB}
    extra = {"other/Dockerfile": JOBS} if "worker/Dockerfile" in files else {}
    project = scan({**CODE, **recipe, **extra, **files})
    assert not {"parcels", "stats", "db", "a", "b"} & {s.name for s in project.services}
    assert not any("compose runs" in e.what for s in project.services for e in s.evidence)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("http://$(STOCK_API_SERVICE_HOST):$(STOCK_API_SERVICE_PORT)/v1", "http://stock-api:8080/v1"),
        ("http://$(STOCK_API_SERVICE_HOST):$(STOCK_API_SERVICE_PORT_HTTP)", "http://stock-api:8080"),
        ("http://$(BILLING_SERVICE_HOST):$(BILLING_SERVICE_PORT)/x", "http://billing/x"),
        ("http://$(MAIL_SERVICE_SERVICE_HOST)", "http://mail-service"),
        ("http://$(OWN_SERVICE_HOST)", "http://told"),
        ("$(NOWHERE)-$(SERVICE_HOST)-$(lower_SERVICE_HOST)", "$(NOWHERE)-$(SERVICE_HOST)-$(lower_SERVICE_HOST)"),
        ("$$(BILLING_SERVICE_HOST)", "$(BILLING_SERVICE_HOST)"),
    ],
)
def test_the_cluster_tells_pods_of_services(scan: Scan, value: str, expected: str) -> None:
    service = (
        "\n---\napiVersion: v1\nkind: Service\nmetadata: {name: stock-api}\nspec: {selector: {app: stock}, ports: [{port: 8080}]}\n"
    )
    manifest = _pod("parcels", "acme/parcels", f"URL={value}", "OWN_SERVICE_HOST=told") + service
    (found,) = scan({**CODE, "Dockerfile": WEB, "k8s/x.yaml": manifest}).services
    assert {s.name: s.value for s in found.environment}["URL"] == expected


def test_a_module_called_setup_is_no_project(scan: Scan) -> None:
    """A package that sets a database up is a part of the project around it."""
    nested = {"parcels/__init__.py": "", "parcels/db/__init__.py": "", "parcels/db/setup.py": "def tables(): ...\n"}
    found = scan({**CODE, **nested, "Dockerfile": WEB, "k8s/x.yaml": _pod("parcels", "acme/parcels")})
    assert _running(found) == {"parcels": (".", "run.py")}


COMPOSE = "services:\n  shipping:\n    image: registry.example/acme/shipping:1.2\n    volumes:\n"


@pytest.mark.parametrize(
    ("volumes", "extra", "expected"),
    [
        pytest.param(
            ["./conf/settings.py:/etc/shipping/settings.py:ro"],
            {"deploy/conf/settings.py": "A = 1\n"},
            {"shipping": ("acme+shipping", "acme+shipping/run.py")},
            id="a file that only configures it",
        ),
        pytest.param(
            ["./conf:/etc/shipping"],
            {"deploy/conf/settings.ini": "[a]\n"},
            {"shipping": ("acme+shipping", "acme+shipping/run.py")},
            id="a folder without Python",
        ),
        pytest.param(
            ["./code:/app\n    command: python /app/main.py"],
            {"deploy/code/main.py": CODE["run.py"]},
            {
                "code-shipping": ("deploy/code", "deploy/code/main.py"),
                "acme+shipping-shipping": ("acme+shipping", "acme+shipping/run.py"),
            },
            id="a folder of code stands in the place of the image's",
        ),
    ],
)
def test_what_is_mounted_may_only_configure_what_the_image_has(
    scan: Scan, volumes: list[str], extra: dict[str, str], expected: dict[str, tuple[str, str | None]]
) -> None:
    code = _below("acme+shipping", {**CODE, "Dockerfile": WEB})
    compose = COMPOSE + "".join(f"      - {v}\n" for v in volumes)
    assert _running(scan({**code, **extra, "deploy/compose.yaml": compose})) == expected


def test_a_product_is_not_what_its_label_names(scan: Scan) -> None:
    cache = _pod("shipping-cache", "example/memcached").replace("app: shipping-cache", "app: shipping")
    project = scan({**SHIPPING, "acme+shipping/helm/cache.yaml": cache})
    assert _running(project) == {"shipping": ("acme+shipping", "acme+shipping/run.py")}
    assert "shipping-cache" not in project.services[0].aliases


CHOOSES = """\
MODE_VALUE=$(grep -E '^MODE=' /app/.env | head -n1 | cut -d= -f2- | tr -d '"')
case "${MODE_VALUE}" in
  run) exec python run.py ;;
  jobs) exec python jobs.py ;;
esac
"""
MOUNTS = "volumes: [{name: a, configMap: {name: shared}}, {name: b, projected: {sources: [{configMap: {name: NAME-own}}]}}]\n"


def _job(name: str) -> str:
    return (
        f"apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: {name}}}\nspec:\n  jobTemplate:\n    spec:\n      template:\n"
        f"        spec:\n          containers: [{{name: x, image: acme/parcels}}]\n          {MOUNTS.replace('NAME', name)}"
    )


def _map(name: str, key: str, *lines: str) -> str:
    text = "".join(f"    {line}\n" for line in lines)
    return f"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}}}\ndata:\n  {key}: |\n{text}"


GENERATED = {
    "k8s/one.env": "MODE=run\nTOPIC=own\n",
    "k8s/kustomization.yaml": "configMapGenerator: [{name: one-own, files: [one.env]}]\n",
}


@pytest.mark.parametrize("own", [GENERATED, {"k8s/one.yaml": _map("one-own", "x.env", "MODE=run", "TOPIC=own")}])
def test_variables_in_files_that_a_pod_mounts(scan: Scan, own: dict[str, str]) -> None:
    """One image whose script looks the program up in a file of variables; what that holds comes from ConfigMaps."""
    files = {
        **CODE,
        **own,
        "Dockerfile": WEB.rpartition("CMD")[0] + 'COPY start.sh /start.sh\nENTRYPOINT ["/start.sh"]\n',
        "start.sh": CHOOSES,
        "k8s/x.yaml": _job("one") + "---\n" + _job("two") + _map("shared", "all.env", "# all", "TOPIC=shared", "MODE=none"),
        "k8s/own.yaml": _map("two-own", "x.env", "MODE=jobs") + _map("two-other", "x.env", "MODE=run"),
    }
    services = scan(files).services
    assert {s.name: s.entry for s in services} == {"one": "run.py", "two": "jobs.py"}
    topics = {s.name: next((e.value, e.location.line) for e in s.environment if e.name == "TOPIC") for s in services}
    assert topics["one"][0] == "own"
    assert topics["two"] == ("shared", 29)


ABOVE = 'FROM public.ecr.aws/lambda/python:3.12\nCOPY {name}/src .\nCOPY ./shared/common ./common\nCMD ["run.handler"]\n'
FUNCTIONS = {
    "lambdas/mailer/src/run.py": "from common.bus import send\ndef handler(event, context): send()\n",
    "lambdas/mailer/pyproject.toml": "",
    "lambdas/shared/common/bus.py": "def send(): ...\n",
    "lambdas/shared/pyproject.toml": "",
}


@pytest.mark.parametrize(
    ("recipe", "extra", "expected"),
    [
        (ABOVE.format(name="mailer"), {}, [("/var/task/common", "lambdas/shared/common"), ("/var/task", "lambdas/mailer/src")]),
        (
            ABOVE.format(name="mailer"),
            {"lambdas/mailer/shared/common/a.py": ""},
            [("/var/task/common", "lambdas/mailer/shared/common")],
        ),
        (ABOVE.format(name="nowhere"), {}, []),
        (
            ABOVE.format(name="mailer").replace("COPY mailer/src .", "COPY ../mailer/src .\nCOPY src/ ."),
            {},
            [("/var/task", "lambdas/mailer/src")],
        ),
    ],
)
def test_a_recipe_is_built_where_what_it_copies_lies(
    scan: Scan, recipe: str, extra: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    """Nothing says from which folder: of the folders around the recipe only one has what it copies."""
    recipe = recipe.replace("COPY", "WORKDIR /var/task\nCOPY", 1)
    services = scan({**FUNCTIONS, **extra, "lambdas/mailer/Dockerfile": recipe}).services
    places = {s.root: list(s.places) for s in services}
    assert places.get("lambdas/mailer", []) == expected


def test_an_image_that_terraform_knows_by_a_variable(scan: Scan) -> None:
    function = (
        'resource "aws_lambda_function" "nightly" {\n  image_uri = var.mailer_image_uri\n'
        '  environment {\n    variables = { QUEUE = "letters" }\n  }\n}\n'
    )
    files = {**FUNCTIONS, "lambdas/mailer/Dockerfile": ABOVE.format(name="mailer"), "infra/main.tf": function}
    (service,) = (s for s in scan(files).services if s.root == "lambdas/mailer")
    assert (service.name, service.entry) == ("nightly", "lambdas/mailer/src/run.py")
    assert {s.name: s.value for s in service.environment}["QUEUE"] == "letters"


@pytest.mark.parametrize(("content", "expected"), [("", set()), ("\n", set()), ("import time\n", {"mock"})])
def test_a_folder_without_a_line_of_python_is_no_service(scan: Scan, content: str, expected: set[str]) -> None:
    files = {**_below("shop", CODE), "mock/__init__.py": content, "mock/Dockerfile": "FROM python:3.12\nCMD python x.py\n"}
    assert {s.name for s in scan(files).services} - {"shop"} == expected


RUN_AS = "services:\n  one:\n    image: ${REGISTRY}/whole:1\n    command: %s\n"
PACKAGES = {
    "gateway/python/shop/mail/main.py": "print(1)\n",
    "gateway/python/shop/mail/__init__.py": "",
    "gateway/python/setup.py": "",
}


@pytest.mark.parametrize(
    ("command", "extra", "expected"),
    [
        ("/usr/bin/env python3 -m shop.mail.main", {}, ("gateway/python", "gateway/python/shop/mail/main.py")),
        ("'sh -c \"/bin/init && python3.11 -u -m shop.mail.main\"'", {}, ("gateway/python", "gateway/python/shop/mail/main.py")),
        (
            "[python, -m, shop.mail]",
            {"gateway/python/shop/mail/__main__.py": "print(1)\n"},
            ("gateway/python", "gateway/python/shop/mail/__main__.py"),
        ),
        ("python3 -m shop.mail.main", {"other/shop/mail/main.py": "print(1)\n"}, None),
        ("python3 -m shop.mail.other", {}, None),
        ("python3 -m http.server", {}, None),
    ],
)
def test_a_container_that_runs_a_module_of_the_scan(
    scan: Scan, command: str, extra: dict[str, str], expected: tuple[str, str] | None
) -> None:
    """Nothing says what the image is made of, but just one module has the name that it runs."""
    found = _running(scan({**PACKAGES, **extra, "docker/compose.yml": RUN_AS % command}))
    assert found.get("one") == expected


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ("./shipping", {"URL": "http://stock"}),
        ("/srv/apps/shipping", {"URL": "http://stock"}),
        ("./parcels", {}),
        ("..", {"URL": "http://stock"}),
    ],
)
def test_a_compose_file_for_checkouts_beside_it(scan: Scan, context: str, expected: dict[str, str]) -> None:
    """A folder that is not in the scan may be called like the scan, or like a project in it."""
    recipe = WEB.replace("CMD", "ENV URL=http://stock\nCMD")
    compose = f"services: {{shipping: {{build: {{context: {context}}}}}}}\n"
    project = scan(_below("acme+shipping", {**CODE, "Dockerfile": recipe, "fragments/compose.yaml": compose}))
    deployed = [s for s in project.services if any("compose runs" in e.what for e in s.evidence)]
    assert {s.name: s.value for service in deployed for s in service.environment} == expected


HANDLER = "def {}(event, context): ...\n"
FUNCTION = 'resource "aws_lambda_function" "{}" {{\n  s3_key = "{}.zip"\n  handler = "{}"\n  runtime = "python3.12"\n}}\n'


@pytest.mark.parametrize(
    ("handler", "files", "expected"),
    [
        ("app.bill", {}, {"f": "jobs/bill-daemon"}),
        ("app.check", {}, {"f": "jobs/check-daemon"}),
        ("pkg.app.mail", {"mail/src/pkg/app.py": HANDLER.format("mail")}, {"f": "mail/src"}),
        ("app.bill", {"other/app.py": HANDLER.format("bill")}, {}),
        ("app.bill", {"other/app.py": "class A:\n    " + HANDLER.format("bill")}, {"f": "jobs/bill-daemon"}),
        ("app.unknown", {}, {}),
        ("main.bill", {}, {}),
        ("run.handle(", {"f/run.py": "x = 1\n"}, {}),
        ("run.(a+)+$", {"f/run.py": "x = 1\n"}, {}),
    ],
)
def test_a_function_lies_where_its_handler_does(scan: Scan, handler: str, files: dict[str, str], expected: dict[str, str]) -> None:
    code = {"jobs/bill-daemon/app.py": HANDLER.format("bill"), "jobs/check-daemon/app.py": HANDLER.format("check")}
    project = scan({"infra/main.tf": FUNCTION.format("f", "x", handler), **code, **files})
    assert {s.name: s.root for s in project.services if any("terraform runs" in e.what for e in s.evidence)} == expected

"""What a Terraform configuration states about services: settings, processes, and ways of messages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations
from flowmap.project.readers.terraform import READER

QUEUES = """
resource "aws_sqs_queue" "orders" { name = "orders" }
resource "aws_sns_topic" "placed" { name = "order-placed" }
resource "azurerm_eventgrid_topic" "parcels" { name = "parcels" }
resource "azurerm_servicebus_queue" "labels" { name = "labels" }
resource "azurerm_servicebus_topic" "prints" { name = "prints" }
resource "google_pubsub_topic" "clicks" { name = "clicks" }
"""


def _settings(found: Declarations) -> dict[str, dict[str, str]]:
    """What the folders of processes and of machines are given."""
    given = [(p.folder, p.environment) for p in found.processes if p.folder is not None]
    given += [(f.folder, f.settings) for f in found.settings]
    return {folder: {s.name: s.value for s in settings} for folder, settings in given}


def _processes(found: Declarations) -> list[tuple[str, str, dict[str, str]]]:
    return [(p.name, p.image, {s.name: s.value for s in p.environment}) for p in found.processes]


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (
            (
                'resource "aws_lambda_function" "f" {\n  filename = data.archive_file.z.output_path\n'
                "  environment {\n    variables = { Q = aws_sqs_queue.orders.url }\n  }\n}\n"
                'data "archive_file" "z" {\n  source_dir = "${path.module}/../src/f"\n}'
            ),
            {"src/f": {"Q": "https://sqs.{}.amazonaws.com/{}/orders"}},
        ),
        (
            (
                'resource "azurerm_linux_function_app" "f" {\n  app_settings = merge(local.common, { Q = "labels" })\n'
                '  site_config {\n    version = local.version\n  }\n}\nlocals {\n  common = { A = "1" }\n'
                "  version = trimspace(data.local_file.v.content)\n}\n"
                'data "local_file" "v" {\n  filename = "${path.root}/../app/version.txt"\n}'
            ),
            {"app": {"A": "1", "Q": "labels"}},
        ),
        (
            (
                'resource "aws_lambda_function" "f" {\n filename = "${path.module}/f.zip"\n environment {\n'
                '    variables = { A = "b" }\n }\n}\ndata "archive_file" "z" {\n source_dir = "../src/f"\n'
                ' output_path = "${path.module}/f.zip"\n}\n'
                'data "archive_file" "other" {\n source_dir = "../src/other"\n output_path = "g.zip"\n}'
            ),
            {"src/f": {"A": "b"}},
        ),
        (
            (
                'resource "aws_lambda_function" "f" {\n filename = data.archive_file.z.output_path\n environment {\n'
                '    variables = { A = "b" }\n }\n}\ndata "archive_file" "z" {\n source_file = "${path.module}/f.py"\n}'
            ),
            {"infra": {"A": "b"}},
        ),
        (
            (
                'resource "azurerm_linux_web_app" "w" {\n app_settings = { V = data.local_file.v.content, A = "b" }\n}\n'
                'data "local_file" "v" {\n filename = "${path.module}/version.txt"\n}'
            ),
            {},
        ),
        (
            (
                'resource "aws_lambda_function" "f" {\n filename = "f.zip"\n source_code_hash = filebase64sha256("../f/main.py")\n'
                "  environment {\n    variables = { SECRET = var.unknown }\n  }\n}"
            ),
            {"f": {}},
        ),
        (
            (
                'resource "aws_instance" "vm" {\n  user_data = file("${path.module}/start.sh")\n  tags = local.made\n}\nlocals {\n'
                '  made = { code = filesha256("${path.module}/../worker/main.py") }\n}'
            ),
            {"worker": {"QUEUE": "orders"}},
        ),
        (
            (
                'resource "azurerm_linux_virtual_machine" "vm" {\n  custom_data = local.init\n  tags = local.made\n}\nlocals {\n'
                '  made = { code = filesha256("${path.module}/../worker/main.py") }\n'
                '  init = templatefile("${path.module}/init.yaml", { queue = aws_sqs_queue.orders.name, other = var.unknown })\n}'
            ),
            {"worker": {"QUEUE": "orders"}},
        ),
        ('resource "aws_instance" "vm" {\n  user_data = file("start.sh")\n}', {}),
        ('resource "aws_db_instance" "d" {\n  environment = { A = "b" }\n}', {}),
    ],
)
def test_settings_of_a_folder(read: Callable[..., Declarations], resource: str, expected: dict[str, dict[str, str]]) -> None:
    files = {
        "infra/main.tf": QUEUES + resource,
        "infra/start.sh": "#!/bin/sh\nexport QUEUE=orders\nexport REGION=$(region)\n./run --a=b\n",
        "infra/init.yaml": "#cloud-config\nwrite_files:\n- path: /srv/.env\n  content: |\n    QUEUE=${queue}\n    X=${other}\n",
        "app/version.txt": "1",
    }
    found = _settings(read(READER, files))
    assert {folder: {n: v for n, v in given.items() if n != "REGION"} for folder, given in found.items()} == expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (
            (
                'resource "google_cloud_run_v2_service" "clicks" {\n  name = "click-api"\n  template {\n    containers {\n'
                '      image = "gcr.io/p/click-api:1"\n      env {\n        name = "TOPIC"\n'
                "        value = google_pubsub_topic.clicks.name\n      }\n    }\n  }\n}"
            ),
            [("click-api", "gcr.io/p/click-api:1", {"TOPIC": "clicks"})],
        ),
        (
            (
                'resource "google_cloud_run_service" "api" {\n  template {\n    spec {\n      containers {\n        image = "api"\n'
                '        dynamic "env" {\n          for_each = { A = "1", B = "2" }\n          content {\n'
                "            name = env.key\n            value = env.value\n          }\n        }\n      }\n    }\n  }\n}"
            ),
            [("api", "api", {"A": "1", "B": "2"})],
        ),
        (
            (
                'resource "aws_ecs_task_definition" "t" {\nfamily = "billing"\ncontainer_definitions = jsonencode([{ name = "web", '
                'image = "billing:${var.tag}", environment = [{ name = "Q", value = aws_sqs_queue.orders.url }] }])\n}'
            ),
            [("billing", "billing:{}", {"Q": "https://sqs.{}.amazonaws.com/{}/orders"})],
        ),
        (
            (
                'resource "kubernetes_deployment" "d" {\n metadata {\n   name = "mail"\n }\n spec {\n   template {\n   spec {\n'
                '        container {\n       name = "main"\n       image = "mail:2"\n       env {\n         name = "A"\n'
                '            value = "b"\n          }\n        }\n      }\n    }\n  }\n}'
            ),
            [("mail", "mail:2", {"A": "b"})],
        ),
        (
            (
                'resource "azurerm_linux_web_app" "site" {\n app_settings = { A = "b" }\n site_config {\n   application_stack {\n'
                '      docker_image_name = "shop/site:1"\n    }\n  }\n}'
            ),
            [("site", "shop/site:1", {"A": "b"})],
        ),
        ('resource "aws_lambda_function" "f" {\n  image_uri = var.image\n}', [("f", "", {})]),
    ],
)
def test_processes(read: Callable[..., Declarations], resource: str, expected: list[tuple[str, str, dict[str, str]]]) -> None:
    assert _processes(read(READER, {"infra/main.tf": QUEUES + resource})) == expected


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ('resource "aws_lambda_function" "f" {\n  image_uri = var.mailer_image_uri\n}', "mailer"),
        ('resource "aws_lambda_function" "f" {\n  image_uri = "${var.mailer_docker_image_repo}:${var.tag}"\n}', "mailer"),
        ('resource "aws_lambda_function" "f" {\n  image_uri = local.image\n}\nlocals {\n  image = var.mailer_image\n}', "mailer"),
        ('resource "aws_lambda_function" "f" {\n  image_uri = var.images["mailer"]\n}', "mailer"),
        ('resource "aws_lambda_function" "f" {\n  image_uri = var.image_uris.mailer\n}', "mailer"),
        ('resource "aws_lambda_function" "f" {\n  image_uri = var.old ? var.mailer_image : var.other\n}', "mailer"),
        (
            'resource "aws_ecs_task_definition" "t" {\n  container_definitions = jsonencode([{ image = var.mailer_image_url }])\n}',
            "mailer",
        ),
        ('module "m" {\n  source = "../one"\n  image_uri = var.mailer_image_uri\n}', "mailer"),
        ('resource "aws_lambda_function" "f" {\n  image_uri = "shop/biller:${var.mailer_image_tag}"\n}', ""),
        ('resource "aws_lambda_function" "f" {\n  image_uri = var.image_uri\n}', ""),
        ('resource "aws_lambda_function" "f" {\n  image_uri = "${var.registry}/${var.name}:${var.tag}"\n}', ""),
        ('resource "aws_lambda_function" "f" {\n  image_uri = var.settings["mailer"]\n}', ""),
    ],
)
def test_an_image_that_a_variable_holds(read: Callable[..., Declarations], resource: str, expected: str) -> None:
    module = 'variable "image_uri" {}\nresource "aws_lambda_function" "f" {\n  image_uri = var.image_uri\n}'
    found = read(READER, {"infra/main.tf": resource, "one/main.tf": module})
    assert "".join(p.placeholder for p in found.processes) == expected


FUNCTION = (
    'resource "aws_lambda_function" "f" {\n  function_name = "biller"\n  handler = "app.main.run"\n'
    '  filename = data.archive_file.z.output_path\n}\ndata "archive_file" "z" {\n  source_dir = "../src"\n}\n'
)


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (
            (
                'resource "aws_sns_topic_subscription" "s" {\n  topic_arn = aws_sns_topic.placed.arn\n  protocol = "sqs"\n'
                "  endpoint = aws_sqs_queue.orders.arn\n}"
            ),
            ["sns order-placed -> sqs orders"],
        ),
        (
            (
                'resource "aws_sns_topic_subscription" "s" {\n  topic_arn = "arn:aws:sns:eu:1:old"\n  protocol = "sqs"\n'
                '  endpoint = "arn:aws:sqs:eu:1:kept"\n}'
            ),
            ["sns old -> sqs kept"],
        ),
        (
            (
                f'{FUNCTION}resource "aws_sns_topic_subscription" "_" {{\ntopic_arn=aws_sns_topic.placed.arn\nprotocol = "lambda"\n'
                "  endpoint = aws_lambda_function.f.arn\n}"
            ),
            ["sns order-placed to src/app/main.py:run of biller f"],
        ),
        (
            (
                'resource "aws_sns_topic_subscription" "s" {\n  topic_arn = aws_sns_topic.placed.arn\n  protocol = "https"\n'
                '  endpoint = "https://shop.example.org/hooks/order"\n}'
            ),
            ["sns order-placed to /hooks/order of shop"],
        ),
        (
            (
                'resource "aws_sns_topic_subscription" "s" {\n  topic_arn = aws_sns_topic.placed.arn\n  protocol = "email"\n'
                '  endpoint = "me@example.org"\n}'
            ),
            [],
        ),
        (
            (
                f'{FUNCTION}resource "aws_lambda_event_source_mapping" "m" {{\n  event_source_arn = aws_sqs_queue.orders.arn\n'
                "  function_name = aws_lambda_function.f.arn\n}"
            ),
            ["sqs orders to src/app/main.py:run of biller f"],
        ),
        (
            (
                f'{FUNCTION}resource "aws_lambda_event_source_mapping" "m" {{\n event_source_arn = var.msk\n topics = ["orders"]\n'
                "  function_name = aws_lambda_function.f.function_name\n}"
            ),
            ["kafka orders to src/app/main.py:run of biller f"],
        ),
        (
            (
                f'{FUNCTION}resource "aws_pipes_pipe" "p" {{\n  source = aws_sqs_queue.orders.arn\n'
                "  target = aws_lambda_function.f.arn\n}"
            ),
            ["sqs orders to src/app/main.py:run of biller f"],
        ),
        (
            (
                'resource "aws_dynamodb_table" "t" {\n  name = "sales"\n}\nresource "aws_pipes_pipe" "p" {\n'
                "  source = aws_dynamodb_table.t.stream_arn\n  target = aws_sqs_queue.orders.arn\n}"
            ),
            ["dynamodb sales -> sqs orders"],
        ),
        (
            (
                'resource "aws_ecs_task_definition" "t" {\n  family = "billing"\n}\nresource "aws_pipes_pipe" "p" {\n'
                "  source = aws_sqs_queue.orders.arn\n  target = var.cluster\n  target_parameters {\n    ecs_task_parameters {\n"
                "      task_definition_arn = aws_ecs_task_definition.t.arn\n    }\n  }\n}"
            ),
            ["sqs orders to  of billing t"],
        ),
        ('resource "aws_pipes_pipe" "p" {\n  source = var.source\n  target = aws_sqs_queue.orders.arn\n}', []),
        (
            (
                'resource "aws_cloudwatch_event_bus" "b" {\n  name = "shop"\n}\nresource "aws_cloudwatch_event_rule" "r" {\n'
                "  event_bus_name = aws_cloudwatch_event_bus.b.name\n"
                '  event_pattern = jsonencode({ "detail-type" = ["OrderPlaced", "OrderPaid"] })\n}\n'
                'resource "aws_cloudwatch_event_target" "t" {\n  rule = aws_cloudwatch_event_rule.r.name\n'
                "  arn = aws_sqs_queue.orders.arn\n}"
            ),
            ["eventbridge shop:OrderPaid -> sqs orders", "eventbridge shop:OrderPlaced -> sqs orders"],
        ),
        (
            (
                'resource "aws_cloudwatch_event_rule" "r" {\n  schedule_expression = "rate(1 day)"\n}\n'
                'resource "aws_cloudwatch_event_target" "t" {\n  rule = aws_cloudwatch_event_rule.r.name\n'
                "  arn = aws_sqs_queue.orders.arn\n}"
            ),
            [],
        ),
        (
            (
                'resource "azurerm_eventgrid_event_subscription" "s" {\n  scope = azurerm_eventgrid_topic.parcels.id\n'
                "  service_bus_queue_endpoint_id = azurerm_servicebus_queue.labels.id\n}"
            ),
            ["eventgrid parcels -> servicebus labels"],
        ),
        (
            (
                'resource "azurerm_eventgrid_event_subscription" "s" {\n  scope = azurerm_eventgrid_topic.parcels.id\n'
                '  storage_queue_endpoint {\n    queue_name = "kept"\n  }\n}'
            ),
            ["eventgrid parcels -> storagequeue kept"],
        ),
        (
            (
                'resource "azurerm_eventgrid_event_subscription" "s" {\n  scope = azurerm_storage_account.a.id\n'
                "  service_bus_queue_endpoint_id = azurerm_servicebus_queue.labels.id\n}"
            ),
            [],
        ),
        (
            (
                'resource "azurerm_servicebus_subscription" "s" {\n  name = "x"\n  topic_id = azurerm_servicebus_topic.prints.id\n'
                '  forward_to = "labels"\n}'
            ),
            ["servicebus prints -> servicebus labels"],
        ),
        (
            'resource "azurerm_servicebus_subscription" "s" {\n  name = "x"\n  topic_id = azurerm_servicebus_topic.prints.id\n}',
            [],
        ),
        (
            'resource "google_pubsub_subscription" "s" {\n  name = "click-reader"\n  topic = google_pubsub_topic.clicks.id\n}',
            ["pubsub clicks -> pubsub click-reader"],
        ),
        (
            (
                'resource "google_cloud_run_v2_service" "r" {\n  name = "counter"\n}\n'
                'resource "google_pubsub_subscription" "s" {\n  topic = google_pubsub_topic.clicks.name\n  push_config {\n'
                '    push_endpoint = "${google_cloud_run_v2_service.r.uri}/clicks"\n  }\n}'
            ),
            ["pubsub clicks to /clicks of counter"],
        ),
        (
            (
                'resource "google_eventarc_trigger" "e" {\n  destination {\n    cloud_run_service {\n      service = "counter"\n'
                "    }\n  }\n  transport {\n    pubsub {\n      topic = google_pubsub_topic.clicks.id\n    }\n  }\n}"
            ),
            ["pubsub clicks to / of counter"],
        ),
        (
            (
                'resource "rabbitmq_binding" "b" {\n  source = "shop"\n  destination = "bills"\n  destination_type = "queue"\n'
                '  routing_key = "order.*"\n}'
            ),
            ["amqp shop:order.* -> amqp bills"],
        ),
    ],
)
def test_ways_of_messages(read: Callable[..., Declarations], resource: str, expected: list[str]) -> None:
    found = read(READER, {"infra/main.tf": QUEUES + resource})
    wires = [f"{w.transport} {w.channel} to {w.handler or w.route} of {' '.join(w.services)}" for w in found.wires]
    ways = [(f.source, f.target) for f in found.forwards]
    led = [f"{s.transport} {s.exchange and s.exchange + ':'}{s.channel} -> {t.transport} {t.channel}" for s, t in ways]
    assert sorted(wires + led) == expected


@pytest.mark.parametrize(
    ("handler", "files", "folder"),
    [
        ("shop.mailer.main.run", ("shop/mailer/main.py",), "shop/mailer"),
        ("shop.mailer.main.run", ("src/shop/mailer/main.py",), "src/shop/mailer"),
        ("main.run", ("infra/aws/main.py",), "infra/aws"),
        ("shop.mailer.main.run", ("infra/aws/dist/shop/mailer/main.py", "shop/mailer/main.py"), "infra/aws/dist"),
        ("main.run", ("main.py",), "infra/aws/dist"),
        ("shop.mailer.main.run", ("other/shop/mailer/main.py",), "infra/aws/dist"),
        ("main", ("main.py",), "infra/aws/dist"),
    ],
)
def test_a_package_that_something_else_makes(
    read: Callable[..., Declarations], handler: str, files: tuple[str, ...], folder: str
) -> None:
    """The folder of the package counts where it holds the handler, or nobody can tell where that lies."""
    function = f'resource "aws_lambda_function" "f" {{\n  source_code_hash = filemd5("dist/f.zip")\n  handler = "{handler}"\n}}'
    found = read(READER, {"infra/aws/main.tf": function, **dict.fromkeys(files, "")})
    assert [p.folder for p in found.processes] == [folder]


def test_modules_and_files_of_variables(read: Callable[..., Declarations]) -> None:
    files = {
        "envs/prod/main.tf": 'variable "name" {}\nmodule "orders" {\n  source = "../../modules/worker"\n'
        '  for_each = toset(["a", "b"])\n'
        '  queue = "${var.name}-${each.key}"\n}\nmodule "far" {\n  source = "terraform-aws-modules/sqs/aws"\n}\n',
        "envs/prod/terraform.tfvars": 'name = "shop"\n',
        "envs/prod/other.tfvars": 'name = "never"\n',
        "modules/worker/main.tf": 'variable "queue" {}\nresource "aws_sqs_queue" "this" {\n  name = var.queue\n}\n'
        'resource "aws_sns_topic_subscription" "s" {\n  topic_arn = "arn:aws:sns:eu:1:news"\n  protocol = "sqs"\n'
        "  endpoint = aws_sqs_queue.this.arn\n}\n",
    }
    found = read(READER, files)
    assert sorted((f.target.channel, str(f.location)) for f in found.forwards) == [
        ("shop-a", "modules/worker/main.tf:6"),
        ("shop-b", "modules/worker/main.tf:6"),
    ]


def test_a_module_that_calls_itself_ends(read: Callable[..., Declarations]) -> None:
    files = {"a/main.tf": 'module "a" {\n  source = "../b"\n}', "b/main.tf": 'module "b" {\n  source = "../a"\n}'}
    assert read(READER, files) == Declarations()


def test_a_broken_file_is_a_diagnostic(read: Callable[..., Declarations]) -> None:
    found = read(READER, {"a/main.tf": QUEUES, "a/broken.tf": "\nresource {{\n"})
    assert [(str(d.location), d.message) for d in found.diagnostics] == [
        ("a/broken.tf:2", "Terraform file cannot be read: expected a name, found '{'")
    ]


def test_the_line_of_a_setting(read: Callable[..., Declarations]) -> None:
    source = 'resource "azurerm_linux_web_app" "w" {\n  app_settings = merge({}, {\n    "A" = "1"\n    B = "2"\n  })\n}\n'
    (process,) = read(READER, {"main.tf": source}).processes
    assert [(s.name, s.location.line) for s in process.environment] == [("A", 3), ("B", 4)]


def test_the_functions_of_one_folder_are_called_by_it(read: Callable[..., Declarations]) -> None:
    one = (
        'resource "aws_lambda_function" "{0}" {{\n  function_name = "shop-{0}"\n'
        '  source_code_hash = filesha256("../src/shop/{0}.py")\n}}\n'
    )
    found = read(READER, {"infra/main.tf": one.format("a") + one.format("b")}).processes
    assert [(p.name, p.folder, p.scope, p.aliases) for p in found] == [
        ("shop", "src/shop", "src/shop", ("shop-a", "a")),
        ("shop", "src/shop", "src/shop", ("shop-b", "b")),
    ]


@pytest.mark.parametrize(("folder", "name"), [("shop", "shop"), ("src", "shop-a"), ("functions", "shop-a"), ("..", "shop-a")])
def test_a_folder_that_says_nothing_is_not_the_name(read: Callable[..., Declarations], folder: str, name: str) -> None:
    source = f'resource "aws_lambda_function" "a" {{\n  function_name = "shop-a"\n  image = filesha256("../{folder}/main.py")\n}}\n'
    (found,) = read(READER, {"infra/stage/main.tf": source}).processes
    assert found.name == name


def test_the_call_of_a_module_names_what_stands_in_it_alone(read: Callable[..., Declarations]) -> None:
    files = {
        "main.tf": 'module "mail" {\n  source = "./one"\n}\nmodule "rest" {\n  source = "./two"\n}\n',
        "one/main.tf": 'resource "aws_lambda_function" "this" {}\n',
        "two/main.tf": 'resource "aws_lambda_function" "a" {}\nresource "aws_lambda_function" "b" {}\n',
    }
    assert sorted(p.name for p in read(READER, files).processes) == ["a", "b", "mail"]


@pytest.mark.parametrize(
    ("count", "expected"),
    [("count = 0", []), ("count = 1", ["f"]), ("count = var.on ? 1 : 0", ["f"]), ("count = var.none", ["f"]), ("", ["f"])],
)
def test_a_resource_that_is_switched_off(read: Callable[..., Declarations], count: str, expected: list[str]) -> None:
    function = f'resource "aws_lambda_function" "f" {{\n  {count}\n  function_name = "f"\n}}\nvariable "none" {{ default = 0 }}\n'
    assert [p.name for p in read(READER, {"infra/main.tf": function}).processes] == expected
    called = {"infra/main.tf": f'module "m" {{\n  source = "./m"\n  {count}\n}}', "infra/m/main.tf": function.replace(count, "")}
    assert [p.name for p in read(READER, called).processes] == (expected and ["m"])


REGISTRY = """
module "jobs" {
  source = "terraform-aws-modules/sqs/aws"
  name   = "jobs"
}
module "news" {
  source = "terraform-aws-modules/sns/aws"
  name   = "news"
  subscriptions = {
    jobs = { protocol = "sqs", endpoint = module.jobs.queue_arn }
  }
}
module "work" {
  source        = "%s"
  function_name = "work"
  handler       = "app.work"
  source_path   = %s
  environment_variables = { QUEUE = module.jobs.queue_url }
  event_source_mapping = {
    jobs = { event_source_arn = module.jobs.queue_arn }
  }
}
module "bus" {
  source   = "terraform-aws-modules/eventbridge/aws"
  bus_name = "shop"
  rules    = { placed = { event_pattern = jsonencode({ "detail-type" : ["Placed"] }) } }
  targets  = { placed = [{ name = "a", arn = module.work.lambda_function_arn }, { name = "b", arn = module.jobs.queue_arn }] }
}
"""


@pytest.mark.parametrize(
    "path", ['"../src"', '"${path.module}/../src"', '["../src"]', '[{ path = "../src", pip_requirements = true }]']
)
@pytest.mark.parametrize(
    "source", ["terraform-aws-modules/lambda/aws", "git::https://github.com/terraform-aws-modules/terraform-aws-lambda.git?ref=v7"]
)
def test_modules_of_the_registry(read: Callable[..., Declarations], path: str, source: str) -> None:
    found = read(READER, {"infra/main.tf": REGISTRY % (source, path)})
    assert _settings(found) == {"src": {"QUEUE": "https://sqs.{}.amazonaws.com/{}/jobs"}}
    assert [(w.transport, w.channel, w.exchange, w.handler, str(w.location)) for w in found.wires] == [
        ("sqs", "jobs", "", "src/app.py:work", "infra/main.tf:13"),
        ("eventbridge", "Placed", "shop", "src/app.py:work", "infra/main.tf:23"),
    ]
    assert [(f.source.channel, f.target.channel, str(f.location)) for f in found.forwards] == [
        ("news", "jobs", "infra/main.tf:6"),
        ("Placed", "jobs", "infra/main.tf:23"),
    ]


@pytest.mark.parametrize(
    "source", ["somebody/sqs/aws", "terraform-aws-modules/vpc/aws", "terraform-aws-modules/sqs/aws//wrappers", "."]
)
def test_modules_that_are_not_known(read: Callable[..., Declarations], source: str) -> None:
    called = f'module "jobs" {{\n  source = "{source}"\n  name = "jobs"\n}}\n'
    user = (
        'resource "aws_sns_topic" "t" {\n  name = "t"\n}\nresource "aws_sns_topic_subscription" "s" {\n'
        '  topic_arn = aws_sns_topic.t.arn\n  protocol = "sqs"\n  endpoint = module.jobs.queue_arn\n}\n'
    )
    assert read(READER, {"infra/main.tf": called + user}).forwards == ()


AGAIN = """
variable "name" {{}}
module "mail" {{
  source        = "{source}"
  function_name = var.name
}}
{other}
resource "aws_lambda_event_source_mapping" "m" {{
  event_source_arn = "arn:aws:sqs:eu-west-1:1:jobs"
  function_name    = module.mail.lambda_function_arn
}}
"""
OTHER = 'module "bill" {\n  source = "%s"\n  function_name = var.name\n}\n'
OWN = (
    'variable "function_name" {}\nresource "aws_lambda_function" "this" {\n  function_name = var.function_name\n}\n'
    'output "lambda_function_arn" { value = aws_lambda_function.this.arn }\n'
)


@pytest.mark.parametrize("source", ["terraform-aws-modules/lambda/aws", "./function"])
@pytest.mark.parametrize(("again", "expected"), [(True, ("mail",)), (False, ("mail", "this"))])
def test_what_stands_in_a_module_says_nothing_where_that_is_called_again(
    read: Callable[..., Declarations], source: str, again: bool, expected: tuple[str, ...]
) -> None:
    files = {"infra/main.tf": AGAIN.format(source=source, other=OTHER % source if again else "")}
    found = read(READER, files | ({"infra/function/main.tf": OWN} if source.startswith(".") else {}))
    assert [w.services for w in found.wires] == [expected]
    assert sorted(p.name for p in found.processes) == (["bill", "mail"] if again else ["mail"])


@pytest.mark.parametrize(
    ("switch", "expected"),
    [("create = false", []), ("create_layer = true", []), ("create_function = false", []), ("create_function = true", ["f"])],
)
def test_modules_that_are_switched_off(read: Callable[..., Declarations], switch: str, expected: list[str]) -> None:
    called = f'module "m" {{\n  source = "terraform-aws-modules/lambda/aws"\n  function_name = "f"\n  {switch}\n}}\n'
    assert [p.name for p in read(READER, {"infra/main.tf": called}).processes] == expected


TOPIC = 'resource "aws_sns_topic" "alerts" {\n  name = "alerts"\n}\nresource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n}\n'


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        (
            'resource "aws_cloudwatch_metric_alarm" "a" {\n  alarm_actions = [aws_sns_topic.alerts.arn]\n}',
            [("aws.cloudwatch", ("alerts",))],
        ),
        (
            'resource "aws_cloudwatch_composite_alarm" "a" {\n  ok_actions = ["arn:aws:sns:eu-west-1:1:alerts"]\n}',
            [("aws.cloudwatch", ("alerts",))],
        ),
        (
            (
                'resource "aws_s3_bucket_notification" "n" {\n  queue {\n    queue_arn = aws_sqs_queue.jobs.arn\n  }\n'
                "  topic {\n    topic_arn = aws_sns_topic.alerts.arn\n  }\n}"
            ),
            [("aws.s3", ("jobs",)), ("aws.s3", ("alerts",))],
        ),
        (
            (
                'resource "aws_cloudwatch_event_rule" "r" {\n  schedule_expression = "rate(1 day)"\n}\n'
                'resource "aws_cloudwatch_event_target" "t" {\n  rule = aws_cloudwatch_event_rule.r.name\n'
                "  arn = aws_sqs_queue.jobs.arn\n}"
            ),
            [("aws.scheduler", ("jobs",))],
        ),
        (
            (
                'resource "aws_cloudwatch_event_rule" "r" {\n  event_pattern = jsonencode({ source = ["x"] })\n}\n'
                'resource "aws_cloudwatch_event_target" "t" {\n  rule = aws_cloudwatch_event_rule.r.name\n'
                "  arn = aws_sqs_queue.jobs.arn\n}"
            ),
            [],
        ),
        ('resource "aws_cloudwatch_metric_alarm" "a" {\n  alarm_actions = [var.unknown]\n}', []),
        ('resource "aws_cloudwatch_metric_alarm" "a" {\n  alarm_actions = ["arn:aws:automate:a:ec2:stop"]\n}', []),
        ('resource "aws_s3_bucket_notification" "n" {\n  lambda_function {\n    events = ["s3:ObjectCreated:*"]\n  }\n}', []),
        ('resource "aws_s3_bucket" "b" {\n  queue_arn = aws_sqs_queue.jobs.arn\n}', []),
    ],
)
def test_what_the_platform_sends(
    read: Callable[..., Declarations], resource: str, expected: list[tuple[str, tuple[str, ...]]]
) -> None:
    found = read(READER, {"main.tf": TOPIC + resource})
    assert [(e.name, e.publishes) for e in found.externals] == expected

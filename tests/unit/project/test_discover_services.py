"""Which services a system has: small systems on disk, and the (name, root, entry) of each service that must be found there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from flowmap.model.project import Project

Scan = Callable[..., Project]
Files = Mapping[str, str]
Found = list[tuple[str, str, str | None]]

PYTHON = "FROM python:3.12\nWORKDIR /app\nCOPY . .\n"
UVICORN = PYTHON + 'CMD ["uvicorn", "main:app", "--port", "80"]\n'
APP = "from fastapi import FastAPI\napp = FastAPI()\n"
PRODUCER = "import pika\n\nif __name__ == '__main__':\n    pika.send()\n"
CONSUMER = "import pika\nfor message in pika.read():\n    print(message)\n"
DJANGO = "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'shop.settings'\n"


def compose(**services: str) -> str:
    """A compose file in which each service has the given keys."""
    return "services:\n" + "".join(f"  {name}: {{{keys}}}\n" for name, keys in services.items())


def deployment(name: str, image: str, *containers: str) -> str:
    """A manifest of a deployment with containers of the same image."""
    named = ", ".join(f"{{name: {c}, image: {image}}}" for c in containers or ("c",))
    spec = f"containers: [{named}]"
    return (
        f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\n"
        f"spec: {{template: {{metadata: {{labels: {{app: {name}}}}}, spec: {{{spec}}}}}}}\n"
    )


def found(project: Project) -> Found:
    return [(s.name, s.root, s.entry) for s in project.services]


COMPOSE: dict[str, tuple[Files, Found]] = {
    "one folder each": (
        {
            "docker-compose.yml": compose(orders="build: ./orders", billing="build: {context: billing}", db="image: postgres"),
            "orders/Dockerfile": UVICORN,
            "orders/main.py": APP,
            "billing/Dockerfile": PYTHON + "CMD python -m bill.run",
            "billing/bill/run.py": PRODUCER,
        },
        [("billing", "billing", "billing/bill/run.py"), ("orders", "orders", "orders/main.py")],
    ),
    "command of compose wins over the image": (
        {
            "docker-compose.yml": compose(api="build: ., command: python other.py"),
            "Dockerfile": UVICORN,
            "main.py": APP,
            "other.py": PRODUCER,
        },
        [("api", ".", "other.py")],
    ),
    "two processes of one folder": (
        {
            "docker-compose.yml": compose(
                api="build: ./app, command: uvicorn main:app", worker="build: ./app, command: celery -A jobs worker"
            ),
            "app/Dockerfile": PYTHON,
            "app/main.py": APP,
            "app/jobs.py": "import celery",
        },
        [("api", "app", "app/main.py"), ("worker", "app", "app/jobs.py")],
    ),
    "one script with different arguments": (
        {
            "docker-compose.yml": compose(
                eu="build: app, command: python c.py --region eu", us="build: app, command: python c.py --region us"
            ),
            "app/Dockerfile": PYTHON,
            "app/c.py": CONSUMER,
        },
        [("eu", "app", "app/c.py"), ("us", "app", "app/c.py")],
    ),
    "replicas are one service": (
        {
            "docker-compose.yml": compose(gateway1="build: gateway", gateway2="build: gateway"),
            "gateway/Dockerfile": UVICORN,
            "gateway/main.py": APP,
        },
        [("gateway", "gateway", "gateway/main.py")],
    ),
    "one program, told by settings what to read": (
        {
            "docker-compose.yml": compose(
                orders="build: app, command: python c.py, environment: {TOPIC: orders}",
                bills="build: app, command: python c.py, environment: {TOPIC: bills}",
            ),
            "app/Dockerfile": PYTHON,
            "app/c.py": CONSUMER,
        },
        [("bills", "app", "app/c.py"), ("orders", "app", "app/c.py")],
    ),
    "one application, told by a subcommand what to do": (
        {
            "docker-compose.yml": compose(
                jobs="build: app, command: celery -A tasks worker", clock="build: app, command: celery -A tasks beat"
            ),
            "app/Dockerfile": PYTHON,
            "app/tasks.py": "import celery",
        },
        [("clock", "app", "app/tasks.py"), ("jobs", "app", "app/tasks.py")],
    ),
    "a worker and a scheduler of one module": (
        {
            "docker-compose.yml": compose(
                jobs="build: app, command: taskiq worker tasks:broker", clock="build: app, command: taskiq scheduler tasks:clock"
            ),
            "app/Dockerfile": PYTHON,
            "app/tasks.py": "import taskiq",
        },
        [("clock", "app", "app/tasks.py"), ("jobs", "app", "app/tasks.py")],
    ),
    "another file that tells the same program apart by subcommands": (
        {
            "docker-compose.yml": compose(jobs="build: app, command: celery -A tasks worker"),
            "deploy/docker-compose.yml": compose(
                clock="build: ../app, command: celery -A tasks beat", jobs="build: ../app, command: celery -A tasks worker"
            ),
            "app/Dockerfile": PYTHON,
            "app/tasks.py": "import celery",
        },
        [("clock", "app", "app/tasks.py"), ("jobs", "app", "app/tasks.py")],
    ),
    "another file that calls the same program otherwise": (
        {
            "docker-compose.yml": compose(jobs="build: app, command: celery -A tasks worker"),
            "deploy/docker-compose.yml": compose(tasks="build: ../app, command: celery -A tasks worker"),
            "app/Dockerfile": PYTHON,
            "app/tasks.py": "import celery",
        },
        [("tasks", "app", "app/tasks.py")],
    ),
    "another file's deployments join those of their names": (
        {
            "docker-compose.yml": compose(
                orders="build: app, command: python c.py, environment: {TOPIC: orders}",
                bills="build: app, command: python c.py, environment: {TOPIC: bills}",
            ),
            "deploy/docker-compose.yml": compose(
                bills="build: ../app, command: python c.py, environment: {TOPIC: b}",
                orders="build: ../app, command: python c.py, environment: {TOPIC: o}",
            ),
            "app/Dockerfile": PYTHON,
            "app/c.py": CONSUMER,
        },
        [("bills", "app", "app/c.py"), ("orders", "app", "app/c.py")],
    ),
    "replicas that differ in numbers are one service": (
        {
            "docker-compose.yml": compose(
                left="build: shop, command: python main.py, environment: {SHARD: 1}",
                right="build: shop, command: python main.py, environment: {SHARD: 2}",
            ),
            "shop/Dockerfile": PYTHON,
            "shop/main.py": APP,
        },
        [("shop", "shop", "shop/main.py")],
    ),
    "numbered replicas are one service, whatever they are told": (
        {
            "docker-compose.yml": compose(
                shop_1="build: shop, command: python main.py, environment: {DB: one}",
                shop_2="build: shop, command: python main.py, environment: {DB: two}",
            ),
            "shop/Dockerfile": PYTHON,
            "shop/main.py": APP,
        },
        [("shop", "shop", "shop/main.py")],
    ),
    "workers of several queues are one service": (
        {
            "docker-compose.yml": compose(
                fast="build: jobs, command: celery -A tasks worker -Q fast -c 4",
                slow="build: jobs, command: celery -A tasks worker -Q slow -c 1",
            ),
            "jobs/Dockerfile": PYTHON,
            "jobs/tasks.py": "import celery",
        },
        [("jobs", "jobs", "jobs/tasks.py")],
    ),
    "images of one name, told apart by tags": (
        {
            "docker-compose.yml": compose(
                orders="build: orders, image: 'acme/shop:orders-dev'", bills="build: bills, image: 'acme/shop:bills-dev'"
            ),
            "elk/docker-compose.yml": compose(bills="image: 'acme/shop:bills'", stock="image: 'acme/shop:stock'"),
            "ci/docker-compose.yml": compose(money="image: 'acme/shop:bills-dev'"),
            **{f"{name}/Dockerfile": UVICORN for name in ("orders", "bills")},
            **{f"{name}/main.py": APP for name in ("orders", "bills")},
        },
        [("bills", "bills", "bills/main.py"), ("orders", "orders", "orders/main.py")],
    ),
    "images of one name, whatever their tags": (
        {
            "docker-compose.yml": compose(orders="build: orders, image: 'acme/shop:dev'"),
            "prod/docker-compose.yml": compose(till="image: 'acme/shop:1.2', environment: {TILL: 'yes'}"),
            "orders/Dockerfile": UVICORN,
            "orders/main.py": APP,
        },
        [("orders", "orders", "orders/main.py")],
    ),
    "replicas by port are one service": (
        {
            "docker-compose.yml": compose(
                a="build: shop, command: python main.py --port 1001", b="build: shop, command: python main.py --port 1002"
            ),
            "shop/Dockerfile": PYTHON,
            "shop/main.py": APP,
        },
        [("shop", "shop", "shop/main.py")],
    ),
    "a folder's own compose file speaks of that folder": (
        {
            "docker-compose.yml": compose(db="image: postgres"),
            "orders/docker-compose.yml": compose(
                web="build: ., command: uvicorn main:app", queue="build: ., command: python consumer.py"
            ),
            "orders/Dockerfile": PYTHON,
            "orders/main.py": APP,
            "orders/consumer.py": CONSUMER,
            "bills/docker-compose.yml": compose(web="build: ., command: uvicorn main:app"),
            "bills/Dockerfile": PYTHON,
            "bills/main.py": APP,
        },
        [("bills", "bills", "bills/main.py"), ("orders", "orders", None)],
    ),
    "the compose file of the only folder speaks of the system": (
        {
            "docker-compose.yml": compose(db="image: postgres"),
            "backend/docker-compose.yml": compose(
                web="build: ., command: uvicorn main:app",
                queue="build: ., command: python consumer.py",
                idle="build: ., command: sleep infinity",
            ),
            "backend/Dockerfile": PYTHON,
            "backend/main.py": APP,
            "backend/consumer.py": CONSUMER,
        },
        [("queue", "backend", "backend/consumer.py"), ("web", "backend", "backend/main.py")],
    ),
    "the compose file of the only folder, one process": (
        {
            "backend/docker-compose.yml": compose(web="build: ., command: uvicorn main:app", db="image: postgres"),
            "backend/Dockerfile": PYTHON,
            "backend/main.py": APP,
        },
        [("web", "backend", "backend/main.py")],
    ),
    "a compose file at the top tells them apart": (
        {
            "docker-compose.yml": compose(web="build: ., command: uvicorn main:app", queue="build: ., command: python consumer.py"),
            "Dockerfile": PYTHON,
            "main.py": APP,
            "consumer.py": CONSUMER,
        },
        [("queue", ".", "consumer.py"), ("web", ".", "main.py")],
    ),
    "django processes cannot be told apart": (
        {
            "docker-compose.yml": compose(
                web="build: shop, command: gunicorn shop.wsgi", worker="build: shop, command: python manage.py consume"
            ),
            "shop/Dockerfile": PYTHON,
            "shop/manage.py": DJANGO,
            "shop/shop/wsgi.py": "",
        },
        [("shop", "shop", None)],
    ),
    "a command that django runs and that talks to others is a program of its own": (
        {
            "docker-compose.yml": compose(
                web="build: shop, command: gunicorn shop.wsgi",
                queue="build: shop, command: python manage.py consume --topic orders",
                mail="build: shop, command: [./manage.py, consume, --topic, mail]",
                through="build: shop, command: python manage.py relay",
                report="build: shop, command: python manage.py report",
                worker="build: shop, command: celery -A shop worker",
            ),
            "shop/Dockerfile": PYTHON,
            "shop/manage.py": DJANGO,
            "shop/shop/wsgi.py": "",
            "shop/orders/management/commands/consume.py": CONSUMER,
            "shop/orders/management/commands/relay.py": "from shop.orders import relaying",
            "shop/orders/relaying.py": CONSUMER,
            "shop/orders/management/commands/report.py": "import csv",
        },
        [
            ("mail", "shop", "shop/orders/management/commands/consume.py"),
            ("queue", "shop", "shop/orders/management/commands/consume.py"),
            ("through", "shop", "shop/orders/management/commands/relay.py"),
            ("web", "shop", None),
        ],
    ),
    "what one machine runs of a django project is one service": (
        {
            "supervisord.conf": "[program:web]\ncommand=gunicorn shop.wsgi\n[program:queue]\ncommand=python manage.py consume\n",
            "manage.py": DJANGO,
            "shop/wsgi.py": "",
            "orders/management/commands/consume.py": CONSUMER,
        },
        [("web", ".", None)],
    ),
    "a script that is called like a command of django is none": (
        {
            "docker-compose.yml": compose(
                web="build: shop, command: gunicorn shop.wsgi", worker="build: shop, command: python manage.py consume"
            ),
            "shop/Dockerfile": PYTHON,
            "shop/manage.py": DJANGO,
            "shop/shop/wsgi.py": "",
            "shop/orders/consume.py": CONSUMER,
        },
        [("shop", "shop", None)],
    ),
    "processes without entry join the one with": (
        {
            "docker-compose.yml": compose(
                api="build: api", beat="build: api, command: ./unknown", migrate="build: api, command: alembic upgrade head"
            ),
            "api/Dockerfile": UVICORN,
            "api/main.py": APP,
        },
        [("api", "api", "api/main.py")],
    ),
    "bind mounts show where the code is": (
        {
            "docker-compose.yml": compose(
                api="image: python, volumes: ['./src:/code'], working_dir: /code, command: python run.py"
            ),
            "src/run.py": PRODUCER,
        },
        [("api", "src", "src/run.py")],
    ),
    "a mount may lie outside the build": (
        {
            "docker-compose.yml": compose(api="build: docker/api, volumes: ['./app:/app'], command: python run.py"),
            "docker/api/Dockerfile": PYTHON,
            "app/run.py": PRODUCER,
        },
        [("api", "app", "app/run.py")],
    ),
    "the whole repository as context": (
        {
            "docker-compose.yml": compose(orders="build: {context: ., dockerfile: services/orders/Dockerfile}"),
            "services/orders/Dockerfile": (
                "FROM python\nCOPY services/orders/app /srv/app\nCOPY common /srv/common\nWORKDIR /srv\nCMD uvicorn app.main:app"
            ),
            "services/orders/app/main.py": APP,
            "common/bus.py": "",
        },
        [("orders", "services/orders", "services/orders/app/main.py")],
    ),
    "recipes in folders with code that are not in the scan": (
        {
            "docker-compose.yml": compose(
                bot="build: {context: ., dockerfile: bot/Dockerfile}",
                flows="build: {context: ., dockerfile: flows/Dockerfile}",
                api="build: {context: ., dockerfile: api/Dockerfile}",
                ui="build: {context: ., dockerfile: ui/Dockerfile}",
            ),
            "requirements.txt": "pika\n",
            "bot/app.py": PRODUCER,
            "flows/workflow.py": CONSUMER,
            "shared/bus.py": "import pika\n",
            "ui/index.js": "",
        },
        [("bot", "bot", None), ("flows", "flows", None)],
    ),
    "a file per part of a folder, and one for all of it": (
        {
            "docker-compose.yml": compose(
                cart="build: ., command: uvicorn services.cart.main:app",
                orders="build: ., command: uvicorn services.orders.main:app",
            ),
            "services/cart/docker-compose-cart.yml": compose(cart="build: ../.., command: uvicorn services.cart.main:app"),
            "services/orders/compose.yml": compose(orders="build: ../.., command: uvicorn services.orders.main:app"),
            "Dockerfile": "FROM python\nWORKDIR /app\nCOPY libs libs\nCOPY services services\n",
            "services/cart/main.py": APP,
            "services/orders/main.py": APP,
            "libs/bus.py": "import pika\n",
        },
        [("cart", "services", "services/cart/main.py"), ("orders", "services", "services/orders/main.py")],
    ),
    "a file in the folder of its code, and a worker beside it": (
        {
            "services/shop/compose.yml": compose(
                web="build: {context: .., dockerfile: Dockerfile}, command: uvicorn shop.main:app",
                jobs="build: {context: .., dockerfile: Dockerfile}, command: python -m shop.jobs",
            ),
            "services/Dockerfile": "FROM python\nWORKDIR /app\nCOPY . .\n",
            "services/shop/main.py": APP,
            "services/shop/jobs.py": CONSUMER,
            "libs/bus.py": "import pika\n",
        },
        [("services", "services", None)],
    ),
    "a recipe beside the configuration of a server": (
        {
            "docker-compose.yml": compose(shop="build: {context: ., dockerfile: docker/Dockerfile}"),
            "docker/Dockerfile": "FROM python\nCOPY . /srv\nWORKDIR /srv\nCMD ./manage.py jobs",
            "docker/config/gunicorn_config.py": "workers = 2\n",
            "manage.py": "",
            "shop/jobs.py": CONSUMER,
        },
        [("shop", ".", None)],
    ),
    "one recipe for all, by argument": (
        {
            "docker-compose.yml": compose(a="build: {context: ., args: {SERVICE: a}}", b="build: {context: ., args: [SERVICE=b]}"),
            "Dockerfile": "FROM python\nARG SERVICE\nCOPY services/${SERVICE} /app\nWORKDIR /app\nCMD python run.py",
            "services/a/run.py": PRODUCER,
            "services/b/run.py": CONSUMER,
        },
        [("a", "services/a", "services/a/run.py"), ("b", "services/b", "services/b/run.py")],
    ),
    "the source folder that is copied": (
        {
            "docker-compose.yml": compose(
                api="build: ., environment: {FLASK_APP: shop/web.py}", bus="build: ., command: python /src/shop/bus.py"
            ),
            "Dockerfile": "FROM python\nCOPY src/ /src/\nWORKDIR /src\nCMD flask run",
            "src/shop/web.py": APP,
            "src/shop/bus.py": CONSUMER,
        },
        [("api", "src", "src/shop/web.py"), ("bus", "src", "src/shop/bus.py")],
    ),
    "overlays": (
        {
            "docker-compose.yml": compose(api="build: api"),
            "docker-compose.dev.yml": compose(api="command: flask --app dev run", debug="image: busybox"),
            "docker-compose.override.yml": compose(api="command: python run.py"),
            "api/Dockerfile": UVICORN,
            "api/main.py": APP,
            "api/run.py": PRODUCER,
            "api/dev.py": APP,
        },
        [("api", "api", "api/run.py")],
    ),
    "what is run for tests only": (
        {
            "docker-compose.yml": compose(api="build: api"),
            "docker-compose.test.yml": compose(client="build: api, command: python client.py", sut="image: x"),
            "api/Dockerfile": UVICORN,
            "api/main.py": APP,
            "api/client.py": PRODUCER,
        },
        [("api", "api", "api/main.py")],
    ),
    "what a weaker deployment calls it": (
        {
            "docker-compose.yml": compose(catalogue="build: shop, command: python -m shop.web", jobs="build: jobs"),
            "shop/.ci/docker-compose.yml": compose(ci_catalogue="build: .., command: python -m shop.web"),
            "shop/Dockerfile": PYTHON,
            "shop/shop/web.py": APP,
            "jobs/Dockerfile": PYTHON + "CMD python main.py",
            "jobs/main.py": CONSUMER,
        },
        [("catalogue", "shop", "shop/shop/web.py"), ("jobs", "jobs", "jobs/main.py")],
    ),
    "replicas in one deployment": (
        {
            "docker-compose.yml": compose(east="build: shop", west="build: shop", jobs="build: jobs"),
            "shop/Dockerfile": PYTHON + "CMD python main.py",
            "shop/main.py": APP,
            "jobs/Dockerfile": PYTHON + "CMD python main.py",
            "jobs/main.py": CONSUMER,
        },
        [("jobs", "jobs", "jobs/main.py"), ("shop", "shop", "shop/main.py")],
    ),
    "an image built by another service": (
        {
            "docker-compose.yml": compose(
                api="build: api, image: acme/api", worker="image: acme/api:latest, command: python worker.py"
            ),
            "api/Dockerfile": UVICORN,
            "api/main.py": APP,
            "api/worker.py": CONSUMER,
        },
        [("api", "api", "api/main.py"), ("worker", "api", "api/worker.py")],
    ),
    "through start scripts": (
        {
            "docker-compose.yml": compose(api="build: api, command: [serve]", job="build: job"),
            "api/Dockerfile": PYTHON + 'ENTRYPOINT ["./entrypoint.sh"]',
            "api/entrypoint.sh": (
                '#!/bin/sh\nalembic upgrade head\nif [ "$1" = serve ]; then\n  exec uvicorn web:app --port $PORT\nfi\nexec "$@"\n'
            ),
            "api/web.py": APP,
            "job/Dockerfile": PYTHON + "RUN chmod +x run.sh\nCMD make start",
            "job/Makefile": "start: check\n\t@python prepare.py\n\t@sh run.sh eu\n\nother:\n\tpython no.py\n",
            "job/run.sh": 'exec python job.py "$@"',
            "job/job.py": CONSUMER,
            "job/prepare.py": "",
        },
        [("api", "api", "api/web.py"), ("job", "job", "job/job.py")],
    ),
    "one start script for all": (
        {
            "docker-compose.yml": compose(
                api="build: ., image: shop, command: /app/start.sh api",
                mailer="image: 'shop:latest', command: /app/start.sh mailer",
                bills="image: shop, entrypoint: /app/start.sh, command: bills",
            ),
            "Dockerfile": PYTHON + "COPY . /app\nWORKDIR /app",
            "start.sh": (
                'case "$1" in\n  api) exec uvicorn api.main:app ;;\n  mailer) exec python -m mailer.run ;;\n'
                "  *) exec python -m $1.run ;;\nesac\n"
            ),
            "api/main.py": APP,
            "mailer/run.py": CONSUMER,
            "bills/run.py": CONSUMER,
        },
        [("api", ".", "api/main.py"), ("bills", ".", "bills/run.py"), ("mailer", ".", "mailer/run.py")],
    ),
    "through start scripts that stand in the recipe": (
        {
            "docker-compose.yml": compose(api="build: api", job="build: job, command: /run.sh nightly", mail="build: mail"),
            "api/Dockerfile": PYTHON + "COPY <<'EOF' /start/\n#!/bin/sh\nexec uvicorn web:app\nEOF\nCMD [\"/start/EOF\"]\n",
            "api/web.py": APP,
            "api/job.py": CONSUMER,
            "job/Dockerfile": PYTHON + "RUN cat <<EOF > /run.sh\npython $1.py\nEOF\nRUN chmod +x /run.sh\n",
            "job/nightly.py": CONSUMER,
            "job/web.py": APP,
            "mail/Dockerfile": PYTHON + "RUN printf '#!/bin/sh\\nexec python send.py\\n' > run.sh\nENTRYPOINT [\"./run.sh\"]\n",
            "mail/send.py": CONSUMER,
            "mail/web.py": APP,
        },
        [("api", "api", "api/web.py"), ("job", "job", "job/nightly.py"), ("mail", "mail", "mail/send.py")],
    ),
    "a file of the scan over one that the recipe writes elsewhere": (
        {
            "docker-compose.yml": compose(api="build: api"),
            "api/Dockerfile": PYTHON + "RUN echo 'python job.py' > /other/start.sh\nCMD [\"./start.sh\"]\n",
            "api/start.sh": "uvicorn web:app\n",
            "api/web.py": APP,
            "api/job.py": CONSUMER,
        },
        [("api", "api", "api/web.py")],
    ),
    "several servers in one container": (
        {
            "docker-compose.yml": compose(api="build: api"),
            "api/Dockerfile": PYTHON + "CMD uvicorn a:app & uvicorn b:app",
            "api/a.py": APP,
            "api/b.py": APP,
        },
        [("api", "api", None)],
    ),
    "generic names yield to the folder's": (
        {"docker-compose.yml": compose(web="build: ./orders"), "orders/Dockerfile": UVICORN, "orders/main.py": APP},
        [("orders", "orders", "orders/main.py")],
    ),
    "the project directory above the file": (
        {
            "deploy/compose.yaml": compose(orders="build: ./orders", bills="build: $PWD/bills"),
            "orders/Dockerfile": UVICORN,
            "orders/main.py": APP,
            "bills/Dockerfile": UVICORN,
            "bills/main.py": APP,
        },
        [("bills", "bills", "bills/main.py"), ("orders", "orders", "orders/main.py")],
    ),
    "later stages keep what earlier ones copied": (
        {
            "docker-compose.yml": compose(api="build: {context: api, target: prod}"),
            "api/Dockerfile": (
                "FROM python AS build\nCOPY src /build/src\nFROM python AS prod\nCOPY --from=build /build /srv\n"
                "WORKDIR /srv\nCMD python src/run.py\nFROM prod AS test\nCMD pytest\n"
            ),
            "api/src/run.py": PRODUCER,
        },
        [("api", "api", "api/src/run.py")],
    ),
    "a start that is not understood": (
        {
            "docker-compose.yml": compose(a="build: a", b="build: b", c="build: c", d="build: d", redis="image: redis"),
            "a/Dockerfile": "FROM ubuntu\nRUN apt-get install python3\nCMD ./start",
            "a/a.py": PRODUCER,
            "b/Dockerfile": "FROM acme/base\nCMD ./start",
            "b/requirements.txt": "",
            "b/b.py": PRODUCER,
            "c/Dockerfile": "FROM node\nCMD node c.js",
            "c/requirements.txt": "",
            "c/build.py": "",
            "d/Dockerfile": "FROM ubuntu\nCMD ./start",
            "d/build.py": "",
            "redis/requirements.txt": "",
            "redis/load.py": "",
        },
        [("a", "a", None), ("b", "b", None)],
    ),
    "a job that is submitted by hand": (
        {
            "docker-compose.yml": compose(producer="build: app, command: python producer.py"),
            "app/Dockerfile": PYTHON,
            "app/producer.py": PRODUCER,
            "app/job.py": CONSUMER,
            "app/run.sh": "spark-submit --packages x job.py",
            "app/tool.py": PRODUCER,
        },
        [("job", "app", "app/job.py"), ("producer", "app", "app/producer.py")],
    ),
    "projects beside what is deployed": (
        {
            "docker-compose.yml": compose(orders="build: orders"),
            "orders/Dockerfile": UVICORN,
            "orders/main.py": APP,
            "billing/requirements.txt": "fastapi",
            "billing/main.py": APP,
            "client.py": PRODUCER,
            "scripts/requirements.txt": "",
            "scripts/load.py": PRODUCER,
        },
        [("billing", "billing", None), ("orders", "orders", "orders/main.py")],
    ),
}


@pytest.mark.parametrize("case", COMPOSE.values(), ids=COMPOSE.keys())
def test_compose(scan: Scan, case: tuple[Files, Found]) -> None:
    files, expected = case
    assert found(scan(files)) == expected


def test_a_service_knows_what_stands_where_in_its_container(scan: Scan) -> None:
    files = {
        "docker-compose.yml": compose(api="build: api, volumes: ['${CONF:-./conf/one.yaml}:/app/conf.yaml:ro', './more:/more']"),
        "api/Dockerfile": "FROM python\nCOPY . /app\nCMD python /app/run.py",
        "api/run.py": PRODUCER,
        "conf/one.yaml": "topic: a",
    }
    (service,) = scan(files).services
    assert service.places == (("/app/conf.yaml", "conf/one.yaml"), ("/more", "more"), ("/app", "api"))


OTHERS: dict[str, tuple[Files, Found]] = {
    "an image of unknown making runs what the recipe at the top holds": (
        {
            "Dockerfile": PYTHON + "COPY . /app\nWORKDIR /app\nCMD uvicorn main:app",
            "deploy/pods.yaml": (
                "kind: CloudApp\nmetadata: {name: shop}\nspec:\n  pods:\n"
                "  - {name: web, pod: {image: 'reg/x:1', args: [uvicorn, 'main:app']}}\n"
                "  - {name: events, pod: {image: 'reg/x:1', args: [./listen.py]}}\n"
                "  - {name: absent, pod: {image: 'reg/x:1', args: [./absent.py]}}\n"
                "  - {name: cache, pod: {image: 'redis:7', args: [./listen.py]}}\n"
            ),
            "main.py": APP,
            "listen.py": CONSUMER,
        },
        [("events", ".", "listen.py"), ("web", ".", "main.py")],
    ),
    "kubernetes by skaffold": (
        {
            "skaffold.yaml": "build: {artifacts: [{image: shop, context: src/shop}]}",
            "k8s/shop.yaml": deployment("shop-deployment", "shop"),
            "src/shop/Dockerfile": UVICORN,
            "src/shop/main.py": APP,
        },
        [("shop", "src/shop", "src/shop/main.py")],
    ),
    "kubernetes by tilt, two images of one folder": (
        {
            "Tiltfile": (
                "docker_build('users', 'users', dockerfile='users/docker/a.dockerfile')\n"
                "docker_build('jobs', 'users', dockerfile='users/docker/b.dockerfile')\n"
            ),
            "k8s/a.yaml": deployment("users", "users"),
            "k8s/b.yaml": deployment("jobs", "jobs"),
            "users/docker/a.dockerfile": "FROM tiangolo/uvicorn-gunicorn-fastapi\nCOPY ./app /app/app",
            "users/docker/b.dockerfile": PYTHON + 'CMD ["arq", "app.jobs.WorkerSettings"]',
            "users/requirements.txt": "",
            "users/app/main.py": APP,
            "users/app/jobs.py": CONSUMER,
        },
        [("jobs", "users", "users/app/jobs.py"), ("users", "users", "users/app/main.py")],
    ),
    "kubernetes by the folder's name": (
        {
            "k8s/x.yaml": deployment("orders-depl", "ghcr.io/acme/orders_service:1"),
            "orders-service/Dockerfile": UVICORN,
            "orders-service/main.py": APP,
        },
        [("orders", "orders-service", "orders-service/main.py")],
    ),
    "kubernetes by a folder of a longer name": (
        {"k8s/x.yaml": deployment("pricing", "acme/pricing"), "pricing-model/requirements.txt": "", "pricing-model/main.py": APP},
        [("pricing", "pricing-model", None)],
    ),
    "the same service in compose and kubernetes": (
        {
            "docker-compose.yml": compose(orders="build: orders, command: uvicorn main:app --reload"),
            "k8s/x.yaml": deployment("orders", "acme/orders"),
            "orders/Dockerfile": UVICORN,
            "orders/main.py": APP,
        },
        [("orders", "orders", "orders/main.py")],
    ),
    "dapr": (
        {
            "dapr.yaml": (
                "apps:\n- {appID: shop-app, appDirPath: shop, command: [python3, app.py]}\n- {appID: node, appDirPath: web}"
            ),
            "shop/app.py": APP,
            "web/a.js": "",
        },
        [("shop-app", "shop", "shop/app.py")],
    ),
    "dapr, two variants": (
        {
            "http/dapr.yaml": "apps:\n- {appID: shop, appDirPath: shop, command: [python3, app.py]}",
            "sdk/dapr.yaml": "apps:\n- {appID: shop, appDirPath: shop, command: [python3, app.py]}",
            "http/shop/app.py": APP,
            "sdk/shop/app.py": APP,
        },
        [("http-shop", "http/shop", "http/shop/app.py"), ("sdk-shop", "sdk/shop", "sdk/shop/app.py")],
    ),
    "procfile at the top": (
        {
            "Procfile": "web: gunicorn web:app\nworker: python worker.py\nrelease: python migrate.py",
            "web.py": APP,
            "worker.py": CONSUMER,
        },
        [("web", ".", "web.py"), ("worker", ".", "worker.py")],
    ),
    "procfile of a folder": (
        {
            "shop/Procfile": "web: gunicorn web:app\nworker: python worker.py",
            "shop/web.py": APP,
            "shop/worker.py": CONSUMER,
            "x/setup.py": "",
            "x/main.py": APP,
        },
        [("shop", "shop", None), ("x", "x", None)],
    ),
    "dockerfiles alone": (
        {
            "orders/Dockerfile": UVICORN,
            "orders/main.py": APP,
            "bills/docker/Dockerfile": PYTHON,
            "bills/requirements.txt": "",
            "bills/app/web.py": APP,
        },
        [("bills", "bills", None), ("orders", "orders", "orders/main.py")],
    ),
    "several dockerfiles of a folder": (
        {
            "shop/Dockerfile": UVICORN,
            "shop/Dockerfile.worker": PYTHON + "CMD python worker.py",
            "shop/Dockerfile.dev": PYTHON + "CMD python dev.py",
            "shop/main.py": APP,
            "shop/worker.py": CONSUMER,
            "shop/dev.py": APP,
        },
        [("shop", "shop", "shop/main.py"), ("shop-worker", "shop", "shop/worker.py")],
    ),
    "console script in a container": (
        {
            "docker-compose.yml": compose(shop="build: ., command: shop-serve --port 80"),
            "Dockerfile": PYTHON,
            "pyproject.toml": "[project]\nname='acme-shop'\n[project.scripts]\nshop-serve='shop.cli:main'",
            "src/shop/cli.py": PRODUCER,
        },
        [("shop", ".", "src/shop/cli.py")],
    ),
    "containers of one name in several pods": (
        {
            "k8s/stock.yaml": deployment("stock", "acme/stock:1", "api", "keeper"),
            "k8s/cart.yaml": deployment("cart", "acme/cart:1", "api", "mailer"),
            **{f"{name}/Dockerfile": PYTHON + 'CMD ["python", "main.py"]\n' for name in ("cart", "stock")},
            **{f"{name}/main.py": PRODUCER for name in ("cart", "stock")},
        },
        [("cart", "cart", "cart/main.py"), ("stock", "stock", "stock/main.py")],
    ),
    "a console script of the same name in each container": (
        {
            "docker-compose.yml": compose(
                stock="build: stock, command: microservice start", cart="build: cart, command: microservice"
            ),
            **{f"{name}/Dockerfile": PYTHON for name in ("cart", "stock")},
            **{
                f"{name}/pyproject.toml": f"[project]\nname='{name}'\n[project.scripts]\nmicroservice='src.cli:main'"
                for name in ("cart", "stock")
            },
            **{f"{name}/src/cli.py": PRODUCER for name in ("cart", "stock")},
        },
        [("cart", "cart", "cart/src/cli.py"), ("stock", "stock", "stock/src/cli.py")],
    ),
    "classes of services that a command of their framework runs": (
        {
            "send.py": "import tomodachi\nclass Send(tomodachi.Service):\n    name = 'send'\n",
            "take.py": 'from tomodachi import Service\n\nclass Take(Service):\n    options = {}\n\n    name = "take"\n',
            "listen.py": "from nameko.rpc import rpc\nclass Listen:\n    name = 'listen'\n",
            "shared.py": "import tomodachi\nclass Base(tomodachi.Service):\n    options = {}\n",
            "named.py": "import requests\nclass Named:\n    name = 'named'\n",
        },
        [("listen", ".", "listen.py"), ("send", ".", "send.py"), ("take", ".", "take.py")],
    ),
    "lambda image": (
        {
            "shop/Dockerfile": 'FROM public.ecr.aws/lambda/python:3.12\nCOPY . ${LAMBDA_TASK_ROOT}\nCMD ["fn.handler"]',
            "shop/fn.py": "def handler(event, context): ...",
        },
        [("shop", "shop", "shop/fn.py")],
    ),
}


@pytest.mark.parametrize("case", OTHERS.values(), ids=OTHERS.keys())
def test_other_deployments(scan: Scan, case: tuple[Files, Found]) -> None:
    files, expected = case
    assert found(scan(files)) == expected


FOLDERS: dict[str, tuple[Files, Found]] = {
    "projects side by side": (
        {"a/requirements.txt": "", "a/main.py": APP, "b/pyproject.toml": "[project]\nname='bee'", "b/b/app.py": APP},
        [("a", "a", None), ("b", "b", None)],
    ),
    "repositories side by side": (
        {
            "acme+orders-api/requirements.txt": "",
            "acme+orders-api/app/main.py": APP,
            "acme+bills/Pipfile": "",
            "acme+bills/run.py": PRODUCER,
        },
        [("bills", "acme+bills", None), ("orders-api", "acme+orders-api", None)],
    ),
    "a workspace is not its members": (
        {
            "pyproject.toml": "[project]\nname='all'",
            "services/a/pyproject.toml": "",
            "services/a/main.py": APP,
            "services/b/setup.py": "",
            "services/b/main.py": APP,
            "scripts/seed.py": PRODUCER,
            "launch.py": "import subprocess\nsubprocess.run('x')\n",
        },
        [("a", "services/a", None), ("b", "services/b", None)],
    ),
    "a program in another language": (
        {
            "a/main.py": APP,
            "a/pyproject.toml": "",
            "go/Dockerfile": "FROM golang\nRUN go build\nFROM alpine\nCMD /app",
            "go/go.mod": "",
            "go/check/check.py": PRODUCER,
            "both/Dockerfile": "FROM golang\nRUN apt-get install python3\nCMD ./start",
            "both/go.mod": "",
            "both/main.py": PRODUCER,
            "own/Cargo.toml": "",
            "own/requirements.txt": "",
            "own/main.py": PRODUCER,
        },
        [("a", "a", None), ("both", "both", None), ("own", "own", None)],
    ),
    "what is shown beside services": (
        {
            "docker-compose.yml": compose(orders="build: orders"),
            "orders/Dockerfile": UVICORN,
            "orders/main.py": APP,
            "contrib/tool/requirements.txt": "",
            "contrib/tool/run.py": PRODUCER,
            "examples/one.py": PRODUCER,
            "sqs-example/one.py": PRODUCER,
            "other/requirements.txt": "",
            "other/demo/one.py": PRODUCER,
        },
        [("orders", "orders", "orders/main.py")],
    ),
    "programs that migrate a database": (
        {
            "pyproject.toml": "[project]\nname='shop'",
            "shop/__init__.py": "",
            "shop/cmd/launch.py": PRODUCER,
            "shop/db/migration/cli.py": PRODUCER,
        },
        [("shop", ".", None)],
    ),
    "functions beside what is deployed, which talk through others": (
        {
            "web/docker-compose.yml": compose(web="build: ."),
            "web/Dockerfile": UVICORN,
            "web/main.py": APP,
            "jobs/handlers/mail.py": "from jobs.bus import send\ndef lambda_handler(event, context): send(event)\n",
            "jobs/handlers/shape.py": "from jobs.bus import send\ndef shape(rows): send(rows)\nshape([])\n",
            "jobs/bus.py": PRODUCER,
        },
        [("jobs", "jobs", "jobs/handlers/mail.py"), ("web", "web", "web/main.py")],
    ),
    "a word that examples have in their names too": (
        {
            "docker-compose.yml": compose(orders="build: orders"),
            "orders/Dockerfile": UVICORN,
            "orders/main.py": APP,
            "sample-registry/requirements.txt": "",
            "sample-registry/main.py": APP,
        },
        [("orders", "orders", "orders/main.py"), ("sample-registry", "sample-registry", None)],
    ),
    "nothing but examples": (
        {"examples/a/requirements.txt": "", "examples/a/main.py": APP, "demo/requirements.txt": "", "demo/main.py": PRODUCER},
        [("a", "examples/a", None), ("demo", "demo", None)],
    ),
    "what the image of the folder around it runs": (
        {
            "shop/Dockerfile": PYTHON + "COPY . /app\nWORKDIR /app/web\nCMD python main.py",
            "shop/web/requirements.txt": "",
            "shop/web/main.py": APP,
            "shop/web/load/send.py": PRODUCER,
        },
        [("shop", "shop", "shop/web/main.py")],
    ),
    "what the image of the folder around it does not run": (
        {
            "shop/Dockerfile": PYTHON + "COPY . /app\nWORKDIR /app\nCMD python main.py",
            "shop/main.py": APP,
            "shop/mail/requirements.txt": "",
            "shop/mail/send.py": PRODUCER,
        },
        [("mail", "shop/mail", None), ("shop", "shop", "shop/main.py")],
    ),
    "a step of a workflow": (
        {
            "a/main.py": APP,
            "a/pyproject.toml": "",
            "actions/check/action.yml": "runs: {using: docker, image: Dockerfile}",
            "actions/check/Dockerfile": PYTHON + "ENTRYPOINT python check.py",
            "actions/check/check.py": PRODUCER,
            "reaction/Dockerfile": PYTHON + "ENTRYPOINT python check.py",
            "reaction/actions.yml": "",
            "reaction/check.py": PRODUCER,
        },
        [("a", "a", None), ("reaction", "reaction", "reaction/check.py")],
    ),
    "a library is no service": (
        {
            "common/setup.py": "",
            "common/bus/__init__.py": "import pika\n",
            "common/bus/demo.py": PRODUCER,
            "orders/requirements.txt": "",
            "orders/main.py": "from bus import demo\n" + APP,
        },
        [("orders", "orders", None)],
    ),
    "one project, one service": (
        {
            "requirements.txt": "",
            "main.py": "import core\n" + APP,
            "worker.py": "import core\n" + CONSUMER,
            "core.py": "import pika",
            "scripts/x.py": PRODUCER,
        },
        [("system", ".", None)],
    ),
    "the project's name": (
        {"pyproject.toml": "[project]\nname='shop'", "main.py": APP},
        [("shop", ".", None)],
    ),
    "installed daemons": (
        {
            "pyproject.toml": (
                "[project]\nname='cloud'\n[project.scripts]\ncloud-api='cloud.cmd.api:main'\ncloud-node='cloud.cmd.node:main'\n"
                "cloud-manage='cloud.cmd.manage:main'"
            ),
            "cloud/cmd/api.py": "def main():\n    service.serve(x)\n",
            "cloud/cmd/node.py": "def main():\n    loop.run_forever()\n",
            "cloud/cmd/manage.py": "def main(): ...",
            "cloud/wsgi/meta.py": "import webob, http\napplication = make()\n",
        },
        [("cloud-api", ".", "cloud/cmd/api.py"), ("cloud-node", ".", "cloud/cmd/node.py"), ("meta", ".", "cloud/wsgi/meta.py")],
    ),
    "one daemon is the project": (
        {
            "pyproject.toml": "[project]\nname='cloud'\n[project.scripts]\ncloud='cloud.api:main'",
            "cloud/api.py": "def main():\n    service.serve(x)\n",
        },
        [("cloud", ".", None)],
    ),
    "nodes of a robot": (
        {
            "arm/package.xml": "<package format='3'><name>arm</name></package>",
            "arm/setup.cfg": (
                "[metadata]\nname = arm\n[options.entry_points]\nconsole_scripts =\n"
                "  grip = arm.grip:main\n  turn = arm.turn:main\n  draw = arm.draw:main\n"
            ),
            "arm/arm/grip.py": "import rclpy\ndef main():\n    rclpy.init()\n",
            "arm/arm/turn.py": "import rospy\ndef main():\n    rospy.init_node('turn')\n",
            "arm/arm/draw.py": "def main(): ...",
            "eyes/package.xml": "<package format='3'><name>eyes</name></package>",
            "eyes/scripts_of_nodes/see.py": "import rclpy\ndef main(): ...\nif __name__ == '__main__':\n    main()\n",
        },
        [("eyes", "eyes", None), ("grip", "arm", "arm/arm/grip.py"), ("turn", "arm", "arm/arm/turn.py")],
    ),
    "functions below a template": (
        {
            "orders/template.yaml": "Transform: AWS::Serverless-2016-10-31",
            "orders/src/create/requirements.txt": "",
            "orders/src/create/main.py": "def handler(event, context): ...",
            "orders/src/cancel/requirements.txt": "",
            "orders/src/cancel/main.py": "def handler(event, context): ...",
        },
        [("orders", "orders", None)],
    ),
    "handlers in folders of services": (
        {
            "requirements.txt": "",
            "app.py": "import aws_cdk\naws_cdk.App().synth()\n",
            "src/services/flight/handlers/book.py": "import shared\ndef handler(event, context): ...",
            "src/services/flight/handlers/drop.py": "def handler(event, context): ...",
            "src/services/hotel/handlers/book.py": "def handler(event, _context): ...",
            "src/shared.py": "",
        },
        [
            ("flight", "src/services/flight", None),
            ("hotel", "src/services/hotel", "src/services/hotel/handlers/book.py"),
        ],
    ),
    "a manage.py that is not django's": (
        {"setup.py": "", "shop/main.py": APP, "shop/cmd/manage.py": "def main(): ..."},
        [("system", ".", None)],
    ),
    "test tools are none": (
        {
            "shop/requirements.txt": "",
            "shop/main.py": APP,
            "shop/test_tools/sender/requirements.txt": "",
            "shop/test_tools/sender/main.py": PRODUCER,
        },
        [("shop", "shop", None)],
    ),
}


@pytest.mark.parametrize("case", FOLDERS.values(), ids=FOLDERS.keys())
def test_folders_that_nothing_deploys(scan: Scan, case: tuple[Files, Found]) -> None:
    files, expected = case
    assert found(scan(files)) == expected


SCRIPTS: dict[str, tuple[Files, Found]] = {
    "scripts side by side": (
        {"producer.py": PRODUCER, "consumer.py": CONSUMER, "readme.md": ""},
        [("consumer", ".", "consumer.py"), ("producer", ".", "producer.py")],
    ),
    "scripts that share a helper": (
        {"producer.py": "import bus\n" + PRODUCER, "consumer.py": "import bus\n" + CONSUMER, "bus.py": "import pika"},
        [("consumer", ".", "consumer.py"), ("producer", ".", "producer.py")],
    ),
    "a main program with its helpers": (
        {
            "shop/main.py": "import db\n" + APP,
            "shop/consumer.py": "import db\n" + CONSUMER,
            "shop/db.py": "import redis",
            "pay/main.py": APP,
        },
        [("pay", "pay", "pay/main.py"), ("shop", "shop", None)],
    ),
    "a main program beside an independent one": (
        {"shop/main.py": APP, "shop/client.py": PRODUCER, "other/main.py": APP},
        [("client", "shop", "shop/client.py"), ("other", "other", "other/main.py"), ("shop", "shop", "shop/main.py")],
    ),
    "scripts of one name in several folders": (
        {"a/producer.py": PRODUCER, "a/consumer.py": CONSUMER, "b/producer.py": PRODUCER, "b/consumer.py": CONSUMER},
        [
            ("a-consumer", "a", "a/consumer.py"),
            ("a-producer", "a", "a/producer.py"),
            ("b-consumer", "b", "b/consumer.py"),
            ("b-producer", "b", "b/producer.py"),
        ],
    ),
    "scripts of a package with trivial helpers": (
        {
            "requirements.txt": "",
            "services/__init__.py": "def nice(): ...",
            "services/movies.py": "from services import nice\n" + APP,
            "services/users.py": "from services import nice\n" + APP,
        },
        [("movies", "services", "services/movies.py"), ("users", "services", "services/users.py")],
    ),
    "programs of python 2": (
        {"a.py": "import flask\nif __name__ == '__main__':\n    print 'x'\n", "b.py": CONSUMER},
        [("a", ".", "a.py"), ("b", ".", "b.py")],
    ),
    "one script alone": ({"consumer.py": CONSUMER, "util.py": ""}, [("system", ".", None)]),
    "modules that nobody runs": ({"a.py": "import pika\n", "b.py": "x = 1"}, [("system", ".", None)]),
    "scripts that talk to nobody": ({"a.py": "if __name__ == '__main__': ...", "b.py": "while True: ..."}, [("system", ".", None)]),
    "gunicorn's configuration is no program": (
        {
            "shop/requirements.txt": "",
            "shop/gunicorn_config.py": "import os, http\nhttp.patch()\n",
            "shop/application.py": "import app\n" + APP,
            "shop/run_celery.py": "import app\n" + APP,
            "shop/app.py": "import redis",
            "x.py": "",
        },
        [("shop", "shop", None)],
    ),
}


@pytest.mark.parametrize("case", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_programs_without_any_sign(scan: Scan, case: tuple[Files, Found]) -> None:
    files, expected = case
    assert found(scan(files)) == expected


LAYOUTS: dict[str, tuple[str, str, str, str | None]] = {
    "copied by pattern": ("COPY app/*.py /srv/\nWORKDIR /srv", "python run.py", "app/run.py", "shop/app/run.py"),
    "copied under another name": ("COPY app/run.py /srv/start.py", "python /srv/start.py", "app/run.py", "shop/app/run.py"),
    "copied into a folder": ("COPY app/run.py setup.cfg /srv/", "python /srv/run.py", "app/run.py", "shop/app/run.py"),
    "copied as a list": ('COPY ["app", "/my srv"]\nWORKDIR "/my srv"', "python run.py", "app/run.py", "shop/app/run.py"),
    "the later copy holds": ("COPY app /srv\nCOPY new /srv", "python /srv/run.py", "new/run.py", "shop/new/run.py"),
    "from a stage by number": (
        "COPY . /b\nFROM python\nCOPY --from=0 /b/app /srv",
        "python /srv/run.py",
        "app/run.py",
        "shop/app/run.py",
    ),
    "from an image outside": ("COPY --from=elsewhere /x /srv", "python /srv/run.py", "app/run.py", "shop/app/run.py"),
    "not in the recipe but in the folder": (
        "RUN git clone x /srv\nWORKDIR /srv",
        "python -m pkg.run",
        "src/pkg/run.py",
        "shop/src/pkg/run.py",
    ),
    "a package": ("COPY . /srv\nWORKDIR /srv", "uvicorn web:app", "web/__init__.py", "shop/web/__init__.py"),
    "a package that runs": ("COPY . /srv\nWORKDIR /srv", "python -m web", "web/__main__.py", "shop/web/__main__.py"),
    "by the import path": (
        "COPY . /srv\nENV PYTHONPATH=/x:/srv/lib\nWORKDIR /srv",
        "python -m pkg.run",
        "lib/pkg/run.py",
        "shop/lib/pkg/run.py",
    ),
    "by the server's folder": ("COPY . /srv\nWORKDIR /srv", "uvicorn --app-dir src web:app", "src/web.py", "shop/src/web.py"),
    "by cd": ("COPY . /srv\nWORKDIR /srv", "cd src && python run.py", "src/run.py", "shop/src/run.py"),
    "a variable": ("COPY . /srv\nWORKDIR /srv\nENV APP=web", "uvicorn $$APP:app", "web.py", "shop/web.py"),
    "nowhere": ("COPY . /srv", "python gone.py", "run.py", None),
    "in two places": ("RUN x", "python run.py", "a/b/run.py", "shop/a/b/run.py"),
}


@pytest.mark.parametrize("case", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_where_the_recipe_puts_files(scan: Scan, case: tuple[str, str, str, str | None]) -> None:
    recipe, command, file, expected = case
    files = {
        "docker-compose.yml": f"services:\n  shop:\n    build: shop\n    command: {command}\n",
        "shop/Dockerfile": f"FROM python\n{recipe}\n",
        "shop/app/run.py": PRODUCER,
        f"shop/{file}": PRODUCER,
        "shop/setup.cfg": "",
    }
    if file != "app/run.py":
        del files["shop/app/run.py"]
    assert found(scan(files)) == [("shop", "shop", expected)]


def test_an_ending_that_fits_two_files_is_none(scan: Scan) -> None:
    files = {"docker-compose.yml": compose(shop="build: shop, command: python run.py"), "shop/Dockerfile": "FROM python\nRUN x"}
    files |= {"shop/a/run.py": PRODUCER, "shop/b/run.py": PRODUCER}
    assert found(scan(files)) == [("shop", "shop", None)]


SHARED: dict[str, tuple[Files, Found]] = {
    "an image of the whole repository that others start from": (
        {
            "docker-compose.yml": compose(base="build: .", a="build: a"),
            "Dockerfile": "FROM python\nRUN pip install x",
            "setup.py": "",
            "common.py": "import pika",
            "a/Dockerfile": UVICORN,
            "a/main.py": APP,
        },
        [("a", "a", "a/main.py")],
    ),
    "a container to work in": (
        {
            "docker-compose.yml": compose(dev="build: ., command: sleep infinity"),
            "Dockerfile": PYTHON,
            "pyproject.toml": "[project]\nname='shop'",
            "main.py": APP,
        },
        [("shop", ".", None)],
    ),
    "two folders, one file": (
        {
            "docker-compose.yml": compose(shop="build: ."),
            "Dockerfile": "FROM python\nCOPY src /srv\nWORKDIR /srv\nCMD python run.py",
            "k8s/x.yaml": deployment("shop", "shop"),
            "skaffold.yaml": "build: {artifacts: [{image: shop, context: src}]}",
            "src/Dockerfile": PYTHON + "CMD python run.py",
            "src/run.py": PRODUCER,
        },
        [("shop", "src", "src/run.py")],
    ),
    "relative imports make one program": (
        {
            "shop/requirements.txt": "",
            "shop/shop/__init__.py": "",
            "shop/shop/main.py": "from . import bus\nfrom .db import x\n" + APP,
            "shop/shop/bus.py": "import pika\nfrom ..shop.db import y\n" + PRODUCER,
            "shop/shop/db.py": "import redis\nif __name__ == '__main__': ...",
        },
        [("shop", "shop", None)],
    ),
    "an ambiguous import leads nowhere": (
        {
            "a/lib/__init__.py": "",
            "b/lib/__init__.py": "",
            "a/setup.py": "",
            "a/main.py": "import lib\n" + APP,
            "b/setup.py": "",
            "b/main.py": "import lib\n" + APP,
            "c/setup.py": "",
            "c/main.py": "import lib\n" + APP,
        },
        [("a", "a", None), ("b", "b", None), ("c", "c", None)],
    ),
    "more programs than a system has": (
        {"requirements.txt": "", **{f"tool{n}.py": PRODUCER for n in range(11)}},
        [("system", ".", None)],
    ),
    "programs that no deployment covers": (
        {
            "one/docker-compose.yml": compose(api="build: api"),
            "one/api/Dockerfile": UVICORN,
            "one/api/main.py": APP,
            "one/client.py": PRODUCER,
            "two/producer.py": PRODUCER,
            "two/consumer.py": CONSUMER,
        },
        [("api", "one/api", "one/api/main.py"), ("consumer", "two", "two/consumer.py"), ("producer", "two", "two/producer.py")],
    ),
}


@pytest.mark.parametrize("case", SHARED.values(), ids=SHARED.keys())
def test_code_that_is_shared(scan: Scan, case: tuple[Files, Found]) -> None:
    files, expected = case
    assert found(scan(files)) == expected


@pytest.mark.parametrize(
    ("folders", "names"),
    [
        (["a/x/y", "b/x/y", "c/x/y"], ["a-y", "b-y", "c-y"]),
        (["a/b/y", "b/a/y"], ["a-b-y", "b-a-y"]),
        (["y", "a/y"], ["a-y", "y"]),
        (["Y", "a/y_"], ["Y", "a-y_"]),
        (["src", "app"], ["app-system", "src-system"]),
    ],
)
def test_names_are_unique_whatever_the_folders(scan: Scan, folders: list[str], names: list[str]) -> None:
    files = {f"{folder}/requirements.txt": "" for folder in folders} | {f"{folder}/main.py": APP for folder in folders}
    assert [s.name for s in scan(files).services] == names


def test_every_name_is_an_alias(scan: Scan) -> None:
    files = {
        "docker-compose.yml": compose(orders="build: src/order_api, container_name: shop-orders"),
        "src/order_api/Dockerfile": UVICORN.replace("CMD", 'LABEL org.opencontainers.image.title="order.service"\nCMD'),
        "src/order_api/pyproject.toml": "[project]\nname='acme-orders'\ndescription='Takes orders'",
        "src/order_api/main.py": APP,
    }
    (service,) = scan(files).services
    assert service.aliases == ("shop-orders", "order.service", "order_api", "acme-orders")
    assert service.description == "Takes orders"
    assert service.command == ("uvicorn", "main:app", "--port", "80")
    assert [(e.location.path, e.what) for e in service.evidence] == [
        ("docker-compose.yml", "compose runs 'orders' from src/order_api/main.py")
    ]

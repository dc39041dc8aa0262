"""Start commands: what stands before the program, which module or script it starts, and on which port."""

from __future__ import annotations

import shlex

import pytest
from flowmap.project.commands import is_tool, parse_start
from flowmap.project.wrappers import unwrap
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("command", "module", "port"),
    [
        ("uvicorn app.main:app", "app.main", 8000),
        ("uvicorn --factory app.main:create --host 0.0.0.0 --port 9000 --reload", "app.main", 9000),
        ("uvicorn main:app --port=8001", "main", 8001),
        ("gunicorn -w 4 -b 0.0.0.0:5000 shop.wsgi", "shop.wsgi", 5000),
        ("gunicorn -k uvicorn.workers.UvicornWorker -c conf.py web:create_app()", "web", 8000),
        ("gunicorn --bind unix:/run/web.sock web:app", "web", 8000),
        ("gunicorn -b localhost:81 web:app", "web", 81),
        ("hypercorn web:app -b 0.0.0.0:90", "web", 90),
        ("daphne -b 0.0.0.0 -p 8002 shop.asgi:application", "shop.asgi", 8002),
        ("granian --interface asgi web:app --port 8003", "web", 8003),
        ("python -m uvicorn web.api:app", "web.api", 8000),
        ("faststream run bus.main:app --workers 2", "bus.main", None),
        ("taskiq worker jobs.broker:broker", "jobs.broker", None),
        ("nameko run --config config.yml orders.service", "orders.service", None),
        ("dramatiq jobs.tasks", "jobs.tasks", None),
        ("dramatiq jobs.tasks:broker", "jobs.tasks", None),
        ("flask --app shop run -p 81", "shop", 81),
        ("flask --app shop:create_app() run", "shop", 5000),
        ("litestar --app web.main:app run", "web.main", 8000),
        ("waitress-serve --port=8080 web:app", "web", 8080),
        ("uwsgi --module shop.wsgi:application --http-socket :9090", "shop.wsgi", 9090),
        ("faust -A stream.app worker", "stream.app", None),
        ("bentoml serve service:svc -p 3001", "service", 3001),
    ],
)
def test_servers_and_workers(command: str, module: str, port: int | None) -> None:
    start = parse_start(tuple(shlex.split(command)))
    assert start is not None
    assert start.modules[0] == module
    assert start.port == port


@pytest.mark.parametrize(
    ("command", "modules"),
    [
        ("celery -A shop worker -l info", ("shop.celery", "shop", "")),
        ("celery --app=shop.celery:app worker", ("shop.celery.celery", "shop.celery", "shop")),
        ("celery -A shop beat", ("shop.celery", "shop", "")),
        ("arq app.worker.WorkerSettings", ("app.worker.WorkerSettings", "app.worker")),
        ("python -m pkg.mod", ("pkg.mod.__main__", "pkg.mod")),
        ("python -mpkg", ("pkg.__main__", "pkg")),
        ("flask run", ("wsgi", "app")),
        ("fastapi run --port 80", ("main", "app", "api", "app.main", "app.app", "app.api")),
        ("fastapi run --entrypoint web:app", ("web",)),
        (
            "fastapi run src/web",
            ("src.web.main", "src.web.app", "src.web.api", "src.web.app.main", "src.web.app.app", "src.web.app.api"),
        ),
    ],
)
def test_modules_that_may_be_meant(command: str, modules: tuple[str, ...]) -> None:
    start = parse_start(tuple(shlex.split(command)))
    assert start is not None
    assert start.modules == modules


@pytest.mark.parametrize(
    ("command", "script"),
    [
        ("python app.py", "app.py"),
        ("/usr/local/bin/python3.12 -u -W ignore src/app.py --verbose", "src/app.py"),
        ("./app.py", "./app.py"),
        ("fastapi dev app/main.py", "app/main.py"),
        ("flask --app web/app.py run", "web/app.py"),
        ("streamlit run ui.py --server.port=8501", "ui.py"),
        ("tomodachi run service.py --production", "service.py"),
        ("functions-framework --target handle", "main.py"),
        ("functions-framework --source fn.py --target handle", "fn.py"),
        ("spark-submit --packages a:b job.py", "job.py"),
        ("locust -f load.py", "load.py"),
        ("uwsgi --wsgi-file web.py", "web.py"),
        ("scrapy runspider -s A=b shop/spider.py -o x.json", "shop/spider.py"),
    ],
)
def test_scripts(command: str, script: str) -> None:
    start = parse_start(tuple(shlex.split(command)))
    assert start is not None
    assert start.script == script


@pytest.mark.parametrize(
    "command",
    [
        "sleep infinity",
        "alembic upgrade head",
        "python -c 'import app'",
        "python setup.py install",
        "python -m pytest",
        "python",
        "pip install .",
        "celery -A shop flower",
        "celery inspect ping",
        "flask db upgrade",
        "scrapy shell https://example.org",
        "scrapy runspider",
        "uvicorn",
        "fastapi --version",
        "nginx -g 'daemon off;'",
        "node server.js",
        "",
        "-x",
    ],
)
def test_commands_that_start_no_program(command: str) -> None:
    assert parse_start(tuple(shlex.split(command))) is None


@pytest.mark.parametrize(
    "command", ["python manage.py runserver 0:8000", "rq worker high", "kedro run", "honcho start", "scrapy crawl shop"]
)
def test_commands_that_run_the_whole_folder(command: str) -> None:
    start = parse_start(tuple(shlex.split(command)))
    assert start is not None
    assert start.whole


@pytest.mark.parametrize(
    ("command", "port"), [("runserver", 8000), ("runserver 0.0.0.0:81", 81), ("runserver 8100", 8100), ("consume", None)]
)
def test_port_of_django(command: str, port: int | None) -> None:
    start = parse_start(("python", "manage.py", *command.split()))
    assert start is not None
    assert start.port == port


@pytest.mark.parametrize(
    ("command", "management", "arguments"),
    [
        ("consume --topic orders", "consume", ("--topic", "orders")),
        ("--verbosity=2 consume", "consume", ()),
        ("", "", ()),
    ],
)
def test_commands_that_django_runs(command: str, management: str, arguments: tuple[str, ...]) -> None:
    start = parse_start(("python", "manage.py", *command.split()))
    assert start is not None
    assert (start.management, start.arguments) == (management, arguments)


def test_unknown_programs_may_be_installed_ones() -> None:
    start = parse_start(("shop-worker", "--queue", "a"))
    assert start is not None
    assert (start.console, start.arguments) == ("shop-worker", ("--queue", "a"))


@pytest.mark.parametrize(
    ("words", "arguments"),
    [
        ("consumer.py --source web", ("--source", "web")),
        ("consumer.py --port 80 --log-level debug -w 3", ()),
        ("consumer.py --port=80 eu", ("eu",)),
        ("consumer.py", ()),
    ],
)
def test_arguments_that_tell_runs_of_one_script_apart(words: str, arguments: tuple[str, ...]) -> None:
    start = parse_start(("python", *words.split()))
    assert start is not None
    assert start.arguments == arguments


@pytest.mark.parametrize(
    "prefix",
    [
        "exec",
        "env A=1 B=2",
        "A=1",
        "nohup",
        "tini --",
        "/sbin/tini -g --",
        "dumb-init --",
        "poetry run",
        "uv run",
        "uv run --with x --no-sync",
        "pipenv run",
        "opentelemetry-instrument",
        "opentelemetry-instrument --traces_exporter console",
        "ddtrace-run",
        "newrelic-admin run-program",
        "dapr run --app-id shop --app-port 80 --",
        "dapr run --app-id shop",
        "doppler run --",
        "./wait-for-it.sh db:5432 -t 30 --",
        "wait-for db:5432 --",
        "watchmedo auto-restart -d . -p '*.py' --",
        "watchmedo auto-restart -d .",
        "gosu app",
        "timeout 3600",
        "timeout --signal KILL -k 5 1h",
        "timeout --signal=KILL 3600",
        "''",
        "'' A=1 ''",
        "exec env A=1 poetry run opentelemetry-instrument",
    ],
)
def test_wrappers_are_taken_away(prefix: str) -> None:
    assert unwrap((*shlex.split(prefix), "python", "app.py")) == ("python", "app.py")


@pytest.mark.parametrize(
    ("command", "inner"),
    [
        ("python -m debugpy --listen 0.0.0.0:5678 -m uvicorn a:b", ("python", "-m", "uvicorn", "a:b")),
        ("python -m debugpy --wait-for-client app.py", ("python", "app.py")),
        ("python -Xfrozen_modules=off -W error -m debugpy --listen 1 -m uvicorn a:b", ("python", "-m", "uvicorn", "a:b")),
        ("python -u app.py -m debugpy", ("python", "-u", "app.py", "-m", "debugpy")),
        ("watchfiles 'python app.py' src", ("python", "app.py")),
        ("nodemon --exec python app.py", ("python", "app.py")),
        ("wait-for-it db:5432", ()),
        ("poetry install", ("poetry", "install")),
        ("exec exec exec", ()),
        ("timeout 5", ()),
        ("python ''", ("python", "")),
    ],
)
def test_wrappers_with_their_own_ways(command: str, inner: tuple[str, ...]) -> None:
    assert unwrap(tuple(shlex.split(command))) == inner


@pytest.mark.parametrize(
    ("command", "tool"),
    [
        ("pytest -q", True),
        ("python -m pytest", True),
        ("alembic upgrade head", True),
        ("", True),
        ("python app.py", False),
        ("python -m app", False),
        ("supervisord -n", False),
    ],
)
def test_tools_are_no_services(command: str, tool: bool) -> None:
    assert is_tool(tuple(command.split())) is tool


_WORDS = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["uvicorn", "gunicorn", "python", "-m", "celery", "-A", "flask", "run", "--port", "-b", "a.b:c", "exec", "--", "=", "-"]
        ),
    ),
    max_size=8,
)


@given(_WORDS)
def test_any_words_are_a_start_or_none(words: list[str]) -> None:
    start = parse_start(tuple(words))
    assert start is None or start.program
    is_tool(tuple(words))


@given(st.from_regex(r"[a-z]{1,5}(\.[a-z]{1,5}){0,2}", fullmatch=True), st.integers(min_value=10, max_value=65535))
def test_module_and_port_come_through(module: str, port: int) -> None:
    start = parse_start(("uvicorn", "--reload", f"{module}:app", "--port", str(port)))
    assert start is not None
    assert (start.modules, start.port) == ((module,), port)

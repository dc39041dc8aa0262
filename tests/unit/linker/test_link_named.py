"""Modules that are named in texts: they belong to the programs whose frameworks load them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flowmap.extensions import load_plugins
from linking import linked, recognition, service

SHOP = {
    "shop/__init__.py": "",
    "shop/orders/__init__.py": "",
    "shop/orders/apps.py": "class OrdersConfig: ...",
    "shop/orders/models.py": "",
    "shop/orders/tasks.py": "@app.task\ndef remind(order): ...\n\n@shared_task(bind=True)\ndef bill(self): ...\n",
    "shop/orders/views.py": "class Detail: ...\ndef place(): ...\n",
    "shop/urls.py": "",
    "shop/bills/__init__.py": "",
    "shop/bills/tasks/__init__.py": "",
    "shop/bills/send.py": "",
    "other.py": "",
}
ORDERS = ["shop/orders/__init__.py", "shop/orders/apps.py", "shop/orders/models.py", "shop/orders/tasks.py"]


def members(code: str, path: str = "main.py") -> list[str]:
    """The modules that a program has besides the one it starts with and the packages around others."""
    services = (service("main", ".", path), service("other", ".", "other.py"))
    found = linked({**SHOP, path: code}, *services).files["main"]
    return sorted(found - {path, "shop/__init__.py"})


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("include('shop.urls')", ["shop/urls.py"]),
        ("ROOT = 'shop.urls'", ["shop/urls.py"]),
        ("import importlib\nimportlib.import_module('shop.urls')", ["shop/urls.py"]),
        ("uvicorn.run('shop.urls:app')", ["shop/urls.py"]),
        ("MIDDLEWARE = ['shop.orders.views.Detail']", ["shop/orders/__init__.py", "shop/orders/views.py"]),
        ("VIEW = 'shop.orders.views.place'", ["shop/orders/__init__.py", "shop/orders/views.py"]),
        ("INSTALLED_APPS = ['django.contrib.admin', 'shop.orders']", ORDERS),
        ("INSTALLED_APPS = ['shop.orders.apps.OrdersConfig']", ORDERS),
        ("Celery(include=['shop.orders.tasks'])", ["shop/orders/__init__.py", "shop/orders/tasks.py"]),
        ("app.autodiscover_tasks(['shop.bills'])", ["shop/bills/__init__.py", "shop/bills/tasks/__init__.py"]),
        ("config.scan('shop.bills')", ["shop/bills/__init__.py", "shop/bills/send.py", "shop/bills/tasks/__init__.py"]),
    ],
)
def test_what_is_named_is_loaded(code: str, expected: list[str]) -> None:
    assert members(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("config.include('.urls')", ["shop/urls.py"]),
        ("config.include('..urls')", []),
        ("config.include('.orders')", ["shop/orders/__init__.py"]),
        ("config.scan('.bills')", ["shop/bills/__init__.py", "shop/bills/send.py", "shop/bills/tasks/__init__.py"]),
    ],
)
def test_relative_names_start_at_the_package(code: str, expected: list[str]) -> None:
    assert members(code, "shop/main.py") == expected


@pytest.mark.parametrize(
    "code",
    [
        "app.send_task('shop.orders.tasks.remind')",
        "app.send_task('shop.orders.tasks.bill')",
        "TOPIC = 'orders.placed'",
        "NAME = 'shop'",
        "NAME = 'other'",
        "open('shop.urls.txt')",
        "print('see shop.urls for more')",
        "config.scan()",
        "INSTALLED = ['shop.none']",
        "VIEW = 'shop.none.views.place'",
    ],
)
def test_other_texts_load_nothing(code: str) -> None:
    assert members(code) == []


GATHERED = {
    "shop/loading.py": "import importlib\ndef load(package, name):\n    return importlib.import_module(f'{package}.{name}')\n",
    "shop/reading.py": "import importlib\ndef read(name):\n    return importlib.import_module('shop.urls')\n",
    "shop/jobs/__init__.py": "",
    "shop/jobs/mail.py": "",
    "shop/jobs/bill.py": "import other_job",
    "shop/jobs/print/__init__.py": "",
    "shop/jobs/print/paper.py": "",
    "shop/listed/__init__.py": "import pkgutil\nfor m in pkgutil.iter_modules(__path__):\n    __import__(f'{__name__}.{m.name}')\n",
    "shop/listed/one.py": "",
    "bare/one.py": "",
    "other_job.py": "",
}
JOBS = ["other_job.py", "shop/jobs/__init__.py", "shop/jobs/bill.py", "shop/jobs/mail.py", "shop/jobs/print/__init__.py"]
LOAD = "from shop.loading import load\nimport sys\n"
LOADING = "shop/loading.py"


def gathered(code: str, *words: str) -> list[str]:
    """The modules of a program that is started with these words, as above."""
    started = replace(service("main", ".", "main.py"), command=("python", "main.py", *words))
    files = {**SHOP, **GATHERED, "main.py": code}
    return sorted(linked(files, started, service("other", ".", "other.py")).files["main"] - {"main.py", "shop/__init__.py"})


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        (LOAD + "load('shop.jobs', sys.argv[1])", (), sorted([*JOBS, LOADING])),
        (LOAD + "load('shop.jobs', sys.argv[1])", ("mail",), ["shop/jobs/__init__.py", "shop/jobs/mail.py", LOADING]),
        (LOAD + "load('shop.jobs', sys.argv[1])", ("print",), ["shop/jobs/__init__.py", "shop/jobs/print/__init__.py", LOADING]),
        (LOAD + "load('shop.jobs', sys.argv[1])", ("--fast",), sorted([*JOBS, LOADING])),
        ("import importlib, sys\nimportlib.import_module(f'shop.jobs.{sys.argv[1]}')", (), JOBS),
        ("import importlib, sys\nimportlib.import_module(f'bare.{sys.argv[1]}')", (), ["bare/one.py"]),
        ("import importlib, sys\nname = 'shop.jobs'\nimportlib.import_module(name + sys.argv[1])", (), JOBS),
        ("import shop.listed", (), ["shop/listed/__init__.py", "shop/listed/one.py"]),
    ],
)
def test_what_is_found_in_a_folder_is_loaded(code: str, words: tuple[str, ...], expected: list[str]) -> None:
    assert gathered(code, *words) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import importlib\nimportlib.import_module('shop.jobs')", ["shop/jobs/__init__.py"]),
        ("from shop.reading import read\nread('shop.jobs')", ["shop/jobs/__init__.py", "shop/reading.py", "shop/urls.py"]),
        (LOAD + "load('shop.none', 'mail')", [LOADING]),
        (LOAD + "load(package, 'mail')", [LOADING]),
        ("import importlib, sys\nimportlib.import_module(f'shop.jobs{sys.argv[1]}')", []),
        ("import importlib, sys\nimportlib.import_module(f'.{sys.argv[1]}')", []),
        ("import shop.jobs", ["shop/jobs/__init__.py"]),
        ("import pkgutil, shop.jobs\nfor m in pkgutil.iter_modules(shop.jobs.__path__):\n    print(m)", ["shop/jobs/__init__.py"]),
        ("import lib\nlib.load(f'shop.jobs.{lib.name}')", []),
    ],
)
def test_what_is_only_named_brings_nothing_with_it(code: str, expected: list[str]) -> None:
    assert gathered(code, "mail") == expected


DJANGO = {
    "shop/__init__.py": "from .celery import app",
    "shop/celery.py": """
        import os
        from celery import Celery
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
        app = Celery("shop")
        app.autodiscover_tasks()
        """,
    "shop/settings.py": "INSTALLED_APPS = ['orders']\nROOT_URLCONF = 'shop.urls'\n",
    "shop/wsgi.py": """
        import os
        from django.core.wsgi import get_wsgi_application
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")
        application = get_wsgi_application()
        """,
    "shop/urls.py": "from django.urls import include, path\nurlpatterns = [path('orders/', include('orders.urls'))]",
    "orders/__init__.py": "",
    "orders/urls.py": "from django.urls import path\nfrom . import views\nurlpatterns = [path('new', views.place)]",
    "orders/views.py": "from .tasks import remind\ndef place(request):\n    remind.delay('x')\n",
    "orders/tasks.py": """
        import requests
        from celery import shared_task
        @shared_task
        def remind(order):
            requests.post("http://mail:8000/send")
        """,
}


def test_the_site_and_the_worker_of_one_django_project() -> None:
    web = replace(service("web", ".", "shop/wsgi.py"), command=("gunicorn", "shop.wsgi:application"))
    worker = replace(service("worker", ".", "shop/celery.py"), command=("celery", "-A", "shop", "worker"))
    found = recognition(DJANGO, web, worker, plugins=load_plugins()).interactions
    assert sorted(f"{i.service} {i.role.value} {i.channel or i.operation}" for i in found) == [
        "web publish orders.tasks.remind",
        "web serve {} /orders/new",
        "worker call POST /send",
        "worker subscribe orders.tasks.remind",
    ]

"""Deployment files as templates of Jinja: what they become, the lines that are kept, the variables beside them."""

from __future__ import annotations

import pytest
from fixtures import Scan
from flowmap.project.jinja import rendered
from hypothesis import given
from hypothesis import strategies as st

NAMES = {"name": "shop", "deep.er": "x", "again": "{{ name }}-1", "round": "{{ round }}"}
MARK = "\ue000"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain {} text", "plain {} text"),
        ("a {{ name }} b", "a shop b"),
        ("{{name}}", "shop"),
        ("{{- name -}}", "shop"),
        ("{{ deep.er }} {{ deep['er'] }}", "x x"),
        ("{{ again }}", "shop-1"),
        ("{{ round }}", MARK),
        ("{{ none }}", MARK),
        ("{{ 'text' }}", "text"),
        ("{{ none | default('y') }}", "y"),
        ("{{ name | default('y') }}", "shop"),
        ("{{ none | d(8) }}", "8"),
        ("{{ name | upper }}", MARK),
        ("{{ name ~ '-1' }}", MARK),
        ("{{ 'a' if x else 'b' }}", MARK),
        ("{# note\nof two lines #}x", "\nx"),
        ("{% set own = 'z' %}{{ own }}", "z"),
        ("{% if x %}\na\n{% else %}\nb\n{% endif %}\nc", "\na\n\nb\n\nc"),
        ("k: {% if x %}a{% elif y %}b{% else %}c{% endif %} d", "k: a d"),
        ("k: {% if x -%}\n  a\n{% else -%}\n  b\n{% endif %}\nd: 1", "k: \n  a\n\n\n\nd: 1"),
        ("{% for n in list %}\n- {{ n }}\n{% endfor %}", f"\n- {MARK}\n"),
        ("{% raw %}{{ kept }}{% endraw %}", "{{ kept }}"),
        ("{{ open", "{{ open"),
        ("{% endif %}{% else %}x", "x"),
    ],
)
def test_what_a_template_becomes(text: str, expected: str) -> None:
    assert rendered(text, lambda: NAMES) == expected


@given(st.text(alphabet="{}%#'| ifelsndr\nx-", max_size=80))
def test_every_line_keeps_its_number(text: str) -> None:
    assert rendered(text, lambda: NAMES).count("\n") == text.count("\n")


COMPOSE = """services:
  {{ prefix }}-shop:
    build: ../../../shop
{% if mail %}
    environment:
      TOPIC: {{ topic }}
      SECRET: {{ secret }}
      HOST: "{{ host | default('db') }}"
{% endif %}
  {{ name }}:
    image: x
"""
SHOP = {"shop/app.py": "import os\n", "shop/Dockerfile": 'FROM python\nCOPY . .\nCMD ["python", "app.py"]\n'}
ROLE = {
    "roles/shop/templates/docker-compose.yml.j2": COMPOSE,
    "roles/shop/defaults/main.yml": "topic: weak\nprefix: '{{ system }}'\n",
    "roles/shop/vars/main.yml": "topic: orders\n",
    "group_vars/all.yml": "system: acme\n",
}


def test_a_template_counts_with_the_variables_beside_it(scan: Scan) -> None:
    (service,) = scan({**SHOP, **ROLE}).services
    found = {s.name: (s.value, str(s.location)) for s in service.environment}
    home = "roles/shop/templates/docker-compose.yml.j2"
    assert service.name == "acme-shop"
    assert found == {"TOPIC": ("orders", f"{home}:6"), "HOST": ("db", f"{home}:8")}
    assert {e.location.path for e in service.evidence} <= {home, "shop/Dockerfile"}


def test_the_file_itself_comes_before_its_template(scan: Scan) -> None:
    plain = {"docker-compose.yml": "services:\n  real:\n    build: shop\n"}
    (service,) = scan({**SHOP, **plain, "docker-compose.yml.j2": "services:\n  other:\n    build: shop\n"}).services
    assert service.name == "real"


@pytest.mark.parametrize(
    "files",
    [
        {"{{cookiecutter.name}}/docker-compose.yml.j2": "services:\n  other:\n    build: ../shop\n"},
        {"docker-compose.yml.j2": "services:\n  {{ name }}:\n    build: shop\n"},
        {"docker-compose.html.j2": "services:\n  other:\n    build: shop\n"},
    ],
)
def test_what_is_no_template_of_a_deployment(scan: Scan, files: dict[str, str]) -> None:
    assert [s.name for s in scan({**SHOP, **files}).services] == ["shop"]


@pytest.mark.parametrize(
    "piece", ["{% ", "{{ ", "{# ", "{% raw %}", "{{ x|d  ", "{% set a='", "{% if x %}a: {% else %}", "{{ x }}{%"]
)
def test_templates_of_ill_will_take_no_time(piece: str) -> None:
    text = piece * (400_000 // len(piece)) + "!"
    assert rendered(text, lambda: NAMES).count("\n") == 0
    assert rendered("{{ x" + "|d  " * 5_000 + "! }}") == MARK


def test_a_value_of_many_expressions_is_bounded() -> None:
    names = {"n0": "x", **{f"n{i}": f"{{{{ n{i - 1} }}}}" * 10 for i in range(1, 12)}}
    assert rendered("{{ n2 }}", lambda: names) == "x" * 100
    assert set(rendered("{{ n11 }}", lambda: names)) == {MARK}
    chain = {"n0": "x", **{f"n{i}": f"{{{{ n{i - 1} }}}}" for i in range(1, 5_000)}}
    assert rendered("{{ n4999 }}", lambda: chain) == MARK

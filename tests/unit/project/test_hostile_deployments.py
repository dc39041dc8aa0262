"""Deployment files of ill will or of other tools: what cannot be read is said, once, and the rest of the scan goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.model.project import Project

Scan = Callable[..., Project]

APP = {
    "app/main.py": "import flask\napp = flask.Flask('x')\nif __name__ == '__main__':\n    app.run()\n",
    "app/requirements.txt": "",
}
NGINX = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  nginx.conf: |\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: x}]}\n"
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 12))
TABLES = "a0: &a0 {x: 1}\n" + "".join(f"a{i}: &a{i} {{{', '.join(f'k{n}: *a{i - 1}' for n in range(9))}}}\n" for i in range(1, 12))
SERVICES = "services: {a: {image: x}}\n"
TOO_LARGE = "deployment file cannot be read, or is larger than 5,000,000 bytes"
TOO_MUCH = "aliases that stand for more than 1,000,000 nodes"


@pytest.mark.parametrize(
    ("path", "content", "message"),
    [
        ("docker-compose.yml", SERVICES + BOMB, TOO_MUCH),
        ("docker-compose.yml", SERVICES + "a: b: c\n", "compose file: mapping values are not allowed"),
        ("docker-compose.yml", "services: " + "{a: " * 500, "compose file: more than 100 levels"),
        ("docker-compose.yml", SERVICES * 900_000, TOO_LARGE),
        ("k8s/a.yaml", POD + BOMB, TOO_MUCH),
        ("k8s/a.yaml", POD + TABLES, TOO_MUCH),
        ("k8s/a.yaml", POD + "x: [\n", "manifest cannot be read ("),
        ("k8s/a.yaml", POD + "x: *nothing\n", "manifest cannot be read (unknown alias in line 5)"),
        ("k8s/a.yaml", "# " + "x" * 50_000_000, TOO_LARGE),
        ("chart/templates/a.yaml", POD + BOMB, "1 of 1 templates of this chart are not read (a.yaml: aliases that stand"),
        ("chart/templates/a.yaml", POD + "{{ if", "1 of 1 templates of this chart are not read (a.yaml: the action"),
        ("chart/templates/a.yaml", POD + "{{" * 200_000, "1 of 1 templates of this chart are not read (a.yaml: the action"),
        ("chart/templates/a.yaml", POD + '{{ "' + '\\"' * 200_000, "1 of 1 templates of this chart are not read (a.yaml: the text"),
        ("chart/templates/a.yaml", POD + "{{/*" * 100_000, "1 of 1 templates of this chart are not read (a.yaml: the text or note"),
        ("chart/templates/a.yaml", POD + "#" * 600_000, "1 of 1 templates of this chart are not read (a.yaml: a template larger"),
        ("chart/values.yaml", BOMB, None),
        ("chart/templates/_a.tpl", "{{ define", None),
        ("k8s/a.yaml", POD + "x: !Ref y\nz: !!python/object:os.system 1\n", None),
        ("k8s/a.yaml", POD + "kind: Pod\nkind: Pod\n", None),
        ("k8s/a.yaml", "{{- range .x }}\n" + POD + "{{- end }}\n", None),
        ("k8s/a.yaml", "{% for x in y %}\n" + POD + "{% endfor %}\n", None),
        ("data/a.yaml", "a: [\n", None),
        ("nginx.conf", "location /a { proxy_pass http://x; " * 100_000, "larger than 500,000 bytes and not read"),
        ("nginx.conf", "{" * 400_000 + "proxy_pass x;", "too long or too deep from here on"),
        ("nginx.conf", "server {" + "location /a { proxy_pass http://x; }\n" * 5_001 + "}", "more than 5,000 routes of one server"),
        ("k8s/c.yaml", NGINX + "    location /a { proxy_pass http://x;\n" + "    {\n" * 30, "too long or too deep from here on"),
        ("nginx.conf", "a b;\n" * 60_000 + "proxy_pass x;", "too long or too deep from here on"),
        ("a/x.service", "[Service]\nExecStart=python app.py\n" + "# x\n" * 30_000, "larger than 100,000 bytes and not read"),
        ("Tiltfile", "for x in [" + "'a'," * 201 + "]:\n  docker_build(x, 'app')\n", "more than 200 turns of a loop"),
        ("Tiltfile", "docker_build('a' " + "+ 'a'" * 5_000 + ", '.')\n", "too deep to be read"),
        ("app/Dockerfile", "FROM python\nENTRYPOINT " + "python main.py; " * 3_001, "more than 3,000 commands of one process"),
        ("a.proto", "service A {" + "rpc B (C) returns (D);\n" * 5_001 + "}", "more than 5,000 methods of A"),
        ("BUILD", "pex_binary(name='a', entry_point=" + "'a' + " * 20_000 + "'a')\n", None),
        ("BUILD", "pex_binary(" * 20_000, None),
        ("a.nomad", 'job "a" {' * 100_000, "job of Nomad cannot be read"),
        ("a.nomad", "locals {\n a = " + "(" * 50_000 + '\n}\njob "a" {}', "job of Nomad cannot be read"),
        ("fly.toml", "app = 'a'\nx = " + "[" * 100_000, "fly.toml cannot be read"),
        ("render.yaml", BOMB, "blueprint cannot be read"),
        ("heroku.yml", BOMB, "heroku.yml cannot be read"),
        (".do/app.yaml", BOMB, "specification of an app cannot be read"),
        ("app.yaml", "runtime: python312\nservice: a\n" + BOMB, "file of App Engine cannot be read"),
        ("traefik.yml", "http: {routers: {a: {rule: '" + "Host(" * 100_000 + "', service: s}}}\n", None),
        ("traefik.toml", "[http.routers.a]\n" + "x = [" * 10_000, None),
        ("kong.yml", "_format_version: '3'\n" + BOMB, None),
        ("envoy.yaml", "virtual_hosts: 1\n" + TABLES, None),
        ("CODEOWNERS", "a" * 4_000_000 + "\n* @a\n", "lines of more than 2,000 characters are not read"),
        ("CODEOWNERS", "* @a\n" * 10_000, "more than 5,000 lines of owners"),
        ("catalog-info.yaml", "apiVersion: backstage.io/v1\nkind: Component\n" + BOMB, TOO_MUCH),
    ],
)
def test_hostile_files(scan: Scan, path: str, content: str, message: str | None) -> None:
    project = scan({"chart/Chart.yaml": "name: chart\n", **APP, path: content})
    assert [s.root for s in project.services] == ["app"]
    said = [d.message for d in project.diagnostics]
    assert len(said) == (0 if message is None else 1)
    assert message is None or message in said[0]
    assert all(d.location is not None for d in project.diagnostics)


def test_a_chart_gives_one_diagnostic_for_all_its_templates(scan: Scan) -> None:
    broken = {f"chart/templates/t{n}.yaml": "a: {{ if }}\n" for n in range(5)}
    project = scan({"chart/Chart.yaml": "name: chart\n", **APP, **broken, "chart/templates/good.yaml": POD})
    assert [(str(d.location), d.message[:46]) for d in project.diagnostics] == [
        ("chart/Chart.yaml:1", "5 of 6 templates of this chart are not read (t"),
    ]

"""Deployment files in which little text stands for very much: a reader answers soon, and says where it stopped."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import MOST_ROUTES, Declarations, DescriptorReader
from flowmap.project.readers import cloudformation, compose, helm, kustomize, nginx, serverless, terraform, traefik

Read = Callable[..., Declarations]

FUNCTION = 'resource "aws_lambda_function" "f" {\n function_name = "f"\n environment { variables = { A = local.a0 } }\n}\n'
CUT = "the Terraform configurations are too large to be followed to their end"
LAMBDA = "Type: AWS::Lambda::Function\n    Properties: {Runtime: python3.11, Code: ., Handler: "
CHART = {"Chart.yaml": "name: x\n"}


def _locals(last: str, step: str, count: int) -> str:
    """Locals `a0` to `a<count>`, each made of the next one (`{}`)."""
    rows = "".join(f"a{n} = {step.replace('{}', f'local.a{n + 1}')}\n" for n in range(count))
    return f"locals {{\n{rows}a{count} = {last}\n}}\n"


def _template(expressions: str) -> dict[str, str]:
    return {**CHART, "templates/x.yaml": f"kind: Deployment\n{expressions}\n"}


def _router(rule: str, middleware: str, urls: int = 1) -> dict[str, str]:
    servers = ", ".join(['{url: "http://x"}'] * urls)
    return {
        "t.yml": f"http:\n  routers:\n    a: {{rule: '{rule}', service: s, middlewares: [{','.join(['m'] * 2_000)}]}}\n"
        f"  middlewares:\n    m: {middleware}\n  services: {{s: {{loadBalancer: {{servers: [{servers}]}}}}}}\n"
    }


@pytest.mark.parametrize(
    ("reader", "files", "said"),
    [
        (terraform.READER, {"m.tf": FUNCTION + _locals('"x"', "{}", 5_000)}, CUT),
        (terraform.READER, {"m.tf": FUNCTION + _locals('"x"', "{}", 20)}, ""),
        (
            terraform.READER,
            {"m.tf": FUNCTION + f"locals {{ b = x.9{'9' * 400} }}"},
            "Terraform file cannot be read: expected a name",
        ),
        (terraform.READER, {"m.tf": FUNCTION + f"locals {{ b = x.1e9{'9' * 400} }}"}, "Terraform file cannot be read: "),
        (terraform.READER, {"m.tf": FUNCTION + _locals('"xxxxx"', f'join("", [{", ".join(["{}"] * 200)}])', 9)}, ""),
        (terraform.READER, {"m.tf": FUNCTION + _locals('"xxxxx"', 'replace({}, "x", {})', 20)}, ""),
        (terraform.READER, {"m.tf": FUNCTION + _locals('"xxxxx"', f'format("{"%s" * 50}", {", ".join(["{}"] * 50)})', 20)}, ""),
        (
            terraform.READER,
            {"m.tf": FUNCTION + _locals('"xxxxx"', 'templatefile("t", { a = {} })', 9), "t": "${a}" * 9_000},
            "",
        ),
        (
            terraform.READER,
            {
                "m.tf": FUNCTION.replace("local.a0", "var.u ? local.a0 : local.b0")
                + _locals('"x"', "[{}, {}]", 30)
                + _locals('"x"', "[{}, {}]", 30).replace("a", "b").replace("locbl", "local").replace("locbls", "locals")
            },
            "",
        ),
        (terraform.READER, {"m.tf": FUNCTION.replace("local.a0", "local.a0[*].b") + _locals('"x"', "[{}, {}]", 30)}, ""),
        (
            terraform.READER,
            {
                "m.tf": 'resource "aws_lambda_function" "f" {\n filename = null_resource.a0.x\n}\n'
                + "".join(
                    f'resource "null_resource" "a{n}" {{\n t {{\n  x = null_resource.a{n + 1}.y\n }}\n}}\n' for n in range(390)
                )
            },
            "",
        ),
        (
            terraform.READER,
            {
                "m.tf": 'locals {\n l = split(",", "'
                + ",".join(map(str, range(300)))
                + '")\n}\n'
                + 'resource "aws_lambda_function" "f" {\n'
                + "".join(f'dynamic "d{n}" {{\n for_each = local.l\n content {{\n' for n in range(9))
                + "}\n}\n" * 9
                + "}\n"
            },
            CUT,
        ),
        (
            terraform.READER,
            {
                "m.tf": "".join(
                    f'resource "aws_lambda_function" "f{n}" {{\n function_name = "f{n}"\n}}\n'
                    f'resource "aws_sns_topic_subscription" "s{n}" {{\n topic_arn = aws_sns_topic.t.arn\n protocol = "lambda"\n'
                    ' endpoint = "other"\n}\n'
                    for n in range(3_000)
                )
                + 'resource "aws_sns_topic" "t" {\n name = "t"\n}\n'
            },
            "",
        ),
        (
            nginx.READER,
            {"nginx.conf": f"upstream u {{{'server a; ' * 8_000}}} server {{{'location /x { proxy_pass http://u; } ' * 8_000}}}"},
            "routes of one server",
        ),
        (
            cloudformation.READER,
            {
                "t.yaml": "Resources:\n"
                + "".join(
                    f"  S{n}:\n    Type: AWS::SNS::Subscription\n    Properties: {{Protocol: sqs, TopicArn: t, Endpoint: z{n}}}\n"
                    f"  F{n}:\n    {LAMBDA}a.b}}\n"
                    for n in range(4_000)
                ),
                "a.py": "",
            },
            "",
        ),
        (cloudformation.READER, {"t.yaml": f"Resources:\n  F:\n    {LAMBDA}!Select ['{'9' * 5_000}', [a.b]]}}\n"}, ""),
        (
            serverless.READER,
            {"serverless.yml": f"service: x\nfunctions:\n  f: {{handler: '${{self:custom.{'9' * 5_000}}}'}}\ncustom: [1]\n"},
            "",
        ),
        (
            kustomize.READER,
            {
                "kustomization.yaml": f"namePrefix: x\nresources: [{','.join(['a'] * 2_000)}]\n",
                **{
                    f"{a}/kustomization.yaml": f"resources: [{','.join([f'../{b}'] * 2_000)}]\n"
                    for a, b in ("ab", "bc", "cd", "da")
                },
            },
            "resources of one kustomization",
        ),
        (helm.READER, _template("{{ $d := list }}" + "{{ $d = list $d $d }}" * 60 + "{{ toJson $d }}"), "too much text"),
        (
            helm.READER,
            _template(
                '{{ $d := list "x" }}{{ $e := list "x" }}' + "{{ $d = list $d $d }}{{ $e = list $e $e }}" * 60 + "{{ has $d $e }}"
            ),
            "too much text",
        ),
        (
            helm.READER,
            _template(
                '{{ $d := dict "a" "x" }}{{ $e := dict "a" "y" }}'
                + '{{ $d = dict "a" $d "b" $d }}{{ $e = dict "a" $e "b" $e }}' * 60
                + "{{ $m := merge $d $e }}"
            ),
            "",
        ),
        (helm.READER, _template('{{ $d := dict }}{{ $_ := set $d "a" $d }}{{ toYaml $d }}'), "recursion"),
        (traefik.READER, _router("PathPrefix(`/a`)", "{chain: {middlewares: [m, m, m, m, m, m, m, m, m, m]}}"), ""),
        (
            traefik.READER,
            _router("PathPrefix(`/a`)", f"{{stripPrefix: {{prefixes: [{','.join(['/a/b'] * 20_000)}]}}}}", 20_000),
            "",
        ),
        (compose.READER, {"docker-compose.yml": f"services:\n  a: {{image: '{'${' * 200_000}'}}\n"}, ""),
        (
            compose.READER,
            {
                "docker-compose.yml": "services:\n"
                + "".join(
                    f"  s{n}: {{image: x, extends: {{file: docker-compose.yml, service: s{(n + 1) % 500}}}}}\n" for n in range(500)
                )
            },
            "",
        ),
    ],
)
def test_what_grows(read: Read, reader: DescriptorReader, files: dict[str, str], said: str) -> None:
    found = read(reader, files)
    assert [said in d.message for d in found.diagnostics] == ([True] if said else [])
    assert all(len(g.routes) <= MOST_ROUTES for g in found.gateways)

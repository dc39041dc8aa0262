"""Infrastructure programs of ill will: none makes the scan fail, or takes more time and memory than any other."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
from fixtures import Read
from flowmap.descriptor_api import DescriptorReader
from flowmap.project.readers import cdk, pulumi

APP = """
import aws_cdk as cdk
from aws_cdk import aws_ecs as ecs, aws_sqs as sqs, aws_stepfunctions as sfn
app = cdk.App()
numbers = [0] + [n for n in [1, 2, 3]]
numbers = numbers + numbers + numbers + numbers + numbers + numbers + numbers + numbers
numbers = numbers + numbers + numbers + numbers + numbers + numbers
"""
CLASSES = "class C0: pass\n" + "".join(f"class C{n}({', '.join([f'C{n - 1}'] * 12)}): pass\n" for n in range(1, 12))
NESTED = "x = [1]\n" + "x = [x, x, x, x, x, x, x, x]\n" * 25
LONG = "a" * 3_000
TWICE = "for a in numbers:\n    for b in numbers:\n        "
SELF = "x = {}\nx['x'] = x\n"
MANY = "x = {" + ", ".join(f"'k{n}': 1" for n in range(20_000)) + "}\n"
TOO_LARGE = "the program of this app is too large to be followed to its end"
UNPLACED = "this part of the infrastructure is not understood: where the code of the function lies"


@pytest.fixture(autouse=True)
def bounds() -> Iterator[None]:
    """So much memory beside what the tests before have taken that it is no matter of luck; what is not bounded takes more."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    pages = Path("/proc/self/statm")
    taken = int(pages.read_text().split()[0]) * resource.getpagesize() if pages.exists() else 0
    resource.setrlimit(resource.RLIMIT_AS, (taken + 2_500_000_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def said(read: Read, reader: DescriptorReader, files: dict[str, str]) -> list[str]:
    return [d.message for d in read(reader, files).diagnostics]


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        (f"sqs.Queue(app, 0x{'f' * 6_000})\n", ""),
        (f"sqs.Queue(app, 'q', queue_name=f'{{0x{'f' * 6_000}}}')\n", ""),
        ("x = [1]\n" + "x = [*x, *x]\n" * 40, TOO_LARGE),
        ("x = [1, 2, 3]\n" + "x = [*x, *x]\n" * 12 + "sqs.Queue(" + "*x, " * 20_000 + ")\n", TOO_LARGE),
        (MANY + f"sqs.Queue({'**x, ' * 20_000})\n", TOO_LARGE),
        (MANY + "x = [[{**x} for a in numbers] for b in numbers]\n", TOO_LARGE),
        (f"x = '{'y' * 19_000}'\nz = f'{'{x}' * 30_000}'\n", TOO_LARGE),
        (f"x = '{'y' * 19_000}'\nz = [[x + 'z' for a in numbers] for b in numbers]\n", TOO_LARGE),
        ("def f(x):\n" + "    if x: return 'a'\n" * 20_000 + "sqs.Queue(app, f(cdk))\n", TOO_LARGE),
        (CLASSES + "C11().x\nC11.x\n", ""),
        (SELF + "sqs.Queue(app, 'q', queue_name=x)\n", ""),
        (SELF + "sqs.CfnQueue(app, 'q', tags=x)\n", ""),
        ("x = []\nx.append(x)\nsfn.StateMachine(app, 'm', definition=x)\n", ""),
        (SELF + "t = ecs.FargateTaskDefinition(app, 't')\n"
         "t.add_container('c', image=ecs.ContainerImage.from_registry('a'), environment={'A': x})\n", ""),
        (NESTED + "sqs.Queue(app, 'q', queue_name=x)\n", ""),
        (NESTED + "sqs.CfnQueue(app, 'q', tags=x)\n", ""),
        (NESTED + "sfn.StateMachine(app, 'm', definition=x)\n", ""),
        (TWICE + "sqs.Queue(app, 'q')\n", TOO_LARGE),
        (f"x = sqs\n{TWICE}x = x.{LONG}\n", TOO_LARGE),
        (f"x = app\n{TWICE}x = x.{LONG}()\n", TOO_LARGE),
        (f"x = app\n{TWICE}x = x.root\n", TOO_LARGE),
    ],
)  # fmt: skip
def test_programs_of_the_cdk(read: Read, program: str, problem: str) -> None:
    found = said(read, cdk.READER, {"cdk.json": '{"app": "python3 app.py"}', "app.py": APP + program})
    assert found == ([problem] if problem else [])


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("x = {}\na = pulumi.AssetArchive(x)\nx['.'] = a\naws.lambda_.Function('f', code=a)\n", UNPLACED),
        (SELF + "aws.cloudwatch.EventRule('r', event_pattern=x)\n", ""),
        (NESTED + "aws.cloudwatch.EventRule('r', event_pattern={'source': x})\n", ""),
    ],
)
def test_programs_of_pulumi(read: Read, program: str, problem: str) -> None:
    files = {"Pulumi.yaml": "name: a\nruntime: python\n", "__main__.py": f"import pulumi\nimport pulumi_aws as aws\n{program}"}
    assert said(read, pulumi.READER, files) == ([problem] if problem else [])

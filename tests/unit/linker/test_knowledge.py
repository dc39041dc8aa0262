"""What the plugins together say of names, and how often it is worked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from flowmap.extensions import load_plugins
from flowmap.linker.knowledge import Knowledge, compile_knowledge, wildcard
from flowmap.plugin_api import Const

Row = tuple[re.Pattern[str], str]


class Counted(list[Row]):
    """A list that counts how often somebody goes through it."""

    times = 0

    def __iter__(self) -> Iterator[Row]:
        self.times += 1
        return super().__iter__()


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("bus.Client()", "bus.Exact"),
        ("bus.QueueClient()", "bus.Any"),
        ("bus.queue.Client()", None),
        ("other.Client()", None),
    ],
)
def test_a_type_that_is_stated_outright_counts_before_one_of_a_shape(key: str, kind: str | None) -> None:
    known = Knowledge(types={"bus.Client()": "bus.Exact"}, wild_types=[(wildcard("bus.*Client()"), "bus.Any")])
    assert [known.type_of(key), known.type_of(key)] == [kind, kind]


def test_each_name_is_compared_with_the_shapes_once() -> None:
    shapes = Counted([(wildcard("bus.*Client()"), "bus.Any")])
    known = Knowledge(wild_types=shapes)
    names = [f"{module}.{kind}Client()" for module, kind in product(("bus", "other"), ("Queue", "Topic"))]
    for name in names * 10:
        known.type_of(name)
    assert shapes.times == len(names)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("house.aws.libssm.get_ssm_param()", "ssm:"),
        ("house.ssm.get_parameter()", "ssm:"),
        ("house.SSMClient.get_parameter_value()", "ssm:"),
        ("house.ParameterStore.get()", "ssm:"),
        ("house.get_param()", None),
        ("house.get_ssm_param", None),
        ("rclpy.ssm.get_parameter()", None),
        ("os.get_ssm_param()", None),
    ],
)
def test_an_entry_is_read_by_libraries_that_nobody_knows(name: str, expected: str | None) -> None:
    read = compile_knowledge(load_plugins()).read_of(name)
    assert (read.prefix.text if read is not None and isinstance(read.prefix, Const) else None) == expected

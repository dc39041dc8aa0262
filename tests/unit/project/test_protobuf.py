"""Interface files of Protocol Buffers: packages, services and methods, and what only looks like them."""

from __future__ import annotations

import pytest
from flowmap.descriptor_api import DescriptorFile
from flowmap.project.readers.protobuf import READER


def stated(text: str) -> list[str]:
    """The methods of all services, one line each: `shop.v1.Stock:7 Count`, with who streams."""
    found = READER.read(DescriptorFile("protos/stock.proto", text.encode(), lambda _: None)).described
    return [
        f"{s.package}.{s.name}:{s.location.line} {m.name}" + (f" {m.streams.value}" if m.streams else "")
        for s in found
        for m in s.methods
    ]


FOUND = [
    ("package shop.v1;\nservice Stock {\n  rpc Count (Item) returns (Number);\n}\n", ["shop.v1.Stock:2 Count"]),
    ("service Stock { rpc Count(Item) returns(Number) {} }", [".Stock:1 Count"]),
    (
        "// package a;\n/* service B {\n} */\npackage shop;\nservice Stock{rpc A(.shop.B)returns(.shop.C){}rpc D(E)returns(F);}",
        ["shop.Stock:5 A", "shop.Stock:5 D"],
    ),
    (
        """
        package shop;
        service Stock {
          option deprecated = true;
          rpc Watch (Empty) returns (stream Item) {
            option (google.api.http) = { get: "/v1/{name=stock/*}" additional_bindings { post: "/rpc (A) returns (B)" } };
          }
          rpc Load (stream Item) returns (Empty);
          rpc Talk (stream Item) returns (stream shop.Item);
          rpc Named (stream) returns (stream);
        }
        message service { string rpc = 1; }
        service Other { rpc A (B) returns (C); }
        """,
        [
            "shop.Stock:3 Watch response",
            "shop.Stock:3 Load request",
            "shop.Stock:3 Talk both",
            "shop.Stock:3 Named",
            "shop.Other:13 A",
        ],
    ),
]

NOTHING = [
    "",
    "package shop;",
    "service Stock {}",
    "message Stock { string service = 1; }",
    '// service Stock { rpc A(B) returns (C); }\noption note = "service Stock { rpc A(B) returns (C); }";',
    "/* service Stock { rpc A(B) returns (C); }",
    "service Stock { rpc A(B) }",
    "service { rpc A(B) returns (C); }",
    "message Outer { service Stock { rpc A(B) returns (C); } }",
    "service Stock { message Inner { rpc A(B) returns (C); } }",
    "service",
    "\x00\xff{{{{",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_services_are_read(text: str, expected: list[str]) -> None:
    assert stated(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_service_is_none(text: str) -> None:
    assert stated(text) == []


@pytest.mark.parametrize("text", ["/*" * 400_000, "service A {" * 100_000, '"\\' * 400_000, "rpc A ( " * 100_000])
def test_a_hostile_file_takes_no_time(text: str) -> None:
    assert stated(text) == []


def test_files_are_known_by_their_ending() -> None:
    assert [p for p in ("a/b.proto", "b.proto.py", "proto", "b.protobuf") if READER.matches(p)] == ["a/b.proto"]

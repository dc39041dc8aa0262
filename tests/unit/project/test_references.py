"""References of API documents that lead nowhere, and documents that hold more than is read: both are said where they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flowmap.descriptor_api import Declarations, DescriptorReader
from flowmap.project.readers import asyncapi, gcloud, openapi, rabbitmq

EVENTS = "asyncapi: 2.6.0\nservers: {s: {protocol: kafka}}\nchannels:\n  a:\n    $ref: '%s'\n"
PATHS = "openapi: 3.0.0\npaths:\n  /a:\n    $ref: '%s'\n"
MESSAGE = "asyncapi: 2.6.0\nservers: {s: {protocol: kafka}}\nchannels:\n  a:\n    publish: {message: {$ref: '%s'}}\n"
ONE_AFTER_ANOTHER = {f"api/{n}.yaml": f"a: {{$ref: '{n + 1}.yaml#/a'}}\n" for n in range(40)}


def _said(found: Declarations) -> list[str]:
    return [f"{d.location} {d.message}" for d in found.diagnostics]


@pytest.mark.parametrize(
    ("reader", "text", "place"),
    [
        (asyncapi.READER, EVENTS, "api/x.yaml:5"),
        (asyncapi.READER, MESSAGE, "api/x.yaml:5"),
        (openapi.READER, PATHS, "api/x.yaml:4"),
    ],
)
@pytest.mark.parametrize(
    ("reference", "files", "expected"),
    [
        ("other.yaml#/a", {"api/other.yaml": "a:\n  publish: {}\n  get: {}\n"}, ""),
        ("#/info", {}, "which has no such part"),
        ("other.yaml#/b", {"api/other.yaml": "a: {}\n"}, "which has no such part"),
        ("other.yaml#/a", {"api/other.yaml": "a: [publish]\n"}, "which has no such part"),
        ("gone.yaml#/a", {}, "which is not there or cannot be read"),
        ("other.yaml", {"api/other.yaml": ""}, "which has no mapping in it"),
        ("other.yaml#/a", {"api/other.yaml": "a:\n - [\n"}, "which cannot be read: did not find expected node content in line 3"),
        ("../../outside.yaml#/a", {}, "which lies outside of what is read"),
        ("/etc/outside.yaml#/a", {}, "which lies outside of what is read"),
        ("https://example.org/c.yaml#/a", {}, "which lies elsewhere, and nothing is fetched"),
        ("//example.org/c.yaml#/a", {}, "which lies elsewhere, and nothing is fetched"),
        ("urn:example:a", {}, "which lies elsewhere, and nothing is fetched"),
    ],
)
def test_what_leads_nowhere(
    read: Callable[..., Declarations],
    reader: DescriptorReader,
    text: str,
    place: str,
    reference: str,
    files: dict[str, str],
    expected: str,
) -> None:
    found = read(reader, {"api/x.yaml": text % reference, **files})
    assert _said(found) == ([f"{place} refers to {reference}, {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("text", "files", "expected"),
    [
        (
            EVENTS % "other.yaml#/a",
            {"api/other.yaml": "a:\n  $ref: '../shared.yaml#/b'\n"},
            ["api/other.yaml:2 refers to ../shared.yaml#/b, which is not there or cannot be read"],
        ),
        (EVENTS % "#/channels/a", {}, ["api/x.yaml:5 refers to #/channels/a, which leads in circles"]),
        (EVENTS % "0.yaml#/a", ONE_AFTER_ANOTHER, ["api/x.yaml:5 refers to 0.yaml#/a, which leads in circles"]),
        # the same reference in two places, and one place that is asked twice
        (
            "asyncapi: 2.6.0\nchannels:\n  a: {$ref: gone.yaml}\n  b: {$ref: gone.yaml}\n",
            {},
            [f"api/x.yaml:{n} refers to gone.yaml, which is not there or cannot be read" for n in (3, 4)],
        ),
        # nobody asks for schemas
        ("asyncapi: 2.6.0\nchannels: {a: {publish: {message: {payload: {$ref: gone.yaml}}}}}\n", {}, []),
    ],
)
def test_where_it_leads_nowhere(read: Callable[..., Declarations], text: str, files: dict[str, str], expected: list[str]) -> None:
    assert _said(read(asyncapi.READER, {"api/x.yaml": text, **files})) == expected


def test_many_references_that_lead_nowhere_are_said_in_short(read: Callable[..., Declarations]) -> None:
    channels = "".join(f"  c{n}: {{$ref: '{n}.yaml'}}\n" for n in range(600))
    said = _said(read(asyncapi.READER, {"a.yaml": f"asyncapi: 2.0.0\nchannels:\n{channels}"}))
    assert len(said) == 21
    assert said[-1] == "a.yaml:23 580 more references lead nowhere"


BINDINGS = ",\n".join(f'{{"source": "e", "destination": "q{n}", "routing_key": ""}}' for n in range(10_002))
CHAIN = ",\n".join(
    f'{{"source": "e{n}", "destination": "{"e" if n else "q"}{n - 1}", "destination_type": "{"exchange" if n else "queue"}"}}'
    for n in range(8)
)


@pytest.mark.parametrize(
    ("reader", "files", "expected"),
    [
        (
            asyncapi.READER,
            {"a.yaml": "asyncapi: 2.0.0\nchannels:\n" + "".join(f"  c{n}: {{publish: {{}}}}\n" for n in range(5_001))},
            ["a.yaml:5003 more than 5,000 operations; the rest, from here on, is not read"],
        ),
        (
            asyncapi.READER,
            {
                "a.yaml": "asyncapi: 2.0.0\nservers: {a: {protocol: kafka}, b: {protocol: nats}}\nchannels:\n"
                + "".join(f"  c{n}: {{publish: {{}}}}\n" for n in range(2_501))
            },
            ["a.yaml:2504 more than 5,000 operations; the rest, from here on, is not read"],
        ),
        (
            openapi.READER,
            {"a.yaml": "openapi: 3.0.0\npaths:\n" + "".join(f"  /{n}:\n    get: {{}}\n    put: {{}}\n" for n in range(2_501))},
            ["a.yaml:7504 more than 5,000 operations; the rest, from here on, is not read"],
        ),
        (
            rabbitmq.READER,
            {"rabbit.json": f'{{"queues": [], "bindings": [\n{BINDINGS}]}}'},
            ["rabbit.json:10002 more than 10,000 bindings of queues; the rest, from here on, is not read"],
        ),
        (
            rabbitmq.READER,
            {"rabbit.json": f'{{"queues": [], "bindings": [\n{CHAIN}]}}'},
            ["rabbit.json:2 more than 5 exchanges one behind the other; those further off are not followed to here"],
        ),
        (
            gcloud.READER,
            {"a.sh": "gcloud auth\n" * 302},
            ["a.sh:301 more than 300 commands of gcloud; the rest, from here on, is not read"],
        ),
        (
            gcloud.READER,
            {"a.sh": "gcloud auth\n" + "#" * 300_000},
            ["a.sh:1 script of more than 300,000 bytes that calls gcloud; it is not read"],
        ),
        (
            gcloud.READER,
            {"a.sh": f"A={'a' * 3_000}\n: {'b' * 6_000}\ngcloud run deploy x --set-env-vars A=$A --image $A$A\n"},
            ["a.sh:3 word of more than 5,000 characters in a command of gcloud; it is not read"],
        ),
        (
            gcloud.READER,
            {"cloudbuild.yaml": "steps: [\n# gcloud"},
            ["cloudbuild.yaml:1 configuration of Cloud Build cannot be read: did not find expected node content in line 3"],
        ),
        (gcloud.READER, {"cloudbuild.yaml": "steps: {{ steps }}\n# gcloud"}, []),
        (gcloud.READER, {"a.sh": "#" * 300_001}, []),
        (gcloud.READER, {"a.sh": f"DATA={'a' * 6_000}\ngcloud auth\n"}, []),
    ],
)
def test_what_is_not_read_is_said(
    read: Callable[..., Declarations], reader: DescriptorReader, files: dict[str, str], expected: list[str]
) -> None:
    assert _said(read(reader, files)) == expected

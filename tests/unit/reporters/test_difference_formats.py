"""The formats of a difference: they fit where they are read, and whatever code names means nothing in them."""

from __future__ import annotations

import json
import re
from importlib.resources import files

import jsonschema
import pytest
from flowmap.model.difference import Difference
from flowmap.reporter_api import Terminal
from flowmap.reporters import difference_json, difference_markdown, difference_text
from flowmap.reporters.difference_mermaid import picture
from flowmap.views.difference import difference
from flows import call, finding, publish, report, serve, subscribe, system

SCHEMA = json.loads(difference_json.json_schema_text())
NAMES = {
    "a pipe": "a|b",
    "a backtick": "`code`",
    "markup": "**bold** _it_ ~~no~~ [x](y)",
    "HTML": "<img src=x onerror=alert(1)></details>",
    "a mention": "@everybody",
    "an issue": "#123",
    "a link": "https://evil.example/x",
    "www": "www.evil.example",
    "a newline": "a\n\n# b\n```",
    "a bell": "\x1b[31m",
    "mermaid": '"]:::x; click n1 "javascript:alert(1)"',
    "an end": "end",
    "an emoji": ":smile:",
    "nothing": " ",
    "a surrogate": "\udcff",
}


def between(name: str) -> Difference:
    """A difference in which everything bears a name."""
    sites = publish(name, name), subscribe("billing", name), call("orders", name, f"GET /{name}"), serve(name, f"GET /{name}")
    after = system(*sites)
    return difference(report(system()), report(after, finding("T301", name, sites[0])), (name, name), (name,))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_mean_nothing_in_markdown(name: str) -> None:
    shown = difference_markdown.render(between(name))
    shown.encode()
    tables, drawn = re.sub(r"```mermaid\n.*?```", "", shown, flags=re.DOTALL), picture(between(name))
    assert set(re.findall(r"</?\w+[^>]*>", tables)) <= {"<code>", "</code>", "<details>", "</details>", "<summary>", "</summary>"}
    assert not re.search(r"@\w|#\d|https?://|www\.|`(?!``|--format json`)|\*\*bold|:smile:|\x1b", tables.replace("&#", ""))
    rows = [line for line in tables.splitlines() if line.startswith("|")]
    assert {r.count("|") for r in rows} <= {2, 3, 4, 5, 6, 7}
    assert shown.count("```") == 2
    assert all(re.fullmatch(r"(flowchart LR|  .*)", line) for line in drawn.splitlines())
    labels = "".join(re.findall(r'"([^"]*)"', drawn))
    assert not re.search(r"[<`]|;;|:::", labels.replace("<br/>", ""))


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_names_steer_no_terminal_and_keep_to_the_schema(name: str) -> None:
    shown = difference_text.show(between(name), Terminal(80))
    assert all(c.isprintable() or c == "\n" for c in shown)
    written = difference_json.render(between(name))
    written.encode()
    jsonschema.validate(json.loads(written), SCHEMA)


def test_the_published_schema_is_fresh() -> None:
    published = files("flowmap.reporters").joinpath(difference_json.SCHEMA_FILE).read_text(encoding="utf-8")
    assert published == difference_json.json_schema_text(), "run `flowmap schema diff`"


def test_no_difference_is_no_text() -> None:
    same = report(system(publish("orders", "placed")))
    none = difference(same, same, ("then", "now"), ("a remark",))
    assert (difference_text.show(none, Terminal()), difference_markdown.render(none), picture(none)) == ("", "", "")
    assert json.loads(difference_json.render(none))["changed"] is False


def test_the_picture_tells_what_came_and_went() -> None:
    before = system(publish("orders", "placed"), subscribe("billing", "placed"), subscribe("mail", "placed"))
    after = system(
        publish("orders", "placed"), subscribe("billing", "placed"), call("orders", "billing", "GET /x"), subscribe("crm", "made")
    )
    drawn = picture(difference(report(before), report(after), ("then", "now")))
    assert drawn.splitlines()[0] == "flowchart LR"
    assert '(["#43; made"]):::added' in drawn
    assert '["#8722; mail"]:::removed' in drawn
    assert re.search(r'n\d+ ==>\|"#43; GET /x"\| n\d+', drawn)
    assert re.search(r'n\d+ -\.->\|"#8722;"\| n\d+', drawn)
    assert "stroke-dasharray" in drawn
    links = [line for line in drawn.splitlines() if "-.->" in line or "==>" in line]
    styled = [int(n) for n in re.findall(r"linkStyle (\d+)", drawn)]
    assert max(styled) < len(links)
    assert drawn == picture(difference(report(before), report(after), ("then", "now")))

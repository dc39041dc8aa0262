"""Go templates: what they become, the lines that are kept, and the bounds."""

from __future__ import annotations

import pytest
from flowmap.project.gotemplate import TemplateError, parsed
from flowmap.project.gotemplate_run import Rendered, Run, rendered
from flowmap.project.gotemplate_values import Value
from hypothesis import given
from hypothesis import strategies as st

VALUES: Value = {
    "name": "shop",
    "empty": "",
    "off": False,
    "on": True,
    "port": "80",
    "list": ["a", "b"],
    "env": {"B": "2", "A": "1"},
    "deep": {"er": {"est": "x"}},
    "text": "{{ .Values.name }}!",
}


def _run(text: str) -> Rendered:
    template = parsed(text)
    return rendered(template.body, Run(template.named, lambda name, _: f"<{name}>", {"Values": VALUES, "Chart": {"Name": "c"}}))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("{{ .Values.name }}", "shop"),
        ("{{.Values.name}}", "shop"),
        ("a {{- .Values.name -}} b", "ashopb"),
        ("{{/* {{ no }} */}}x", "x"),
        ("{{- /* note */ -}}x", "x"),
        ("{{ .Values.none }}", ""),
        ("{{ .Values.none.deeper }}", ""),
        ("{{ .Values.deep.er.est }}", "x"),
        ('{{ index .Values "deep" "er" "est" }}', "x"),
        ("{{ index .Values.list 1 }}", "b"),
        ("{{ (index .Values.list 0) }}", "a"),
        ("{{ (.Values.deep).er.est }}", "x"),
        ("{{ $.Values.name }}", "shop"),
        ('{{ .Values.none | default "d" }}', "d"),
        ('{{ default "d" .Values.name }}', "shop"),
        ('{{ coalesce .Values.empty .Values.none "c" }}', "c"),
        ("{{ .Values.name | quote }}", '"shop"'),
        ("{{ .Values.name | squote }}", "'shop'"),
        ('{{ "a\\"}}b" }}', 'a"}}b'),
        ("{{ `raw` }}", "raw"),
        ('{{ printf "%s-%d%%" .Values.name 3 }}', "shop-3%"),
        ('{{ printf "%s" }}', ""),
        ('{{ "a-b-" | trimSuffix "-" | upper | replace "-" "_" }}', "A_B"),
        ('{{ "abcdef" | trunc 3 }}{{ "abcdef" | trunc -2 }}', "abcef"),
        ('{{ ternary "y" "n" .Values.on }}', "y"),
        ("{{ .Values.on }}", "true"),
        ('{{ join "," .Values.list }}', "a,b"),
        ('{{ "b,c" | splitList "," | last }}', "c"),
        ('{{ get .Values.env "A" }}{{ hasKey .Values.env "C" }}', "1false"),
        ('{{ dig "er" "none" "z" .Values.deep }}', "z"),
        ("{{ tpl .Values.text $ }}", "shop!"),
        ('{{ tpl "plain" $ }}{{ tpl "{{ if" $ }}', "plain{{ if"),
        ('{{ required "say it" .Values.name }}', "shop"),
        ("{{ len .Values.list }}", "2"),
        ('{{ (fromYaml "a: {b: 1}").a.b }}', "1"),
        ("{{ toYaml .Values.deep | nindent 2 }}", '\n  "er":\n    "est": "x"'),
        ("{{ toYaml .Values.list | indent 1 }}", ' - "a"\n - "b"'),
        ("{{ toJson .Values.env }}", '{"B": "2", "A": "1"}'),
        ("{{ unheardOf .Values.name }}", ""),
        ("{{ .Files.Get .Values.name }}", ""),
        ('{{ include "lib.name" . }}', "<lib.name>"),
        ('{{ define "x" }}[{{ .Values.name }}]{{ end }}{{ include "x" . }}', "[shop]"),
        ('{{ define "x" }}[{{ . }}]{{ end }}{{ template "x" "y" }}', "[y]"),
        ('{{ block "x" .Values }}[{{ .name }}]{{ end }}', "[shop]"),
        ("{{ if .Values.on }}a{{ else }}b{{ end }}", "a"),
        ("{{ if .Values.off }}a{{ else if .Values.on }}b{{ else }}c{{ end }}", "b"),
        ("{{ if not .Values.none }}a{{ end }}", "a"),
        ('{{ if and (eq .Values.port "80") (or .Values.off .Values.on) }}a{{ end }}', "a"),
        ("{{ if eq .Values.port 80 }}a{{ end }}", "a"),
        ("{{ if gt (int .Values.port) 79 }}a{{ end }}", "a"),
        ('{{ if kindIs "map" .Values.env }}a{{ end }}', "a"),
        ("{{ with .Values.deep.er }}{{ .est }}{{ end }}", "x"),
        ("{{ with .Values.none }}a{{ else }}b{{ end }}", "b"),
        ("{{ range .Values.list }}{{ . }}{{ $.Values.name }};{{ end }}", "ashop;bshop;"),
        ("{{ range $i, $v := .Values.list }}{{ $i }}{{ $v }}{{ end }}", "0a1b"),
        ("{{ range $v := .Values.list }}{{ $v }}{{ end }}", "ab"),
        ("{{ range $k, $v := .Values.env }}{{ $k }}={{ $v }} {{ end }}", "A=1 B=2 "),
        ("{{ range .Values.none }}a{{ else }}b{{ end }}", "b"),
        ("{{ range until 3 }}{{ . }}{{ end }}", "012"),
        ("{{ $x := .Values.name }}{{ $x }}{{ $x = 1 }}{{ $x }}", "shop1"),
        ('{{ $d := dict "k" "v" }}{{ $_ := set $d "l" "w" }}{{ $d.k }}{{ $d.l }}', "vw"),
        ("{{ if $x := .Values.name }}{{ $x }}{{ end }}", "shop"),
    ],
)
def test_what_a_template_becomes(text: str, expected: str) -> None:
    assert _run(text).text == expected


def test_each_line_knows_the_line_of_the_template() -> None:
    text = """\
{{- /* a note
of two lines */ -}}
first: 1
{{- range $k, $v := .Values.env }}
{{ $k }}: {{ $v }}
{{- end }}
block:
  {{- toYaml .Values.list | nindent 2 }}
last: 1
"""
    done = _run(text)
    found = [(line, number) for line, number in zip(done.text.split("\n"), done.lines, strict=True) if line]
    assert found == [
        ("first: 1", 3), ("A: 1", 5), ("B: 2", 5), ("block:", 7), ('  - "a"', 8), ('  - "b"', 8), ("last: 1", 9),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{ if .x }}", "has no end"),
        ("{{ end }}", "without a beginning"),
        ("{{ if 1 }}" * 100 + "{{ end }}" * 100, "more than 60 levels"),
        ('{{ define "a" }}{{ include "a" . }}{{ end }}{{ include "a" . }}', "include each other"),
        ("{{ range until 999 }}{{ range until 999 }}x{{ end }}{{ end }}", "more steps"),
        ('{{ $x := "ab" }}' + "{{ $x = print $x $x }}" * 60, "too much text"),
        ('{{ $x := "aa" }}' + '{{ $x = replace "a" $x $x }}' * 60, "too much text"),
        ("{{ " + "(" * 200 + "1" + ")" * 200 + " }}", "nested too deeply"),
        ('{{ $d := dict "k" "v" }}{{ $_ := set $d "self" $d }}{{ toYaml $d }}', "recursion|too much text"),
    ],
)
def test_what_asks_for_too_much_is_an_error(text: str, why: str) -> None:
    with pytest.raises(TemplateError, match=why):
        _run(text)


PIECES = (
    *(
        "{{",
        "}}",
        "{{-",
        "-}}",
        " ",
        "if",
        "end",
        "else",
        "range",
        "with",
        "define",
        "include",
        ".",
        ".Values.list",
        "$x",
        ":=",
        "|",
    ),
    *("(", ")", '"a"', '"', "`", "1", "toYaml", "printf", "index", "\n", "a: b", "/*", "*/", ",", "set", "until", "tpl", "}"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_text_breaks_it(pieces: list[str]) -> None:
    try:
        done = _run("".join(pieces))
    except TemplateError:
        return
    assert len(done.lines) == done.text.count("\n") + 1

"""The configuration: what is accepted, and that everything else is refused with the place and the nearest right name."""

from __future__ import annotations

from pathlib import Path

import pytest
from flowmap.config import Config, ForbiddenContract, LayersContract, load_config
from flowmap.errors import ConfigError
from flowmap.judging import judge
from flowmap.model.project import Service
from flowmap.model.reference import Argument, Const, Entry, FirstOf, FunctionName, Maker, Receiver, Ref, Tail
from flowmap.plugin_api import Plugin
from flowmap.project.domains import with_domains
from flowmap.stated import with_stated

KAFKA = Plugin(name="kafka", roots=("kafka",), transport="kafka")


def _load(folder: Path, text: str, name: str = "flowmap.toml") -> Config:
    (folder / name).write_text(text, encoding="utf-8")
    return load_config(folder, None)


FULL = """\
roots = ["libs"]
include = ["tests/**"]
exclude = ["legacy/"]
select = ["C110"]
ignore = ["E203"]

[rules]
max-sync-hops = 3
availability = 0.99
extra-verbs = ["ship"]

[[services]]
name = "orders"
root = "src/orders"
entry = "src/orders/main.py"
aliases = ["order-api"]
hosts = ["orders:80"]
environment = {TOPIC = "orders"}

[[externals]]
name = "crm"
hosts = ["crm.example.org"]
publishes = ["customers"]
subscribes = ["orders"]
"""


def test_everything(tmp_path: Path) -> None:
    config = _load(tmp_path, FULL)
    assert (config.roots, config.include, config.exclude) == (["libs"], ["tests/**"], ["legacy/"])
    assert (config.select, config.ignore, config.rules["extra-verbs"]) == (["C110"], ["E203"], ["ship"])
    assert (config.rules["max-sync-hops"], config.rules["availability"]) == (3, 0.99)
    (service,) = config.services
    assert (service.name, service.root, service.entry, service.environment) == (
        "orders",
        "src/orders",
        "src/orders/main.py",
        {"TOPIC": "orders"},
    )
    assert config.externals[0].publishes == ["customers"]
    assert config.origin == "flowmap.toml"


def test_nothing_gives_the_defaults(tmp_path: Path) -> None:
    assert load_config(tmp_path, None) == Config()


def test_a_file_as_root_looks_beside_it(tmp_path: Path) -> None:
    (tmp_path / "app.py").touch()
    _load(tmp_path, 'roots = ["ship"]')
    assert load_config(tmp_path / "app.py", None).roots == ["ship"]


def test_pyproject(tmp_path: Path) -> None:
    config = _load(
        tmp_path, "[project]\nname = 'x'\n[tool.flowmap.rules]\nmax_sync_hops = 4\n[tool.other]\nx = 1\n", "pyproject.toml"
    )
    assert config.rules == {"max-sync-hops": 4}
    assert config.origin == "pyproject.toml"


def test_pyproject_without_a_table_of_ours(tmp_path: Path) -> None:
    assert _load(tmp_path, "[project]\nname = 'x'\n", "pyproject.toml").model_dump() == Config().model_dump()


def test_a_file_of_our_own_wins(tmp_path: Path) -> None:
    _load(tmp_path, "[tool.flowmap]\nroots = ['a']\n", "pyproject.toml")
    assert _load(tmp_path, "roots = ['b']").roots == ["b"]


def test_an_explicit_file_wins_over_both(tmp_path: Path) -> None:
    _load(tmp_path, "roots = ['b']")
    other = tmp_path / "ci.toml"
    other.write_text("[tool.flowmap]\nroots = ['c']\n")
    assert load_config(tmp_path, other).roots == ["c"]


def test_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "flowmap.toml").write_bytes(b"\xef\xbb\xbfroots = ['a']")
    assert load_config(tmp_path).roots == ["a"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("selct = []", 1, "unknown key 'selct'; did you mean 'select'?"),
        ("rules = 3", 1, "'rules' should be a"),
        ("[[services]]\nroot = 'x'", 1, "'services[0].name' is missing."),
        (
            "[[services]]\nname = 'a'\n\n[[services]]\nname = 'b'\nrooot = 'c'",
            6,
            "unknown key 'services[1].rooot'; did you mean 'root'?",
        ),
        ("[[services]]\nname = 'a'\naliases = 'b'", 3, "'services[0].aliases' should be a valid list."),
        ("[[services]]\nname = ''", 2, "'services[0].name' string should have at least 1 character."),
        ("ignore = [3]", 1, "'ignore[0]' should be a valid string."),
        ("ignore = 'E203'", 1, "'ignore' should be a valid list."),
        ("[[ignore]]\nrules = ['T301']", 1, "'ignore[0].reason' is missing."),
        ("[[ignore]]\nrules = ['T301']\nreason = ' '", 3, "'ignore[0].reason' should say why."),
        ("[[ignore]]\nreason = 'x'", 1, "'ignore[0].rules' is missing: without rules, services, subjects and paths, every finding"),
        ("[[ignore]]\nrules = 'T301'\nreason = 'x'", 2, "'ignore[0].rules' should be a valid list."),
        (
            "[[ignore]]\nrules = ['T301']\nreason = 'x'\n[[ignore]]\nreason = 'x'\npath = ['a']",
            6,
            "unknown key 'ignore[1].path'; did you mean 'paths'?",
        ),
        ("ignore = ['T301', {rules = ['C101']}]", 1, "'ignore[1].reason' is missing."),
        ("include = 'tests'", 1, "'include' should be a valid list."),
        ("[[externals]]\nname = 'x'\npublish = ['a']", 3, "unknown key 'externals[0].publish'; did you mean 'publishes'?"),
    ],
)
def test_refusals(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        _load(tmp_path, text)
    where, _, sentence = str(refusal.value).partition(": ")
    assert where == f"{tmp_path / 'flowmap.toml'}:{line}"
    assert sentence.startswith(message)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("ignore = ['X301']", 1, "'ignore[0]' names no rule;"),
        ("select = ['orphaned-evnt']", 1, "'select[0]' names no rule; did you mean 'orphaned-event'?"),
        (
            "[[ignore]]\nreason = 'x'\nrules = ['orphan-event']",
            3,
            "'ignore[0].rules[0]' names no rule; did you mean 'orphaned-event'?",
        ),
        ("ignore = ['T301', {rules = ['T301', 'X'], reason = 'x'}]", 1, "'ignore[1].rules[1]' names no rule;"),
    ],
)
def test_rules_that_do_not_exist(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        judge(_load(tmp_path, text))
    where, _, sentence = str(refusal.value).partition(": ")
    assert (where, sentence.startswith(message)) == (f"{tmp_path / 'flowmap.toml'}:{line}", True)


def test_codes_and_tables_in_one_list(tmp_path: Path) -> None:
    config = _load(tmp_path, "ignore = ['E201', {rules = ['t301', 'long-sync-chain'], reason = ' known '}]")
    chosen = judge(config).choice
    assert "E201" not in {r.code for r in chosen.rules}
    assert [(s.rules, s.reason) for s in chosen.suppressions] == [(("T301", "C101"), "known")]


def test_refusals_in_pyproject_have_the_whole_key(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"pyproject\.toml:4: 'tool\.flowmap\.rules\.max-hops' is no threshold"):
        judge(_load(tmp_path, "[tool.other]\nmax-hops = 1\n[tool.flowmap.rules]\nmax-hops = 1\n", "pyproject.toml"))


@pytest.mark.parametrize("text", ["x =", "[a", "\x00"])
def test_no_toml(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match="is no valid TOML"):
        _load(tmp_path, text)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path, tmp_path / "absent.toml")
    (tmp_path / "flowmap.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="is no valid TOML"):
        load_config(tmp_path, None)


WRAPPER = "[[wrappers]]\ntarget = 'acme.Bus.publish'\nrole = 'publish'\ntransport = 'kafka'\n"


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("0", Argument(0)),
        ("'topic'", Argument(None, "topic")),
        ("[0, 'topic']", FirstOf((Argument(0), Argument(None, "topic")))),
        ("'constructor:0'", Maker(Argument(0))),
        ("'constructor:topic'", Maker(Argument(None, "topic"))),
        ("'attribute:topic'", Entry(Receiver(), "topic")),
        ("'text:orders: all'", Const("orders: all")),
        ("'function:name'", FunctionName()),
        ("'last:0'", Tail(Argument(0))),
        ("['last:constructor:path', 'last:path']", FirstOf((Tail(Maker(Argument(None, "path"))), Tail(Argument(None, "path"))))),
    ],
)
def test_places_of_values(tmp_path: Path, stated: str, meant: Ref) -> None:
    assert _load(tmp_path, f"{WRAPPER}topic = {stated}").wrappers[0].topic == meant


PLACES = "constructor:NAME, attribute:NAME, last:PLACE, text:TEXT, function:name"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (WRAPPER, 1, "'wrappers[0].topic' is missing: a publish needs it."),
        (f"{WRAPPER}topik = 0", 5, "unknown key 'wrappers[0].topik'; did you mean 'topic'?"),
        (f"{WRAPPER}topic = 0\npath = 1", 6, "'wrappers[0].path' means nothing for a publish; known here: event, exchange, kind,"),
        (f"{WRAPPER}topic = 0\n\nhandler = 1", 7, "'wrappers[0].handler' means nothing for a publish; known here: event,"),
        (f"{WRAPPER}topic = -1", 5, "'wrappers[0].topic' should be the position of an argument, the name of one, or a list"),
        (f"{WRAPPER}topic = true", 5, "'wrappers[0].topic' should be the position"),
        (f"{WRAPPER}topic = []", 5, "'wrappers[0].topic' should be the position"),
        (f"{WRAPPER}topic = ''", 5, "'wrappers[0].topic' should be the position"),
        (f"{WRAPPER}topic = 1.5", 5, "'wrappers[0].topic' should be the position"),
        (f"{WRAPPER}topic = [0, [1.5]]", 5, "'wrappers[0].topic' should be the position"),
        (f"{WRAPPER}topic = 'constructr:x'", 5, "'wrappers[0].topic' is no place of a value; did you mean 'constructor:NAME'?"),
        (f"{WRAPPER}topic = 'constructor:'", 5, "'wrappers[0].topic' is no place of a value; did you mean 'constructor:NAME'?"),
        (f"{WRAPPER}topic = 'function:nam'", 5, "'wrappers[0].topic' is no place of a value; did you mean 'function:name'?"),
        (f"{WRAPPER}topic = 'last:'", 5, "'wrappers[0].topic' is no place of a value; did you mean 'last:PLACE'?"),
        (f"{WRAPPER}topic = 'last:last:0'", 5, "'wrappers[0].topic' is no place of a value; did you mean 'last:PLACE'?"),
        (f"{WRAPPER}topic = 'a topic'", 5, f"'wrappers[0].topic' is no place of a value; known: {PLACES}."),
        (f"{WRAPPER}topic = 0\n{WRAPPER}topik = 0", 10, "unknown key 'wrappers[1].topik'; did you mean 'topic'?"),
        (
            WRAPPER.replace("publish'\nt", "publishes'\nt"),
            3,
            "'wrappers[0].role' should be 'publish', 'subscribe', 'call' or 'serve'.",
        ),
        (
            WRAPPER.replace("acme.Bus.publish", "publish"),
            2,
            "'wrappers[0].target' should be a qualified name, such as 'acme.bus.Bus.publish'.",
        ),
        (
            WRAPPER.replace("acme.Bus.publish", "acme.Bus.publish()"),
            2,
            "'wrappers[0].target' should be a qualified name, such as 'acme.bus.Bus.publish'.",
        ),
        (f"{WRAPPER}topic = 0\nform = 'call!'", 6, "'wrappers[0].form' should be 'call' or 'decorator'."),
        ("[[wrappers]]\ntarget = 'a.b'\nrole = 'call'\ntransport = 'http'", 1, "'wrappers[0].path' is missing: a call over http"),
        (
            "[[wrappers]]\ntarget = 'a.b'\nrole = 'call'\ntransport = 'rpc'",
            1,
            "'wrappers[0].operation' is missing: a call needs it.",
        ),
        ("[[wrappers]]\ntarget = 'a.b'\nrole = 'call'", 1, "'wrappers[0].transport' is missing."),
        ("wrappers = 3", 1, "'wrappers' should be a valid list."),
        ("wrappers = [3]", 1, "'wrappers[0]' should be a table."),
        ("environment = '.venv'", 1, "'environment' should be a valid list."),
    ],
)
def test_refusals_of_wrappers(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as refusal:
        _load(tmp_path, text)
    where, _, sentence = str(refusal.value).partition(": ")
    assert where == f"{tmp_path / 'flowmap.toml'}:{line}"
    assert sentence.startswith(message)


def test_wrappers_of_pyproject_have_the_whole_key(tmp_path: Path) -> None:
    text = WRAPPER.replace("[[wrappers]]", "[[tool.flowmap.wrappers]]") + "topic = 0\npath = 0"
    with pytest.raises(ConfigError, match=r"pyproject\.toml:6: 'tool\.flowmap\.wrappers\[0\]\.path' means nothing for a publish"):
        _load(tmp_path, text, "pyproject.toml")


@pytest.mark.parametrize("transport", ["kafka", "http", "amqp", "rpc", "acme-bus", "mqtt"])
def test_transports(tmp_path: Path, transport: str) -> None:
    key = "path" if transport == "http" else "operation"
    text = f"[[wrappers]]\ntarget = 'a.b'\nrole = 'call'\ntransport = '{transport}'\n{key} = 0"
    (stated,) = with_stated((KAFKA,), _load(tmp_path, text))[1:]
    assert (stated.name, stated.roots, [p.target for p in stated.patterns]) == ("configuration", (), ["a.b"])


@pytest.mark.parametrize(("transport", "near"), [("kafak", "kafka"), ("Kafka", "kafka"), ("htttp", "http")])
def test_misspelt_transports(tmp_path: Path, transport: str, near: str) -> None:
    text = WRAPPER.replace("'kafka'", f"'{transport}'") + "topic = 0"
    with pytest.raises(ConfigError) as refusal:
        with_stated((KAFKA,), _load(tmp_path, text))
    what = f"'wrappers[0].transport' is no transport that flowmap knows; did you mean '{near}'?"
    assert str(refusal.value) == f"{tmp_path / 'flowmap.toml'}:4: {what}"


def test_nothing_stated_is_no_plugin() -> None:
    assert with_stated((KAFKA,), Config()) == (KAFKA,)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("\n[rules]\nmax-sync-hop = 3", 3, "'rules.max-sync-hop' is no threshold of a rule; did you mean 'max-sync-hops'?"),
        ("[rules]\nmax_sync_hop = 3", 2, "'rules.max-sync-hop' is no threshold of a rule; did you mean 'max-sync-hops'?"),
        ("[rules]\nzzz = 3", 2, "'rules.zzz' is no threshold of a rule; known are availability, "),
        ("[rules]\nmax-sync-hops = '3'", 2, "'rules.max-sync-hops' should be a"),
        ("[rules]\nmax-sync-hops = 3.5", 2, "'rules.max-sync-hops' should be a whole number of at least 0."),
        ("[rules]\nmax-sync-hops = -1", 2, "'rules.max-sync-hops' should be a whole number of at least 0."),
        ("[rules]\navailability = 2.0", 2, "'rules.availability' should be a number from 0.0001 to 1."),
        ("[rules]\nextra-verbs = 3", 2, "'rules.extra-verbs' should be a list of words."),
        ("[rules]\nextra-verbs = ['']", 2, "'rules.extra-verbs' should be a list of words."),
        ("roots = []\nselect = ['C101', 'X9']", 2, "'select[1]' names no rule; `flowmap explain` lists them all."),
        ("ignore = ['orphan-event']", 1, "'ignore[0]' names no rule; did you mean 'orphaned-event'?"),
    ],
)
def test_what_rules_refuse(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        judge(_load(tmp_path, text))
    assert f"flowmap.toml:{line}: {message}" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "codes"),
    [("select = ['C101']", {"C101"}), ("select = ['long-sync-chain', 't30']\nignore = ['T302']", {"C101", "T301"})],
)
def test_rules_are_chosen_by_codes_their_beginnings_or_slugs(tmp_path: Path, text: str, codes: set[str]) -> None:
    found = {rule.code for rule in judge(_load(tmp_path, text)).choice.rules}
    assert found >= codes
    assert not found & {"E201", "T302"}


AGREED = """\
[[domains]]
name = "sales"
services = ["order*"]
folders = ["services/sales"]

[[contracts]]
name = "no way back"
reason = "crm is slow"
owner = "team-crm"
type = "forbidden"
from = ["domain:sales"]
to = ["crm"]
kind = "sync"
indirect = true

[[contracts]]
name = "layers"
reason = "released in this order"
type = "layers"
layers = ["web", ["orders", "billing"]]
"""


def test_contracts_and_domains(tmp_path: Path) -> None:
    config = _load(tmp_path, AGREED)
    forbidden, layered = config.contracts
    assert isinstance(forbidden, ForbiddenContract)
    assert (forbidden.from_, forbidden.to, forbidden.kind, forbidden.indirect) == (["domain:sales"], ["crm"], "sync", True)
    assert isinstance(layered, LayersContract)
    assert layered.layers == [["web"], ["orders", "billing"]]
    assert [(a.contract.name, str(a.location)) for a in judge(config).choice.agreed] == [
        ("no way back", "flowmap.toml:6"),
        ("layers", "flowmap.toml:16"),
    ]


@pytest.mark.parametrize(
    ("root", "name", "expected"),
    [
        ("services/sales/cart", "cart", "sales"),
        ("services/sales", "cart", "sales"),
        ("elsewhere", "orders", "sales"),
        ("services/salesforce", "crm", ""),
        ("services/crm", "crm", ""),
        ("sales", "sales", ""),
    ],
)
def test_services_are_in_domains_by_name_or_folder(root: str, name: str, expected: str, tmp_path: Path) -> None:
    (placed,) = with_domains((Service(name, root),), _load(tmp_path, AGREED))
    assert placed.domain == expected


def test_a_domain_that_is_configured_comes_before_that_of_the_catalogue(tmp_path: Path) -> None:
    config = _load(tmp_path, AGREED)
    found = with_domains((Service("orders", "a", domain="old"), Service("crm", "b", domain="old")), config)
    assert [s.domain for s in found] == ["sales", "old"]


HEAD = '[[contracts]]\nname = "a"\nreason = "b"\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'{HEAD}type = "forbiden"', ":4: 'contracts[0].type' is no type of contract; did you mean 'forbidden'?"),
        (f'{HEAD}type = "rules"', "is no type of contract; known here: allowed-only, budget, forbidden,"),
        (HEAD, ":1: 'contracts[0].type' is missing."),
        (f'{HEAD}type = "forbidden"\nfrom = ["a"]', "'contracts[0].to' is missing."),
        (f'{HEAD}type = "forbidden"\nfrom = ["a"]\nto = []', ":6: 'contracts[0].to' should be a list of names, and not empty."),
        (f'{HEAD}type = "forbidden"\nfrom = ["a"]\nto = "b"', ":6: 'contracts[0].to' should be a valid list."),
        (f'{HEAD}type = "forbidden"\nform = ["a"]\nto = ["b"]', "unknown key 'contracts[0].form'; did you mean 'from'?"),
        (
            f'{HEAD}type = "forbidden"\nfrom = ["a"]\nto = ["b"]\nkind = "synchronous"',
            ":7: 'contracts[0].kind' should be 'sync', 'async' or 'any'.",
        ),
        (f'{HEAD}type = "layers"\nlayer = ["a"]', "unknown key 'contracts[0].layer'; did you mean 'layers'?"),
        (f'{HEAD}type = "layers"\nlayers = ["a", 3]', "'contracts[0].layers[1]' should be a valid list."),
        (f'{HEAD}type = "budget"', "'contracts[0].hops' is missing: a budget has one of hops, fan-out,"),
        (f'{HEAD}type = "budget"\nhops = -1', "'contracts[0].hops' should be greater than or equal to 0."),
        (f'{HEAD}type = "budget"\nsync-share = 50', "'contracts[0].sync-share' should be less than or equal to 1."),
        (
            f'{HEAD}type = "allowed-only"\nedges = [{{from = ["a"], too = ["b"]}}]',
            "'contracts[0].edges[0].too'; did you mean 'to'?",
        ),
        ('[[contracts]]\nname = ""\ntype = "budget"\nhops = 1\nreason = "x"', "'contracts[0].name' should say something."),
        ('[[contracts]]\nname = "a"\ntype = "budget"\nhops = 1', "'contracts[0].reason' is missing."),
        ('[[domains]]\nname = "a"', "'domains[0].services' is missing: a domain has services or folders."),
        ('[[domains]]\nname = "a"\nservice = ["x"]', "unknown key 'domains[0].service'; did you mean 'services'?"),
        (
            '[[domains]]\nname="a"\nservices=["x"]\n[[domains]]\nname="a"\nservices=["y"]',
            ":5: 'domains[1].name' has the name of an",
        ),
    ],
)
def test_a_wrong_contract_is_refused_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        _load(tmp_path, text)
    assert said in str(refused.value)

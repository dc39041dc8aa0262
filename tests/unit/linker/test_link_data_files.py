"""Names that stand in files of configuration, which the code opens and parses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from linking import channels, lines, service

FILES = {
    "shop/topics.json": '{"topic": "orders", "deep": {"er": "deeper"}, "list": ["a", "b"], "number": 3}',
    "shop/config/kafka.yaml": "kafka:\n  topic: orders-yaml\n  topics: [x, y]\n",
    "shop/pyproject.toml": '[tool.shop]\ntopic = "orders-toml"\n',
    "shop/settings.ini": "[kafka]\ntopic = orders-ini\nbuilt = %(topic)s.x\n[other]\ntopic = other-ini\n",
    "shop/one/same.json": '{"topic": "one"}',
    "shop/two/same.json": '{"topic": "two"}',
    "shop/broken.json": "{",
    "other/theirs.json": '{"topic": "theirs"}',
}
BEFORE = """
    import bus, configparser, json, os, pkgutil, tomllib, yaml
    from importlib.resources import files
    from pkg_resources import resource_filename
    from os.path import abspath, dirname, join
    from pathlib import Path
    from lib import unknown
    from pydantic import BaseModel
    HERE = Path(__file__).resolve().parent
    def load(path):
        with open(path) as file:
            return json.load(file)
    def loaded(name):
        return json.loads((HERE / name).read_text())
    class Config:
        def __init__(self, path):
            self.data = load(path)
        def get(self, key):
            return self.data[key]
    class Client:
        def __init__(self, topic, **rest):
            self.topic = topic
    def keyed(key):
        return load("topics.json")[key]
    class Deep(BaseModel):
        er: str
    class Model(BaseModel):
        number: int = 1
        topic: str
        deep: Deep
        @classmethod
        def of(cls, path: str) -> "Model":
            data = load(path)
            if not data:
                raise ValueError(path)
            return cls(**data)
    def chosen(path="topics.json"):
        return Model.of(path)
    def opened(path):
        parser = configparser.ConfigParser(interpolation=None)
        with open(path) as file:
            parser.read_file(file)
        return parser
    def sections(path):
        parser = opened(path)
        found = dict()
        for section in parser.sections():
            found[section] = dict(parser[section])
        return found
    def turned(table):
        found = {}
        for key in table:
            found[key] = table[key]
        return found
    ini = configparser.ConfigParser()
    ini.read(join(dirname(__file__), "settings.ini"))
    unread = configparser.ConfigParser()
    class Parser(configparser.RawConfigParser):
        def topic(self, section):
            return self.get(section, "topic")
        def any_topic(self):
            return self.topic("kafka")
    class Reading(Parser):
        def __init__(self, path):
            super().__init__()
            self.read(path)
    below, idle = Parser(), Parser()
    below.read("shop/settings.ini")
    class Wrapped:
        def __init__(self, path):
            self.parser = configparser.ConfigParser(interpolation=None)
            self.parser.read(path)
        def __getitem__(self, section):
            return self.parser[section]
        def get(self, section, option):
            return self.parser.get(section, option)
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("json.load(open('topics.json'))['topic']", "orders"),
        ("json.load(open('shop/topics.json'))['topic']", "orders"),
        ("json.loads((files('shop') / 'one' / 'same.json').read_text())['topic']", "one"),
        ("json.loads(files('shop').joinpath('two/same.json').read_text())['topic']", "two"),
        ("json.loads(pkgutil.get_data('shop', 'two/same.json'))['topic']", "two"),
        ("json.load(open(resource_filename('shop', 'one/same.json')))['topic']", "one"),
        ("json.load(open('/app/topics.json'))['topic']", "orders"),
        ("json.load(open('/app/config/../topics.json'))['topic']", "orders"),
        ("json.loads(open('topics.json').read())['deep']['er']", "deeper"),
        ("json.load(open(Path(__file__).parent / 'topics.json'))['topic']", "orders"),
        ("json.load((HERE / 'topics.json').open())['list'][1]", "b"),
        ("json.loads(Path(__file__).with_name('topics.json').read_text())['topic']", "orders"),
        ("json.load(open(join(dirname(abspath(__file__)), 'topics.json'))).get('topic')", "orders"),
        ("json.load(open(join(dirname(__file__), 'one', 'same.json')))['topic']", "one"),
        ("json.load(open(HERE.parent / 'other' / 'theirs.json'))['topic']", "theirs"),
        ("load('topics.json')['topic']", "orders"),
        ("dict(load('topics.json'))['topic']", "orders"),
        ("{**load('topics.json'), 'x': 'y'}['topic']", "orders"),
        ("Client(**load('topics.json')).topic", "orders"),
        ("Client(load('topics.json')['deep']['er']).topic", "deeper"),
        ("keyed('topic')", "orders"),
        ("list(load('topics.json')['deep'].values())[0]", "deeper"),
        ("[t for t in load('topics.json')['list']][1]", "b"),
        ("','.join(load('topics.json')['list'])", "a,b"),
        ("loaded('topics.json')['topic']", "orders"),
        ('json.loads(\'{"a": ["x", {"b": "deep"}]}\')[\'a\'][1][\'b\']', "deep"),
        ("json.loads(os.getenv('ABSENT', '{\"topic\": \"spelled\"}'))['topic']", "spelled"),
        ("[t for t, on in json.loads('{\"a\": true}').items() if on][0]", "a"),
        ("Config('topics.json').get('topic')", "orders"),
        ("f\"{load('topics.json')['topic']}.{load('topics.json')['number']}\"", "orders.3"),
        ("load(f'{unknown}/one/same.json')['topic']", "one"),
        ("load(f'{unknown}/topics.json')['topic']", "orders"),
        ("load(os.environ['ABSENT'] + '/topics.json')['topic']", "orders"),
        ("yaml.safe_load(open('config/kafka.yaml'))['kafka']['topic']", "orders-yaml"),
        ("yaml.load(open('config/kafka.yaml'), Loader=yaml.Loader)['kafka']['topics'][0]", "x"),
        ("tomllib.load(open('pyproject.toml', 'rb'))['tool']['shop']['topic']", "orders-toml"),
        ("ini['kafka']['topic']", "orders-ini"),
        ("ini.get('kafka', 'topic')", "orders-ini"),
        ("opened(join(dirname(__file__), 'settings.ini'))['kafka']['topic']", "orders-ini"),
        ("opened('shop/settings.ini').get('kafka', 'topic')", "orders-ini"),
        ("sections('shop/settings.ini')['kafka']['topic']", "orders-ini"),
        ("sections('shop/settings.ini')['other']['topic']", "other-ini"),
        ("dict(opened('shop/settings.ini').items('other'))['topic']", "other-ini"),
        ("opened('shop/settings.ini').sections()[1]", "other"),
        ("opened('shop/settings.ini').options('other')[0]", "topic"),
        ("{k: v['topic'] for k, v in opened('shop/settings.ini').items()}['kafka']", "orders-ini"),
        ("ini.get('kafka', 'TOPIC')", "orders-ini"),
        ("ini.get(option='topic', section='kafka')", "orders-ini"),
        ("ini.get('kafka', 'topic', fallback='x')", "orders-ini"),
        ("ini.get('kafka', 'absent', fallback='x')", "x"),
        ("unread.get('kafka', 'topic', fallback='x')", "x"),
        ("below['kafka']['topic']", "orders-ini"),
        ("below.get('other', 'topic')", "other-ini"),
        ("below.topic('other')", "other-ini"),
        ("below.any_topic()", "orders-ini"),
        ("Reading('shop/settings.ini').get('other', 'topic')", "other-ini"),
        ("Reading('shop/settings.ini').topic('kafka')", "orders-ini"),
        ("Wrapped('shop/settings.ini')['other']['topic']", "other-ini"),
        ("Wrapped('shop/settings.ini').get('other', 'topic')", "other-ini"),
        ("dict([('a', 'x'), ('b', 'y')])['b']", "y"),
        ("dict((k, v) for k, v in load('topics.json')['deep'].items())['er']", "deeper"),
        ("dict(zip(['a', 'b'], ['x', 'y']))['b']", "y"),
        ("turned({'a': {'x': '1'}, 'b': {'x': '2'}})['b']['x']", "2"),
        ("Model(**load('topics.json')).topic", "orders"),
        ("Model(**load('topics.json')).deep.er", "deeper"),
        ("Model.model_validate(load('topics.json')).deep.er", "deeper"),
        ("Model.parse_obj(load('topics.json')).deep.er", "deeper"),
        ("Model.of('topics.json').deep.er", "deeper"),
        ("chosen().deep.er", "deeper"),
        ("yaml.safe_load(open('config/kafka.yaml'))['kafka'].get('topics')[1]", "y"),
    ],
)
def test_names_in_files_of_data_are_read(expression: str, expected: str) -> None:
    files = {**FILES, "shop/app.py": lines(BEFORE, f"bus.publish({expression})")}
    assert channels(files, service("shop", "shop", "shop/app.py")) == [expected]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("load('absent.json')['topic']", "a file that is not in the scan"),
        ("load('broken.json')['topic']", "a file that is not in the scan"),
        ("load('theirs.json')['topic']", "a file that is not in the scan"),
        ("load('same.json')['topic']", "a file that is not in the scan"),
        ("load('/app/same.json')['topic']", "a file that is not in the scan"),
        ("load(f'{unknown}/same.json')['topic']", "a file that is not in the scan"),
        ("load(f'{unknown}.json')['topic']", "a file that is not in the scan"),
        ("load(f'x{unknown}topics.json')['topic']", "a file that is not in the scan"),
        ("load(unknown)['topic']", "a file that is not in the scan"),
        ("load('topics.json')['absent']", "no entry 'absent' in the mapping"),
        ("json.loads(unknown)['topic']", "comes from `json.loads()['topic']`"),
        ("json.loads('{')['topic']", "comes from `json.loads()['topic']`"),
        ("json.loads('{}')['topic']", "no entry 'topic' in the mapping"),
        ("ini['kafka']['absent']", "no entry 'absent' in the mapping"),
        ("ini.get('kafka', 'built')", "comes from `configparser.ConfigParser().get()`"),
        ("dict([('a', 'x'), ('b',)])['a']", "no entry 'a' in the mapping"),
        ("unread.sections()[0]", "comes from `configparser.ConfigParser().sections()[0]`"),
        ("opened('shop/settings.ini')['absent']['topic']", "no entry 'absent' in the mapping"),
        ("unread['kafka']['topic']", "comes from `configparser.ConfigParser()['kafka']['topic']`"),
        ("open('topics.json')", "comes from `...`"),
        ("below.get('kafka', 'absent')", "no entry 'absent' in the mapping"),
        ("idle.get('kafka', 'topic')", "comes from `Parser.get()`"),
        ("Reading(unknown).topic('kafka')", "a file that is not in the scan"),
        ("Wrapped('shop/absent.ini').get('other', 'topic')", "a file that is not in the scan"),
    ],
)
def test_files_that_tell_nothing_say_why(expression: str, reason: str) -> None:
    files = {**FILES, "shop/app.py": lines(BEFORE, f"bus.publish({expression})")}
    assert channels(files, service("shop", "shop", "shop/app.py")) == [f"? {reason}"]


def test_a_service_reads_the_files_in_its_own_folder() -> None:
    main = "import bus, json\nbus.publish(json.load(open('/app/topics.json'))['topic'])\n"
    files = {"one/main.py": main, "two/main.py": main, "one/topics.json": '{"topic": "a"}', "two/topics.json": '{"topic": "b"}'}
    assert channels(files, service("one", "one"), service("two", "two")) == ["a", "b"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/app/config.json", "mounted"),
        ("/app/conf/../config.json", "mounted"),
        ("/srv/conf/deep/here.json", "deep"),
        ("/srv/conf/other.json", "nearer"),
        ("/srv/conf", "? a file that is not in the scan"),
        ("/srv/confx/other.json", "? a file that is not in the scan"),
        ("srv/conf/other.json", "? a file that is not in the scan"),
    ],
)
def test_a_path_in_a_container_is_the_file_that_stands_there(path: str, expected: str) -> None:
    files = {
        "shop/app.py": f"import bus, json\nbus.publish(json.load(open({path!r}))['topic'])\n",
        "conf/default.json": '{"topic": "mounted"}',
        "conf/deep/here.json": '{"topic": "deep"}',
        "conf/other.json": '{"topic": "further"}',
        "near/other.json": '{"topic": "nearer"}',
    }
    places = (("/srv/conf/other.json", "near/other.json"), ("/app/config.json", "conf/default.json"), ("/srv/conf", "conf"))
    assert channels(files, replace(service("shop", "shop"), places=places)) == [expected]

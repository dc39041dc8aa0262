"""Options of oslo.config: registered in code, read as attributes, with their defaults."""

from __future__ import annotations

import pytest
from linking import lines, service, value_of

BEFORE = """
    from lib import unknown
    from oslo_config import cfg
    from oslo_config.cfg import CONF as OTHER
    CONF = cfg.CONF
    GROUP = "engine"
    KIND = "mail"
    engine_opts = [
        cfg.StrOpt("topic", default="orders", help="x"),
        cfg.StrOpt("dead-letter", default="dead"),
        cfg.StrOpt("empty"),
        cfg.StrOpt("computed", default=unknown()),
        unknown("topic", default="none"),
    ]
    api_group = cfg.OptGroup(name="api", title="x")
    def register(conf):
        conf.register_opts([cfg.StrOpt("topic", default="api-topic")], group=api_group)
    CONF.register_opts(engine_opts, group=GROUP)
    CONF.register_opts([cfg.StrOpt("topic", default="mails")], group=cfg.OptGroup("service:mail"))
    CONF.register_opt(cfg.StrOpt("single", default="single-topic"), "engine")
    CONF.register_cli_opts([cfg.ListOpt("listed", default=["first", "second"]), cfg.StrOpt("plain", default="plain-topic")])
    register(CONF)
    class Client:
        def __init__(self, conf):
            self.topic = conf.topic
"""


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("CONF.engine.topic", "orders"),
        ("cfg.CONF.engine.topic", "orders"),
        ("OTHER.engine.topic", "orders"),
        ("CONF.engine.dead_letter", "dead"),
        ("CONF.engine.single", "single-topic"),
        ("CONF.api.topic", "api-topic"),
        ("CONF.plain", "plain-topic"),
        ("CONF.listed[1]", "second"),
        ("f'{CONF.engine.topic}.x'", "orders.x"),
        ("Client(CONF.engine).topic", "orders"),
        ("Client(CONF.api).topic", "api-topic"),
        ("CONF['engine'].topic", "orders"),
        ("CONF['engine']['dead_letter']", "dead"),
        ("CONF['service:mail'].topic", "mails"),
        ("CONF[f'service:{KIND}']['topic']", "mails"),
        ("Client(CONF['service:mail']).topic", "mails"),
        ("CONF['plain']", "plain-topic"),
        ("CONF.engine.computed", "? comes from `lib.unknown()`"),
        ("CONF.engine.empty", "? comes from `oslo_config.cfg.CONF.engine.empty`"),
        ("CONF.engine.absent", "? comes from `oslo_config.cfg.CONF.engine.absent`"),
        ("CONF['service:mail'].absent", "? comes from `oslo_config.cfg.CONF.service:mail.absent`"),
        ("cfg.OTHER['engine'].topic", "? comes from `oslo_config.cfg.OTHER['engine'].topic`"),
        ("CONF.topic", "? comes from `oslo_config.cfg.CONF.topic`"),
        ("CONF.engine.deeper.topic", "? comes from `oslo_config.cfg.CONF.engine.deeper.topic`"),
        ("cfg.OTHER.engine.topic", "? comes from `oslo_config.cfg.OTHER.engine.topic`"),
        ("unknown.CONF.engine.topic", "? comes from `lib.unknown.CONF.engine.topic`"),
    ],
)
def test_an_option_has_its_default(expression: str, expected: str) -> None:
    assert value_of(expression, BEFORE) == {expected}


def test_the_environment_comes_first() -> None:
    deployed = service("main", OS_ENGINE__TOPIC="deployed", OS_DEFAULT__PLAIN="told", ENGINE__SINGLE="no")
    assert value_of("CONF.engine.topic", BEFORE, deployed) == {"deployed"}
    assert value_of("CONF.plain", BEFORE, deployed) == {"told"}
    assert value_of("CONF.engine.single", BEFORE, deployed) == {"single-topic"}


def test_an_option_of_two_defaults_is_one_of_both() -> None:
    again = "CONF.register_opts([cfg.StrOpt('topic', default='again')], group='engine')"
    assert value_of("CONF.engine.topic", lines(BEFORE, again)) == {"orders", "again"}

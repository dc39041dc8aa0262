"""Settings: environment variables with the service's own values, settings classes and modules."""

from __future__ import annotations

import pytest
from linking import channels, lines, service, value_of

DEPLOYED = service(
    "main",
    TOPIC="deployed",
    SHOP_TOPIC="prefixed",
    APP__TOPIC="nested",
    APP__DEEPER__TOPIC="deep",
    ANNOTATED__TOPIC="annotated",
    other="lower",
    EMPTY="",
)
UNSET = "? environment variable `{}`, which no deployment file sets"


@pytest.mark.parametrize(
    ("expression", "deployed", "bare"),
    [
        ("os.environ['TOPIC']", "deployed", UNSET.format("TOPIC")),
        ("os.environ.get('TOPIC')", "deployed", UNSET.format("TOPIC")),
        ("os.environ.get('TOPIC', 'default')", "deployed", "default"),
        ("os.getenv('TOPIC')", "deployed", UNSET.format("TOPIC")),
        ("os.getenv('TOPIC', 'default')", "deployed", "default"),
        ("os.getenv('TOPIC', default='default')", "deployed", "default"),
        ("os.getenv(key='TOPIC', default='default')", "deployed", "default"),
        ("getenv('TOPIC', 'default')", "deployed", "default"),
        ("environ['TOPIC']", "deployed", UNSET.format("TOPIC")),
        ("env.get('TOPIC', 'default')", "deployed", "default"),
        ("os.getenv(NAME, 'default')", "deployed", "default"),
        ("os.getenv('TO' + 'PIC', DEFAULT)", "deployed", "constant"),
        ("os.getenv(f'{SHOP}_TOPIC', 'default')", "prefixed", "default"),
        ("os.getenv('TOPIC') or 'default'", "deployed", "default"),
        ("os.environ.get('TOPIC') or os.environ.get('OTHER') or 'last'", "deployed", "last"),
        ("os.getenv('TOPIC', os.getenv('FALLBACK', 'last'))", "deployed", "last"),
        ("os.getenv('ABSENT', os.getenv('TOPIC', 'last'))", "deployed", "last"),
        ("os.environ['TOPIC'] if 'TOPIC' in os.environ else 'default'", "deployed", "default"),
        ("f\"{os.environ['TOPIC']}.v1\"", "deployed.v1", "{}.v1"),
        ("os.getenv('TOPIC', 'default').upper()", "DEPLOYED", "DEFAULT"),
        ("os.getenv('TOPICS', 'a,b').split(',')[1]", "b", "b"),
        ("plain('TOPIC')", "deployed", UNSET.format("TOPIC")),
        ("item('TOPIC')", "deployed", UNSET.format("TOPIC")),
        ("defaulted('TOPIC')", "deployed", "d"),
        ("prefixed('TOPIC')", "prefixed", UNSET.format("SHOP_TOPIC")),
        ("read('TOPIC')", "deployed", "fallback"),
        ("required('TOPIC')", "deployed", UNSET.format("TOPIC")),
    ],
)
def test_environment_variables_have_the_deployed_value(expression: str, deployed: str, bare: str) -> None:
    before = """
        import os
        from os import environ, environ as env, getenv
        NAME, SHOP, DEFAULT = "TOPIC", "SHOP", "constant"
        def plain(name):
            return os.getenv(name)
        def item(name):
            return os.environ[name]
        def defaulted(name):
            return os.getenv(name, "d")
        def prefixed(name):
            return os.getenv(f"SHOP_{name}")
        def read(name, default="fallback"):
            return os.environ.get(name, default)
        def required(name):
            value = os.environ.get(name)
            if value is None:
                raise RuntimeError(name)
            return value
    """
    assert value_of(expression, before, DEPLOYED) == {deployed}
    assert value_of(expression, before) == {bare}


HELPERS = """
    import os
    from lib import unknown

    def env(name, default=None, cast=str, required=False):
        value = os.environ.get(name, default)
        if value is None and required:
            raise RuntimeError(name)
        return cast(value)

    def upper(name):
        return os.environ[name.upper()]

    def listed(name):
        return os.getenv(name, "a,b").split(",")

    def outer(name, default="outer"):
        return env(f"{name}_TOPIC", default)

    def keyed(**names):
        return os.environ[names["topic"]]

    def either(*names):
        for name in names:
            if name in os.environ:
                return os.environ[name]

    class Config:
        def __init__(self, prefix=""):
            self.topic = env("TOPIC", "default")
            self.prefixed = env(prefix + "TOPIC", "default")
            self.absent = self.read("ABSENT")

        def read(self, name):
            return os.getenv(name, "absent")

        @staticmethod
        def get(name):
            return os.getenv(name)

    config = Config()
    chosen = lambda name: os.getenv(name, "lambda")
"""


@pytest.mark.parametrize(
    ("expression", "deployed", "bare"),
    [
        ("env('TOPIC', 'd')", "deployed", "d"),
        ("env('TOPIC')", "deployed", UNSET.format("TOPIC")),
        ("env(name='TOPIC', default='d', required=True)", "deployed", "d"),
        ("upper('topic')", "deployed", UNSET.format("TOPIC")),
        ("listed('TOPIC')[0]", "deployed", "a"),
        ("outer('SHOP')", "prefixed", "outer"),
        ("keyed(topic='TOPIC')", "deployed", UNSET.format("TOPIC")),
        ("either('TOPIC')", "deployed", UNSET.format("TOPIC")),
        ("config.topic", "deployed", "default"),
        ("config.prefixed", "deployed", "default"),
        ("config.absent", "absent", "absent"),
        ("Config('SHOP_').prefixed", "prefixed", "default"),
        ("Config.get('TOPIC')", "deployed", UNSET.format("TOPIC")),
        ("chosen('TOPIC')", "deployed", "lambda"),
        ("env(unknown())", "? an environment variable whose name is computed", "? an environment variable whose name is computed"),
        ("env('EMPTY')", "? an empty text", UNSET.format("EMPTY")),
    ],
)
def test_helpers_read_the_variable_they_are_asked_for(expression: str, deployed: str, bare: str) -> None:
    assert (value_of(expression, HELPERS, DEPLOYED), value_of(expression, HELPERS)) == ({deployed}, {bare})


def test_every_caller_of_a_helper_has_its_own_variable() -> None:
    source = """
        import bus, os
        def env(name):
            return os.environ[name]
        def send(name):
            bus.publish(env(name))
        send("TOPIC")
        send("SHOP_TOPIC")
        """
    assert channels(lines(source), DEPLOYED) == ["deployed", "prefixed"]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("os.getenv(unknown())", "an environment variable whose name is computed"),
        ("os.environ[unknown()]", "an environment variable"),
        ("os.getenv('ABSENT')", "environment variable `ABSENT`, which no deployment file sets"),
        ("os.getenv('topic')", "environment variable `topic`, which no deployment file sets"),
        ("os.getenv('ABSENT', None)", "environment variable `ABSENT`, which no deployment file sets"),
        ("os.getenv('ABSENT').lower()", "environment variable `ABSENT`, which no deployment file sets"),
        ("os.environ['ABSENT'].rstrip('/')", "environment variable `ABSENT`, which no deployment file sets"),
        ("os.getenv('ABSENT').split(',')[0]", "an attribute of the unset `ABSENT`"),
        ("os.getenv('ABSENT').hostname", "an attribute of the unset `ABSENT`"),
        ("os.getenv('EMPTY')", "an empty text"),
        ("mine.getenv('TOPIC')", "comes from `lib.mine.getenv()`"),
        ("os.environ", "comes from `os.environ`"),
        ("os.environ.copy()", "comes from `os.environ.copy()`"),
        ("os.getenv()", "an environment variable"),
    ],
)
def test_reads_that_tell_no_value_say_why(expression: str, reason: str) -> None:
    assert value_of(expression, "import os\nfrom lib import mine, unknown\n", DEPLOYED) == {f"? {reason}"}


SETTINGS = """
    from lib import unknown
    from lib import Client
    from pydantic import HttpUrl
    from pydantic import AliasChoices, BaseModel, Field
    from pydantic_settings import BaseSettings, SettingsConfigDict

    class Plain(BaseSettings):
        topic: str = "default"
        required: str
        address: HttpUrl
        client: Client
        described: str = Field("described-default")
        keyword: str = Field(default="keyword-default")
        made: str = Field(default_factory=lambda: "made-default")
        aliased: str = Field("alias-default", alias="TOPIC")
        validated: str = Field("alias-default", validation_alias="TOPIC")
        choices: str = Field("alias-default", validation_alias=AliasChoices("NO", "TOPIC"))
        other: str = "other-default"

        @property
        def full(self) -> str:
            return f"{self.topic}.full"

    class Prefixed(BaseSettings):
        model_config = SettingsConfigDict(env_prefix="SHOP_")
        topic: str = "default"

    class OldPrefixed(BaseSettings):
        topic: str = "default"
        class Config:
            env_prefix = "SHOP_"

    class DictPrefixed(BaseSettings):
        model_config = {"env_prefix": "SHOP_"}
        topic: str = "default"

    class Child(Prefixed):
        more: str = "more-default"

    class Deeper(BaseModel):
        topic: str = "deep-default"

    class Nested(BaseModel):
        topic: str = "nested-default"
        deeper: Deeper = Deeper()

    class Outer(BaseSettings):
        model_config = SettingsConfigDict(env_nested_delimiter="__")
        app: Nested = Nested()
        spare: Nested = Nested()
        annotated: Nested

    class Undelimited(BaseSettings):
        app: Nested = Nested()

    class NotSettings(BaseModel):
        topic: str = "default"

    settings = Plain()
    def get_settings() -> Plain:
        return Plain()
"""


@pytest.mark.parametrize(
    ("expression", "deployed", "bare"),
    [
        ("settings.topic", "deployed", "default"),
        ("Plain().topic", "deployed", "default"),
        ("get_settings().topic", "deployed", "default"),
        ("settings.described", "described-default", "described-default"),
        ("settings.keyword", "keyword-default", "keyword-default"),
        ("settings.made", "made-default", "made-default"),
        ("settings.aliased", "deployed", "alias-default"),
        ("settings.validated", "deployed", "alias-default"),
        ("settings.other", "lower", "other-default"),
        ("settings.full", "deployed.full", "default.full"),
        ("Prefixed().topic", "prefixed", "default"),
        ("OldPrefixed().topic", "prefixed", "default"),
        ("DictPrefixed().topic", "prefixed", "default"),
        ("Child().topic", "prefixed", "default"),
        ("Child().more", "more-default", "more-default"),
        ("Outer().app.topic", "nested", "nested-default"),
        ("Outer().app.deeper.topic", "deep", "deep-default"),
        ("Outer().annotated.topic", "annotated", "nested-default"),
        ("Outer().spare.topic", "nested-default", "nested-default"),
        ("Outer(app=Nested(topic='given')).app.topic", "given", "given"),
        ("Undelimited().app.topic", "nested-default", "nested-default"),
        ("Plain(topic=unknown()).topic", "? comes from `lib.unknown()`", "? comes from `lib.unknown()`"),
        ("NotSettings().topic", "default", "default"),
        ("Plain(topic='given').topic", "given", "given"),
        ("settings.choices", "deployed", "alias-default"),
        ("str(settings.address)", UNSET.format("ADDRESS"), UNSET.format("ADDRESS")),
        ("settings.client.topic", "? comes from `lib.Client().topic`", "? comes from `lib.Client().topic`"),
        ("settings.required", UNSET.format("REQUIRED"), UNSET.format("REQUIRED")),
    ],
)
def test_fields_of_settings_classes_are_variables(expression: str, deployed: str, bare: str) -> None:
    assert (value_of(expression, SETTINGS, DEPLOYED), value_of(expression, SETTINGS)) == ({deployed}, {bare})


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("settings.absent", "comes from `Plain.absent`"),
        ("settings", "an object of `Plain`"),
        ("NotSettings().absent", "comes from `NotSettings.absent`"),
    ],
)
def test_settings_without_such_a_field_are_unknown(expression: str, reason: str) -> None:
    assert value_of(expression, SETTINGS, DEPLOYED) == {f"? {reason}"}


DJANGO = {
    "shop/__init__.py": "",
    "shop/settings/__init__.py": "",
    "shop/settings/base.py": """
            import os
            INSTALLED_APPS = []
            TOPIC = os.getenv('TOPIC', 'base')
            TABLE = {'placed': 'order-placed'}
            """,
    "shop/settings/prod.py": "from .base import *\nTOPIC = 'prod'\n",
    "manage.py": "import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings.base')\n",
}


@pytest.mark.parametrize(
    ("expression", "environment", "expected"),
    [
        ("settings.TOPIC", {}, "base"),
        ("settings.TOPIC", {"TOPIC": "deployed"}, "deployed"),
        ("settings.TOPIC", {"DJANGO_SETTINGS_MODULE": "shop.settings.prod"}, "prod"),
        ("settings.TABLE['placed']", {}, "order-placed"),
        ("settings.TABLE['placed']", {"DJANGO_SETTINGS_MODULE": "shop.settings.prod"}, "order-placed"),
        ("getattr(settings, 'TOPIC', 'x')", {}, "base"),
        ("getattr(settings, 'ABSENT', 'fallback')", {}, "fallback"),
        ("settings.ABSENT", {}, "? comes from `django.conf.settings.ABSENT`"),
        ("settings.TABLE['absent']", {}, "? no entry 'absent' in the mapping"),
    ],
)
def test_django_settings_come_from_the_module_in_use(expression: str, environment: dict[str, str], expected: str) -> None:
    files = {**DJANGO, "shop/app.py": f"import bus\nfrom django.conf import settings\nbus.publish({expression})\n"}
    assert channels(files, service("main", ".", **environment)) == [expected]


def test_services_that_share_code_have_their_own_environments() -> None:
    files = {
        "libs/common.py": "import os, bus\nTOPIC = os.environ['TOPIC']\ndef announce():\n    bus.publish(TOPIC)\n",
        "one/main.py": "import common\ncommon.announce()\n",
        "two/main.py": "import common\ncommon.announce()\n",
        "three/main.py": "import common\ncommon.announce()\n",
    }
    services = service("one", "one", TOPIC="first"), service("three", "three"), service("two", "two", TOPIC="second")
    assert channels(files, *services) == ["first", UNSET.format("TOPIC"), "second"]


def test_services_that_share_a_settings_class_have_their_own_environments() -> None:
    settings = """
            from pydantic_settings import BaseSettings
            class S(BaseSettings):
                topic: str = 'default'
            settings = S()
            """
    main = "import bus\nfrom settings import settings\nbus.publish(settings.topic)\n"
    files = {"libs/settings.py": settings, "one/main.py": main, "two/main.py": main}
    assert channels(files, service("one", "one", TOPIC="first"), service("two", "two")) == ["first", "default"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("class Config:\n    TOPIC = os.getenv('TOPIC', 'd')\nbus.publish(Config.TOPIC)", "deployed"),
        ("""
            class Config:
                def __init__(self):
                    self.topic = os.environ['TOPIC']
            bus.publish(Config().topic)
            """, "deployed"),
        ("config = {'topic': os.getenv('TOPIC')}\nbus.publish(config['topic'])", "deployed"),
        ("def topic():\n    return os.environ['TOPIC']\nbus.publish(topic())", "deployed"),
        ("bus.publish(Later.TOPIC)\nclass Later:\n    TOPIC = os.getenv('TOPIC')", "deployed"),
        ("os.environ['MADE'] = 'here'\nbus.publish(os.environ['MADE'])", "here"),
    ],
)  # fmt: skip
def test_settings_are_read_through_code(source: str, expected: str) -> None:
    assert channels(lines("import bus, os", source), DEPLOYED) == [expected]


SECTIONS = """
    import lib
    from pydantic import BaseModel
    class Mail(BaseModel):
        topic: str
        host: str = "localhost"
    class Other(BaseModel):
        topic: str
    class Model(BaseModel):
        mail: Mail
        other: Other
        topic: str
    class Config(Model):
        def __init__(self, path=None):
            super().__init__(**lib.merged(path))
    config = Config()
"""


@pytest.mark.parametrize(
    ("expression", "environment", "expected"),
    [
        ("config.mail.topic", {"SHOP_MAIL_TOPIC": "letters"}, {"letters"}),
        ("config.mail.topic", {"SHOP_MAIL__TOPIC": "letters"}, {"letters"}),
        ("config.mail.host", {"SHOP_MAIL_HOST": "mail"}, {"mail"}),
        ("config.mail.host", {"SHOP_OTHER_HOST": "mail"}, {"localhost"}),
        ("config.mail.topic", {"SHOP_TOPIC": "letters"}, set()),
        ("config.mail.topic", {"SHOPMAIL_TOPIC": "letters"}, set()),
        ("config.mail.topic", {"SHOP_MAIL_TOPIC": "letters", "YARD_MAIL_TOPIC": "parcels"}, set()),
        ("config.other.topic", {"SHOP_MAIL_TOPIC": "letters"}, set()),
        ("config.topic", {"SHOP_MAIL_TOPIC": "letters"}, set()),
        ("Mail(topic='given').topic", {"SHOP_MAIL_TOPIC": "letters"}, {"given"}),
        ("Mail(**lib.read()).host", {"SHOP_MAIL_HOST": "mail"}, {"localhost"}),
    ],
)
def test_a_variable_that_ends_with_section_and_field_fills_what_nobody_follows(
    expression: str, environment: dict[str, str], expected: set[str]
) -> None:
    found = value_of(expression, SECTIONS, service("main", **environment))
    assert {f for f in found if not f.startswith("? ")} == expected

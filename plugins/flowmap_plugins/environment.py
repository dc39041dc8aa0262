"""Environment variables and the settings libraries around them: what is read, under which name, with which default; options that
code registers, and options of commands."""

from flowmap.plugin_api import (
    CommandOptions,
    Const,
    EnvironmentRead,
    FileSettings,
    FirstOf,
    Format,
    Gives,
    Maker,
    Plugin,
    RegisteredOptions,
    SettingsBase,
    arg,
    keyword,
)

_SETTINGS = (
    "pydantic_settings.BaseSettings",
    "pydantic.BaseSettings",
    "pydantic.v1.BaseSettings",
    "pydantic_settings.main.BaseSettings",
)
_TEXTS = (
    "AmqpDsn AnyHttpUrl AnyUrl AnyWebsocketUrl EmailStr FileUrl FtpUrl HttpUrl KafkaDsn MongoDsn MySQLDsn NatsDsn PostgresDsn "
    "RedisDsn SecretStr WebsocketUrl"
).split()
_PORT, _PATH = FirstOf((Format(":{}", (keyword("port"),)), Const(""))), FirstOf((keyword("path"), Const("")))
_BUILT = Format("{}://{}{}/{}", (keyword("scheme"), keyword("host"), _PORT, _PATH))
"""What the address types of pydantic put together, who put the slash before a path themselves."""
_ENVIRON = ("str", "int", "bool", "float", "url", "json", "get_value")

_COMMANDS = tuple(f"{home}{name}Command" for home in ("", "base.") for name in ("Base", "App", "Label"))
_CAST = FirstOf((keyword("cast"), arg(1)))
_LIKE_CLICK = ("asyncclick", "cloup", "djclick", "rich_click")
_LISTS = ("decouple.Csv", "starlette.datastructures.CommaSeparatedStrings")

PLUGIN = Plugin(
    name="environment",
    roots=(),
    gives=tuple(
        Gives(f"{module}.{name}.build()", _BUILT)
        for module in ("pydantic", "pydantic.networks")
        for name in _TEXTS
        if name.endswith(("Url", "Dsn"))
    ),
    aliases={
        "os.environb": "os.environ",
        "decouple.AutoConfig": "decouple.Config",
        **{f"{other}.{kind}": f"click.{kind}" for other in _LIKE_CLICK for kind in ("option", "argument")},
    },
    types={"everett.manager.ConfigManager.basic_config()": "everett.manager.ConfigManager"},
    reads=(
        EnvironmentRead("os.environ[]", arg(0)),
        EnvironmentRead("os.environ.get()", arg(0, "key"), arg(1, "default")),
        EnvironmentRead("os.environ.setdefault()", arg(0, "key"), arg(1, "default")),
        EnvironmentRead("os.environ.pop()", arg(0, "key"), arg(1, "default")),
        EnvironmentRead("os.getenv()", arg(0, "key"), arg(1, "default")),
        EnvironmentRead(
            "starlette.config.Config.__call__()",
            arg(0, "key"),
            FirstOf((keyword("default"), arg(2))),
            cast=_CAST,
            list_casts=_LISTS,
        ),
        EnvironmentRead("decouple.config()", arg(0, "option"), keyword("default"), cast=_CAST, list_casts=_LISTS),
        EnvironmentRead("decouple.Config.__call__()", arg(0, "option"), keyword("default"), cast=_CAST, list_casts=_LISTS),
        EnvironmentRead("everett.manager.ConfigManager.__call__()", arg(0, "key"), FirstOf((keyword("default"), arg(2)))),
        EnvironmentRead("dotenv.dotenv_values()[]", arg(0)),
        EnvironmentRead("dotenv.dotenv_values().get()", arg(0), arg(1)),
        EnvironmentRead("environ.Env.__call__()", arg(0, "var"), keyword("default")),
        *(EnvironmentRead(f"environ.Env.{kind}()", arg(0, "var"), FirstOf((keyword("default"), arg(1)))) for kind in _ENVIRON),
        EnvironmentRead("environ.Env.list()", arg(0, "var"), keyword("default"), listed=True),
        EnvironmentRead("environs.Env.list()", arg(0), arg(1, "default"), listed=True),
        EnvironmentRead("environs.Env.__call__()", arg(0), arg(1, "default"), Maker(keyword("prefix"))),
        *(EnvironmentRead(f"environs.Env.{kind}()", arg(0), arg(1, "default")) for kind in _ENVIRON),
    ),
    settings=tuple(
        SettingsBase(
            base,
            prefix_keys=("env_prefix",),
            alias_keys=("validation_alias", "alias", "env"),
            delimiter_keys=("env_nested_delimiter",),
            file_keys=("yaml_file", "toml_file", "json_file"),
            texts=frozenset(f"{home}.{name}" for home in ("pydantic", "pydantic.networks") for name in _TEXTS),
        )
        for base in _SETTINGS
    ),
    declaring=(
        RegisteredOptions(
            root="oslo_config.cfg.CONF",
            kinds="oslo_config.cfg.*Opt",
            one=("register_opt", "register_cli_opt"),
            several=("register_opts", "register_cli_opts"),
            variable="OS_{group}__{name}",
            unnamed="DEFAULT",
        ),
        *(
            FileSettings(
                f"dynaconf.{maker}",
                "dynaconf.settings",
                files=FirstOf((keyword("settings_files"), keyword("settings_file"), keyword("SETTINGS_FILE_FOR_DYNACONF"))),
                usual=("settings.toml", "settings.yaml", "settings.yml", "settings.json"),
                sections=("default", "development"),
                prefix=FirstOf((keyword("envvar_prefix"), keyword("ENVVAR_PREFIX_FOR_DYNACONF"), Const("DYNACONF"))),
            )
            for maker in ("Dynaconf", "LazySettings")
        ),
        FileSettings(
            "configloader.ConfigLoader",
            reading=("update_from_yaml_file", "update_from_json_file"),
            prefixing="update_from_env_namespace",
        ),
        *(CommandOptions(f"django.core.management.{base}", "handle", "add_arguments") for base in _COMMANDS),
    ),
)

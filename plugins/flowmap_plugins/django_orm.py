"""Django's models as what a service keeps: every write is a transaction of its own unless it stands in `atomic`."""

from collections.abc import Iterator

from flowmap.plugin_api import Const, Does, Effects, EnvironmentRead, FirstOf, Passes, Plugin, arg, keyword

_OWNERS = (
    "django.db.models.Model",
    "django.db.models.Manager",
    "django.db.models.QuerySet",
    "django.db.models.ForeignKey",
    "django.db.models.OneToOneField",
    "django.contrib.auth.models",
    "django.contrib.auth.base_user",
    "django.contrib.auth.get_user_model()",
)
_WRITES = ("save", "create", "bulk_create", "bulk_update")
_REPEATABLE = ("delete", "get_or_create", "update_or_create")
_READS = ("exists", "first", "last")
_SERIALIZERS = ("rest_framework.serializers.ModelSerializer", "django.forms.ModelForm")


def _writes() -> Iterator[Effects]:
    for owner in _OWNERS:
        for method in (*_WRITES, *_REPEATABLE):
            for name in (method, f"a{method}"):
                yield Effects(
                    target=f"{owner}**.{name}",
                    does=Does.WRITES,
                    lasts=True,
                    repeatable=method in _REPEATABLE,
                    adds=method == "create",
                )
        for manager in ("()", ".objects"):  # else it may be a mapping's
            yield Effects(target=f"{owner}**{manager}.update", does=Does.WRITES, lasts=True)
            yield Effects(target=f"{owner}**{manager}.aupdate", does=Does.WRITES, lasts=True)
        for method in _READS:
            yield Effects(target=f"{owner}**().{method}", does=Does.READS)
        yield Effects(target=f"{owner}**.objects.get", does=Does.READS)


PLUGIN = Plugin(
    name="django-orm",
    roots=("django",),
    passes=(Passes("dj_database_url.parse", arg(0, "url")),),
    reads=tuple(
        EnvironmentRead(path, FirstOf((name, Const("DATABASE_URL"))), keyword("default"))
        for path, name in (
            ("dj_database_url.config()", arg(0, "env")),
            ("environ.Env.db()", arg(0, "var")),
            ("environ.Env.db_url()", arg(0, "var")),
            ("environs.Env.dj_db_url()", arg(0)),
        )
    ),
    effects=(
        Effects(target="django.conf.settings.DATABASES", does=Does.OPENS, form="setting"),
        *_writes(),
        *(Effects(target=f"{s}**.save", does=Does.WRITES, lasts=True) for s in _SERIALIZERS),
        Effects(target="django.db.transaction.atomic()", does=Does.BEGINS, form="context", lasts=True),
        Effects(target="django.db.transaction.atomic", does=Does.BEGINS, form="decorator", lasts=True),
        Effects(target="django.db.transaction.on_commit", does=Does.DEFERS),
        Effects(target="django.db.transaction.on_commit", does=Does.DEFERS, form="decorator"),
    ),
)

"""SQLAlchemy, Flask-SQLAlchemy and SQLModel as what a service keeps: a session collects, a commit makes it last."""

from collections.abc import Iterator

from flowmap.plugin_api import Does, Effects, Plugin, arg

_SESSIONS = (
    "sqlalchemy.orm.Session",
    "sqlalchemy.orm.scoped_session()",
    "sqlalchemy.ext.asyncio.async_scoped_session()",
    "flask_sqlalchemy.SQLAlchemy.session",
    "sqlmodel.Session",
    "nameko_sqlalchemy.DatabaseSession",
    "nameko_sqlalchemy.Database.get_session()",
    "sqlmodel.ext.asyncio.session.AsyncSession",
)
_CONNECTIONS = ("sqlalchemy.Connection", "sqlalchemy.Engine")
_ENGINES = ("sqlalchemy.create_engine", "sqlmodel.create_engine", "sqlalchemy.ext.asyncio.create_async_engine")
_KINDS = ("insert", "update", "delete")
_NAMES = ("session", "_session", "db_session", "async_session", "db", "sess")
"""What sessions are called where nothing says what they are."""
_MAKERS = ("sqlalchemy", "sqlalchemy.sql", "sqlalchemy.dialects.postgresql", "sqlalchemy.Table", "sqlmodel")
_STATEMENTS = tuple(f"{maker}.{kind}()" for maker in _MAKERS for kind in _KINDS)
_TRANSACTIONS = (
    *(f"{s}.{begin}" for s in _SESSIONS for begin in ("begin()", "begin_nested()")),
    "sqlalchemy.orm.sessionmaker().begin()",
    "sqlalchemy.Engine.begin()",
    "sqlalchemy.Connection.begin()",
)


def _of_session(session: str) -> Iterator[Effects]:
    yield Effects(target=f"{session}.add", does=Does.WRITES, adds=True, about=arg(0, "instance"))
    yield Effects(target=f"{session}.add_all", does=Does.WRITES)
    yield Effects(target=f"{session}.merge", does=Does.WRITES, repeatable=True, about=arg(0, "instance"))
    yield Effects(target=f"{session}.delete", does=Does.WRITES, about=arg(0, "instance"))
    yield Effects(target=f"{session}.bulk_save_objects", does=Does.WRITES)
    yield Effects(target=f"{session}.bulk_insert_mappings", does=Does.WRITES, about=arg(0, "mapper"))
    yield Effects(target=f"{session}.bulk_update_mappings", does=Does.WRITES, about=arg(0, "mapper"))
    yield Effects(target=f"{session}.query**().update", does=Does.WRITES)
    yield Effects(target=f"{session}.query**().delete", does=Does.WRITES)
    yield Effects(target=f"{session}.query**().first", does=Does.READS)
    yield Effects(target=f"{session}.get", does=Does.READS, about=arg(0, "entity"))
    yield Effects(target=f"{session}.commit", does=Does.COMMITS, lasts=True, called=_NAMES)


PLUGIN = Plugin(
    name="sqlalchemy",
    roots=("sqlalchemy", "sqlmodel", "flask_sqlalchemy", "nameko_sqlalchemy"),
    effects=(
        *(e for session in _SESSIONS for e in _of_session(session)),
        *(
            Effects(target=f"{owner}.execute", does=Does.WRITES, statements=_STATEMENTS, about=arg(0, "statement"))
            for owner in (*_SESSIONS, *_CONNECTIONS)
        ),
        *(Effects(target=f"{c}.commit", does=Does.COMMITS, lasts=True) for c in _CONNECTIONS),
        *(Effects(target=t, does=Does.BEGINS, form="context", lasts=True) for t in _TRANSACTIONS),
        *(Effects(target=maker, does=Does.OPENS, about=arg(0, "url")) for maker in _ENGINES),
        Effects(target="SQLALCHEMY_DATABASE_URI", does=Does.OPENS, form="setting"),
    ),
)

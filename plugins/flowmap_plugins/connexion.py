"""connexion: the routes are the operations of an API document, each with the dotted name of the function that answers it, or what
follows from its path. They stand where the document says so."""

from collections.abc import Iterator

from flowmap.plugin_api import Context, Document, Found, Handler, Operation, Plugin, Role, Wiring

_APPS = ("connexion.FlaskApp", "connexion.AsyncApp", "connexion.AioHttpApp", "connexion.FlaskApi")
_RESTY = {"connexion.resolver.RestyResolver", "connexion.RestyResolver"}


def operations(context: Context) -> list[Wiring]:
    """The operations of the documents that `add_api` is given and whose functions are there; of all that the code names where it is
    not known which."""
    found: dict[Wiring, None] = {}
    for callee, call in context.calls("add_api"):
        if callee.names() & {f"{app}.add_api" for app in _APPS}:
            for document in _given(context, call):
                found.update(dict.fromkeys(_served(context, call, document)))
    return list(found)


def _given(context: Context, call: Found) -> list[Document]:
    names = {text.replace("\\", "/").rpartition("/")[2] for text in call.argument(0, "specification").texts()}
    known = [d for d in context.documents() if d.path.rpartition("/")[2] in names]
    return known if names else list(context.documents())


def _served(context: Context, call: Found, document: Document) -> Iterator[Wiring]:
    bases = call.argument(None, "base_path").texts() or [document.base]
    resolver = call.argument(None, "resolver")
    modules = resolver.texts() or (resolver.argument(0, "default_module_name").texts() if resolver.names() & _RESTY else [])
    for operation in document.operations:
        handler = _handler(context, operation, modules)
        where = (operation.location.path, operation.location.line, operation.location.end_line)
        for base in bases if handler is not None else ():
            path = f"{operation.method} {base.rstrip('/')}{operation.path}"
            yield Wiring(Role.SERVE, "http", where, operation=path, handler=handler)


def _handler(context: Context, operation: Operation, modules: list[str]) -> Handler | None:
    names = [operation.target] if operation.target else [_by_path(operation, module) for module in modules]
    return next((h for name in names for h in _named(context, name)), None)


def _by_path(operation: Operation, module: str) -> str:
    """`GET /orders/{id}/items` is `<module>.orders.items.search`, `GET /orders/{id}` is `<module>.orders.get`."""
    pieces = [p for p in operation.path.split("/") if p]
    fixed = [p.replace("-", "_") for p in pieces if not p.startswith("{")]
    whole = operation.method == "GET" and bool(fixed) and not pieces[-1].startswith("{")
    owner = operation.controller or ".".join((module, *fixed))
    return f"{owner}.{'search' if whole else operation.method.lower()}"


def _named(context: Context, dotted: str) -> list[Handler]:
    """The function of a dotted name, which may lie in a class."""
    pieces = dotted.split(".")
    for end in range(len(pieces) - 1, 0, -1):
        found = context.module(".".join(pieces[:end]))
        if found is not None:
            for piece in pieces[end:]:
                found = found.get(piece)
            return found.handlers()
    return []


PLUGIN = Plugin(
    name="connexion",
    roots=("connexion",),
    transport="http",
    aliases={
        "connexion.App": "connexion.FlaskApp",
        "connexion.apps.asynchronous.AsyncApp": "connexion.AsyncApp",
        "connexion.apps.flask.FlaskApp": "connexion.FlaskApp",
        "connexion.apps.flask_app.FlaskApp": "connexion.FlaskApp",
    },
    recognise=operations,
)

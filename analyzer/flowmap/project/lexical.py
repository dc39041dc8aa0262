"""What the bytes of a Python file say at a glance: does it run, does it serve, does it talk to others, what does it import.

Patterns over lines, no parser: discovery must be cheap on large repositories and must survive code of any Python version. The
answers decide only which files look like programs; nothing about flows is concluded from them.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_GUARD = re.compile(rb"^if\s+\(?\s*(__name__\s*==\s*[\"']__main__[\"']|[\"']__main__[\"']\s*==\s*__name__)", re.MULTILINE)
_APPLICATION = re.compile(
    rb"^\s*(?:self\.)?\w+\s*(?::[^=\n]+)?=\s*(?:await\s+)?(?:[\w.]+\.)?"
    rb"(?:FastAPI|FastStream|Flask|APIFlask|OpenAPI|Quart|Sanic|Starlette|Litestar|Celery|Faust|FunctionApp|Chalice|Robyn|BlackSheep|Bottle"
    rb"|Application|App|Typer)\(|^application\s*=",
    re.MULTILINE,
)
_SERVING = re.compile(
    rb"\.run_app\(|uvicorn\.run\(|uvicorn\.Server\(|hypercorn\.|\bapp\.run\(|\.serve_forever\(|\.start_consuming\(|\.run_forever\("
    rb"|\.wait_for_termination\(|\bwsgi(?:ref)?\.|make_server\(|\.start_server\(|service\.serve\(|\.listen\(|HTTPServer\(|start_http_server\("
    rb"|serve\(|\.(?:start|run)\(wait=True\)|asyncio\.Event\(\)\.wait\(|\.wait\(\)|rclpy\.init\(|rospy\.init_node\(",
)
_IMPORT = re.compile(
    rb"^[ \t]*(?:from[ \t]+(\.*[\w.]*)[ \t]+import[ \t]*(?:\(([^()]*)|([^#\n]*))|import[ \t]+([\w., \t]+))", re.MULTILINE
)
_REMARK = re.compile(rb"#[^\n]*")
_HANDLER = re.compile(
    rb"^(?:async )?def (\w*handler|handle|main|lambda_\w+)\("
    rb"\s*_?(?:event|evt|req|request|msg|message)\w*\s*(?::[^,)]+)?,\s*_?(?:context|ctx)\b",
    re.MULTILINE,
)
_SERVICE = re.compile(rb"^class\s+\w+\b[^\n]*:[ \t]*\n(?:(?:[ \t][^\n]*)?\n){0,12}?[ \t]{1,16}name\s*=\s*[rub]?[\"']", re.MULTILINE)
# Frameworks whose command runs the classes of services that a file has.
_HOSTING = frozenset({"nameko", "tomodachi"})
_AZURE = re.compile(rb"^(?:async )?def main\([^)]*\bfunc\.", re.MULTILINE)
_PORTS = re.compile(
    rb"(?:\.run|\.run_app|\.Server|\.Config|serve|\.listen|make_server|HTTPServer|TServerSocket|add_insecure_port|add_secure_port|TCPSite|\.bind)\("
    rb"[^()\n]*(?:\([^()\n]*\)[^()\n]*)??(?:port\s*=\s*|[\[\"':\]]:|,\s*)(\d{4,5})\b"
)
_PORT_NAME = re.compile(
    rb"^\s*(?:SERVER_|APP_|HTTP_|LISTEN_)?PORT\s*(?::\s*int\s*)?=\s*(?:int\()?[^\n#]*?\b(\d{4,5})\b", re.MULTILINE | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Facts:
    """`imports` are dotted names as written; a leading dot stands for a relative import. A file `talks` that imports a library by
    which programs talk to others."""

    guarded: bool
    application: bool
    serving: bool
    handler: bool
    talks: bool
    imports: frozenset[str]

    @property
    def runs(self) -> bool:
        """Whether the file, by the look of it, is started as or serves as a program."""
        return self.guarded or self.application or self.handler


def facts_of(content: bytes, talking: frozenset[str]) -> Facts:
    """What a file says; `talking` are the names of libraries by which programs talk to others."""
    imports = frozenset(imported_names(content))
    return Facts(
        guarded=bool(_GUARD.search(content)),
        application=bool(_APPLICATION.search(content)) or _is_hosted(content, imports),
        serving=bool(_SERVING.search(content)),
        handler=bool(_HANDLER.search(content) or _AZURE.search(content)),
        talks=any(name.partition(".")[0] in talking for name in imports),
        imports=imports,
    )


def _is_hosted(content: bytes, imports: frozenset[str]) -> bool:
    """Whether the file has a class of a service that is run by the command of a framework: one that says its name."""
    return any(name.partition(".")[0] in _HOSTING for name in imports) and bool(_SERVICE.search(content))


def imported_names(content: bytes) -> Iterator[str]:
    """The dotted names in the imports of a file: modules, and with their module the names taken from them; a leading dot stands for
    a relative import."""
    for match in _IMPORT.finditer(content):
        if match[4] is not None:
            yield from (words[0] for name in match[4].decode(errors="replace").split(",") if (words := name.split()))
            continue
        module = match[1].decode(errors="replace")
        yield module
        listed = _REMARK.sub(b"", match[2] if match[2] is not None else match[3])
        for name in listed.decode(errors="replace").split(","):
            if words := name.rstrip("\\ ").split():
                yield f"{module}{words[0]}" if module.endswith(".") else f"{module}.{words[0]}"


def is_django(content: bytes) -> bool:
    """Whether a manage.py is the one that Django makes."""
    return b"DJANGO_SETTINGS_MODULE" in content or b"execute_from_command_line" in content


def ports_in(content: bytes) -> tuple[tuple[int, int], ...]:
    """Ports that the file listens on, by the look of it, each with its line; the surest first."""
    found: dict[int, int] = {}
    for pattern in (_PORTS, _PORT_NAME):
        for match in pattern.finditer(content):
            found.setdefault(int(match[1]), content.count(b"\n", 0, match.start(1)) + 1)
        if found:
            break
    return tuple(found.items())


def acts(content: bytes) -> bool:
    """Whether importing the file would do something: a loop, a call for its effect, an await at module level."""
    try:
        tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return any(_does_something(statement) for statement in tree.body)


# Calls for their effect that modules of libraries make as well.
_PREPARING = frozenset({
    "add", "addHandler", "add_exception_handler", "add_middleware", "add_resource", "append", "autodiscover_tasks",
    "basicConfig", "config_from_object", "configure", "create_all", "dictConfig", "disable_warnings", "extend",
    "filterwarnings", "getLogger", "include_router", "init", "init_app", "insert", "instrument", "instrument_app",
    "load_dotenv", "monkey_patch", "mount", "patch_all", "register", "register_blueprint", "setLevel", "set_option",
    "setdefault", "setup", "simplefilter", "update", "use",
})  # fmt: skip


def _does_something(statement: ast.stmt) -> bool:
    match statement:
        case ast.While() | ast.AsyncFor() | ast.AsyncWith():
            return True
        case ast.For() | ast.With():
            return any(_does_something(s) for s in statement.body)
        case ast.Try():
            return any(_does_something(s) for s in statement.body)
        case ast.Expr(value=ast.Await()):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=receiver)))) if "log" in receiver.lower():
            return False
        case ast.Expr(value=ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name))):
            return name not in _PREPARING
        case _:
            return False

"""Nothing but `catalogue/outside` asks another machine: told from the source of every module."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Modules that open connections, or whose classes are made for it; a package stands for all in it.
CONNECTING = frozenset(
    "_socket aiohttp anyio asyncio boto3 ftplib http.client http.cookiejar http.server httpcore httpcore2 httplib2 "
    "httpx httpx2 imaplib multiprocessing.connection niquests nntplib obstore paramiko poplib pycurl requests "
    "smtplib socket socketserver ssl telnetlib trio urllib.request urllib3 waitress.wasyncore webbrowser websocket "
    "websockets wsgiref xmlrpc".split()
)
# Names that load a module whose name a reader of the source would have to guess.
LOADING = frozenset(("__import__", "import_module"))
OUTSIDE = "catalogue/outside/"
# Module → what it takes of them. Listening is not asking: only the site's own server may.
ALLOWED = {
    "catalogue/actions/owners.py": {"socket.gethostname"},
    "catalogue/cli/starting.py": {  # a datagram socket, to learn an address of its own: nothing is sent
        "socket.socket",
        "socket.AF_INET",
        "socket.SOCK_DGRAM",
    },
    "catalogue/actions/facts.py": {"import_module()"},  # the readers for the sandbox, by their rows in a table
    "catalogue/formats/loudness/ffmpeg.py": {"import_module()"},  # the extra that brings ffmpeg, by one fixed name
    "catalogue/sandbox/inside.py": {"import_module()"},  # the same, within the sandbox
    "web/channel.py": {"socket.SOL_SOCKET", "socket.SO_LINGER"},
    "web/listener.py": {"socket.socket"},  # an accepted connection's type
    "web/loop.py": {"waitress.wasyncore.read", "waitress.wasyncore.write"},  # for connections that came in
    "web/segments.py": {"socket.socket"},
    "web/server.py": {
        "socket.socket",
        "socket.getaddrinfo",  # of the address to listen on
        "socket.SOCK_STREAM",
        "socket.AI_PASSIVE",
        "socket.SOL_SOCKET",
        "socket.SO_REUSEADDR",
        "waitress.wasyncore.close_all",
    },
}


@cache
def all_taken() -> dict[str, set[str]]:
    """Module → what it takes, for every module of the project."""
    paths = (path for folder in ("catalogue", "web") for path in sorted((ROOT / folder).rglob("*.py")))
    return {path.relative_to(ROOT).as_posix(): taken(ast.parse(path.read_text(encoding="utf-8"))) for path in paths}


def is_connecting(name: str) -> bool:
    """Whether a dotted name is one of the modules, or in one."""
    parts = name.split(".")
    return any(".".join(parts[:count]) in CONNECTING for count in range(1, len(parts) + 1))


def imported(node: ast.AST) -> Iterator[tuple[str, str]]:
    """What a node imports: the dotted name, and the name it has in the module."""
    if isinstance(node, ast.Import):
        yield from ((one.name, one.asname or one.name) for one in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield from ((f"{node.module}.{one.name}", one.asname or one.name) for one in node.names)


def taken(tree: ast.AST) -> set[str]:
    """What a module takes of modules that connect; an import that is used as a whole counts as the whole."""
    nodes = list(ast.walk(tree))
    names = {here: name for node in nodes for name, here in imported(node) if is_connecting(name)}
    owned = [(dotted_owner(node), node) for node in nodes if names and isinstance(node, ast.Attribute)]
    used = {f"{names[dotted]}.{node.attr}" for dotted, node in owned if dotted in names}
    plain = {name for name in names.values() if not any(one.startswith(f"{name}.") for one in used)}
    loaded = {f"{loader}()" for node in nodes for loader in [loads(node)] if loader}
    return used | plain | loaded


def dotted_owner(node: ast.Attribute) -> str:
    """What stands before the last dot: `http.client` of `http.client.HTTPConnection`; "" where it is no name."""
    owner, parts = node.value, list[str]()
    while isinstance(owner, ast.Attribute):
        parts.append(owner.attr)
        owner = owner.value
    return ".".join(reversed([*parts, owner.id])) if isinstance(owner, ast.Name) else ""


def loads(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    is_plain = bool(node.args) and isinstance(node.args[0], ast.Constant) and not is_connecting(str(node.args[0].value))
    return name if name in LOADING and not is_plain else None


def test_only_outside_asks_another_machine():
    found = {path: names - ALLOWED.get(path, set()) for path, names in all_taken().items()}
    assert {path: names for path, names in found.items() if names and not path.startswith(OUTSIDE)} == {}


def test_nothing_is_excused_that_is_not_done():
    assert {path: names - all_taken()[path] for path, names in ALLOWED.items()} == {path: set() for path in ALLOWED}


def test_in_outside_one_module_connects_and_one_looks_up():
    sockets = {path: names for path, names in all_taken().items() if path.startswith(OUTSIDE)}
    connecting = {path for path, names in sockets.items() if "httpcore2.SyncBackend" in names}
    asking = {path for path, names in sockets.items() if "httpcore2.ConnectionPool" in names}
    plain = {path: {name for name in names if name.startswith("socket.")} for path, names in sockets.items()}
    assert (connecting, asking) == ({f"{OUTSIDE}backend.py"}, {f"{OUTSIDE}fetch.py"})
    assert {path: names for path, names in plain.items() if names} == {
        f"{OUTSIDE}guard.py": {"socket.getaddrinfo", "socket.SOCK_STREAM"}
    }


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("import socket\nsocket.create_connection(a)", {"socket.create_connection"}),
        ("import socket as s\ns.socket()", {"socket.socket"}),
        ("import socket", {"socket"}),
        ("from socket import create_connection as c", {"socket.create_connection"}),
        ("import http.client\nhttp.client.HTTPSConnection(a)", {"http.client.HTTPSConnection"}),
        ("from http import client", {"http.client"}),
        ("from http import HTTPStatus", set()),
        ("from urllib import request", {"urllib.request"}),
        ("from urllib.request import urlopen", {"urllib.request.urlopen"}),
        ("from urllib.parse import urlsplit", set()),
        ("def f():\n    import httpx2", {"httpx2"}),
        ("import importlib\nimportlib.import_module('socket')", {"import_module()"}),
        ("__import__(name)", {"__import__()"}),
        ("importlib.import_module('web.words')", set()),
        ("self.socket.send(data)", set()),
    ],
)
def test_what_a_module_takes_is_told_from_its_source(lines, names):
    assert taken(ast.parse(lines)) == names

"""Uploads that come oddly to a running server: cut at each megabyte, in chunks, a byte too long; nothing is left."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from serving import wait_until
from sounds import silent_mp3
from studios import PAGE, Studio

from web.studio.cookies import SESSION

MEGABYTE = 1024**2
WHOLE_MEGABYTES, FEW = 20, (3,)


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    opened = Studio(tmp_path_factory.mktemp("breaks"), silent_mp3(20, seed=1))
    with opened.running():
        opened.page = opened.ask("GET", PAGE).text  # type: ignore[attr-defined]
        yield opened


def found(studio: Studio, pattern: str) -> str:
    return re.search(pattern, studio.page)[1]  # type: ignore[attr-defined, index]


def spoken(studio: Studio, path: str, body: bytes, *headers: str, method: str = "POST", cut: bool = False) -> bytes:
    """Send a request as it is; gives what was answered, nothing where the line was cut."""
    token = found(studio, r'name="csrf" value="(\w+)"')
    lines = [f"{method} {path} HTTP/1.1", "Host: x", f"Cookie: {SESSION}={studio.cookie}", f"X-CSRF-Token: {token}"]
    head = "\r\n".join([*lines, "Connection: close", *headers]).encode() + b"\r\n\r\n"
    answer = b""
    with socket.create_connection(("127.0.0.1", studio.port), timeout=30) as line, suppress(ConnectionError):
        line.sendall(head + body)
        while not cut and (piece := line.recv(65536)):
            answer += piece
    return answer


def left(studio: Studio) -> list[Path]:
    return [path for path in studio.settings.upload_folder.rglob("*") if path.is_file()]


def cut_form(studio: Studio, megabytes: int) -> None:
    headers = (f"Content-Length: {WHOLE_MEGABYTES * MEGABYTE}", "Content-Type: multipart/form-data; boundary=x")
    begun = b'--x\r\nContent-Disposition: form-data; name="audio"; filename="a.mp3"\r\n\r\n'
    path = found(studio, r' action="([^"]+/upload/[^"]+)"')
    spoken(studio, path, begun + b"\0" * (megabytes * MEGABYTE - len(begun)), *headers, cut=True)
    wait_until(lambda: not left(studio), seconds=10, every=0.02)


@pytest.mark.parametrize("megabytes", FEW)
def test_a_form_that_breaks_off_leaves_nothing(studio, megabytes):
    cut_form(studio, megabytes)
    assert studio.episodes() == []


@pytest.mark.soak
def test_a_form_that_breaks_off_at_any_megabyte_leaves_nothing(studio):
    for megabytes in range(1, WHOLE_MEGABYTES):
        cut_form(studio, megabytes)
    assert studio.episodes() == []


@pytest.mark.parametrize("name", ["..", "CON", "a%00b", "n" * 300, "a\u0301", "\u00e1"])
def test_a_piece_that_breaks_off_is_gone_on_with_whatever_its_file_is_called(studio, name):
    content = silent_mp3(2, seed=2)
    where, form = found(studio, r'data-pieces="([^"]+)"'), "Content-Type: application/x-www-form-urlencoded"
    said = f"name={name}.mp3&size={len(content)}".encode()
    begun = spoken(studio, where, said, form, f"Content-Length: {len(said)}")
    address = re.search(rb'"address":"([^"]+)"', begun.replace(b" ", b""))[1].decode()  # type: ignore[index]
    piece = (f"Content-Length: {len(content)}", "Upload-Offset: 0")
    spoken(studio, address, content[:1000], *piece, method="PATCH", cut=True)
    assert b" 204 " in spoken(studio, address, content, *piece, method="PATCH").splitlines()[0]
    assert b" 204 " in spoken(studio, address, b"", "Content-Length: 0", method="DELETE").splitlines()[0]
    assert left(studio) == []


def test_chunks_with_a_length_beside_them_are_refused_and_leave_nothing(studio):
    path = found(studio, r' action="([^"]+/upload/[^"]+)"')
    body = b"5\r\nhello\r\n0\r\n\r\n"
    headers = ("Transfer-Encoding: chunked", "Content-Type: multipart/form-data; boundary=x")
    for more in ((), (f"Content-Length: {len(body)}",)):
        status = int(spoken(studio, path, body, *headers, *more).split()[1])
        assert 400 <= status < 500
    assert left(studio) == []

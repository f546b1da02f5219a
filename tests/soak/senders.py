"""What a browser sends to the pages of a running studio, and what the studio says, keeps and holds by it."""

from __future__ import annotations

import html
import http.client
import json
import re
import socket
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from serving import Process, wait_until
from studios import PAGE, Studio

from web.studio.cookies import SESSION

EPISODES = f"{PAGE.removesuffix('upload/')}episodes/"
PARTS = "multipart/form-data; boundary=x"
FORM = "application/x-www-form-urlencoded"
Answer = http.client.HTTPResponse


@dataclass(frozen=True)
class Page:
    """A page with a form for a file: its token, and where it is sent."""

    studio: Studio
    path: str
    text: str

    @classmethod
    def opened(cls, studio: Studio, path: str = PAGE) -> Page:
        answer = studio.ask("GET", path, Accept_Language=studio.language)
        assert answer.status == 200, answer.text
        return cls(studio, path, answer.text)

    @property
    def token(self) -> str:
        return re.search(r'name="csrf" value="(\w+)"', self.text)[1]

    @property
    def action(self) -> str:
        found = re.search(r' action="([^"]+/upload/[^"]+)"', self.text)
        return found[1] if found else self.path

    @property
    def pieces(self) -> str:
        return re.search(r'data-pieces="([^"]+)"', self.text)[1]

    def body(self, content: bytes, name: str = "a.mp3", *, field: str = "audio", **typed: str) -> bytes:
        texts = {"csrf": self.token, **typed}.items()
        parts = [(f'name="{named}"'.encode(), text.encode()) for named, text in texts]
        parts.append((f'name="{field}"; filename="{name}"'.encode(), content))
        return (
            b"".join(b"--x\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % one for one in parts) + b"--x--\r\n"
        )

    def send(self, content: bytes, name: str = "a.mp3", *, field: str = "audio", **typed: str) -> Answer:
        return self.studio.ask("POST", self.action, self.body(content, name, field=field, **typed), Content_Type=PARTS)

    def begin(self, name: str, size: int) -> str:
        """Announce a file; gives where its pieces go."""
        said = f"name={name}&size={size}".encode()
        answer = self.studio.ask("POST", self.pieces, said, Content_Type=FORM, X_CSRF_Token=self.token)
        assert answer.status == 201, answer.text
        return str(json.loads(answer.text)["address"])

    def piece(self, address: str, content: bytes, offset: int = 0) -> Answer:
        return self.studio.ask("PATCH", address, content, Upload_Offset=str(offset), X_CSRF_Token=self.token)

    def head(self, path: str, *more: str, method: str = "POST") -> bytes:
        lines = [f"{method} {path} HTTP/1.1", "Host: x", f"Cookie: {SESSION}={self.studio.cookie}", *more]
        return "\r\n".join([*lines, f"X-CSRF-Token: {self.token}", "Connection: close"]).encode() + b"\r\n\r\n"

    def talk(self, sent: Iterable[bytes], *, how: str = "whole") -> bytes:
        """Send as it is; then hear all (`whole`), end one's own side first (`half`), or hang up (`cut`)."""
        said = b""
        with socket.create_connection(("127.0.0.1", self.studio.port), timeout=60) as line, suppress(ConnectionError):
            for one in sent:
                line.sendall(one)
            if how == "half":
                line.shutdown(socket.SHUT_WR)
            while how != "cut" and (piece := line.recv(65536)):
                said += piece
        return said


def told(text: str) -> list[str]:
    """What a page says is wrong, at the field of its file."""
    found = re.findall(r'(?:class="problem" id="why"[^>]*|href="#field-audio"[^>]*)>([^<]+)', text)
    return [html.unescape(one) for one in found]


def library(studio: Studio) -> dict[str, bytes]:
    found = [path for path in studio.settings.library.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes() for path in found if path.name != "ledger.jsonl"}


def see_nothing_left(studio: Studio) -> None:
    """Nothing lies where uploads do, and the server answers."""
    wait_until(lambda: not list(studio.settings.upload_folder.glob("*")), seconds=10, every=0.02)
    assert studio.ask("GET", "/conversations/feed.xml").status == 200


def processes(pid: int) -> list[int]:
    """A process and all that it began."""
    began = (path.read_text().split() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    return [pid, *(one for numbers in began for number in numbers for one in processes(int(number)))]


def forget_peaks(server: Process) -> None:
    for pid in processes(server.pid):
        Path(f"/proc/{pid}/clear_refs").write_text("5")


def peaks_mib(server: Process) -> list[float]:
    """The most memory that the server and each process of it held since then."""
    found = []
    for pid in processes(server.pid):
        with suppress(FileNotFoundError, ProcessLookupError):
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            found += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return found

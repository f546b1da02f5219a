"""A studio that is served by the real command, and what is sent to it over a socket."""

from __future__ import annotations

import http.client
import json
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "web" / "studio"))

from actions.conftest import SHOW, _draw_in_advance
from producers import hashed_password
from serving import STARTED, Process, free_port, started, wait_until

from catalogue.actions.accounts.desk import Desk
from catalogue.actions.accounts.server_key import open_server_key
from catalogue.actions.accounts.sessions import begin_session, hash_token
from catalogue.config import Settings
from catalogue.domain.producers import LinkKind, OneTimeLink, Producer, Stage
from catalogue.domain.rights import ALL_SHOWS, Grant, Role
from catalogue.library.durable import is_leftover
from catalogue.store.index import open_index
from web.studio.cookies import SESSION

PAGE = "/studio/shows/conversations/upload/"
NAME, PIECES = "A talk.mp3", 4


@dataclass
class Studio:
    """A library with a studio on a port, and the cookie of somebody who may; each action is one word."""

    folder: Path
    sound: bytes
    port: int = field(default_factory=free_port)
    cookie: str = ""
    acknowledged: int = 0
    role: Role = Role.CONTRIBUTOR
    language: str = "en"

    def __post_init__(self) -> None:
        (self.settings.library).mkdir(parents=True, exist_ok=True)
        (self.settings.library / "show.toml").write_text(SHOW, encoding="utf-8")
        _draw_in_advance(self.settings.derived_folder)
        now = datetime.now(UTC)
        with closing(open_index(self.settings.store_url)) as index:
            for name, role in (("owner", Role.OWNER), ("ana", self.role)):
                link = OneTimeLink(
                    token_hash=hash_token(name), kind=LinkKind.INVITE, created_at=now,
                    grant=Grant(show_guid=ALL_SHOWS, role=role), expires_at=now + timedelta(days=1),
                )  # fmt: skip
                index.save_link(link)
                known = {"name": name, "shown_name": name, "language": self.language}
                person = Producer(**known, password=hashed_password(), created_at=now)
                person = index.add_producer(person, link_hash=link.token_hash, now=now)
            desk = Desk(accounts=index, key=open_server_key(self.settings))
            self.cookie = begin_session(desk, person, Stage.WHOLE, device="", now=now)

    @property
    def settings(self) -> Settings:
        return Settings(library=self.folder / "library", data=self.folder / "data")

    @contextmanager
    def running(self, *, kill_after: float | None = None, **more: str) -> Iterator[Process]:
        """Run the server, with more in its environment; it is killed at the end of the block, or so long after its
        beginning.
        """
        words = ("serve", "--library", self.settings.library, "--data", self.folder / "data", "--port", self.port)
        said = self.folder / "said"
        with said.open("wb") as file:
            process = started(self.folder, *words, stdout=file, stderr=file, **more)
        ended = threading.Event()
        killer = threading.Thread(target=lambda: (ended.wait(kill_after), process.kill()))
        try:
            wait_until(lambda: STARTED in said.read_text(), seconds=30, every=0.02)
            killer.start()
            yield process
        finally:
            ended.set()
            killer.join() if killer.ident else process.kill()
            process.wait()
        assert "Traceback" not in said.read_text(), said.read_text()

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> http.client.HTTPResponse:
        # Where the database was full, nobody could let go of a show: it is free when its lease is over (`leases.py`).
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=80)
        with closing(connection):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, {"Cookie": f"{SESSION}={self.cookie}", **named})
            answer = connection.getresponse()
            answer.text = answer.read().decode()  # type: ignore[attr-defined]
            return answer

    def send_pieces(self) -> http.client.HTTPResponse:
        """Send what has not come yet; what was acknowledged before a death must be there."""
        asked = self.ask("GET", PAGE)
        assert asked.status == 200, asked.text
        page = asked.text
        assert 'data-pieces="' in page, page
        token = {"X_CSRF_Token": re.search(r'name="csrf" value="([0-9a-f]+)"', page)[1]}
        where = re.search(r'data-pieces="([^"]+)"', page)[1]
        said = f"name={NAME}&size={len(self.sound)}".encode()
        first = self.ask("POST", where, said, Content_Type="application/x-www-form-urlencoded", **token)
        if first.status != 201:
            return first
        begun = json.loads(first.text)
        there = begun["offset"]
        assert there >= self.acknowledged or self.is_taken_up()
        while there < len(self.sound):
            piece = self.sound[there : there + len(self.sound) // PIECES + 1]
            answer = self.ask("PATCH", begun["address"], piece, Upload_Offset=str(there), **token)
            if answer.status != 204:
                return answer
            self.acknowledged = there = int(answer.headers["Upload-Offset"])
        return self.ask("POST", begun["address"], **token)

    def is_taken_up(self) -> bool:
        """Whether what was sent is an episode, and nothing of it lies where uploads do."""
        names = [path.name for path in self.settings.upload_folder.glob("*")]
        return self.episodes() == ["a-talk"] and all(name.startswith(("gone-", "form-")) for name in names)

    def send_form(self) -> http.client.HTTPResponse:
        page = self.ask("GET", PAGE).text
        assert "/upload/" in page, page
        token, action = (
            re.search(one, page)[1] for one in (r'name="csrf" value="(\w+)"', r' action="([^"]+/upload/[^"]+)"')
        )
        parts = ((b'name="csrf"', token.encode()), (f'name="audio"; filename="{NAME}"'.encode(), self.sound))
        body = b"".join(b"--x\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % part for part in parts)
        return self.ask("POST", action, body + b"--x--\r\n", Content_Type="multipart/form-data; boundary=x")

    def episodes(self) -> list[str]:
        """The folders of episodes; each file in them is whole, and each is a draft."""
        found = {path.parent for path in self.settings.library.rglob("*") if path.is_file()} - {self.settings.library}
        for folder in found:
            names = {path.name for path in folder.iterdir() if not is_leftover(path.name)}
            assert names in ({"episode.md", "audio.mp3"}, {"episode.md"}), names
            assert "draft: true" in (folder / "episode.md").read_text(encoding="utf-8")
            assert "audio.mp3" not in names or (folder / "audio.mp3").read_bytes() == self.sound
        return sorted(folder.name for folder in found)

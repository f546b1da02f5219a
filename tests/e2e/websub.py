"""A WebSub hub and a subscriber on this machine, as strict as the W3C's recommendation of 23 January 2018 lets them be.

The hub trusts nobody's word: it asks a subscriber whether it meant it (section 5.3), reads a feed that is said to have
changed itself, refuses one that does not name this hub and itself (section 4), and signs what it passes on (section 7).
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

LINK = re.compile(r'<([^>]*)>\s*;\s*rel="([^"]*)"')
SECONDS = 10


def ask(url: str, content: bytes | None = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask as any program does; with content it is a POST. Header names in small letters."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, data=content, headers=named)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, {name.lower(): value for name, value in error.headers.items()}, error.read()


def links_of(headers: dict[str, str]) -> dict[str, list[str]]:
    """Targets of the Link header by what they are."""
    found: dict[str, list[str]] = {}
    for target, kind in LINK.findall(headers.get("link", "")):
        found.setdefault(kind, []).append(target)
    return found


@contextmanager
def listening(handle: Any) -> Any:
    """A server on any port of this machine; `handle(method, target, headers, body)` gives status, headers and body."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, more, content = handle(self.command, self.path, headers, body)
            self.send_response(status)
            for name, value in {**more, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # who asked has hung up, as some tests want
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(SECONDS)


@dataclass
class Hub:
    """A hub at `url`; `told` are the feeds it was told of, `refused` why it passed some on to nobody."""

    url: str = ""
    told: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    subscribers: dict[str, dict[str, str]] = field(default_factory=dict)

    def handle(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        fields = {name: values[-1] for name, values in parse_qs(body.decode("ascii")).items()}
        is_form = headers.get("content-type") == "application/x-www-form-urlencoded"
        if method != "POST" or not is_form:
            return 400, {}, b"a form is wanted"
        deeds = {"subscribe": self._subscribe, "publish": self._publish}
        deed = deeds.get(fields.get("hub.mode", ""))
        return deed(fields) if deed else (400, {}, b"no such mode")

    def _subscribe(self, fields: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Take a subscription once the subscriber says that it meant it (5.3)."""
        topic, callback, challenge = fields["hub.topic"], fields["hub.callback"], secrets.token_hex()
        stated = {
            "hub.mode": "subscribe",
            "hub.topic": topic,
            "hub.challenge": challenge,
            "hub.lease_seconds": "864000",
        }
        status, _, body = ask(f"{callback}?{urlencode(stated)}")
        if status // 100 != 2 or body.decode() != challenge:
            return 400, {}, b"the subscriber did not mean it"
        self.subscribers.setdefault(topic, {})[callback] = fields.get("hub.secret", "")
        return 202, {}, b""

    def _publish(self, fields: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Read a feed, look whether it is ours, and pass it on, signed (7, 7.1)."""
        topic = fields["hub.url"]
        self.told.append(topic)
        status, headers, body = ask(topic)
        found = links_of(headers)
        if status != 200 or self.url not in found.get("hub", []) or found.get("self") != [topic]:
            self.refused.append(f"{status} {found}")
            return 400, {}, b"it does not name this hub and itself"
        for callback, secret in self.subscribers.get(topic, {}).items():
            signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
            link = f'<{self.url}>; rel="hub", <{topic}>; rel="self"'
            kind = headers["content-type"]
            ask(callback, body, Link=link, Content_Type=kind, X_Hub_Signature=f"sha256={signature}")
        return 204, {}, b""


@dataclass
class Subscriber:
    """Subscribes to a feed at the hub that the feed names; `received` are what came and could be believed."""

    url: str = ""
    secret: str = field(default_factory=secrets.token_hex)
    topic: str = ""
    received: list[bytes] = field(default_factory=list)
    forged: list[bytes] = field(default_factory=list)

    def subscribe(self, topic: str) -> None:
        """Find the hub in the feed's own header (section 4) and ask it."""
        _, headers, _ = ask(topic)
        found = links_of(headers)
        (hub,), (self.topic,) = found["hub"], found["self"]
        fields = {"hub.mode": "subscribe", "hub.topic": self.topic, "hub.callback": self.url, "hub.secret": self.secret}
        status, _, said = ask(hub, urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded")
        assert status == 202, said

    def handle(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        if method == "GET":
            asked = {name: values[-1] for name, values in parse_qs(urlsplit(target).query).items()}
            return (200, {}, asked["hub.challenge"].encode()) if asked["hub.topic"] == self.topic else (404, {}, b"")
        expected = hmac.new(self.secret.encode(), body, hashlib.sha256).hexdigest()
        is_true = hmac.compare_digest(headers.get("x-hub-signature", ""), f"sha256={expected}")
        (self.received if is_true else self.forged).append(body)
        return 200, {}, b""


@contextmanager
def hub_and_subscriber() -> Any:
    """A hub and somebody who will subscribe."""
    hub, subscriber = Hub(), Subscriber()
    with listening(hub.handle) as hub.url, listening(subscriber.handle) as subscriber.url:
        yield hub, subscriber

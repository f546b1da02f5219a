"""What tests need to look at a site in memory with Debian's Chromium."""

from __future__ import annotations

import io
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from builders import make_audio
from fake_publication import FakeMedia, FakePublication

from catalogue.domain.links import Links
from web.app import create_app
from web.server import Server


def silence(seconds: int) -> bytes:
    """A WAV of silence, 8 kHz and 8 bit."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", ""))
        sound.writeframes(b"\x80" * 8000 * seconds)
    return out.getvalue()


def let_be_heard(publication: FakePublication, *, seconds: int) -> None:
    """Give the first episode of a rich publication a silence that a browser can play."""
    body = silence(seconds)
    audio = make_audio(format="wav", sha256="9" * 64, size_bytes=len(body))
    publication.files["9" * 64] = FakeMedia(media_type="audio/wav", kind="audio", size_bytes=len(body), body=body)
    first, *others = publication.held["conversations"]
    publication.held["conversations"] = (replace(first, renditions=(audio,)), *others)


@contextmanager
def serving(publication: FakePublication) -> Iterator[str]:
    """Serve a publication on a free port; gives its address."""
    app = create_app(publication, links=Links("http://127.0.0.1"), clock=lambda: datetime(2021, 10, 20, tzinfo=UTC))
    server = Server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop()
        thread.join(timeout=5)

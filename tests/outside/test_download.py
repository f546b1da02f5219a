"""A file that comes piece by piece from a server that fails in every way is whole, and of one version, or not there."""

import random
import re
from hashlib import sha256

import pytest
from small_web import header, reply

from catalogue.errors import OutsideError
from catalogue.outside.download import IDLE_TRIES, Patience, download
from catalogue.outside.part_file import PartFile

PIECE = 64 * 1024
SEEDS = 8
MORE = range(SEEDS, 300)


class Moody:
    """Serves versions of a file under one address, cut at every 64 kB, and by chance in a bad way."""

    def __init__(self, web, seed, moods):
        self._web, self._chance, self._moods = web, random.Random(seed), moods
        self.served, self._left = [], 3
        self.change()
        web.answers["/a.mp3"] = self.answer

    def change(self):
        """Have other bytes from now on, of the same size or of another."""
        size = 10 * PIECE + self._chance.choice((0, 0, 1, 977))
        self.content = self._chance.randbytes(size)
        self.served.append(sha256(self.content).hexdigest())

    def answer(self):
        asked = self._web.heard[-1]
        found = re.fullmatch(r"bytes=(\d+)-", header(asked, "range") or "")
        tag = f'"{self.served[-1][:8]}"'
        is_same = found is not None and header(asked, "if-range") == tag
        start = int(found[1]) if found is not None and is_same else 0
        mood = self._chance.choice(self._moods)
        if mood == "changed" and self._left:
            self._left -= 1
            self.change()
        return MOODS[mood](self.content, start if mood not in ("changed", "no ranges") else 0, tag)


def _part(content, start, tag, *, span=None, length=None, name="ETag: ", sent=PIECE):
    stated = len(content) - start if length is None else length
    head = (f"{name}{tag}", f"Content-Length: {stated}")
    if start or span:
        head += (f"Content-Range: {span or f'bytes {start}-{len(content) - 1}/{len(content)}'}",)
    status = "206 Partial Content" if start or span else "200 OK"
    yield reply(b"", *head, status=status) + content[start : start + sent]


MOODS = {
    "cut": _part,
    "changed": lambda content, _, tag: _part(content, 0, f'"{sha256(content).hexdigest()[:8]}"'),
    "no ranges": _part,
    "whole": lambda content, start, tag: _part(content, start, tag, sent=len(content)),
    "states too much": lambda content, start, tag: _part(content, start, tag, length=len(content) - start + 9),
    "weak": lambda content, _, tag: _part(content, 0, tag, name="ETag: W/"),
    "another part": lambda content, start, tag: _part(content, start, tag, span=f"bytes 7-9/{len(content)}"),
    "another size": lambda content, start, tag: _part(content, start, tag, span=f"bytes {start}-99/100"),
    "another tag": lambda content, start, _: _part(content, start, '"other"', sent=9 if not start else PIECE),
    "no such part": lambda *_: iter([reply(b"", status="416 Range Not Satisfiable")]),
    "busy": lambda *_: iter([reply(b"<html>Busy</html>", status="503 Service Unavailable")]),
    "gone away": lambda *_: iter([b""]),
}  # fmt: skip


def fetched(web, guard, path):
    """The bytes of what came whole, None where it never did; the same way again and again as an import done anew."""
    for _ in range(200):
        part = PartFile(path, web.url("/a.mp3"))
        try:
            download(web.url("/a.mp3"), part, guard=guard, patience=Patience(wait=lambda _: None))
        except OutsideError:
            continue
        return path.read_bytes()
    return None


@pytest.mark.parametrize("seed", [*range(SEEDS), *(pytest.param(n, marks=pytest.mark.soak) for n in MORE)])
def test_no_file_is_of_two_versions_however_often_it_breaks_off(web, guard, tmp_path, seed):
    server = Moody(web, seed, (*MOODS, "cut", "cut", "cut"))
    came = fetched(web, guard, tmp_path / "a.part")
    assert came is not None
    assert sha256(came).hexdigest() in server.served


def test_a_server_that_cuts_at_every_64_kb_is_asked_for_each_rest_once(web, guard, tmp_path):
    server = Moody(web, 1, ("cut",))
    assert fetched(web, guard, tmp_path / "a.part") == server.content
    starts = [header(one, "range") for one in web.heard]
    assert starts == [None, *(f"bytes={n}-" for n in range(PIECE, len(server.content), PIECE))]


def test_without_a_strong_tag_nothing_is_put_together(web, guard, tmp_path):
    Moody(web, 1, ("weak",))
    part = PartFile(tmp_path / "a.part", web.url("/a.mp3"))
    with pytest.raises(OutsideError, match="breaks off"):
        download(web.url("/a.mp3"), part, guard=guard, patience=Patience(wait=lambda _: None))
    assert {header(one, "range") for one in web.heard} == {None}
    assert len(web.heard) <= IDLE_TRIES + 1

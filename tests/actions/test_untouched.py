"""To plan, to check and to serve opens no file of the library for writing; to index writes the ledger alone."""

import os
import sys
from pathlib import Path

import pytest

from catalogue.actions.check import check_shows
from catalogue.domain.links import Links
from catalogue.feed.chapters import chapters_address
from web.app import create_app

LINKS = Links("https://example.org")
NOTE = "---\ntitle: Meet the husbands\npublished: 2021-10-05\n---\nNotes.\n"
CUES = "WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n"
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# https://docs.python.org/3/library/audit_events.html: what changes files, besides `open`.
CHANGING = frozenset(
    "os.chmod os.chown os.link os.mkdir os.remove os.rename os.rmdir os.symlink os.truncate os.utime".split()
)


class Auditor:
    """The files that this process changes or opens for writing, as Python itself tells them."""

    def __init__(self):
        self.paths: list[str] = []
        self.is_on = False
        sys.addaudithook(self._heard)

    def _heard(self, event, args):
        if self.is_on and (event in CHANGING or (event == "open" and args[2] & WRITING)):
            self.paths += [os.fsdecode(one) for one in args[:2] if isinstance(one, (str, bytes, os.PathLike))]

    def inside(self, root):
        """The names below a folder."""
        return sorted({Path(path).relative_to(root).as_posix() for path in self.paths if path.startswith(f"{root}/")})


@pytest.fixture(scope="session")
def listening():
    """One for all tests: a hook cannot be taken off again."""
    return Auditor()


@pytest.fixture
def auditor(listening):
    listening.paths.clear()
    listening.is_on = True
    yield listening
    listening.is_on = False


@pytest.fixture
def full(shelf):
    """A show that was indexed and has a bit of everything."""
    shelf.sound("110/audio.mp3")
    shelf.write("110/episode.md", NOTE)
    shelf.write("110/transcript.vtt", CUES)
    shelf.write("110/chapters.json", '{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "One"}]}')
    shelf.write("broken.mp3", "no audio")
    shelf.index()
    return shelf


def state(root):
    """All that changing a file changes, whichever process does it."""
    return {path: (path.stat().st_mtime_ns, path.stat().st_ctime_ns, path.stat().st_ino) for path in root.rglob("*")}


def addresses(shelf):
    """Something of every kind, and what is not there."""
    publication = shelf.publication()
    (show,) = publication.shows()
    (episode,) = publication.episodes(show, shelf.now)
    pages = [LINKS.home(), LINKS.show(show), LINKS.feed(show), LINKS.episode(show, episode)]
    files = [LINKS.audio(episode, episode.audio), chapters_address(episode, LINKS)]
    files += [LINKS.transcript(episode, transcript) for transcript in episode.transcripts]
    return [*(address.removeprefix("https://example.org") for address in (*pages, *files)), "/no/such/page/"]


def test_to_plan_opens_nothing_for_writing(full, auditor):
    full.sound("new.mp3", seed=4)
    auditor.paths.clear()
    before = state(full.root)
    assert full.plan().counts["new"] == 1
    assert (auditor.inside(full.root), state(full.root)) == ([], before)


def test_to_check_opens_nothing_for_writing(full, auditor):
    before = state(full.root)
    assert check_shows(full.publication(), LINKS, full.now)
    assert (auditor.inside(full.root), state(full.root)) == ([], before)


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "DELETE"])
def test_to_serve_opens_nothing_for_writing(full, auditor, method):
    client = create_app(full.publication(), links=LINKS, clock=lambda: full.now).test_client()
    before = state(full.root)
    answers = [client.open(address, method=method, buffered=True) for address in addresses(full)]
    assert {answer.status_code for answer in answers} == ({200, 404} if method in ("GET", "HEAD") else {405})
    assert (auditor.inside(full.root), state(full.root)) == ([], before)


def test_to_index_writes_the_ledger_alone(full, auditor):
    full.sound("new.mp3", seed=4)
    before = state(full.root)
    auditor.paths.clear()
    full.index()
    names = auditor.inside(full.root)
    assert {name for name in names if not name.startswith(".castalogue")} == {"ledger.jsonl"}
    assert [path.name for path, facts in state(full.root).items() if before.get(path) != facts] == ["ledger.jsonl"]

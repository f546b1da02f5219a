"""A disk that is full while a form comes in: told at its field or with what was typed, and nothing of it stays."""

import errno
import io
import re

import pytest
from test_artwork import EPISODE_PAGE, SHOW_PAGE, picture
from test_artwork import send as send_picture
from test_episode import ONE, save
from test_transcripts import send as send_transcript
from test_uploading import send as send_recording

from catalogue.actions import scratch
from catalogue.domain.rights import Role
from catalogue.errors import StoreFull
from web.bodies import NO_ROOM
from web.studio import kept_files


class Full(io.BytesIO):
    """A file that takes some of what comes, and then has no room for the rest."""

    name = "form-x"

    def write(self, content):
        if self.tell():
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(content[:10])


@pytest.fixture
def browser(workshop, monkeypatch):
    """Somebody who sends to a disk that becomes full."""

    def no_folder(**_):
        raise OSError(errno.ENOSPC, "No space left on device")

    signed_in = workshop.someone(Role.OWNER)
    monkeypatch.setattr(kept_files, "NamedTemporaryFile", lambda **_: Full())
    monkeypatch.setattr(scratch.tempfile, "TemporaryDirectory", no_folder)
    return signed_in


@pytest.mark.parametrize("page", [SHOW_PAGE, EPISODE_PAGE])
def test_a_picture_without_room_is_told_at_its_field(workshop, browser, page):
    before = sorted(workshop.root.rglob("*"))
    answer = send_picture(browser, page, picture((1400, 1400)))
    assert (answer.status_code, "not enough room on the disk" in answer.text) == (422, True)
    assert sorted(workshop.root.rglob("*")) == before


def test_a_recording_without_room_is_told_at_its_field(workshop, browser):
    answer = send_recording(browser, b"x" * 1000)
    assert (answer.status_code, "not enough room on the disk" in answer.text) == (422, True)
    assert not [path for path in workshop.place.settings.upload_folder.rglob("*") if path.is_file()]


@pytest.mark.usefixtures("browser")
def test_a_transcript_without_room_is_told_at_its_field(workshop):
    answer = send_transcript(workshop, b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello.\n")
    assert (answer.status_code, "The disk has no room left" in answer.text) == (422, True)


def test_a_database_without_room_gives_back_what_was_typed(workshop, monkeypatch):
    browser = workshop.someone()

    def full(*_, **__):
        raise StoreFull("store-full", "The database could not be written: {why}.", why="full")

    monkeypatch.setattr("web.studio.episode.save_form", full)
    answer = save(browser, ONE, notes="My <b>words</b>")
    assert (answer.status_code, "The disk is full</h1>" in answer.text) == (507, True)
    given = dict(
        re.findall(r'<label for="typed-\d+">(.*?)</label>\s*<textarea[^>]*>\n(.*?)</textarea>', answer.text, re.S)
    )
    assert given == {"Title": "One", "Show notes": "My &lt;b&gt;words&lt;/b&gt;"}


@pytest.mark.parametrize(("language", "said"), [("en", "The disk is full</h1>"), ("es", "El disco está lleno</h1>")])
def test_what_the_server_had_no_room_for_is_told_on_a_page_in_the_readers_language(workshop, language, said):
    browser = workshop.sign_in(workshop.add(language=language))
    answer = browser.client.post(ONE, environ_overrides={NO_ROOM: True})
    assert (answer.status_code, said in answer.text, 'class="button"' in answer.text) == (507, True, True)

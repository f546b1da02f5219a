"""A draft's audio can be heard by who makes it, in parts, and is kept by no cache."""

import pytest
from sounds import write_mp3
from workshop import PLACE

from catalogue.domain.rights import Role

AUDIO = f"{PLACE}episodes/talk/audio/"


@pytest.fixture
def sound(workshop):
    """A draft with audio of its own."""
    content = write_mp3(workshop.root / "talk/audio.mp3", seed=1).read_bytes()
    workshop.write("talk/episode.md", "---\ntitle: Talk\ndraft: yes\n---\n")
    workshop.update()
    return content


def test_a_draft_is_heard_whole_and_in_parts(workshop, sound):
    browser = workshop.someone()
    with browser.get(AUDIO) as whole:
        assert (whole.data, whole.headers["Cache-Control"]) == (sound, "private, no-store")
    with browser.get(AUDIO, Range="bytes=10-19") as part:
        assert (part.status_code, part.data, part.mimetype) == (206, sound[10:20], "audio/mpeg")
    assert browser.client.head(AUDIO).headers["Content-Length"] == str(len(sound))
    assert f'src="{AUDIO}"' in browser.text(f"{PLACE}episodes/talk/chapters/")


def test_nobody_else_hears_it(workshop, sound):
    assert workshop.someone(Role.CONTRIBUTOR).get(AUDIO).status_code == 403
    assert workshop.browser().get(AUDIO).status_code == 303


def test_a_file_that_was_written_since_is_not_sent(workshop, sound):
    (workshop.root / "talk/audio.mp3").write_bytes(sound + b"more")
    assert workshop.someone().get(AUDIO).status_code == 503


def test_without_audio_of_its_own_there_is_nothing_here(workshop):
    assert workshop.someone().get(f"{PLACE}episodes/one/audio/").status_code == 404
    policy = workshop.someone().get(f"{PLACE}episodes/one/chapters/").headers["Content-Security-Policy"]
    assert "media-src 'self' https://audio.example;" in policy

"""The picture of a recording of the library, and nothing for audio that lies elsewhere."""

import pytest
from sounds import write_mp3
from workshop import PLACE

from catalogue.actions.loudness import asking
from catalogue.domain.loudness import Loudness

CHAPTERS = f"{PLACE}episodes/new/chapters/"


@pytest.fixture
def studio(workshop, monkeypatch):
    """A workshop with a recording of its own, where there is an ffmpeg."""
    monkeypatch.setattr(asking, "has_ffmpeg", lambda: True)
    write_mp3(workshop.root / "new.mp3")
    workshop.update()
    return workshop


def recording(studio):
    (show,) = studio.index.shows()
    return next(one.episode for one in studio.index.episodes(show.show.guid) if one.line.slug == "new").renditions[0]


def test_an_episode_whose_audio_lies_elsewhere_says_nothing_of_it(studio):
    assert "LUFS" not in studio.someone().text(f"{PLACE}episodes/one/")
    assert studio.index.errands(states=[*asking.OPEN_STATES]) == ()


def test_the_picture_stands_beside_the_player(studio):
    loudness = Loudness(sha256=recording(studio).sha256, seconds=1680.0, peaks="0010")
    studio.index.save_loudness(loudness, now=studio.now)
    text = studio.someone().text(CHAPTERS)
    assert text.index('class="waveform"') < text.index("<audio")
    assert 'data-seconds="1680.0"><path d="M0 63L1 63L1 1L2 1' in text

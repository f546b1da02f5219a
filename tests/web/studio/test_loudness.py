"""What a page says of how loud a recording is; asked for by who looks first."""

import pytest
from producers import FIRST

from catalogue.actions.loudness import asking
from catalogue.domain.loudness import Loudness
from catalogue.domain.rights import Role

NEW = "/studio/shows/conversations/episodes/draft/"
WELL = {"channels": 2, "range_lu": 5.0, "seconds": 1680.0, "peaks": "00ff40"}


@pytest.fixture(autouse=True)
def ffmpeg(monkeypatch):
    """There is an ffmpeg."""
    monkeypatch.setattr(asking, "has_ffmpeg", lambda: True)


def said(house, browser=None, **found):
    """The page, where this was measured."""
    audio = house.index.episode(FIRST, f"{FIRST}-draft").episode.renditions[0]
    house.index.save_loudness(Loudness(sha256=audio.sha256, **WELL | found), now=house.now)
    return (browser or house.signed_in_client(Role.EDITOR)).text(NEW)


@pytest.mark.parametrize(
    ("found", "sentences"),
    [
        (
            {"integrated_lufs": -20.5},
            ["Quieter than apps expect: \u221220.5 LUFS, where \u221216 would be right. It will sound"],
        ),
        ({"integrated_lufs": -16.4}, ["As loud as other shows: \u221216.4 LUFS, as"]),
        ({"integrated_lufs": -19.0, "channels": 1}, ["As loud as other shows", "so \u221219 is right here"]),
        (
            {"integrated_lufs": -9.0},
            ["Louder than apps expect: \u22129 LUFS, where \u221216 would be right. It will startle"],
        ),
        ({"integrated_lufs": None}, ["There is nothing to hear in this recording."]),
        ({"integrated_lufs": -16.0, "silence_before": 4.2, "silence_after": 12.0}, ["4 seconds of", "with 12 seconds"]),
    ],
    ids=["quiet", "right", "mono", "loud", "silent", "silence at the ends"],
)
def test_it_is_said_in_plain_words_with_what_to_do(house, found, sentences):
    text = said(house, **found)
    assert [one for one in sentences if one not in text] == []
    assert ("To change that" in text) is ("expect" in text)
    assert '<svg class="waveform" role="img" aria-label="Picture of the sound, 28 min' in text


@pytest.mark.parametrize("lufs", [-20.5, None], ids=["quiet", "silent"])
def test_only_who_may_replace_the_recording_is_told_to(house, lufs):
    own = said(house, integrated_lufs=lufs)
    assert "with “Replace the recording”" in own and "publishes this show" not in own
    theirs = said(house, house.signed_in_client(Role.REVIEWER), integrated_lufs=lufs)
    assert "publishes this show" in theirs and "Replace the recording" not in theirs


def test_it_is_said_in_spanish_with_its_numbers(house):
    text = said(house, house.sign_in(house.add(language="es")), integrated_lufs=-20.5)
    assert "esperan las aplicaciones: \u221220,5 LUFS, y lo adecuado sería \u221216." in text


def test_what_could_not_be_measured_says_why(house):
    text = said(house, fault="It is <broken>.", peaks="")
    assert "How loud it is could not be found out." in text
    assert "It is &lt;broken&gt;." in text
    assert "<svg" not in text


def test_who_looks_first_asks_and_is_led_to_how_far_it_is(house):
    browser = house.signed_in_client(Role.EDITOR)
    assert "This is being found out." in browser.text(NEW)
    assert 'href="/studio/shows/conversations/errands/1/"' in browser.text(NEW)
    assert "Finding out how loud a recording is" in browser.text("/studio/shows/conversations/errands/1/")
    assert "See how far" not in house.signed_in_client(Role.REVIEWER).text(NEW)


def test_without_ffmpeg_one_sentence_says_so_and_switched_off_none(house, monkeypatch):
    monkeypatch.setattr(asking, "has_ffmpeg", lambda: False)
    assert "where the program ffmpeg is installed" in house.signed_in_client(Role.EDITOR).text(NEW)
    monkeypatch.setitem(house.place.settings.__dict__, "audio_help", False)
    assert "ffmpeg" not in house.signed_in_client(Role.EDITOR).text(NEW)
    assert house.index.errands(states=[*asking.OPEN_STATES]) == ()

"""`castalogue loudness`."""

import json

import pytest
from cli.conftest import SHOW

from catalogue.actions.loudness import measuring
from catalogue.domain.loudness import Loudness


@pytest.fixture
def heard(terminal, monkeypatch):
    """A terminal with one recording; what it measures is what `heard.measured` says."""

    def measure(ffmpeg, path, audio, *, channels, on_seconds, is_over):
        return Loudness(sha256=audio.sha256, **terminal.measured)

    monkeypatch.setattr(measuring, "find_ffmpeg", lambda: "/ffmpeg")
    monkeypatch.setattr(measuring, "measure_loudness", measure)
    terminal.write("show.toml", SHOW)
    terminal.sound("one.mp3")
    terminal.type("index")
    return terminal


QUIET = "-20.5 LUFS (-16 is wanted), 4.5 quieter than others: it will sound quiet beside them"


@pytest.mark.parametrize(
    ("measured", "line"),
    [
        ({"integrated_lufs": -20.5, "silence_before": 4.0}, f"{QUIET}; it begins with 4 s of silence"),
        ({"integrated_lufs": -19.2, "channels": 1}, "-19.2 LUFS (-19 is wanted, in mono), as loud as others"),
        ({"silence_before": 9.0}, "nothing is to be heard in it"),
    ],
    ids=["quiet", "mono", "silent"],
)
def test_an_episode_is_measured_and_said_in_a_line(heard, measured, line):
    heard.measured = measured
    assert heard.type("loudness", "one").stdout == f"conversations/one  {line}\n"
    assert heard.type("loudness").stdout == f"conversations/one  {line}\n"


def test_what_was_measured_is_there_as_json_and_advised_on_by_check(heard):
    assert heard.type("loudness").stderr == "Nothing was measured yet. Name an episode: castalogue loudness EPISODE.\n"
    heard.measured = {"integrated_lufs": -12.0, "channels": 2, "seconds": 2.0, "peaks": "00"}
    (found,) = json.loads(heard.type("loudness", "one", "--json").stdout)
    assert (found["episode"], found["difference"], found["hearing"]) == ("one", 4.0, "too-loud")
    assert "4.0 louder than the -16 that apps expect" in heard.type("check").stdout


def test_what_cannot_be_measured_is_a_failure_with_its_reason(heard, monkeypatch):
    heard.measured = {"fault": "It is broken."}
    done = heard.type("loudness", "one")
    assert (done.stdout, done.exit_code) == ("conversations/one  ✗ It is broken.\n", 1)
    monkeypatch.setattr(measuring, "find_ffmpeg", lambda: None)
    assert "pip install 'castalogue[audio]'" in heard.type("loudness", "one").stderr

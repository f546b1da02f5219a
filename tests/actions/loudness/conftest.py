"""A library with a recording, and an ffmpeg that is quick because it is none."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "store"))
sys.path.insert(0, str(Path(__file__).parents[1]))

from catalogue.actions.loudness import measuring
from catalogue.domain.loudness import Loudness


@pytest.fixture
def measured(monkeypatch):
    """The paths that were measured; each is 20.5 LUFS."""
    paths = []

    def measure(ffmpeg, path, audio, *, channels, on_seconds, is_over):
        paths.append(path.name)
        on_seconds(2.0)
        return Loudness(sha256=audio.sha256, integrated_lufs=-20.5, channels=channels, seconds=2.0, peaks="00ff")

    monkeypatch.setattr(measuring, "find_ffmpeg", lambda: "/ffmpeg")
    monkeypatch.setattr(measuring, "measure_loudness", measure)
    return paths

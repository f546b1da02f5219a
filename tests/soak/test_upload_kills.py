"""kill -9 of the server at any moment of an upload: what came stays, nothing is half made, and sending goes on."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

import pytest
from sounds import silent_mp3
from studios import Studio

KILLS, FEW = 100, 1
BROKEN = (OSError, http.client.HTTPException)


Way = Callable[[Studio], http.client.HTTPResponse]
WAYS: tuple[Way, ...] = (Studio.send_pieces, Studio.send_form)


@pytest.fixture(scope="module")
def seconds(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Way], float]:
    """How long a way of sending takes where nobody is killed; found out when it is first asked for."""

    @cache
    def undisturbed(way: Way) -> float:
        studio = Studio(tmp_path_factory.mktemp("whole"), silent_mp3(20, seed=1))
        with studio.running():
            began = time.monotonic()
            assert way(studio).status in (201, 303)
            took = time.monotonic() - began
        assert studio.episodes() == ["a-talk"]
        return took

    return undisturbed


def kill_once(folder: Path, seconds: Callable[[Way], float], seed: int) -> None:
    chance, way = Random(seed), WAYS[seed % len(WAYS)]
    studio, is_done = Studio(folder, silent_mp3(20, seed=seed + 2)), False
    with studio.running(kill_after=chance.uniform(0, seconds(way))), suppress(*BROKEN):
        is_done = way(studio).status in (201, 303)
    studio.episodes()
    with studio.running():
        # Who was killed before the last answer was sent may have done all of it.
        if not is_done and not studio.is_taken_up():
            answer = way(studio)
            assert answer.status in (201, 303), answer.text
        assert studio.ask("GET", "/studio/shows/conversations/episodes/a-talk/").status == 200
        assert b"<item>" not in studio.ask("GET", "/conversations/feed.xml").text.encode()
    assert studio.episodes() == ["a-talk"]
    assert (studio.settings.library / "a-talk/audio.mp3").exists()
    kept = [path for path in studio.settings.upload_folder.rglob("*") if path.is_file()]
    assert [path.name for path in kept if not path.name.startswith("form-")] == []


@pytest.mark.parametrize("seed", range(FEW))
def test_an_upload_goes_on_after_its_server_was_killed(tmp_path, seconds, seed):
    kill_once(tmp_path, seconds, seed)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(FEW, KILLS))
def test_any_upload_goes_on_after_its_server_was_killed(tmp_path, seconds, seed):
    kill_once(tmp_path, seconds, seed)

"""The library's audio files, as they were found to be."""

from __future__ import annotations

from datetime import date

import pytest
from builders import make_episode, make_show

from catalogue.check.facts import LibraryEpisode, LibraryFacts
from catalogue.check.library_run import check_library
from catalogue.domain.facts import AudioFacts
from catalogue.domain.show import Category


def findings(**stated):
    usual = {"format": "mp3", "sample_rate_hz": 48000, "bitrate_kbps": 128, "channels": 2}
    sound = AudioFacts(sha256="a" * 64, essence="e" * 64, size_bytes=1000, **usual | stated)
    episode = LibraryEpisode(episode=make_episode(), sounds={"1/audio.mp3": sound})
    show = make_show(categories=(Category(name="Leisure"),))
    facts = LibraryFacts(show=show, today=date(2021, 10, 13), episodes=(episode,))
    return [(one.rule, one.level.value, one.file) for one in check_library(facts)]


@pytest.mark.parametrize(("channels", "kbps"), [(1, 64), (1, 128), (2, 128), (2, 256)])
def test_recommended_bit_rates_are_fine(channels, kbps):
    assert findings(channels=channels, bitrate_kbps=kbps) == []


@pytest.mark.parametrize(("channels", "kbps"), [(1, 48), (1, 192), (2, 96), (2, 320)])
def test_other_bit_rates_are_remarked_on_with_the_file(channels, kbps):
    assert findings(channels=channels, bitrate_kbps=kbps) == [("A05", "advice", "1/audio.mp3")]


@pytest.mark.parametrize(("kbps", "is_fine"), [(63, False), (64, True), (256, True), (257, False), (None, True)])
def test_bit_rate_of_unknown_channels_is_fine_where_it_is_for_either(kbps, is_fine):
    assert (findings(channels=None, bitrate_kbps=kbps) == []) is is_fine


def test_opus_is_not_judged_by_what_apple_recommends():
    assert findings(format="opus", sample_rate_hz=16000, bitrate_kbps=24, channels=1) == []

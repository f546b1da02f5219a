"""What was measured of audio files, on every kind of index."""

from datetime import timedelta

from builders import NOON

from catalogue.domain.loudness import Loudness

ONE = Loudness(sha256="a" * 64, integrated_lufs=-20.5, range_lu=7.0, channels=2, seconds=12.3, peaks="00ff")
TWO = Loudness(sha256="b" * 64, fault="No sound.")


def test_what_was_measured_is_found_by_the_hash_of_the_file(index):
    assert (index.loudness(ONE.sha256), index.last_measured_at()) == (None, None)
    index.save_loudness(ONE, now=NOON)
    index.save_loudness(TWO, now=NOON + timedelta(days=1))
    assert (index.loudness(ONE.sha256), index.loudness(TWO.sha256)) == (ONE, TWO)
    assert index.loudnesses() == {ONE.sha256: ONE, TWO.sha256: TWO}
    assert index.last_measured_at() == NOON + timedelta(days=1)


def test_measured_again_it_is_there_once(index):
    index.save_loudness(Loudness(sha256=ONE.sha256, fault="Broken off."), now=NOON)
    index.save_loudness(ONE, now=NOON)
    assert index.loudnesses() == {ONE.sha256: ONE}


def test_what_is_of_no_file_any_more_is_swept_away(index):
    for one in (ONE, TWO):
        index.save_loudness(one, now=NOON)
    index.sweep_loudness({TWO.sha256, "c" * 64})
    assert index.loudnesses() == {TWO.sha256: TWO}

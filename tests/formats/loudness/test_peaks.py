"""A picture of a sound, out of 8,000 numbers of 8 bits a second."""

import pytest

from catalogue.formats.loudness.peaks import COLUMNS, Peaks

SILENCE, LOUD = bytes([128]) * 800, bytes([128, 0]) * 400


def heard(*pieces):
    peaks = Peaks()
    for piece in pieces:
        peaks.add(piece)
    return peaks


def test_each_tenth_of_a_second_is_as_high_as_it_swings():
    quiet = bytes([128, 129, 127]) * 267
    assert list(heard(SILENCE + LOUD + quiet[:800]).stretches) == [0, 255, 2]


def test_pieces_may_be_of_any_size():
    whole = SILENCE + LOUD + SILENCE
    assert heard(*(whole[i : i + 7] for i in range(0, len(whole), 7))).stretches == heard(whole).stretches


def test_silence_at_both_ends_is_counted():
    assert heard(SILENCE * 31, LOUD, SILENCE * 5).silences() == (3.1, 0.5)
    assert heard(SILENCE * 10).silences() == (1.0, 0.0)
    assert heard().silences() == (0.0, 0.0)


@pytest.mark.parametrize("tenths", [0, 1, 299, 300, 301, 3_001])
def test_however_long_it_is_its_picture_has_few_columns_and_loses_no_peak(tenths):
    peaks = heard(SILENCE * (tenths - 1), LOUD) if tenths else heard()
    columns = peaks.columns()
    assert len(columns) == min(tenths, COLUMNS)
    assert list(columns[-1:]) == [255][:tenths]
    assert sum(columns) == (255 if tenths else 0)

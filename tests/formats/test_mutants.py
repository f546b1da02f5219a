"""Broken files of every format, a sample: each costs itself. `make soak` reads a hundred thousand."""

import random
from itertools import islice

from formats.breaking import break_files
from formats.mutants import mutants, seeds

from catalogue.sandbox import Box

COUNT = 400
# A fault of a parser that is not its own error is caught, but each is a sentence that helps nobody.
MOST_FAILURES = 0.01


def test_every_broken_file_is_read_or_refused_with_a_sentence(tmp_path):
    with Box(1) as box:
        record = break_files(box, tmp_path, count=COUNT, seed=20_260_301)
    assert record.outcomes.total() == COUNT
    assert min(record.outcomes["read"], record.outcomes["refused"]) > COUNT // 10
    assert record.failures.total() <= COUNT * MOST_FAILURES, record.failures


def test_the_same_chance_breaks_the_same_files():
    first, second = (list(islice(mutants(random.Random(7)), 50)) for _ in range(2))
    assert first == second
    assert len({one.content for one in first}) == 50


def test_every_kind_of_file_is_broken():
    assert {seed.ending for seed in seeds()} >= {*"mp3 m4a mp4 ogg oga opus flac wav aac aiff".split()}
    assert {seed.reader for seed in seeds()} == {
        *("audio", "image", "transcript", "chapters", "chapters-file", "calendar", "feed")
    }

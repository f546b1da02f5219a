"""Slugs that are stated and slugs that are given, in one run."""

import pytest

from catalogue.library.ledger import read_ledger


@pytest.mark.parametrize("newcomer", ["aaa", "zzz"])
def test_a_published_episode_and_a_new_one_do_not_get_one_slug(shelf, newcomer):
    shelf.sound("mm.mp3", seed=1)
    shelf.index()
    shelf.write("mm.md", f"---\nslug: {newcomer}\n---\nHello.\n")
    shelf.sound(f"{newcomer}.mp3", seed=2)
    assert shelf.index().refused == ()
    ledger = read_ledger(shelf.ledger().encode(), "ledger.jsonl")
    assert {line.path: line.slug for line in ledger.episodes} == {"mm": newcomer, newcomer: f"{newcomer}-2"}

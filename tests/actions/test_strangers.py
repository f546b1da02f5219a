"""A show without a ledger, while a known one is away, waits: it may be that one, renamed."""

import pytest

from catalogue.actions.claim import claim_episode
from catalogue.domain.links import Links
from catalogue.errors import Conflict, NotFound

LINKS = Links("https://example.org")


@pytest.fixture
def two(shelf):
    """Two shows, indexed."""
    (shelf.root / "show.toml").unlink()
    for name in ("a", "b"):
        shelf.write(f"{name}/show.toml", f'title = "{name}"\nlanguage = "en"\n')
        shelf.sound(f"{name}/{name}1.mp3", seed=ord(name))
        shelf.sound(f"{name}/{name}2.mp3", seed=ord(name) + 2)
    shelf.index()
    return shelf


@pytest.fixture
def renamed(two):
    """The second of them was renamed to `c`, and its ledger left behind."""
    (two.root / "b").rename(two.root / "c")
    two.ledger_of_b = (two.root / "c/ledger.jsonl").read_text()
    (two.root / "c/ledger.jsonl").unlink()
    return two


def guids(shelf):
    return {row.show.path: row.show.guid for row in shelf.place.index.shows()}


def feeds(shelf):
    publication = shelf.publication()
    return {show.slug: publication.feed(show, LINKS, shelf.now).body for show in publication.shows()}


def refused(report):
    return {(problem.code, problem.path) for problem in report.refused}


def test_it_is_held_and_named_and_nothing_is_written(renamed):
    before = guids(renamed), feeds(renamed)
    assert refused(renamed.plan()) == {("held-show", "c"), ("show-gone", "b")}
    report = renamed.index()
    assert refused(report) == {("held-show", "c"), ("show-gone", "b")}
    assert 'castalogue claim "c" "b"' in next(one.message for one in report.refused if one.code == "held-show")
    assert (guids(renamed), feeds(renamed)) == before
    assert not (renamed.root / "c/ledger.jsonl").exists()


@pytest.mark.parametrize("old", ["b", "b/", "guid"])
def test_claimed_as_the_one_that_is_away_it_is_that_show(renamed, old):
    before = feeds(renamed), guids(renamed)["b"]
    name = before[1] if old == "guid" else old
    assert claim_episode(renamed.place, "c", old=name, wishes=renamed._wishes()).refused == ()
    assert (feeds(renamed), guids(renamed)["c"]) == before
    ledger = (renamed.root / "c/ledger.jsonl").read_text()
    assert sorted(ledger.splitlines()) == sorted(renamed.ledger_of_b.splitlines())
    assert renamed.index().refused == ()


def test_its_ledger_put_back_settles_it(renamed):
    before = feeds(renamed)
    renamed.write("c/ledger.jsonl", renamed.ledger_of_b)
    assert refused(renamed.index()) == set()
    assert feeds(renamed) == before


def test_the_guid_in_its_show_toml_settles_it_too(renamed):
    before, text = feeds(renamed), (renamed.root / "c/show.toml").read_text()
    renamed.write("c/show.toml", f'guid = "{guids(renamed)["b"]}"\n{text}')
    assert refused(renamed.index()) == set()
    assert feeds(renamed) == before


def test_claimed_as_new_it_is_a_show_of_its_own_beside_the_one_that_is_away(renamed):
    before, known = feeds(renamed), guids(renamed)
    report = claim_episode(renamed.place, "c/", old=None, wishes=renamed._wishes())
    assert refused(report) == {("show-gone", "b")}
    assert guids(renamed).keys() == {"a", "b", "c"}
    assert guids(renamed)["c"] not in known.values()
    assert {slug: body for slug, body in feeds(renamed).items() if slug in before} == before
    assert refused(renamed.index()) == {("show-gone", "b")}


def test_even_where_the_other_is_said_to_be_gone_its_sound_is_no_new_show(renamed):
    before = feeds(renamed)
    for _ in range(2):
        assert refused(renamed.index(allow_removals=True)) == {("held-show", "c")}
    assert guids(renamed).keys() == {"a", "b"}
    assert claim_episode(renamed.place, "c", old="b", wishes=renamed._wishes()).refused == ()
    assert feeds(renamed) == before
    assert {one.missing_since for one in renamed.episodes().values()} == {None}


def test_other_sound_is_a_new_show_where_the_other_is_said_to_be_gone(renamed):
    for number in (1, 2):
        renamed.sound(f"c/b{number}.mp3", seed=40 + number)
    assert refused(renamed.index()) == {("held-show", "c"), ("show-gone", "b")}
    assert refused(renamed.index(allow_removals=True)) == set()
    assert guids(renamed).keys() == {"a", "b", "c"}


def test_a_new_show_in_the_folder_of_a_renamed_one_is_new(two):
    before = guids(two)
    (two.root / "b").rename(two.root / "c")
    two.write("b/show.toml", 'title = "Other"\nlanguage = "en"\n')
    two.sound("b/other.mp3", seed=7)
    assert two.index().refused == ()
    assert guids(two)["c"] == before["b"]
    assert guids(two)["b"] not in before.values()


def test_a_copy_that_states_the_guid_of_its_original_waits(two):
    guid = guids(two)["a"]
    two.write("copy/show.toml", f'title = "Copy"\nlanguage = "en"\nguid = "{guid}"\n')
    two.sound("copy/other.mp3", seed=7)
    assert refused(two.index()) == {("show-guid-taken", "copy")}


def test_a_claim_on_a_show_that_nobody_doubts_is_refused(two):
    with pytest.raises(Conflict, match="Nothing is in doubt"):
        claim_episode(two.place, "a", old="b")
    with pytest.raises(NotFound, match="No show is called “x”"):
        claim_episode(two.place, "a", old="x")

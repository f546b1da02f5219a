"""A library indexed for real, and searched."""

from datetime import timedelta

import pytest

from catalogue.actions import search_filling
from catalogue.actions.migrate_store import migrate_store
from catalogue.domain.search import Asked, Choice, Kind, Place, Understood
from catalogue.stems import search_reader
from catalogue.store.index import open_index

CUES = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ann>The bone pain came at night,

00:00:05.000 --> 00:00:08.000
<v Ann>and nobody had told me. Then I slept.
"""
# What was typed, and what is offered instead.
MEANT = {
    "marathn": "marathon",
    "Marahton": "Marathon",
    '"boen pian" NIHGT': '"bone pain" NIGHT',
    "nihgt -zzz": "night -zzz",
    "nightingles": None,
    "qqqqqq": None,
    "bone": None,
}
NOTHING_HAS = (
    {"show": "other"},
    {"person": "\0"},
    {"person": ""},
    {"topic": "' OR 1=1"},
    {"year": 10**30},
    {"year": -1},
    {"year": 1999},
    {"language": "x" * 999},
    {"language": ""},
)


def note(title, *, published="2026-02-01 08:00", extra="", notes=""):
    return f"---\ntitle: {title}\npublished: {published}\n{extra}---\n\n{notes}\n"


@pytest.fixture
def told(shelf):
    """A show with a spoken episode, one with translated notes, one that comes tomorrow and a draft."""
    shelf.sound("spoken/audio.mp3")
    shelf.write("spoken/episode.md", note("Spoken", extra="people: [Ann Lee]\ntags: [Grief]\n"))
    shelf.write("spoken/transcript.vtt", CUES)
    shelf.sound("written/audio.mp3", seed=2)
    shelf.write("written/episode.md", note("Written", published="2025-05-01 08:00", notes="About a *marathon*."))
    shelf.write("written/episode.es.md", "---\ntitle: Escrito\n---\n\nSobre las operaciones.\n")
    shelf.sound("coming/audio.mp3", seed=3)
    shelf.write("coming/episode.md", note("Coming", published="2026-03-02 12:00", notes="Nightingales"))
    shelf.sound("draft/audio.mp3", seed=4)
    shelf.write("draft/episode.md", note("Draft", extra="draft: true\n", notes="Nightingales"))
    shelf.index()
    return shelf


def search(shelf, words, **asked):
    return shelf.publication().search(Asked(words=words, **asked), shelf.now)


def titles(shelf, words, **asked):
    return [hit.title for hit in search(shelf, words, **asked).hits]


def test_the_sentence_is_found_with_its_speaker_and_its_moment(told):
    (hit,) = search(told, '"bone pain"').hits
    (found,) = hit.found
    assert found.text == "The bone pain came at night, and nobody had told me."
    assert (found.start, found.speaker, found.language) == (timedelta(seconds=1), "Ann", "en")
    assert (hit.kind, hit.episode.title, hit.show.slug) == (Kind.EPISODE, "Spoken", "conversations")


def test_translations_are_found_in_their_language(told):
    (hit,) = search(told, "operacion").hits
    assert (hit.language, hit.title, hit.found[0].place) == ("es", "Escrito", Place.NOTES)
    assert titles(told, "marathon", language="es") == []


def test_what_is_not_public_is_not_found_until_its_moment(told):
    assert titles(told, "nightingales") == []
    assert search(told, "nightingale").suggestion is None
    told.later(days=2)
    assert titles(told, "nightingales") == ["Coming"]


def test_what_was_withdrawn_is_not_found_even_before_the_search_is_filled_again(told, monkeypatch):
    monkeypatch.setattr(search_filling, "fill_search", lambda *_, **__: None)
    told.write("spoken/episode.md", note("Spoken", extra="draft: true\n"))
    told.index(allow_removals=True)
    answer = search(told, "bone pain")
    assert (answer.hits, answer.count) == ((), 0)


def test_filters_offer_what_there_is_and_keep_to_it(told):
    choices = told.publication().search_choices(told.now)
    assert choices.shows == (Choice(value="conversations", label="Conversations", count=2),)
    assert choices.people == (Choice(value="ann-lee", label="Ann Lee", count=1),)
    assert choices.topics == (Choice(value="grief", label="Grief", count=1),)
    assert [one.value for one in choices.years] == ["2026", "2025"]
    assert [(one.value, one.count) for one in choices.languages] == [("en", 2), ("es", 1)]
    asked = {"person": "ann-lee", "topic": "grief", "year": 2026, "language": "en-GB", "show": "conversations"}
    assert titles(told, "night", **asked) == ["Spoken"]


def test_under_a_filter_that_nothing_has_nothing_is_found(told):
    for asked in NOTHING_HAS:
        answer = search(told, "night", **asked)
        assert (answer.hits, answer.count, answer.page, answer.last_page) == ((), 0, 1, 1), asked


def test_a_page_that_is_not_there_is_the_nearest_that_is(told):
    for page in (-5, 0, 1, 2, 99_999, 10**30):
        answer = search(told, "night", page=page)
        assert (answer.page, answer.last_page, answer.count, len(answer.hits)) == (1, 1, 1, 1)


def test_what_cannot_be_asked_is_said(told):
    found = [search(told, words).understood for words in ("", " … ", "-bone", "bone")]
    assert found == [Understood.EMPTY, Understood.EMPTY, Understood.ONLY_MINUS, Understood.ASKED]
    assert search(told, "word " * 99).is_shortened


def test_a_slip_is_answered_with_what_was_meant_if_that_is_found(told):
    assert {typed: search(told, typed).suggestion for typed in MEANT} == MEANT


def test_who_makes_the_show_is_found_under_the_episodes_that_name_nobody(told):
    for people in ('["Bea Ruiz"]', '["Cai Park"]'):
        told.write("show.toml", f'title = "Conversations"\nlanguage = "en"\npeople = {people}\n')
        told.later(minutes=1)
        told.index()
    choices = told.publication().search_choices(told.now)
    assert [(one.value, one.count) for one in choices.people] == [("ann-lee", 1), ("cai-park", 1)]
    assert (titles(told, "cai park"), titles(told, "bea")) == (["Written"], [])


def test_what_changed_is_found_by_its_new_words_and_what_has_gone_is_not(told):
    told.write("spoken/transcript.vtt", CUES.replace("bone pain", "laughter"))
    told.later(minutes=1)
    told.index()
    assert (titles(told, "bone"), titles(told, "laughter")) == ([], ["Spoken"])


def test_a_run_reads_nothing_again_that_says_the_same(told, monkeypatch):
    read = []
    original = search_filling.search_documents
    monkeypatch.setattr(
        search_filling,
        "search_documents",
        lambda episode, *rest: read.append(episode.title) or original(episode, *rest),
    )
    told.later(minutes=1)
    told.write("show.toml", (told.root / "show.toml").read_text() + 'subtitle = "Another"\n')
    told.index()
    assert read == []
    told.write("written/episode.md", note("Written anew", published="2025-05-01 08:00"))
    told.later(minutes=1)
    told.index()
    assert read == ["Written anew"]


def test_a_search_read_by_an_older_program_is_read_again(told):
    told.place.index.clear_search("older")
    told.write("written/episode.md", note("Written anew", published="2025-05-01 08:00"))
    told.later(minutes=1)
    told.index()
    assert told.place.index.search_state()[0] == search_reader()
    assert titles(told, "bone") == ["Spoken"]


def test_a_deleted_database_finds_the_same_once_indexed(told, reopened):
    reopened.index()
    assert titles(reopened, "bone pain") == ["Spoken"]


def test_topic_pages_and_events_are_found_by_their_slug(told):
    told.write("topics/grief.md", "---\ntitle: Grief and after\n---\n\n## 1. When does it end?\n\nIt changes shape.\n")
    told.write("events.toml", '[[event]]\nid = "circle"\ntitle = "Evening circle"\nwhat = "We talk of its shape."\n')
    told.later(minutes=1)
    told.index()
    found = {(hit.kind, hit.guid, hit.title) for hit in search(told, "shape").hits}
    assert found == {(Kind.TOPIC, "grief", "Grief and after"), (Kind.EVENT, "circle", "Evening circle")}
    (told.root / "topics/grief.md").unlink()
    told.later(minutes=1)
    told.index()
    assert [hit.kind for hit in search(told, "shape").hits] == [Kind.EVENT]


def test_a_moved_database_can_be_searched(told, tmp_path):
    url = f"sqlite:///{tmp_path / 'moved.sqlite3'}"
    migrate_store(told.place.settings, url)
    moved = open_index(url)
    assert moved.search_keys(Kind.EPISODE, moved.shows()[0].show.guid).keys() == {
        e.guid for e in told.episodes().values()
    }
    assert moved.known_word("marathon").number == 1
    moved.close()

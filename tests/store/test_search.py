"""What any index finds, and what it does not: the same on the fake, on SQLite and on PostgreSQL."""

import random
from datetime import timedelta

import pytest
from builders import NOON
from rows import by_guid, episode_row, show_row

from catalogue.domain.search import Kind, Name, Passage, Place, SearchDocument
from catalogue.domain.search_query import read_query
from catalogue.errors import StoreError
from catalogue.stems import patterns_of, search_reader
from catalogue.store.index import Filters, SearchItem, Wanted
from catalogue.store.search_postgres import MOST_BYTES

SHOW = show_row().show.guid
TYPED = (
    "bone pain", '"bone pain"', '"pain bone"', "husband", "cafe", "CAFÉ", "nino", "clos*", '"was clo*"', "bone -pain",
    '-"bone pain" bone', "乳癌", "癌乳", "癌", "שלום", "COVID-19", "covid 19", "don't", "operacion", "operaciones",
    "tratamiento", "AND", "bone AND", "bone OR pain", "NEAR(bone pain)", "title:bone", "bone:*", "bone & !pain",
    "a | b", "'", '"', '"""', "*", "-", "--", "^bone", "{bone}", "(bone", "bone)", "\\", "bone\0pain", "\0", "%_", ";",
    "😀 bone", "<->", "'bone':*", "ab*", "x*", "\ud800 bone", "2018", "ﷺ", "½", "straße", "strasse",
)  # fmt: skip
TEXTS = {
    "both": "My husbands said the café was closed. There is bone pain, they don't know.",
    "apart": "A bone. And then, much later: pain, COVID-19, in 2018. Straße ½.",
    "only": "The bone AND nothing. NEAR title NOT OR ﷺ",
    "cjk": "乳癌の治療について。",
    "rtl": "שָׁלוֹם לכולם x",
    "niño": "El niño y las operaciones, tratamientos.",
    "nothing": "",
}


def document(guid, text, *, language="en", public_at=NOON, place=Place.TRANSCRIPT, kind=Kind.EPISODE, **stated):
    passages = (Passage(place=place, text=text, start=timedelta(seconds=3), speaker="Ann"),)
    values = {"show_guid": SHOW, "title": guid, "passages": passages}
    return SearchDocument(kind=kind, guid=guid, language=language, public_at=public_at, **values | stated)


def save(index, *documents, key="1"):
    items = {one.guid: [] for one in documents}
    for one in documents:
        items[one.guid].append(one)
    saved = [SearchItem(guid=guid, key=key, documents=tuple(some)) for guid, some in items.items()]
    index.save_search(Kind.EPISODE, SHOW, items=saved)


def wanted(typed, *languages):
    query = read_query(typed)
    terms, excluded = ([patterns_of(term, languages) for term in some] for some in (query.wanted, query.excluded))
    return Wanted(terms=tuple(terms), excluded=tuple(excluded)) if terms else None


def find(index, typed, *, now=NOON, limit=100, offset=0, **filters):
    """The GUIDs found, best first; none where nothing was asked."""
    asked = wanted(typed, *index.search_languages())
    if asked is None:
        return []
    page = index.find(asked, filters=Filters(**filters), now=now, limit=limit, offset=offset)
    return [one.guid for one in page.documents]


@pytest.fixture
def filled(index):
    """An index with TEXTS, the one in Spanish as that."""
    index.clear_search(search_reader())
    save(index, *(document(guid, text, language="es" if guid == "niño" else "en") for guid, text in TEXTS.items()))
    return index


EXPECTED = {
    "bone pain": {"both", "apart"},
    '"bone pain"': {"both"},
    '"pain bone"': set(),
    "husband": {"both"},
    "cafe": {"both"},
    "CAFÉ": {"both"},
    "nino": {"niño"},
    "clos*": {"both"},
    '"was clo*"': {"both"},
    "bone -pain": {"only"},
    '-"bone pain" bone': {"apart", "only"},
    "乳癌": {"cjk"},
    "癌乳": set(),
    "癌": {"cjk"},
    "שלום": {"rtl"},
    "COVID-19": {"apart"},
    "don't": {"both"},
    "operacion": {"niño"},
    "tratamiento": {"niño"},
    "bone AND": {"apart", "only"},
    "bone OR pain": set(),
    "title:bone": set(),
    "NEAR(bone pain)": set(),
    "bone & !pain": {"both", "apart"},
    "bone\0pain": {"both"},
    "😀 bone": {"both", "apart", "only"},
    "2018": {"apart"},
    "strasse": {"apart"},
    "-bone": set(),
}


def test_words_phrases_beginnings_and_minus_find_what_they_say(filled):
    assert {typed: set(find(filled, typed)) for typed in EXPECTED} == EXPECTED


def test_whatever_is_typed_finds_the_same_as_the_plain_look_through_every_text(filled):
    from fake_index import FakeIndex

    plain = FakeIndex()
    plain.clear_search(search_reader())
    save(plain, *(document(guid, text, language="es" if guid == "niño" else "en") for guid, text in TEXTS.items()))
    found = {typed: (sorted(find(filled, typed)), sorted(find(plain, typed))) for typed in TYPED}
    assert {typed: two for typed, two in found.items() if two[0] != two[1]} == {}


def test_random_questions_find_the_same_as_the_plain_look_through_every_text(index):
    from fake_index import FakeIndex

    chance, plain = random.Random(5), FakeIndex()
    texts = [document(f"e{number}", " ".join(chance.choices("abcdefgh", k=9))) for number in range(40)]
    for one in (index, plain):
        one.clear_search(search_reader())
        save(one, *texts)
    for _ in range(15):
        words = [chance.choice(("", "", "", "-")) + chance.choice("abcdefgh") for _ in range(3)]
        typed = " ".join((*words, chance.choice(("", '"a b"', '-"c d"', '"e f g"'))))
        assert sorted(find(index, typed)) == sorted(find(plain, typed)), typed


def test_a_query_of_ten_thousand_signs_finds_nothing_and_is_no_error(filled):
    for typed in ("bone " * 2000, '"' * 10_001, "-" * 10_000, "x*" * 5000, "癌" * 10_000, "\0" * 10_000):
        find(filled, typed)
    assert find(filled, "bone zzz " * 2000) == []


def test_a_phrase_is_found_wherever_it_stands_in_a_long_transcript(index):
    index.clear_search(search_reader())
    words = [f"w{number:05}{'x' * 20}" for number in range(17_500)]
    save(index, document("long", " ".join(words)), document("same", "word " * 600 + "other"))
    chance = random.Random(3)
    end_of_row = MOST_BYTES // (len(words[0]) + 1)
    for at in (end_of_row - 15, *chance.sample(range(17_000), 2)):
        assert find(index, f'"{" ".join(words[at : at + 30])}"') == ["long"]
    assert find(index, '"word other"') == ["same"]
    assert find(index, f'"{words[7]} {words[9]}"') == []
    assert find(index, f"{words[1]} {words[17_499]} -{words[500]}y") == ["long"]


def test_titles_come_before_chapters_notes_what_is_said_often_and_what_is_said_once(index):
    index.clear_search(search_reader())
    said = {
        "often": "grief " * 9,
        "thrice": "grief, grief, grief",
        "once": "and there is grief in a long talk about it",
    }
    places = {"title": Place.TITLE, "chapter": Place.CHAPTER, "notes": Place.NOTES}
    texts = [document(guid, text) for guid, text in said.items()]
    save(index, *texts[::-1], *(document(guid, "grief", place=place) for guid, place in places.items()))
    assert find(index, "grief") == [*places, *said]
    assert find(index, "gri*") == [*places, *said]


def test_among_equals_the_newest_comes_first_on_whatever_page(index):
    index.clear_search(search_reader())
    save(index, *(document(f"e{day}", "grief", public_at=NOON - timedelta(days=day)) for day in range(7)))
    assert find(index, "grief") == [f"e{day}" for day in range(7)]
    assert find(index, "grief", limit=2, offset=4) == ["e4", "e5"]
    assert find(index, "grief", limit=2, offset=8) == []


def test_what_is_scheduled_is_found_from_its_moment_on(index):
    index.clear_search(search_reader())
    save(index, document("later", "grief", public_at=NOON + timedelta(microseconds=1)))
    assert find(index, "grief") == []
    assert find(index, "grief", now=NOON + timedelta(microseconds=1)) == ["later"]


def test_an_item_counts_once_in_however_many_languages_it_is_found(index):
    index.clear_search(search_reader())
    save(index, document("one", "Chemo con café"), document("one", "Chemo y café", language="es"))
    page = index.find(wanted("chemo cafe", "en", "es"), filters=Filters(), now=NOON, limit=10)
    assert (page.count, [one.guid for one in page.documents]) == (1, ["one"])
    only = index.find(wanted("chemo", "es"), filters=Filters(language="es"), now=NOON, limit=10)
    assert [one.language for one in only.documents] == ["es"]


def test_what_is_found_in_several_languages_is_given_in_the_one_that_is_spoken(index):
    index.clear_search(search_reader())
    save(index, document("one", "Cancer"), document("one", "Cáncer, cáncer, cáncer", language="es-MX"))
    save(index, document("two", "Cáncer", language="es"))
    for spoken, expected in (("en", {"one": "en", "two": "es"}), ("es", {"one": "es-MX", "two": "es"})):
        page = index.find(wanted("cancer", "en", "es"), filters=Filters(), now=NOON, limit=9, spoken=spoken)
        assert ({one.guid: one.language for one in page.documents}, page.count) == (expected, 2)


def test_filters_leave_what_fits_all_of_them(index):
    index.clear_search(search_reader())
    ann, grief = Name(value="ann", label="Ann"), Name(value="grief", label="Grief")
    save(
        index,
        document("both", "word", people=(ann, ann), topics=(grief,)),
        document("ann", "word", people=(ann,), public_at=NOON - timedelta(days=400)),
        document("spanish", "word", language="es-MX"),
    )
    assert set(find(index, "word", person="ann")) == {"both", "ann"}
    assert find(index, "word", person="ann", topic="grief") == ["both"]
    assert find(index, "word", year=2020) == ["ann"]
    assert find(index, "word", language="es", show_guid=SHOW) == ["spanish"]
    assert find(index, "word", show_guid="another") == find(index, "word", person="x' OR 1") == []


def test_the_tally_counts_items_that_are_public(filled):
    save(filled, document("later", "x", public_at=NOON + timedelta(days=1), people=(Name(value="b", label="B"),)))
    save(filled, document("both", "x", people=(Name(value="a", label="A"),)), document("both", "y", language="es"))
    tally = filled.tally(NOON)
    assert (tally.shows, tally.years) == ({SHOW: len(TEXTS)}, {2021: len(TEXTS)})
    assert (tally.languages, tally.people, tally.topics) == ({"en": 6, "es": 2}, {"a": ("A", 1)}, {})


def test_a_text_written_again_is_found_by_its_new_words_alone(filled):
    save(filled, document("both", "Only marrow now"), key="2")
    assert (find(filled, "husband"), find(filled, "marrow")) == ([], ["both"])
    assert filled.search_keys(Kind.EPISODE, SHOW, ["both", "none"]) == {"both": "2"}
    assert filled.known_word("husbands") is None
    assert filled.known_word("marrow").number == 1


def test_what_has_gone_is_not_found_and_leaves_no_word(filled):
    filled.save_search(Kind.EPISODE, SHOW, items=(), gone=[*TEXTS, "never there"])
    assert [typed for typed in EXPECTED if find(filled, typed)] == []
    assert (filled.search_keys(Kind.EPISODE, SHOW), filled.search_languages()) == ({}, ())
    assert filled.words_like("husbands", distance=9) == ()


def test_all_is_forgotten_when_it_is_to_be_read_anew(filled):
    filled.settle_search(SHOW, 7)
    filled.clear_search("another reader")
    assert filled.search_state() == ("another reader", {})
    assert find(filled, "bone") == []
    save(filled, document("both", "bone"))
    assert find(filled, "bone") == ["both"]


def test_words_that_look_alike_are_offered_the_most_frequent_first(index):
    index.clear_search(search_reader())
    save(index, document("1", "Chemotherapy"), document("2", "chemotherapy Café"), document("3", "chemical"))
    assert [one.word for one in index.words_like("chemotheraphy", distance=2)] == ["chemotherapy"]
    assert index.known_word("chemotherapy")[1:] == ("chemotherapy", 2)
    assert index.known_word("cafe").shown == "café"


def test_later_episodes_are_told_and_whether_some_have_gone(index):
    index.save_show(show_row(), episodes=by_guid(episode_row("b", "b"), episode_row("a", "a")))
    revision = index.revision()
    assert (index.later_episodes(SHOW, -1), index.later_episodes(SHOW, revision)) == (["a", "b"], [])
    assert index.has_search_gone(SHOW, there=len(index.episodes(SHOW)))
    index.save_search(Kind.EPISODE, SHOW, items=[SearchItem(guid=guid, key="") for guid in "ab"])
    assert not index.has_search_gone(SHOW, there=len(index.episodes(SHOW)))
    index.save_show(show_row(), episodes={}, gone=["a"])
    assert index.has_search_gone(SHOW, there=len(index.episodes(SHOW)))


def test_any_text_and_any_guid_can_be_found(index):
    index.clear_search(search_reader())
    guids = ["a\0b", "\udc80", "'; DROP", "x" * 9000, ""]
    save(index, *(document(guid, f"word {guid}", title=guid) for guid in guids))
    assert sorted(find(index, "word")) == sorted(guids)


def test_a_text_comes_back_as_it_was_said(filled):
    page = filled.find(wanted("husband", "en"), filters=Filters(), now=NOON, limit=1)
    text = page.documents[0].text
    assert (text.text, text.start(0), text.speaker(0)) == (TEXTS["both"], timedelta(seconds=3), "Ann")


def test_a_locked_database_is_said_when_a_search_is_filled(sqlite_index, rival):
    sqlite_index.clear_search(search_reader())
    rival.execute("PRAGMA busy_timeout=0")
    rival.execute("BEGIN IMMEDIATE")
    with sqlite_index._engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    with pytest.raises(StoreError):
        save(sqlite_index, document("both", "bone"))
    rival.execute("ROLLBACK")


def test_what_somebody_looked_for_stands_in_no_error(sqlite_index):
    with sqlite_index._engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE search_words")
    with pytest.raises(StoreError) as refused:
        sqlite_index.find(wanted("secretword", "en"), filters=Filters(person="secret-name"), now=NOON, limit=1)
    told = f"{refused.value} {refused.value.__cause__}"
    assert "search_words" in told and "secret" not in told

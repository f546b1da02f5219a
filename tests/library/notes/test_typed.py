"""Fields → values of domain classes: types, lists of one, plain texts for tables, all errors at once."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from catalogue.domain.episode import Correction, Episode, EpisodeType, Review, Season, Soundbite
from catalogue.domain.media import RemoteAudio
from catalogue.domain.show import Category, License, Person, Show
from catalogue.errors import ContentErrors, NotesError
from catalogue.library.notes.episode_note import NOTE_KEYS
from catalogue.library.notes.typed import read_fields
from catalogue.library.notes.yaml_fields import read_yaml
from catalogue.library.show_file import SHOW_KEYS


def read(text, kind=Episode, names=NOTE_KEYS):
    fields = read_yaml(text, path="1/episode.md", error=NotesError, first_line=2)
    return read_fields(fields, kind, names=names, timezone="Europe/Berlin", path="1/episode.md", error=NotesError)


def refusals(text, kind=Episode, names=NOTE_KEYS):
    with pytest.raises(ContentErrors) as caught:
        read(text, kind, names)
    return [str(error) for error in caught.value.errors]


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("title: 1984", "title", "1984"),
        ("title: |\n  Two\n  lines", "title", "Two lines"),
        ("summary: |\n  Two\n  lines", "summary", "Two\nlines"),
        ("number: 010", "number", Decimal(10)),
        ("number: '#110.5'", "number", Decimal("110.5")),
        ("draft: No", "draft", False),
        ("explicit: TRUE", "explicit", True),
        ("published: 2021-10-05", "published_at", datetime(2021, 10, 5, 6, tzinfo=UTC)),
        ("type: Trailer", "type", EpisodeType.TRAILER),
        ("season: 2", "season", Season(number=2)),
        ("season: {number: 2, name: Living}", "season", Season(number=2, name="Living")),
        ("people: Ana", "people", (Person(name="Ana"),)),
        ("people: [Ana, {name: Bea, role: guest}]", "people", (Person(name="Ana"), Person(name="Bea", role="guest"))),
        ("license: CC-BY-4.0", "license", License(identifier="CC-BY-4.0")),
        ("language: en_us", "language", "en-US"),
        ("guid: ' a  b '", "guid", " a  b "),
        (
            "corrections: {on: 2021-10-06, text: It is 6.}",
            "corrections",
            (Correction(on=date(2021, 10, 6), text="It is 6."),),
        ),
        ("people: []", "people", ()),
    ],
)
def test_a_field_is_typed_as_the_domain_says(text, field, value):
    assert read(text) == {field: value}


def test_nested_times_are_read_as_times():
    found = read("soundbites: [{start: '1:02', duration: 30, title: T}]")
    assert found["soundbites"] == (Soundbite(start=timedelta(seconds=62), duration=timedelta(seconds=30), title="T"),)


def test_keys_with_a_dot_build_the_object_they_belong_to():
    found = read("reviewed: 2018-05\nnext_review: Under way\nreviewed_by: a specialist nurse")
    assert found == {"review": Review(last_on="2018-05", next_on="under way", by="a specialist nurse")}


def test_tables_know_the_names_that_people_write():
    found = read("enclosure: {url: 'https://e.org/a.mp3', length: 10, type: audio/mpeg, duration: 1:00}")
    expected = RemoteAudio(
        url="https://e.org/a.mp3", size_bytes=10, media_type="audio/mpeg", duration=timedelta(minutes=1)
    )
    assert found == {"remote": expected}


def test_a_class_that_reads_its_own_text_is_asked():
    found = read("categories: Health & Fitness > Medicine", Show, SHOW_KEYS)
    assert found == {"categories": (Category(name="Health & Fitness", subcategory="Medicine"),)}


def test_an_empty_value_counts_as_not_stated():
    assert read("title:\nnumber: ''\npeople:\n  -\n") == {"people": ()}


def test_all_that_is_wrong_is_told_at_once_with_its_line():
    people = "people:\n  - name: Ana\n    rolle: guest\n  - role: host"
    found = refusals(f"title: T\npublished: 5/10/21\ndraft: maybe\n{people}")
    assert found == [
        "1/episode.md, line 3: `published` is not a date I can read: '5/10/21'. Write 2021-10-05 08:00.",
        "1/episode.md, line 4: `draft` is neither yes nor no: 'maybe'. Write one of them.",
        "1/episode.md, line 7: There is no key `rolle` in `people`. Did you mean `role`?",
        "1/episode.md, line 8: `people` needs `name` too. Add it.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("publishd: 2021-10-05", "Did you mean `published`?"),
        ("date: 2021-10-05", "Did you mean `published`?"),
        ("description: x", "Did you mean `summary`?"),
        ("content-warning: x", "Did you mean `content_warning`?"),
        ("zebra: x", "There is no key `zebra`. Remove it, or put a # before it."),
        ("type: ful", "Write full or trailer or bonus."),
        ("number: ten", "`number` is not a number: 'ten'"),
        ("season: -1", "is not a whole number: '-1'"),
        ("link: example.org", "is not a web address: 'example.org'"),
        ("link: javascript:alert(1)", "is not a web address"),
        ("link: https://a:b@example.org/", "is not a web address"),
        ("link: 'https://[x'", "is not a web address"),
        ("language: English", "is not a language code: 'English'"),
        ("slug: Meet Them", "cannot stand in an address"),
        ("slug: search", "Castalogue's own pages"),
        ("reviewed: May 2018", "is not a date I can read"),
        ("reviewed: 2018-13", "is not a date I can read"),
        ("next_review: soon", "line 2: `next_review` is not a day I can read: 'soon'. Write 2021-10-05, 2021-10 or"),
        ("title: [a, b]", "`title` takes one value"),
        ("season: [1, 2]", "`season` takes one table or text"),
        ("funding: https://e.org/give", "`funding` needs `label` too"),
        ("enclosure: https://e.org/a.mp3", "`enclosure` needs `length`, `type` too"),
        ("enclosure: {url: 'https://e.org/a', length: 1, type: mp3}", "is not a media type"),
        ("title: " + "x" * 1001, "at most 1000"),
        ("title: '{x}'\nnumber: '{y}'", "'{y}'"),
        ("season: {number: 2, name: {a: b}}", "`name` in `season` takes one value"),
        ("published: 2021-10-31 02:30", "`published` is a moment that comes twice"),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_mend(text, said):
    assert said in "\n".join(refusals(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("timezone: Europe/Berln", "Write it like Europe/Berlin."),
        ("accent: teal", "such as #085a52"),
        ("owner: {name: A, email: nobody}", "is not an e-mail address"),
        ("feedback: somewhere", "is neither a web address nor an e-mail address: 'somewhere'. Write it whole"),
        ("medium: podcasts", "Write one of podcast, music"),
        ("guid: 12", "is not a podcast GUID"),
        ("new_files: hold", "Write publish or draft."),
    ],
)
def test_what_a_show_cannot_mean_is_told_with_its_mend(text, said):
    assert said in "\n".join(refusals(text, Show, SHOW_KEYS))


@pytest.mark.parametrize(
    ("text", "value"), [("feedback: a@e.org", "a@e.org"), ("feedback: https://e.org/", "https://e.org/")]
)
def test_feedback_goes_to_a_page_or_an_address(text, value):
    assert read(text, Show, SHOW_KEYS) == {"support": value}


def test_a_place_of_help_has_one_number_whichever_key_names_it():
    (place,) = read("support: [{name: A nurse, tel: 555 0100, phone: 555 0100}]")["help"]
    assert place.phone == "555 0100"


def test_two_keys_that_mean_the_same_may_not_say_different_things():
    told = refusals("support: [{name: A nurse, tel: 1, phone: 2}]\nhelp: [{name: A doctor}]")
    assert [each.partition(": ")[2] for each in told] == [
        "`phone` in `support` says something else than `tel`, which means the same. Remove one of them.",
    ]
    assert "`help` says something else than `support`" in refusals("support: A nurse\nhelp: A doctor")[0]

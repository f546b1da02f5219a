"""A note through a form and back: what nobody changed stays, what no field knows stays."""

from decimal import Decimal

import pytest

from catalogue.actions.note_form import NoteTexts, changes_of, changes_text, fill_form
from catalogue.actions.note_rows import PersonTexts, SourceTexts
from catalogue.library.notes.edits import edit_note
from catalogue.library.notes.front_matter import read_note

ZONE = "America/New_York"
NOTE = b"""---
title: One  # a name
number: 110
season: {number: 2, name: Living well, extra: kept}
published: 2026-01-05T13:00:00Z
explicit: no
people:
  - Ana
  - {name: Bea, role: guest, image: "https://example.org/b.jpg"}
tags: [nutrition, living well]
funding: {url: "https://example.org", label: Give}
---
About it.
"""


def note(content=NOTE):
    return read_note(content, "one/episode.md")


def sent(**texts):
    filled = fill_form(note(), timezone=ZONE)
    rows = {key: texts.pop(key, rows) for key, rows in filled.rows.items()}
    return NoteTexts(fields={**filled.fields, **texts}, rows=rows)


def changes(**texts):
    return changes_of(sent(**texts), note(), timezone=ZONE)


def test_a_form_sent_back_as_it_was_changes_nothing():
    assert changes() == {}
    assert not changes_text(sent(), note())


def test_times_stand_in_the_zone_of_the_show():
    filled = fill_form(note(), timezone=ZONE)
    assert (filled["published"], filled["published_time"]) == ("2026-01-05", "08:00")


def test_only_what_was_changed_is_written_anew():
    edited = edit_note(NOTE, changes(number="111"), "one/episode.md")
    assert edited == NOTE.replace(b"number: 110", b"number: 111")


def test_what_has_no_field_is_kept_in_a_table_and_in_a_person():
    assert changes(season_name="Grief")["season"] == {"number": Decimal(2), "name": "Grief", "extra": "kept"}
    ana, bea = fill_form(note(), timezone=ZONE).rows["people"]
    renamed = PersonTexts(name="Beatriz", role=bea.role, url=bea.url, place=bea.place)
    found = changes(people=(ana, renamed))["people"]
    assert found == ["Ana", {"name": "Beatriz", "role": "guest", "image": "https://example.org/b.jpg"}]


def test_a_person_without_a_name_leaves_and_a_new_one_comes():
    ana, bea = fill_form(note(), timezone=ZONE).rows["people"]
    gone = PersonTexts(place=ana.place)
    found = changes(people=(gone, bea, PersonTexts(name="Cleo"), PersonTexts()))["people"]
    assert [one if isinstance(one, str) else one["name"] for one in found] == ["Bea", "Cleo"]


def test_an_emptied_field_takes_its_key_away_and_one_that_was_empty_adds_none():
    assert changes(tags="", summary="  ") == {"tags": None}


def test_fields_that_were_not_on_the_form_change_nothing():
    assert changes_of(NoteTexts(fields={"title": "One"}), note(), timezone=ZONE) == {}


def test_line_ends_of_browsers_are_no_change():
    two = note(NOTE.replace(b"About it.", b"About it.\n\nMore."))
    filled = fill_form(two, timezone=ZONE)
    assert not changes_text(NoteTexts(fields={"notes": filled["notes"].replace("\n", "\r\n")}), two)


def test_what_cannot_be_read_is_left_as_it_was_typed():
    assert changes(number="ten", published="soon", published_time="") == {"number": "ten", "published": "soon"}


@pytest.mark.parametrize(
    ("stated", "shown"),
    [
        (b'["0:00 Hello", "4:12 One: two"]', "0:00 Hello\n4:12 One: two"),
        (b"\n  - 0:00 Hello\n  - 4:12 One: two", "0:00 Hello\n4:12 One: two"),
        (b"|\n  0:00 Hello\n  4:12 More", "0:00 Hello\n4:12 More"),
        (b'[{start: "0:00", title: Hello}]', "0:00 Hello"),
        (b'[{start: "0:00", title: Hello, url: "https://example.org"}]', None),
    ],
)
def test_chapters_are_a_line_each_and_tables_with_more_stay_out_of_the_form(stated, shown):
    filled = fill_form(note(b"---\nchapters: " + stated + b"\n---\n"), timezone=ZONE)
    assert filled.fields.get("chapters") == shown


def test_lines_that_were_typed_become_chapters():
    assert changes(chapters="0:00 Hello\r\n\r\n 4:12 One: two ")["chapters"] == ["0:00 Hello", "4:12 One: two"]


SHAPES = [
    b"A leaflet",
    b"[A leaflet, {title: A study, url: 'https://e.org/'}]",
    b"{title: A leaflet, url: 'https://e.org/'}",
    b"\n  - A leaflet  # by post\n  - title: A study\n    url: https://e.org/",
    b"[]",
    b"",
]


@pytest.mark.parametrize("shape", SHAPES)
def test_sources_in_any_shape_stay_where_nobody_changed_them_and_take_another(shape):
    content = b"---\ntitle: One\nsources: " + shape + b"\n---\n"
    there = read_note(content, "one/episode.md")
    filled = fill_form(there, timezone=ZONE)
    assert changes_of(filled, there, timezone=ZONE) == {}
    rows = {**filled.rows, "sources": (*filled.rows["sources"], SourceTexts(title="A book", url="https://e.org/b"))}
    changed = changes_of(NoteTexts(fields=filled.fields, rows=rows), there, timezone=ZONE)
    again = fill_form(read_note(edit_note(content, changed, "one/episode.md"), "one/episode.md"), timezone=ZONE)
    assert [one.texts for one in again.rows["sources"]] == [one.texts for one in rows["sources"]]


def test_a_source_without_a_title_is_left_to_be_refused_and_one_that_lost_its_title_leaves():
    assert changes(sources=(SourceTexts(url="https://e.org/"),))["sources"] == [{"url": "https://e.org/"}]
    there = read_note(b"---\nsources: [{title: A, url: 'https://e.org/'}, B]\n---\n", "one/episode.md")
    first, second = fill_form(there, timezone=ZONE).rows["sources"]
    emptied = (SourceTexts(url=first.url, place=0), second)
    assert changes_of(NoteTexts(fields={}, rows={"sources": emptied}), there, timezone=ZONE) == {"sources": ["B"]}

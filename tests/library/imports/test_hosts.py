"""Feeds in the shape that six hosts give them, each with what is peculiar to it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalogue.errors import FeedError
from catalogue.library.imports.mapping import MOST_ITEMS, map_feed_file
from catalogue.library.notes.episode_note import read_episode_note
from catalogue.library.notes.front_matter import read_note
from catalogue.library.show_file import read_show_file

FEEDS = Path(__file__).parents[2] / "data" / "imports"


def mapped(name):
    return map_feed_file(str(FEEDS / f"{name}.xml"), name, "")


def episode(name):
    """The only episode of a feed: how it was mapped, and what its note says."""
    (one,) = mapped(name).episodes
    return one, read_episode_note(read_note(one.note.encode(), "episode.md"), timezone="UTC")


def show(name):
    return read_show_file(mapped(name).show_file.encode(), "show.toml")


@pytest.mark.parametrize(
    ("name", "guid", "title", "moment", "size"),
    [
        ("castopod", "https://pods.example/@kitchen/episodes/broth", "Broth", (2021, 10, 5, 6), 1200),
        ("podlove", "podlove-2021-11-11t20:31:10+00:00-8f0a1d2b3c4d5e6", "NS002 Müde", (2021, 11, 12, 6), 2400),
        ("seriously-simple", "https://plain.example/?post_type=podcast&p=12", "On scans", (2021, 10, 6, 9, 30), 3600),
        ("buzzsprout", "Buzzsprout-1234567", "The first call", (2022, 1, 1, 10), 4800),
        ("transistor", "3f8a1c9e-55aa-4bb1-9d0e-1b2c3d4e5f60", "Walking", (2022, 1, 10, 14), 5000),
        ("anchor", "0fe1a2b3-c4d5-46e7-98a9-bacbdcedfe0f", "3 a. m. & awake", (2022, 1, 6, 9), 7000),
    ],
)
def test_who_an_episode_is_comes_through_unchanged(name, guid, title, moment, size):
    one, values = episode(name)
    assert (one.guid, one.title, one.enclosure.size_bytes) == (guid, title, size)
    assert (values["guid"], values["title"]) == (guid, title)
    assert values["published_at"] == one.published_at == datetime(*moment, tzinfo=UTC)
    assert values["remote"].url == one.enclosure.url


def test_castopod_s_people_places_numbers_and_tags_are_kept():
    one, values = episode("castopod")
    stated = show("castopod")
    assert [person.name for person in values["people"]] == ["Ben Example"]
    assert (values["season"].name, values["number"], values["extras"].number_display) == ("Winter", 3, "Ch.3")
    assert values["extras"].social_interact[0].account_id == "@kitchen@pods.example"
    assert [file.name for file in one.files] == ["transcript.srt", "chapters.json"]
    assert (stated["people"][0].url, stated["location"][0].osm) == ("https://pods.example/ada", "R7444")
    assert stated["extras"].feed_tags[0].xml == '<podcast:mood level="2">calm</podcast:mood>'
    assert (stated["description"], stated["categories"][0].subcategory) == ("Cooking through treatment.", "Food")


def test_podlove_s_chapters_and_further_pages_are_found():
    feed, (one, values) = mapped("podlove"), episode("podlove")
    assert feed.next_url == "https://nachsorge.example/feed/mp3/?paged=2"
    assert [(c.title, c.start.total_seconds()) for c in values["chapters"]] == [("Begrüßung", 0), ("Schlaf", 252.5)]
    assert values["notes"] == "### Links\n\n- [Schlaf](https://example.org/schlaf)\n"
    assert (values["summary"], one.html) == ("Wenn die Kraft fehlt", "")


def test_what_no_markdown_says_stays_html():
    one, values = episode("seriously-simple")
    assert "notes" not in values
    assert "<td>CT</td><td><ul><li>MRI</li>" in one.html
    assert "summary" not in values  # it is the beginning of the notes
    assert "author" not in values  # it is the show's
    assert values["tags"][0].name == "Scans"
    assert one.files == ()  # the picture is the show's


def test_buzzsprout_s_transcripts_and_soundbites_are_kept():
    one, values = episode("buzzsprout")
    assert [file.name for file in one.files] == [
        "transcript.html",
        "transcript.srt",
        "transcript.vtt",
        "chapters.json",
    ]
    assert (values["soundbites"][0].start.total_seconds(), values["type"]) == (12.5, "trailer")
    assert "chapters" not in values  # the file has them
    assert (show("buzzsprout")["type"], show("buzzsprout")["explicit"], values["explicit"]) == ("serial", True, False)


def test_one_bad_value_costs_itself_and_is_named():
    one, values = episode("transistor")
    assert (values["people"][0].name, values["people"][0].image_url) == ("Kim", None)
    assert [left.what for left in one.left] == ["people"]
    assert "not an address" in one.left[0].why
    assert (values["number"], show("transistor")["extras"].podping) == (7.5, True)
    assert [trailer.title for trailer in mapped("transistor").trailers] == ["Trailer"]


def test_anchor_s_audio_in_an_address_in_an_address_stays_as_it_is():
    one, values = episode("anchor")
    assert values["remote"].media_type == "audio/x-m4a"
    assert one.enclosure.url.endswith("https%3A%2F%2Fcdn.example%2F3am.m4a")
    assert (values["season"].number, show("anchor")["language"]) == (2, "es-MX")
    assert one.folder == "4-3-a-m-awake"


def test_more_items_than_can_be_imported_at_once_are_refused_soon(tmp_path):
    (tmp_path / "feed.xml").write_text(f'<rss version="2.0"><channel>{"<item/>" * (MOST_ITEMS + 1)}</channel></rss>')
    with pytest.raises(FeedError, match="no more than 30000 are imported"):
        map_feed_file(str(tmp_path / "feed.xml"), "feed", "")


def test_a_folder_s_name_says_no_number_that_the_feed_does_not(tmp_path):
    source = (FEEDS / "anchor.xml").read_text("utf-8").replace("<itunes:episode>4</itunes:episode>", "")
    (tmp_path / "feed.xml").write_text(source, "utf-8")
    (one,) = map_feed_file(str(tmp_path / "feed.xml"), "feed", "").episodes
    assert one.folder == "on-3-a-m-awake"

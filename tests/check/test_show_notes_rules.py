"""Show notes as they were written: what is wrong in them, and what only looks so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from builders import make_audio, make_episode, make_show

from catalogue.check.facts import LibraryEpisode, LibraryFacts
from catalogue.check.library_run import check_library
from catalogue.check.written_notes import find_html, has_heading
from catalogue.domain.episode import Translation
from catalogue.domain.media import Chapter
from catalogue.domain.show import Category


def findings(notes, *, minutes=48, base_url="https://example.org", **stated):
    audio = make_audio(duration=timedelta(minutes=minutes))
    episode = make_episode(slug="compost", notes=notes, renditions=(audio,), **stated)
    library = LibraryFacts(
        show=make_show(slug="talk", categories=(Category(name="Leisure"),)),
        today=date(2021, 10, 13),
        episodes=(LibraryEpisode(episode=episode),),
        base_url=base_url,
        pages=frozenset({"/talk/compost/", "/talk/mulch/", "/talk/mulch/es/"}),
        shows=frozenset({"talk"}),
    )
    return [(one.rule, one.value, one.file_line) for one in check_library(library)]


@pytest.mark.parametrize(
    "address",
    [
        "../mulc/",
        "/talk/mulc/",
        "/talk/mulch/fr/",
        "https://example.org/talk/mulc/",
        "../mulc/?t=60",
        "/talk/mulc",
        "#what-it-wants",
    ],
)
def test_link_to_what_is_not_there_is_dead(address):
    assert findings(f"# What it needs\n\nSee\n[this]({address}).") == [("S01", address, 4)]


@pytest.mark.parametrize(
    "address",
    [
        "../mulch/",
        "/talk/mulch/?t=60",
        "/talk/mulch/es/",
        "/talk/mulch/transcript/es/",
        "https://example.org/talk/mulch/transcript/",
        "https://EXAMPLE.com/talk/mulc/",
        "/talk/subscribe/",
        "/talk/feed.xml",
        "/donate/",
        "/other/mulc/",
        "mailto:me@example.org",
        "http://[",
        "#what-it-needs",
        "#",
    ],
)
def test_link_to_what_is_there_or_is_not_ours_is_fine(address):
    assert findings(f"## What *it* needs\n\n[this]({address})") == []


def test_link_below_a_base_url_with_a_path_is_understood():
    notes = "[one](/talk/mulc/), [two](https://example.org/cast/talk/mulc/)"

    assert [value for _, value, _ in findings(notes, base_url="https://example.org/cast")] == [
        "https://example.org/cast/talk/mulc/"
    ]


def test_link_that_is_defined_elsewhere_is_followed():
    assert findings("See [this][1].\n\n[1]: ../mulc/") == [("S01", "../mulc/", 1)]


@pytest.mark.parametrize("notes", ["- 0:00 One\n- 49:00 Two", "0:00 One\n\nMore (0:49:10)"])
def test_moment_after_the_end_is_told(notes):
    assert [rule for rule, _, _ in findings(notes)] == ["S02"]


@pytest.mark.parametrize(
    "notes",
    [
        "- 0:00 One\n- 48:01 The end",
        "- 0:00 One\n\nOn Mondays at 19:00, in room 7",
        "18:00 Doors\n19:00 Talk\n20:00 Music",
    ],
)
def test_what_is_within_or_a_time_of_day_is_fine(notes):
    assert findings(notes, minutes=48 if "0:00 One" in notes else 19.5) == []


def test_audio_of_no_known_length_has_no_end():
    episode = make_episode(notes="0:00 One\n99:00 Two", renditions=(make_audio(duration=None),))
    library = LibraryFacts(
        show=make_show(disclaimer="No advice."), today=date(2021, 10, 13), episodes=(LibraryEpisode(episode=episode),)
    )

    assert "S02" not in {one.rule for one in check_library(library)}


@pytest.mark.parametrize("notes", ["![](https://example.org/a.jpg)", "Look: ![ ](https://example.org/a.jpg)"])
def test_picture_without_words_is_told(notes):
    assert findings(notes) == [("S03", "https://example.org/a.jpg", 1)]


@pytest.mark.parametrize("notes", ["![A heap](https://example.org/a.jpg)", "`![](https://example.org/a.jpg)`"])
def test_picture_with_words_or_as_code_is_fine(notes):
    assert findings(notes) == []


@pytest.mark.parametrize(
    ("notes", "value"),
    [
        ("One <script>x()</script>", "<script>"),
        ("One<br/>two", "<br/>"),
        ('<iframe src="https://example.org/"></iframe>', '<iframe src="https://example.org/">'),
        ("[this](javascript:alert(1))", "javascript:alert(1"),
    ],
)
def test_html_and_links_that_act_are_told(notes, value):
    assert findings(notes) == [("S04", value, 1)]


@pytest.mark.parametrize(
    "notes",
    ["`<b>` makes bold", "    <p>code</p>", "a < b and c > d", "<https://example.org/>", "<!-- <b> -->", "\\<b>"],
)
def test_what_only_looks_like_html_is_fine(notes):
    assert findings(notes) == []


def test_list_of_times_that_is_out_of_order_is_told():
    assert findings("- 0:00 One\n- 5:00 Two\n- 4:00 Three") == [("S05", "4:00", 3)]


def test_list_of_times_beside_chapters_may_be_anything():
    chapters = (Chapter(start=timedelta(0), title="One"),)

    assert findings("- 0:30 One\n- 5:00 Two\n- 4:00 Three", chapters=chapters) == []


def test_notes_of_a_translation_are_judged_from_where_their_pages_stand():
    spanish = Translation(language="es", title="Compost", notes="[a](../../mulch/es/), [b](../mulch/), [c](../moss/)")

    assert findings("All is well.", translations=(spanish,)) == [("S01", "../moss/", 1)]


def test_blanks_without_end_cost_no_more_than_they_are_long():
    blanks = " " * 200_000
    assert not list(find_html(f"x]({blanks}x"))
    assert has_heading(f"# Words{blanks}", "words")
    assert not has_heading(f"# x{blanks}x", "words")

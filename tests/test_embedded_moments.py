"""Moments of episodes that stand in notes: read, on pages, in feeds."""

from datetime import timedelta

import pytest

from catalogue.show_notes import find_embedded, has_time_list, plain_text, render_feed_notes, render_notes, render_parts
from catalogue.show_notes.embedded import read_embedded

MOMENT = "![What *helps*](episode:talks/110-husbands#t=4:12,5:30)"


@pytest.mark.parametrize(
    ("stretch", "start", "end"),
    [
        ("", 0, None),
        ("#t=4:12,5:30", 252, 330),
        ("#t=npt:252,330.5", 252, 330),
        ("#t=,30", 0, 30),
        ("#t=1:02:03", 3723, None),
    ],
)
def test_a_stretch_is_read_as_a_media_fragment(stretch, start, end):
    found = read_embedded(f"episode:110{stretch}", "x")
    assert (found.show, found.episode, found.start) == (None, "110", timedelta(seconds=start))
    assert found.end == (None if end is None else timedelta(seconds=end))


@pytest.mark.parametrize(
    "address", ["episode:", "episode:a/b/c", "episode:110#t=4:72", "episode:110#t=30,20", "episode:1?t=2"]
)
def test_what_names_no_stretch_is_found_but_means_nothing(address):
    assert find_embedded(f"![x]({address})") == ((address, None),)
    assert render_parts(f"![x]({address})", moment_url=None) == ("<p>x</p>\n",)


def test_on_a_page_a_paragraph_of_its_own_is_embedded():
    before, moment, after = render_parts(f"Before.\n\n{MOMENT}\n\nAfter.", moment_url=None)
    assert (before, after) == ("<p>Before.</p>\n", "<p>After.</p>\n")
    assert (moment.name, moment.caption) == ("talks/110-husbands", "What helps")


@pytest.mark.parametrize("notes", [f"Hear {MOMENT} here", f"- {MOMENT}", f"> {MOMENT}", f"{MOMENT}\n{MOMENT}"])
def test_in_the_midst_of_other_words_only_the_caption_stands(notes):
    (page,) = render_parts(notes, moment_url=None)
    assert "What helps" in page


def test_without_a_place_to_embed_the_caption_is_text():
    assert render_notes(MOMENT, moment_url=None) == "<p>What helps</p>\n"
    assert plain_text(MOMENT) == "What helps"


def test_in_a_feed_it_is_a_link_to_the_moment():
    linked = render_feed_notes(MOMENT, page_of=lambda one: f"https://e.org/{one.name}/?t={one.start.seconds}")
    assert linked == '<p><a href="https://e.org/talks/110-husbands/?t=252">What helps</a></p>'
    assert render_feed_notes(MOMENT) == "<p>What helps</p>"


def test_the_stretch_of_a_moment_is_no_list_of_times():
    assert not has_time_list(f"{MOMENT}\n\n" * 4)

"""What an item says of its episode."""

from datetime import date, timedelta

import nh3
import pytest
from builders import make_episode
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.domain.episode import Correction
from catalogue.domain.media import Chapter
from catalogue.feed.description import cut_html, cut_text, render_content, render_description
from catalogue.show_notes import render_feed_notes

TAGS = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em", "br"}
PAGE = "https://podcast.example.org/conversations/meet-the-husbands/"
TWO_CHAPTERS = (Chapter(start=timedelta(minutes=4), title="B & C"), Chapter(start=timedelta(0), title="A"))


def described(content: str) -> str:
    return render_description(content, page=PAGE, language="en")


def test_the_content_warning_comes_first_in_the_episodes_language():
    english, spanish = (make_episode(content_warning="grief", language=language) for language in ("en-US", "es"))
    assert render_content(english).startswith("<p>Before you listen: grief</p>\n<p>About")
    assert render_content(spanish).startswith("<p>Antes de escuchar: grief</p>\n")


def test_chapters_are_listed_where_the_notes_bring_no_list():
    content = render_content(make_episode(chapters=TWO_CHAPTERS))
    assert content.endswith("<p><strong>Chapters</strong></p>\n<p>00:00 A<br>04:00 B &amp; C</p>")


@pytest.mark.parametrize("notes", ["0:00 A\n\n4:00 B\n\n5:00 C", "- 0:00 A\n- 4:00 B\n- 5:00 C"])
def test_a_list_in_the_notes_is_enough(notes):
    assert "Chapters" not in render_content(make_episode(chapters=TWO_CHAPTERS, notes=notes))


def test_a_single_chapter_or_silent_ones_are_no_list():
    silent = Chapter(start=timedelta(minutes=1), title="picture", is_listed=False)
    assert "Chapters" not in render_content(make_episode(chapters=(TWO_CHAPTERS[0], silent)))


def test_every_stamp_has_hours_where_one_needs_them():
    late = Chapter(start=timedelta(hours=1, seconds=5), title="D")
    assert "00:00:00 A<br>00:04:00 B &amp; C<br>01:00:05 D" in render_content(
        make_episode(chapters=(*TWO_CHAPTERS, late))
    )


@pytest.mark.parametrize(
    ("summary", "content"),
    [("A & B.", "<p>A &amp; B.</p>"), (None, "<p>Meet the husbands</p>"), (" ", "<p>Meet the husbands</p>")],
)
def test_without_notes_the_summary_or_the_title_stands_for_them(summary, content):
    assert render_content(make_episode(notes=" \n", summary=summary)) == content


def test_short_notes_are_the_description_as_they_are():
    assert described("<p>All of it.</p>") == "<p>All of it.</p>"
    exactly = f"<p>{'a' * 3993}</p>"
    assert described(exactly) == exactly


def test_long_notes_end_at_a_paragraph_and_lead_to_the_page():
    content = "\n".join(f"<p>{number} {'é' * 200}</p>" for number in range(20))
    described_as = described(content)
    assert 3500 < len(described_as.encode()) <= 4000
    assert described_as.endswith(f'é</p>\n<p>Read on: <a href="{PAGE}">{PAGE}</a></p>')


def test_a_long_list_is_cut_between_its_entries_and_closed():
    cut = cut_html(f"<ul>{'<li>one</li>' * 100}</ul>", limit_bytes=100)
    assert cut == f"<ul>{'<li>one</li>' * 7}</ul>"


def test_one_endless_paragraph_is_cut_between_words():
    cut = cut_html(f"<p>{'<em>word</em> &amp; ' * 500}</p>", limit_bytes=100)
    assert cut.endswith((" &amp;…</p>", "word…</p>"))
    assert "<em>" not in cut
    assert len(cut.encode()) <= 100
    assert cut.startswith("<p>word"), "values have no outer blanks (PSP-1)"


def test_a_warning_before_an_endless_paragraph_is_not_all_that_is_left():
    described_as = described(f"<p>Before you listen: grief</p>\n<p>{'word ' * 2000}</p>")
    assert 3800 < len(described_as.encode()) <= 4000


def test_text_without_blanks_is_cut_between_characters():
    assert cut_text("日本語" * 10, limit_bytes=20) == "日本語日本…"
    assert cut_text("short", limit_bytes=20) == "short"


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="a&<>\"' é日😀\n\n*_-[]()`#>1:0|", max_size=60), st.integers(1, 400))
def test_whatever_the_notes_the_description_fits_and_is_whole(piece, times):
    described_as = described(render_feed_notes(piece * times + "\n\n" + piece) or "<p>x</p>")
    assert len(described_as.encode()) <= 4000
    read_again = nh3.clean(described_as, tags=TAGS, attributes={"a": {"href"}}, link_rel=None)
    assert read_again == described_as


def test_corrections_stand_between_the_warning_and_the_notes():
    corrections = (Correction(on=date(2021, 10, 12), text="It is 5 % & not 50 %."),)
    for language, said in (("en", "Correction, 2021-10-12:"), ("es", "Corrección, 2021-10-12:")):
        episode = make_episode(content_warning="grief", corrections=corrections, language=language)
        warning, correction, notes = render_content(episode).split("\n")
        assert "grief" in warning
        assert correction == f"<p>{said} It is 5 % &amp; not 50 %.</p>"
        assert notes == "<p>About the episode.</p>"

"""What is written in a form reads back as it was, as far as the form has a place for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.actions.chapter_forms import FORMS as CHAPTER_FORMS
from catalogue.actions.chapter_forms import render_chapters_as
from catalogue.actions.transcript_forms import render_transcript_as
from catalogue.domain.media import Chapter, Cue
from catalogue.formats.chapters.reading import READERS
from catalogue.formats.transcripts.reading import read_transcript

ENDINGS = {"json": "json", "psc": "psc", "vtt": "vtt", "audacity": "txt", "text": "txt"}
EXAMPLES = settings(max_examples=25, deadline=None)
MOMENTS = st.integers(0, 29 * 24 * 3600 * 1000).map(lambda number: timedelta(milliseconds=number))
# A colon may make a name of what stands before it; the first sign may be a dash between time and title.
SIGNS = "aZé7ñ中א😀 &<>\"'#;{}\\|.,?!-–()[]*"
WORDS = st.text(SIGNS, max_size=60).map(lambda text: " ".join(f"w{text}".split()))
ADDRESSES = st.sampled_from((None, "https://e.org/", "https://e.org/?a=1&b=%20#c"))


@st.composite
def chapters(draw):
    """Chapters at different moments, in order; with everything that JSON has a place for."""
    starts = sorted(draw(st.sets(MOMENTS, min_size=1, max_size=8)))
    made = []
    for start in starts:
        end = draw(st.none() | st.just(start + timedelta(seconds=1.25)))
        title = draw(WORDS)
        silent = draw(st.booleans()) and start != starts[0]
        links = {"url": draw(ADDRESSES), "image_url": draw(ADDRESSES)}
        made.append(Chapter(start=start, end=end, title=title, is_listed=not silent, **links))
    return tuple(made)


def held(chapters, form):
    """The chapters without what the form has no place for."""
    holds = CHAPTER_FORMS[form].holds
    for one in chapters:
        if one.is_listed or "silent" in holds:
            whole = one.start if "fractions" in holds else timedelta(seconds=one.start // timedelta(seconds=1))
            yield replace(
                one,
                start=whole,
                end=one.end if "ends" in holds else None,
                url=one.url if "links" in holds else None,
                image_url=one.image_url if "pictures" in holds else None,
            )


@pytest.mark.parametrize("form", sorted(CHAPTER_FORMS.keys() - {"vtt"}))
@EXAMPLES
@given(chapters())
def test_chapters_of_every_form_read_back_as_they_were(form, given_chapters):
    content, _ = render_chapters_as(given_chapters, form, path="a")
    assert READERS[ENDINGS[form]](content, "a") == tuple(held(given_chapters, form))


@EXAMPLES
@given(chapters())
def test_webvtt_chapters_read_back_with_their_ends(given_chapters):
    closed = [replace(one, end=one.start + timedelta(seconds=1)) for one in given_chapters[:1]]
    content, _ = render_chapters_as(closed, "vtt", path="a")
    assert READERS["vtt"](content, "a") == tuple(held(closed, "vtt"))


@EXAMPLES
@given(chapters())
def test_what_one_form_reads_another_writes_alike(given_chapters):
    """From JSON to Podlove to JSON nothing is lost but ends and silent chapters."""
    podlove, _ = render_chapters_as(given_chapters, "psc", path="a")
    once, _ = render_chapters_as(READERS["psc"](podlove, "a"), "json", path="a")
    assert READERS["json"](once, "a") == tuple(held(given_chapters, "psc"))


@st.composite
def spoken(draw):
    """Cues in order, each with an end; two speakers, who both speak more than once, and nobody."""
    starts = sorted(draw(st.sets(MOMENTS, min_size=1, max_size=8)))
    texts = draw(st.lists(WORDS, min_size=len(starts), max_size=len(starts)))
    names = draw(st.lists(st.sampled_from(("Ana", "Bea Ruiz", None)), min_size=len(starts), max_size=len(starts)))
    seldom = {name for name in names if names.count(name) < 2}
    return [
        Cue(text=text, start=start, end=start + timedelta(seconds=1.5), speaker=None if name in seldom else name)
        for start, text, name in zip(starts, texts, names, strict=True)
    ]


@pytest.fixture(scope="module")
def read_back(tmp_path_factory):
    folder = tmp_path_factory.mktemp("transcripts")

    def read(content, form):
        file = folder / f"a.{form}"
        file.write_bytes(content)
        return read_transcript(str(file), file.name)

    return read


@pytest.mark.parametrize("form", ["vtt", "srt", "json"])
@EXAMPLES
@given(cues=spoken())
def test_captions_read_back_with_times_and_speakers(read_back, form, cues):
    content, _ = render_transcript_as(cues, form, path="a", language="es")
    facts = read_back(content, form)
    assert (list(facts.cues), facts.remarks) == (cues, ())
    assert facts.language == (None if form == "srt" else "es")


@EXAMPLES
@given(cues=spoken())
def test_html_reads_back_without_ends(read_back, cues):
    content, _ = render_transcript_as(cues, "html", path="a", language="es")
    facts = read_back(content, "html")
    assert (list(facts.cues), facts.language) == ([replace(cue, end=None) for cue in cues], "es")


@EXAMPLES
@given(cues=spoken())
def test_plain_text_reads_back_without_times(read_back, cues):
    content, _ = render_transcript_as(cues, "txt", path="a")
    assert list(read_back(content, "txt").cues) == [replace(cue, start=None, end=None) for cue in cues]

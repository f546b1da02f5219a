"""Rules S01 to S05: show notes as they were written, before they are a page or a feed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from urllib.parse import unquote, urljoin, urlsplit

from catalogue.check.facts import LibraryEpisode, LibraryFacts
from catalogue.check.library_rule import notes_rule
from catalogue.check.rule import Flaw, Level
from catalogue.check.written_notes import (
    Part,
    find_html,
    find_links,
    find_moments,
    find_pictures_without_words,
    has_heading,
)
from catalogue.domain.patterns import RESERVED
from catalogue.show_notes.moments import has_time_list

# A stamp is written in whole seconds, and what ends at 12:34.6 may be told as 12:35.
_TOLERANCE = timedelta(seconds=1)
TRANSCRIPT = "transcript"
# Doors open at 18:00: what begins later than this is not about the audio.
_TIMETABLE = timedelta(minutes=10)


@notes_rule("S01", Level.WARNING, source="Practice of readers")
def links_within_lead_somewhere(
    notes: str, language: str, episode: LibraryEpisode, library: LibraryFacts
) -> Iterator[Flaw]:
    """A link to a heading of the notes, or to a page of this catalogue, finds it there.

    Mend: correct the link; an earlier address of an episode still leads to it, one that never was does not.

    Passes:
        See [what it needs](#what-it-needs).

        ## What it needs
    Fails:
        See [what it needs](#what-it-wants).

        ## What it needs
    """
    page = f"{library.base_url}/{library.show.slug}/{episode.episode.slug}/"
    # A translation stands at the same place below its language (/es/talk/mulch/), else one deeper (/talk/mulch/eo/).
    places = (page, f"{page}{language.lower()}/") if language else (page,)

    def is_dead(address: str) -> bool:
        if address.startswith("#"):
            return len(address) > 1 and not has_heading(notes, unquote(address[1:]))
        return all(_is_dead(address, place, library) for place in places)

    for address, line in find_links(notes, is_dead):
        is_inside = address.startswith("#")
        message = "The notes have no such heading." if is_inside else "No page of this catalogue has this address."
        yield Flaw(message=message, value=address, notes_line=line)


def _is_dead(address: str, page: str, library: LibraryFacts) -> bool:
    """Whether it leads from a page to an episode's that is not there; of other addresses nothing is said."""
    below = f"{library.base_url}/"
    if "://" in address and not address.startswith(below):
        return False
    try:
        target = urljoin(page, address)
        path = urlsplit(target).path.removeprefix(urlsplit(library.base_url).path)
    except ValueError:  # such as a bracket without its pair
        return False
    if not target.startswith(below):
        return False
    segments = unquote(path).strip("/").split("/")
    if len(segments) < 2 or segments[0] not in library.shows or segments[1] in RESERVED or "." in segments[-1]:
        return False
    depth = 2 if TRANSCRIPT in segments[2:] else 3
    return f"/{'/'.join(segments[:depth])}/" not in library.pages


@notes_rule("S02", Level.WARNING, source="Apple: chapters; practice of players")
def moments_are_within_the_audio(notes: str, episode: LibraryEpisode) -> Iterator[Flaw]:
    """Time stamps in the notes name moments that the audio has.

    Mend: correct the time; after the audio was cut, all that come later.

    Passes:
        # audio: duration = 300
        - 0:00 Welcome
        - 4:30 Compost
    Fails:
        # audio: duration = 300
        - 0:00 Welcome
        - 5:30 Compost
    """
    whole = episode.episode.duration
    if whole is None or ":" not in notes:
        return
    moments = find_moments(notes)
    if not _are_of_audio(moments):
        return
    for moment, (text, line) in moments:
        if moment > whole + _TOLERANCE:
            yield Flaw(message=f"The audio ends at {_clock(whole)}.", value=text, notes_line=line)


def _are_of_audio(moments: Sequence[tuple[timedelta, Part]]) -> bool:
    """Whether they begin as the moments of a recording do, and not as the hours of a timetable."""
    return bool(moments) and min(moment for moment, _ in moments) < _TIMETABLE


def _clock(moment: timedelta) -> str:
    minutes, seconds = divmod(int(moment.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if minutes >= 60 else f"{minutes}:{seconds:02}"


@notes_rule("S03", Level.WARNING, source="WCAG 2.2, success criterion 1.1.1")
def pictures_are_described(notes: str) -> Iterator[Flaw]:
    """Every picture in the notes is described in words; apps and pages of ours show these in its place.

    Mend: write between the brackets what there is to see: `![A heap of compost](https:…)`.

    Passes: ![A heap of compost](https://example.org/heap.jpg)
    Fails: ![](https://example.org/heap.jpg)
    """
    for address, line in find_pictures_without_words(notes):
        yield Flaw(message="Nobody said what the picture shows.", value=address, notes_line=line)


@notes_rule("S04", Level.WARNING, source="PSP-1; W3C feed validator: SecurityRisk")
def notes_hold_no_html(notes: str) -> Iterator[Flaw]:
    """The notes are Markdown without HTML, which is shown as it was typed, and without links that act.

    Mend: write Markdown: `**bold**`, `[words](https://…)`; what shall be shown as HTML goes between backticks.

    Passes: It is **warm** inside.
    Fails: It is <b onclick="x()">warm</b> inside.
    """
    found = list(find_html(notes))
    if found:
        text, line = found[0]
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        yield Flaw(message=f"HTML is shown as it was typed{more}.", value=text, notes_line=line)


@notes_rule("S05", Level.ADVICE, source="Apple: chapters")
def list_of_times_makes_chapters(notes: str, episode: LibraryEpisode) -> Iterator[Flaw]:
    """A list of times in the notes begins at 0:00 and goes on in order; only so do apps make chapters of it.

    Mend: begin the list with `0:00`, and put it in order; or give the episode chapters of its own.

    Passes:
        - 0:00 Welcome
        - 1:30 Compost
        - 4:00 Goodbye
    Fails:
        - 0:30 Welcome
        - 1:30 Compost
        - 4:00 Goodbye
    """
    if episode.episode.chapters or not has_time_list(notes):
        return
    moments = find_moments(notes)
    if not _are_of_audio(moments):
        return
    if moments[0][0]:
        message = "The list of times does not begin at 0:00."
        yield Flaw(message=message, value=moments[0][1].text, notes_line=moments[0][1].line)
        return
    disorder = next((part for (one, _), (other, part) in pairwise(moments) if other < one), None)
    if disorder is not None:
        message = "This time comes before the one above it."
        yield Flaw(message=message, value=disorder.text, notes_line=disorder.line)

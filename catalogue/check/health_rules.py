"""Rules H01 to H04: what a listener may ask of information on health: by whom, from what, how old.

Health content is what says so itself: a show in one of Apple's categories of medicine, or an episode that was reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from catalogue.check.facts import LibraryEpisode, LibraryFacts
from catalogue.check.library_rule import episode_rule, library_rule
from catalogue.check.rule import Flaw, Level
from catalogue.domain.episode import EpisodeType, Review
from catalogue.domain.show import Category, Show
from catalogue.domain.stated_days import is_past

CATEGORY = "Health & Fitness"
SUBCATEGORIES = frozenset({"Medicine", "Mental Health", "Nutrition", "Alternative Health", "Sexuality"})
# Patient Information Forum, "PIF TICK", criteria: information is reviewed at least every three years.
YEARS_BETWEEN_REVIEWS = 3
_YEAR = re.compile(r"\d{4}")


@episode_rule("H01", Level.WARNING, source="Patient Information Forum: PIF TICK criteria")
def review_is_not_overdue(episode: LibraryEpisode, library: LibraryFacts) -> Iterator[Flaw]:
    """The next review of health information is still to come, or under way; visitors are told when it is overdue.

    Mend: have it read again and state `reviewed` and `next_review` in the note; or state `next_review: under way`.

    Passes:
        # today: 2021-10-13
        reviewed: 2021-09
        next_review: 2024-09
        sources: ["A leaflet"]
    Fails:
        # today: 2024-10-13
        reviewed: 2021-09
        next_review: 2024-09
        sources: ["A leaflet"]
    """
    if episode.episode.review is not None:
        yield from _overdue(episode.episode.review, library.today, what="It", told="Pages say")


def _overdue(review: Review, today: date, *, what: str, told: str) -> Iterator[Flaw]:
    if review.next_on is not None and is_past(review.next_on, today):
        message = f"The next review was to be in {review.next_on}. {told} that it is overdue."
        yield Flaw(message=message, value=review.next_on, key="next_review")
    elif review.next_on is None and review.last_on is not None and is_old(review.last_on, today):
        message = f"{what} was last reviewed in {review.last_on}, and nothing says when it will be again."
        yield Flaw(message=message, value=review.last_on, key="reviewed", level=Level.ADVICE)


def is_old(last_on: str, today: date) -> bool:
    """Whether a stated review is so long ago that another is due, though nothing says when."""
    year = _YEAR.match(last_on)
    return year is not None and is_past(f"{int(year[0]) + YEARS_BETWEEN_REVIEWS:04}{last_on[4:]}", today)


@episode_rule("H02", Level.WARNING, source="Patient Information Forum: PIF TICK criteria; HONcode, principle 4")
def health_information_names_its_sources(episode: LibraryEpisode, library: LibraryFacts) -> Iterator[Flaw]:
    """Reviewed information names what it rests on, and best every episode of a show on health does.

    Mend: state `sources` in the note, each with `title` and `url`.

    Passes:
        reviewed: 2021-09
        sources: ["A leaflet"]
    Fails:
        reviewed: 2021-09
    """
    stated = episode.episode
    if stated.sources or stated.type is not EpisodeType.FULL:
        return
    if stated.review is not None:
        message = "It was reviewed, and nothing says what it rests on."
        yield Flaw(message=message, key="reviewed")
    elif is_about_health(library.show):
        yield Flaw(message="The show is about health, and the episode names no source.", level=Level.ADVICE)


@library_rule("H03", Level.WARNING, source="HONcode, principle 2; practice of health charities")
def health_show_has_a_disclaimer(library: LibraryFacts) -> Iterator[Flaw]:
    """A show on health says beside every episode what its information is not: advice on anybody's own case.

    Mend: state `disclaimer` in show.toml, such as "Please take questions to a doctor who knows you."

    Passes:
        categories = ["Health & Fitness > Medicine"]
        disclaimer = "Please take questions to a doctor who knows you."
    Fails:
        categories = ["Health & Fitness > Medicine"]
    """
    is_reviewed = any(one.episode.review is not None for one in library.episodes)
    if not library.show.disclaimer and (is_reviewed or is_about_health(library.show)):
        yield Flaw(message="The show is about health, and has no disclaimer.", key="categories")


@library_rule("H04", Level.WARNING, source="Patient Information Forum: PIF TICK criteria")
def review_of_a_written_page_is_not_overdue(library: LibraryFacts) -> Iterator[Flaw]:
    """The next review of a topic page or a plain page is still to come, or under way, as H01 asks of an episode.

    Mend: have it read again and state `reviewed` and `next_review` in the page; or state `next_review: under way`.

    Passes:
        # today: 2021-10-13
        title: Recurrence
        reviewed: 2021-09
        next_review: 2024-09
    Fails:
        # today: 2024-10-13
        title: Recurrence
        reviewed: 2021-09
        next_review: 2024-09
    """
    for page in library.written:
        for flaw in _overdue(page.review or Review(), library.today, what=f"“{page.title}”", told="The page says"):
            yield replace(flaw, path=page.path)


def is_about_health(show: Show) -> bool:
    """Whether a show is in one of Apple's categories of medicine; sports and fitness alone are none."""
    return any(_is_medical(category) for category in show.categories)


def _is_medical(category: Category) -> bool:
    return category.name == CATEGORY and (category.subcategory is None or category.subcategory in SUBCATEGORIES)

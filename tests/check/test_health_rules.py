"""What is asked of information on health, and of whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from builders import make_episode, make_show

from catalogue.check.facts import LibraryEpisode, LibraryFacts
from catalogue.check.library_run import check_library
from catalogue.domain.episode import EpisodeType, Review, Source
from catalogue.domain.show import Category
from catalogue.domain.written_page import PageKind, WrittenPage

BOOK = (Source(title="A book"),)


def findings(*, category="Medicine", disclaimer="No advice.", **stated):
    show = make_show(categories=(Category(name="Health & Fitness", subcategory=category),), disclaimer=disclaimer)
    episode = make_episode(**{"sources": BOOK} | stated)
    facts = LibraryFacts(show=show, today=date(2021, 10, 13), episodes=(LibraryEpisode(episode=episode),))
    return [(one.rule, one.level.value) for one in check_library(facts)]


@pytest.mark.parametrize("next_on", ["2021-10", "2021-10-13", "2030-01", "under way", "when the guideline changes"])
def test_review_to_come_or_under_way_is_fine(next_on):
    assert findings(review=Review(last_on="2001-01", next_on=next_on)) == []


@pytest.mark.parametrize("next_on", ["2021-09", "2021-10-12"])
def test_review_whose_day_has_passed_is_overdue(next_on):
    assert findings(review=Review(next_on=next_on)) == [("H01", "warning")]


def test_review_of_three_years_ago_without_a_next_one_is_remarked():
    assert findings(review=Review(last_on="2018-09")) == [("H01", "advice")]
    assert findings(review=Review(last_on="2018-11")) == []


def test_reviewed_information_without_sources_is_warned_of_in_any_show():
    assert findings(category="Fitness", review=Review(last_on="2021-09"), sources=()) == [("H02", "warning")]


def test_episode_on_health_without_sources_is_remarked():
    assert findings(sources=()) == [("H02", "advice")]


@pytest.mark.parametrize("stated", [{"type": EpisodeType.TRAILER}, {"sources": BOOK}])
def test_trailer_needs_no_sources(stated):
    assert findings(**{"sources": ()} | stated) == []


@pytest.mark.parametrize("category", ["Medicine", "Mental Health", None])
def test_show_on_health_without_a_disclaimer_is_warned_of(category):
    assert findings(category=category, disclaimer=None) == [("H03", "warning")]


def test_show_on_fitness_needs_no_disclaimer():
    assert findings(category="Fitness", disclaimer=None, sources=()) == []


def test_a_written_page_that_is_overdue_is_warned_of_and_one_without_a_review_is_not():
    pages = [
        WrittenPage(kind=PageKind.TOPIC, slug=slug, path=f"topics/{slug}.md", title=slug, review=review)
        for slug, review in (("a", Review(next_on="2021-09")), ("b", Review(last_on="2018-05", next_on="under way")))
    ]
    pages.append(replace(pages[0], slug="c", path="topics/c.md", review=None))
    facts = LibraryFacts(show=make_show(disclaimer="No."), today=date(2021, 10, 13), written=tuple(pages))
    assert [(one.rule, one.file) for one in check_library(facts)] == [("H04", "topics/a.md")]

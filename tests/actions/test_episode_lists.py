"""Every episode of a show with how it stands, narrowed by words and by status."""

from datetime import timedelta

import pytest
from builders import NOON, make_episode, make_ledger_show, make_line, make_show

from catalogue.actions.episode_lists import PAGE_SIZE, list_episodes, problems_of_episode
from catalogue.actions.shelf import ShowShelf
from catalogue.actions.show_tasks import tasks_of
from catalogue.domain.episode import Review, newest_first
from catalogue.domain.episode_status import Status
from catalogue.domain.plan import Problem, Severity
from catalogue.store.index import EpisodeRow, ShowRow

LATER = NOON + timedelta(days=3)


def row(name, *, known=True, withdrawn=None, **stated):
    line = make_line(guid=f"guid-{name}", slug=name, path=name, withdrawn_at=withdrawn)
    values = {"guid": line.guid, "slug": name, "path": name, "title": name.title()} | stated
    return EpisodeRow(episode=make_episode(**values) if known else None, line=line, version="1")


def shelf(*rows, path=""):
    show = make_show(path=path, timezone="UTC")
    episodes = sorted((one.episode for one in rows if one.episode), key=newest_first)
    return ShowShelf(
        row=ShowRow(show=show, line=make_ledger_show(), changed_at=NOON, version="1"),
        episodes=tuple(episodes),
        by_guid={one.line.guid: one for one in rows},
    )


def problem(path, code="held-copy", severity=Severity.ERROR):
    return Problem(severity=severity, code=code, path=path, message="Why.")


def names(found):
    return [one.row.line.slug for one in found.episodes]


ROWS = (
    row("old"),
    row("soon", published_at=LATER),
    row("idea", draft=True, published_at=None),
    row("lost", missing_since=NOON),
    row("gone", withdrawn=NOON),
    row("twin"),
    row("bare", known=False),
)


@pytest.mark.parametrize(
    ("status", "slugs"),
    [
        (Status.PUBLIC, ["old"]),
        (Status.SCHEDULED, ["soon"]),
        (Status.DRAFT, ["idea"]),
        (Status.MISSING, ["lost"]),
        (Status.WITHDRAWN, ["gone"]),
        (Status.HELD, ["twin", "bare"]),
    ],
)
def test_each_episode_stands_somewhere_and_the_list_can_be_narrowed_to_it(status, slugs):
    found = list_episodes(shelf(*ROWS), [problem("twin/audio.mp3")], NOON, status=status)
    assert names(found) == slugs
    assert (found.total, found.by_status[status]) == (7, len(slugs))


def test_faults_are_counted_at_the_folder_or_stem_they_lie_in():
    rows = shelf(row("One"), row("One two"), path="show")
    problems = [problem("show/One.es.md", "note"), problem("show/One/a.mp3", "tags", Severity.WARNING)]
    problems += [problem("show/One two.mp3", "tags", Severity.NOTICE)]
    found = {one.row.line.slug: one.faults for one in list_episodes(rows, problems, NOON).episodes}
    assert found == {"One": 2, "One two": 0}
    assert len(problems_of_episode(problems, rows, rows.by_guid["guid-One two"])) == 1


@pytest.mark.parametrize("words", ["HUSB", "los maridos", "12 husbands", "márido"])
def test_words_are_looked_for_without_case_and_accents(words):
    rows = shelf(row("a", title="Husbands: Los Maridos", number=12), row("b", title="Wives"))
    assert names(list_episodes(rows, (), NOON, words=words)) == ["a"]


def test_pages_hold_fifty_and_a_page_too_far_is_the_last():
    rows = shelf(*(row(f"e{number:03}") for number in range(PAGE_SIZE + 1)))
    found = list_episodes(rows, (), NOON, number=9)
    assert (found.number, found.pages, found.count, len(found.episodes)) == (2, 2, PAGE_SIZE + 1, 1)


def test_tasks_name_drafts_what_comes_first_and_who_was_not_read_for_long():
    late = row("late", review=Review(next_on="2021-09"))
    later = row("later", published_at=LATER + timedelta(days=1))
    tasks = tasks_of(shelf(*ROWS, late, later), [problem("idea/episode.md", "note")], NOON)
    assert [one.slug for one in tasks.drafts] == ["idea"]
    assert [one.slug for one in tasks.coming] == ["soon", "later"]
    assert [one.slug for one in tasks.overdue] == ["late"]
    assert len(tasks.errors) == 1
    assert not tasks.is_quiet


def test_a_show_in_order_asks_for_nothing():
    assert tasks_of(shelf(row("old"), row("soon", published_at=LATER)), (), NOON).is_quiet

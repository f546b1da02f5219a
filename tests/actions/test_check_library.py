"""A library is checked: findings lead to the files and lines that they are mended in."""

import shutil
from pathlib import Path

import pytest

from catalogue.actions.check_library import LibraryCheck
from catalogue.domain.links import Links
from catalogue.errors import NotFound

DATA = Path(__file__).parents[1] / "data" / "audio"
NOTE = "---\n# one\ntitle: '#1 Mulch'\npublished: 2026-01-05\nnumber: 1\n---\n\nAll about mulch.\n"


@pytest.fixture
def library(shelf):
    shelf.sound("1/audio.mp3")
    shelf.write("1/episode.md", NOTE)
    shelf.sound("02 After.mp3", seed=2, title="#2 After")
    shelf.index()
    return shelf


def check(shelf, *parts, base_url="https://example.org"):
    publication = shelf.publication()
    checked = LibraryCheck(shelf.place, publication, links=Links(base_url), now=shelf.now)
    return checked.shows(parts)


def places(shelf, rule, *parts):
    return [(one.file, one.file_line) for show in check(shelf, *parts) for one in show.findings if one.rule == rule]


def test_a_title_is_found_in_the_note_or_in_the_tag_that_states_it(library):
    assert sorted(places(library, "I02")) == [("02 After.mp3", None), ("1/episode.md", 3)]


def test_what_the_show_states_is_found_in_its_file(library):
    text = (library.root / "show.toml").read_text("utf-8").replace("Health & Fitness > Medicine", "Health")
    library.write("show.toml", f"# first\n{text}")
    library.index()
    assert places(library, "C06") == [("show.toml", 7)]


def test_what_nobody_stated_names_the_file_where_it_belongs(library):
    assert places(library, "C18") == [("show.toml", None)]


def test_audio_that_is_at_fault_is_named_itself(library):
    opus = (library.root / "1/audio.mp3").with_name("audio.opus")
    opus.write_bytes((DATA / "plain.opus").read_bytes())
    (library.root / "1/audio.mp3").unlink()
    library.index()
    assert places(library, "I06") == [("1/audio.opus", None)]


@pytest.mark.parametrize("part", ["1", "1/", "conversations/1"])
def test_an_episode_alone_is_checked_by_its_name(library, part):
    assert places(library, "I02", part) == [("1/episode.md", 3)]
    assert places(library, "C18", part) == []


def test_a_show_is_checked_by_its_name(library):
    assert len(places(library, "I02", "conversations")) == 2


def test_what_nothing_is_called_is_said(library):
    with pytest.raises(NotFound, match="no show, no episode and no file called “nobody”"):
        check(library, "nobody")


def disable(library, text):
    show = (library.root / "show.toml").read_text("utf-8")
    library.write("show.toml", f"{show}\n[check.disable]\n{text}\n")
    (checked,) = check(library)
    return checked


def test_a_disabled_rule_is_not_shown_but_counted_with_its_reason(library):
    checked = disable(library, 'I02 = "Our listeners count."')
    assert "I02" not in {one.rule for one in checked.findings}
    assert [(one.rule, one.count, one.reason) for one in checked.hidden] == [("I02", 2, "Our listeners count.")]


def test_a_rule_that_does_not_exist_is_a_mistake_with_its_line(library):
    (problem,) = disable(library, 'I2 = "Why not."').problems
    assert (problem.path, problem.line, problem.severity.value) == ("show.toml", 10, "error")
    assert "There is no rule I2 to disable. Did you mean I" in problem.message


def test_a_rule_over_answers_can_be_disabled_too(library):
    assert disable(library, 'N03 = "Our server does not know how."').problems == ()


def test_disabling_a_rule_changes_no_feed(library):
    before = library.feed()
    disable(library, 'C18 = "No e-mail."')
    library.index()
    assert library.feed() == before


def test_a_library_whose_disk_is_away_is_checked_as_it_was_indexed(library):
    before = {one.rule for one in check(library)[0].findings}
    shutil.rmtree(library.root)
    assert {one.rule for one in check(library)[0].findings} == before

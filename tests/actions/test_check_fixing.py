"""What a machine can mend is mended where it stands; everything else stays to the byte."""

import pytest
from sound_site import SoundSite

from catalogue.actions.check_asking import Asking
from catalogue.actions.check_fixing import apply_fixes, find_fixes
from catalogue.actions.check_library import LibraryCheck
from catalogue.domain.links import Links
from catalogue.errors import StaleEdit
from catalogue.outside.guard import read_guard

OLD = """# our show
title = "Conversations"
description = "Living on."
author = "Ana"
language = "en"
categories = [
  "Games & Hobbies",  # since 2014
  "Kids & family",
]
copyright = "© 2014-2020 Ana"
explicit = false
location = { name = "Berlin", geo = "52.5, 13.4", osm = "r62422" }
update_frequency = { label = "weekly", rrule = "RRULE:FREQ=WEEKLY" }
"""
MENDED = (
    OLD.replace('"Games & Hobbies"', '"Leisure"')
    .replace("family", "Family")
    .replace("© 2014-2020 ", "")
    .replace("52.5, 13.4", "geo:52.5,13.4")
    .replace("r62422", "R62422")
    .replace("RRULE:", "")
)


@pytest.fixture
def library(shelf):
    shelf.write("show.toml", OLD)
    shelf.sound("1/audio.mp3")
    shelf.index()
    return shelf


def check(shelf):
    return LibraryCheck(shelf.place, shelf.publication(), links=Links("https://example.org"), now=shelf.now).shows()


def fixes(shelf):
    return find_fixes(shelf.place, check(shelf))


def test_what_is_spelt_otherwise_is_mended_and_comments_stay(library):
    found = fixes(library)
    assert [one.path for one in found.files] == ["show.toml"]
    assert apply_fixes(library.place, found.files).refused == ()
    assert (library.root / "show.toml").read_text("utf-8") == MENDED


def test_what_was_mended_is_found_no_more_and_nothing_is_left_to_mend(library):
    before = {one.rule for one in check(library)[0].findings}
    apply_fixes(library.place, fixes(library).files)
    after = {one.rule for one in check(library)[0].findings}
    assert before - after == {"C05", "C06", "C19", "P10", "P11"}
    assert after <= before
    assert fixes(library).files == ()


def test_finding_what_could_be_mended_writes_nothing(library):
    (fix,) = fixes(library).files
    assert (library.root / "show.toml").read_text("utf-8") == OLD
    lines = fix.diff().splitlines()
    assert lines[:2] == ["--- a/show.toml", "+++ b/show.toml"]
    assert '+  "Leisure",  # since 2014' in lines
    assert len([line for line in lines if line.startswith("+")]) == 6


def test_a_file_that_somebody_wrote_meanwhile_is_left_as_it_is(library):
    found = fixes(library)
    library.write("show.toml", OLD + "# mine\n")
    with pytest.raises(StaleEdit):
        apply_fixes(library.place, found.files)
    assert (library.root / "show.toml").read_text("utf-8") == OLD + "# mine\n"


def test_guids_titles_and_dates_stay(library):
    before = {one.guid: (one.title, one.published_at, one.slug) for one in library.episodes().values()}
    apply_fixes(library.place, fixes(library).files)
    assert {one.guid: (one.title, one.published_at, one.slug) for one in library.episodes().values()} == before


def test_what_is_disabled_is_not_mended(library):
    library.write("show.toml", f'{OLD}[check.disable]\nC19 = "Our lawyer wants the year."\n')
    (fix,) = fixes(library).files
    assert b"2014-2020 Ana" in fix.after


def test_what_only_a_person_can_write_is_said(library):
    library.write("show.toml", OLD.replace('"© 2014-2020 Ana"', '"\\u00a9 2014-2020 Ana"'))
    found = fixes(library)
    assert found.files == ()
    (problem,) = found.problems
    assert (problem.path, problem.severity.value) == ("show.toml", "warning")
    assert "should be Ana. Edit it by hand." in problem.message


REMOTE = """---
title: Far away
published: 2026-01-05
enclosure:
  url: {url}
  length: 1000   # as they told us
  type: audio/ogg
---
Notes.
"""


def test_length_and_type_of_audio_elsewhere_are_mended_as_its_server_states_them(library):
    site = SoundSite()
    url = site.url("/a.mp3")
    library.write("far/episode.md", REMOTE.format(url=url))
    library.index()
    asking = Asking(guard=read_guard("127.0.0.1"))
    links = Links(site.base)
    checked = LibraryCheck(library.place, library.publication(), links=links, now=library.now, asking=asking).shows()
    site.close()
    apply_fixes(library.place, [fix for fix in find_fixes(library.place, checked).files if fix.path.endswith(".md")])
    expected = REMOTE.format(url=url).replace("1000", "2000").replace("audio/ogg", "audio/mpeg")
    assert (library.root / "far/episode.md").read_text("utf-8") == expected

"""The exported folder: what is in it, what a second run touches, what goes away."""

import os
import re
import shutil
from dataclasses import replace

import pytest
from exporter import files_in, times_in

from catalogue.actions.unpublish import unpublish_episode
from catalogue.actions.withdraw import withdraw_episode
from catalogue.errors import ConfigError
from web.export.folder import begun_name
from web.export.manifest import JOURNAL, NAME, Manifest, begin_journal, journal, read_manifest, save_manifest
from web.export.rules import NGINX

SHOW = "breast-cancer-conversations"
HUSBANDS = f"{SHOW}/110-meet-the-husbands"


def test_every_page_of_the_sample_is_there_and_every_link_leads_somewhere(exported):
    (report,) = exported.reports
    assert report.broken == ()
    assert {f"{HUSBANDS}/index.html", f"{HUSBANDS}/transcript/index.html", f"{SHOW}/feed.xml", "search/index.html",
            "404.html", "robots.txt"} <= files_in(exported.folder).keys()  # fmt: skip


def test_nothing_of_the_studio_is_in_it(exported):
    assert [name for name in files_in(exported.folder) if "studio" in name] == []
    pages = (name for name in files_in(exported.folder) if name.endswith((".html", ".xml", ".txt", "_redirects")))
    assert [name for name in pages if "/studio" in exported.text(name)] == []


def test_what_the_feed_names_is_there(exported):
    named = set(re.findall(r'"https://pods\.example/(media/[^"]+)"', exported.text(f"{SHOW}/feed.xml")))
    assert len(named) > 10
    assert named <= files_in(exported.folder).keys()


def test_hosts_have_a_page_for_what_is_not_there(exported):
    page = exported.text("404.html")
    assert "There is no page at this address" in page
    assert '<meta name="robots" content="noindex">' in page


def test_drafts_and_scheduled_episodes_are_nowhere(exported):
    text = b"".join(files_in(exported.folder).values())
    assert b"tomorrow-lights-in-october" not in text
    assert b"draft-a-week-of-meetings" not in text


def test_audio_is_the_library_s_own_file_under_a_second_name(exported):
    (audio,) = exported.folder.glob("media/*/110-meet-the-husbands.mp3")
    assert audio.samefile(exported.library / "110-meet-the-husbands" / "audio.mp3")
    assert not audio.is_symlink()


def test_it_says_when_the_next_event_is_over_and_the_next_episode_is_due(exported, sample):
    assert exported.reports[0].due_at.isoformat() == "2026-01-05T16:00:00+00:00"
    (sample.library / "events.toml").unlink()
    sample.index()
    assert sample.export().due_at.isoformat() == "2099-01-01T13:00:00+00:00"


def test_a_second_export_touches_nothing(sample):
    first = sample.export()
    before = times_in(sample.folder)
    again = sample.export()
    assert (again.written, again.removed, again.unchanged) == (0, 0, first.written)
    assert times_in(sample.folder) == before


def test_an_hour_later_all_is_rendered_again_and_nothing_written(sample):
    sample.export()
    before = files_in(sample.folder), {n: t for n, t in times_in(sample.folder).items() if ".castalogue" not in n}
    sample.now = sample.now.replace(hour=13)
    assert sample.export().written == 0
    after = files_in(sample.folder), {n: t for n, t in times_in(sample.folder).items() if ".castalogue" not in n}
    assert after == before


@pytest.mark.parametrize("damage", [lambda file: file.unlink(), lambda file: file.write_text("other"), os.utime])
def test_a_file_that_is_not_as_it_was_left_is_looked_at(sample, damage):
    sample.export()
    good = files_in(sample.folder)
    damage(sample.folder / HUSBANDS / "index.html")
    sample.export()
    assert files_in(sample.folder) == good


def note_of(exporter, old, new):
    note = exporter.library / "116-living-with-mbc" / "episode.md"
    text = note.read_text("utf-8")
    assert old in text
    note.write_text(text.replace(old, new, 1), "utf-8")


def renamed(exporter):
    text = (exporter.library / "116-living-with-mbc" / "episode.md").read_text("utf-8")
    note = text.replace("---\n", "---\nslug: another-name\n", 1)
    (exporter.library / "116-living-with-mbc" / "episode.md").write_text(note, "utf-8")


def removed_transcript(exporter):
    (exporter.library / "110-meet-the-husbands" / "transcript.es.vtt").unlink()


def replaced_artwork(exporter):
    shutil.copy(exporter.library / "artwork.png", exporter.library / "116-living-with-mbc" / "artwork.png")


def replaced_audio(exporter):
    shutil.copy(exporter.library / "trailer" / "audio.mp3", exporter.library / "110-meet-the-husbands" / "audio.mp3")


def listed(exporter):
    with (exporter.library / "show.toml").open("a", encoding="utf-8") as file:
        file.write('\n[listed]\napple = "123456789"\n')


def topic_and_event(exporter):
    (topic, *_) = sorted((exporter.library / "topics").glob("*.md"))
    topic.write_text(topic.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    events = exporter.library / "events.toml"
    events.write_text(events.read_text("utf-8").replace("Book Club", "Reading Club"), "utf-8")


# A few at a time, as in the life of a show.
CHANGES = (
    (topic_and_event,),
    (lambda one: note_of(one, "title: ", "title: Anew "), removed_transcript),
    (renamed, replaced_artwork, replaced_audio, listed),
    (
        lambda one: unpublish_episode(one.place, "trailer"),
        lambda one: withdraw_episode(one.place, "116-living-with-mbc"),
    ),
)


def test_after_each_change_it_is_what_a_new_export_would_be(sample, tmp_path):
    sample.export()
    for number, changes in enumerate(CHANGES):
        for change in changes:
            change(sample)
        sample.index()
        report = sample.export()
        sample.export(tmp_path / str(number))
        assert files_in(sample.folder) == files_in(tmp_path / str(number))
        assert report.unchanged and (report.written or report.removed)


def test_when_an_episode_is_due_it_is_there(sample, tmp_path):
    sample.export()
    sample.now = sample.now.replace(year=2099, hour=13)
    sample.export()
    assert f"{SHOW}/tomorrow-lights-in-october/index.html" in files_in(sample.folder)


def test_another_base_url_is_another_export(sample):
    sample.export()
    sample.base_url = "https://example.org/podcasts"
    sample.export()
    assert b"pods.example" not in b"".join(files_in(sample.folder).values())
    assert f'href="/podcasts/{SHOW}/' in sample.text(f"{HUSBANDS}/index.html")


def test_a_folder_with_other_files_is_refused(sample):
    sample.folder.mkdir()
    (sample.folder / "mine.txt").write_text("mine")
    with pytest.raises(ConfigError, match="--into-existing"):
        sample.export()
    assert [file.name for file in sample.folder.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("folder", [".", "library", "library/110-meet-the-husbands/site"])
def test_the_library_and_what_lies_around_it_are_no_folder_for_an_export(sample, folder):
    sample.folder = sample.library.parent / folder
    before = files_in(sample.library)
    with pytest.raises(ConfigError, match="apart"):
        sample.export(into_existing=True)
    assert files_in(sample.library) == before


def test_a_journal_that_cannot_be_read_or_written_is_named(sample):
    (sample.folder / JOURNAL).mkdir(parents=True)
    with pytest.raises(ConfigError, match=r"journal cannot be read: Is a directory\. Export into"):
        sample.export()
    with pytest.raises(ConfigError, match=r"journal cannot be written: .*then export again"):
        begin_journal(sample.folder / "never-made")


def test_other_files_stay_where_that_is_said(sample):
    sample.folder.mkdir()
    (sample.folder / "mine.txt").write_text("mine")
    sample.export(into_existing=True)
    sample.base_url = "https://other.example"
    sample.export()
    assert sample.text("mine.txt") == "mine"


def test_what_a_cut_short_export_wrote_is_removed_when_it_is_not_wanted(sample):
    sample.folder.mkdir()
    (sample.folder / "old").mkdir()
    (sample.folder / "old" / "index.html").write_text("half")
    (sample.folder / ".castalogue-export.journal").write_text('"old/index.html"\n"cut')
    sample.export()
    assert not (sample.folder / "old").exists()
    assert not (sample.folder / ".castalogue-export.journal").exists()


@pytest.mark.parametrize("name", ["../mine.txt", "a/../../mine.txt", "/mine.txt"])
def test_names_outside_of_the_folder_are_refused(tmp_path, name):
    save_manifest(tmp_path, Manifest(files={name: (1, 1)}))
    with pytest.raises(ConfigError, match="outside of this folder"):
        read_manifest(tmp_path)
    (tmp_path / NAME).unlink()
    journal(tmp_path, [name])
    assert name not in read_manifest(tmp_path).files


def test_a_run_tells_beforehand_what_it_will_write_and_nothing_of_others(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    journal(tmp_path, ["mine.txt", "new/a.html", "new/b.html"])
    told = {"new/a.html", "new/b.html", begun_name("mine.txt"), begun_name("new/a.html")}
    assert read_manifest(tmp_path).files.keys() == told


def test_a_link_to_nowhere_is_named_with_its_page(sample):
    note_of(sample, "\n---\n", f"\n---\n[gone](/{SHOW}/never-was/) [no place](/{SHOW}/#nowhere)\n")
    sample.index()
    report = sample.export()
    assert report.broken == (
        f"/{SHOW}/116-living-with-mbc/: /{SHOW}/#nowhere: the page has no place #nowhere",
        f"/{SHOW}/116-living-with-mbc/: /{SHOW}/never-was/: it answers 404",
    )
    assert sample.export() == replace(report, written=0, unchanged=report.written + report.unchanged)


def test_a_language_that_is_offered_no_longer_leads_to_the_pages_without_it(sample):
    (sample.library / "catalogue.toml").write_text('languages = ["en"]\n', "utf-8")
    sample.index()
    report = sample.export()
    assert (report.broken, '0; url=/"' in sample.text("es/index.html")) == ((), True)
    assert 'location ^~ "/es/" { expires 5m; rewrite "^/es/(.*)$" "/$1" permanent; }' in sample.text(NGINX)
    assert not (sample.folder / f"es/{SHOW}").exists()


def test_the_calendar_stays_when_no_event_is_left(sample):
    (sample.library / "events.toml").write_text("# none at present\n", "utf-8")
    sample.index()
    assert sample.export().broken == ()
    calendar = sample.text("events.ics")
    assert calendar.startswith("BEGIN:VCALENDAR") and "VEVENT" not in calendar

"""A plain folder becomes a show."""

import tomllib

import pytest
from sounds import write_mp3

from catalogue.actions.begin import begin_show, has_audio, has_show, local_timezone
from catalogue.errors import Conflict
from catalogue.library.storage import LocalLibrary


def begin(folder, box, timezone="Europe/Madrid"):
    beginning = begin_show(folder, box=box, timezone=timezone)
    return beginning, tomllib.loads((folder / "show.toml").read_text(encoding="utf-8"))


def test_the_commonest_tags_name_the_show(tmp_path, box):
    for number, album in enumerate(("Talks", "Talks", "A single")):
        write_mp3(tmp_path / f"{number}.mp3", seed=number, album=album, author="Ana")
    beginning, stated = begin(tmp_path, box)
    assert (stated["title"], stated["author"], stated["timezone"]) == ("Talks", "Ana", "Europe/Madrid")
    assert beginning.written == ("show.toml", ".gitattributes")


def test_a_folder_without_tags_names_its_show_itself(tmp_path, box):
    folder = tmp_path / "after_treatment"
    write_mp3(folder / "one.mp3")
    beginning, stated = begin(folder, box)
    assert (stated["title"], stated["author"], beginning.language) == ("after treatment", "after treatment", "en")


def test_a_missing_folder_is_made(tmp_path, box):
    begin(tmp_path / "new" / "show", box)
    assert has_show(tmp_path / "new")


def test_files_that_are_no_audio_do_not_matter(tmp_path, box):
    (tmp_path / "page.mp3").write_text("<html>")
    write_mp3(tmp_path / "one.mp3", album="Talks")
    assert begin(tmp_path, box)[1]["title"] == "Talks"


def test_titles_with_quotes_and_slashes_stay_as_they_are(tmp_path, box):
    title = 'The "C" word \\ más'
    write_mp3(tmp_path / "one.mp3", album=title)
    assert begin(tmp_path, box)[1]["title"] == title


@pytest.mark.parametrize("place", ["show.toml", "talks/show.toml"])
def test_a_folder_that_is_a_library_is_left_alone(tmp_path, box, place):
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("mine")
    with pytest.raises(Conflict, match="nothing was written"):
        begin_show(tmp_path, box=box, timezone="UTC")
    assert (tmp_path / place).read_text() == "mine"


def test_an_own_gitattributes_is_kept(tmp_path, box):
    (tmp_path / ".gitattributes").write_text("*.mp3 filter=lfs\n")
    assert begin(tmp_path, box)[0].written == ("show.toml",)
    assert (tmp_path / ".gitattributes").read_text() == "*.mp3 filter=lfs\n"


def test_the_time_zone_is_the_machine_s(tmp_path):
    (tmp_path / "localtime").symlink_to("/usr/share/zoneinfo/America/New_York")
    assert local_timezone(tmp_path) == "America/New_York"


@pytest.mark.parametrize(("text", "zone"), [("Asia/Tokyo\n", "Asia/Tokyo"), ("", "UTC"), ("Mars/Olympus", "UTC")])
def test_a_machine_that_names_its_time_zone_in_a_file_is_believed_if_there_is_one(tmp_path, text, zone):
    (tmp_path / "timezone").write_text(text)
    assert local_timezone(tmp_path) == zone


def test_a_machine_that_says_nothing_is_on_utc(tmp_path):
    assert local_timezone(tmp_path) == "UTC"


def test_a_folder_is_a_show_only_once_all_else_is_written(tmp_path, box, monkeypatch):
    written, write = [], LocalLibrary.replace

    def record(self, path, content, **named):
        written.append(path)
        return write(self, path, content, **named)

    monkeypatch.setattr(LocalLibrary, "replace", record)
    begin_show(tmp_path / "library", box=box, timezone="UTC")
    assert written == [".gitattributes", "show.toml"]


def test_an_empty_folder_has_no_audio_and_one_with_a_sound_below_has(tmp_path):
    (tmp_path / "notes.txt").write_text("nothing to hear")
    assert not has_audio(tmp_path)
    write_mp3(tmp_path / "Season 1" / "one.mp3")
    assert has_audio(tmp_path)

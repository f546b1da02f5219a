"""A chapter file that is edited keeps everything that nobody changed."""

import json
from datetime import timedelta

from catalogue.domain.media import Chapter
from catalogue.formats.chapters import read_chapters
from catalogue.formats.chapters.json_edits import EditedChapter, edit_json_chapters, mark_of

THEIRS = b"""{"version": "1.2.0", "author": "Ana", "chapters": [
  {"startTime": 0.0, "title": "Hello ", "img": "https://example.org/a.jpg", "location": {"name": "Here"}},
  {"startTime": 60, "title": "Loss", "endTime": 90, "url": "https://example.org/"}
]}"""


def edited(**changes):
    """Their chapters, the second with changes; `None` leaves it out."""
    first, second = read_chapters(THEIRS, "chapters.json")
    told = Chapter(start=second.start, title=second.title, url=second.url)
    rows = [EditedChapter(chapter=first, was=mark_of(first))]
    for values in [changes] if changes.get("title", "") is not None else []:
        chapter = Chapter(**{"start": told.start, "title": told.title, "url": told.url} | values)
        rows.append(EditedChapter(chapter=chapter, was=mark_of(second)))
    return edit_json_chapters(THEIRS, rows, "chapters.json")


def test_the_same_chapters_give_the_same_bytes():
    assert edited() == THEIRS


def test_a_new_title_leaves_all_else():
    document = json.loads(edited(title="Losing someone"))
    assert document["author"] == "Ana"
    assert document["chapters"][0] == json.loads(THEIRS)["chapters"][0]
    assert document["chapters"][1] == json.loads(THEIRS)["chapters"][1] | {"title": "Losing someone"}


def test_a_link_goes_and_an_end_before_the_start_with_it():
    assert json.loads(edited(url=None, start=timedelta(minutes=3)))["chapters"][1] == {
        "startTime": 180,
        "title": "Loss",
    }


def test_a_hidden_chapter_is_marked_and_shown_again():
    hidden = edited(is_listed=False)
    assert json.loads(hidden)["chapters"][1]["toc"] is False
    chapters = read_chapters(hidden, "chapters.json")
    rows = [EditedChapter(chapter=Chapter(start=one.start, title=one.title), was=mark_of(one)) for one in chapters]
    assert "toc" not in json.loads(edit_json_chapters(hidden, rows, "chapters.json"))["chapters"][1]


def test_none_is_a_document_too():
    assert read_chapters(edit_json_chapters(b"", [], "chapters.json"), "chapters.json") == ()
    assert json.loads(edited(title=None))["chapters"][1:] == []

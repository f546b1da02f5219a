import unicodedata

import pytest

from catalogue.library.roles import Kind, read_role, split_language
from catalogue.ports import LibraryFile


def role(path):
    return read_role(LibraryFile(path=path, size_bytes=1, mtime_ns=1, inode=1))


@pytest.mark.parametrize(
    ("name", "kind", "stem", "file_format"),
    [
        ("03 After.mp3", Kind.AUDIO, "03 After", "mp3"),
        ("03 After.MP3", Kind.AUDIO, "03 After", "mp3"),
        ("a.m4b", Kind.AUDIO, "a", "m4a"),
        ("a.aif", Kind.AUDIO, "a", "aiff"),
        ("a.wma", Kind.UNPLAYABLE, "a", "wma"),
        ("a.oggflac", Kind.UNPLAYABLE, "a", "oggflac"),
        ("Season 2/a.es.md", Kind.NOTE, "a.es", "md"),
        ("a.srt", Kind.TRANSCRIPT, "a", "srt"),
        ("a.htm", Kind.TRANSCRIPT, "a", "html"),
        ("a.json", Kind.TRANSCRIPT, "a", "json"),
        ("a.chapters.json", Kind.CHAPTERS, "a", "json"),
        ("Chapters.JSON", Kind.CHAPTERS, "chapters", "json"),
        ("a.chapters.txt", Kind.CHAPTERS, "a", "txt"),
        ("chapters.vtt", Kind.CHAPTERS, "chapters", "vtt"),
        ("a.chapters.psc", Kind.CHAPTERS, "a", "psc"),
        ("a.psc", Kind.CHAPTERS, "a", "psc"),
        ("a.JPEG", Kind.PICTURE, "a", "jpeg"),
        ("License to heal.mp3", Kind.AUDIO, "License to heal", "mp3"),
    ],
)
def test_a_name_tells_the_role(name, kind, stem, file_format):
    found = role(name)
    assert (found.kind, found.stem, found.format) == (kind, stem, file_format)


@pytest.mark.parametrize(
    "name", ["README.md", "readme.es.txt", "LICENSE.txt", "LICENSE-MIT.html", "CHANGELOG.md", "a.docx", "mp3", "a"]
)
def test_what_is_never_content_has_no_role(name):
    assert role(name) is None


def test_stems_are_composed():
    assert role(unicodedata.normalize("NFD", "Después.mp3")).stem == unicodedata.normalize("NFC", "Después")


@pytest.mark.parametrize(
    ("stem", "parted"),
    [
        ("a.es", ("a", "es")),
        ("a.ES-mx", ("a", "es-MX")),
        ("a.zh-hant-tw", ("a", "zh-Hant-TW")),
        ("a.es-419", ("a", "es-419")),
        ("Dr. Smith", ("Dr. Smith", None)),
        ("a", ("a", None)),
        (".es", (".es", None)),
    ],
)
def test_a_language_stands_behind_the_stem(stem, parted):
    assert split_language(stem) == parted

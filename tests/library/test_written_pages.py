"""Which files make which written pages."""

from catalogue.domain.written_page import PageKind, WrittenPage
from catalogue.library.written_pages import deeper_notes, find_page_files, with_own_slugs
from catalogue.ports import LibraryFile


def files(*paths):
    return [LibraryFile(path=path, size_bytes=1, mtime_ns=1, inode=1) for path in paths]


def found(*paths):
    return [
        (page.kind.value, page.stem, [language for language, _ in page.translations])
        for page in find_page_files(files(*paths))
    ]


def test_a_note_in_the_folder_is_a_page_and_one_in_another_language_its_translation():
    assert found("topics/a.md", "topics/a.es.md", "pages/us.md") == [("topics", "a", ["es"]), ("pages", "us", [])]


def test_a_translation_of_nothing_is_a_page_of_its_own():
    assert found("topics/volume.two.md") == [("topics", "volume.two", [])]


def test_what_is_no_page_is_left_alone():
    assert found("topics/README.md", "topics/a.txt", "110/episode.md", "topics.md", "show/topics/a.md") == []


def test_a_page_that_lies_deeper_is_named():
    (problem,) = deeper_notes(files("topics/old/a.md", "topics/old/a.jpg", "topics/b.md"))
    assert (problem.code, problem.path) == ("page-too-deep", "topics/old/a.md")


def test_of_two_pages_with_one_address_the_first_is_used():
    first, second = (WrittenPage(kind=PageKind.TOPIC, slug="a", path=path, title="A") for path in ("1", "2"))
    other = WrittenPage(kind=PageKind.PLAIN, slug="a", path="3", title="A")
    pages, (problem,) = with_own_slugs([first, second, other])
    assert pages == (first, other)
    assert (problem.path, problem.code) == ("2", "page-slug-taken")

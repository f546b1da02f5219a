"""What an episode's front matter says, and that its document says the same."""

import re
from datetime import timedelta

import pytest

from catalogue.errors import ContentErrors
from catalogue.library.notes.episode_note import NOTE_KEYS, read_episode_note, read_translation_note
from catalogue.library.notes.front_matter import read_note
from catalogue.library.show_file import read_show_file


def read(front, body=""):
    return read_episode_note(read_note(f"---\n{front}\n---\n{body}".encode(), "episode.md"), timezone="UTC")


@pytest.mark.parametrize(
    "front",
    [
        "chapters:\n  - 0:00 Hello\n  - 4:12 Part one: the news",
        "chapters: |\n  0:00 Hello\n  4:12 Part one: the news",
        "chapters:\n  - start: 4:12\n    title: 'Part one: the news'\n  - {start: 0, title: Hello}",
    ],
)
def test_chapters_are_lines_or_tables_and_sorted(front):
    found = [(chapter.start, chapter.title) for chapter in read(front)["chapters"]]
    assert found == [(timedelta(0), "Hello"), (timedelta(minutes=4, seconds=12), "Part one: the news")]


@pytest.mark.parametrize("front", ["chapters:\n  - 0:00 Hello\n  - later", "chapters: |\n  0:00 Hello\n  later"])
def test_a_line_that_is_no_chapter_is_told_with_its_line(front):
    with pytest.raises(ContentErrors, match=r"episode\.md, line 4: `later` is not a chapter"):
        read(front)


def test_the_body_is_the_notes_only_where_there_is_one():
    assert read("title: T", "Hi *you*\n") == {"title": "T", "notes": "Hi *you*\n"}
    assert "notes" not in read("title: T", "\n \n")


def test_a_translation_has_title_summary_and_notes():
    note = read_note(b"---\nsummary: Tres\n---\nHola\n", "episode.es.md")
    found = read_translation_note(note, language="es", title="Three")
    assert (found.title, found.summary, found.notes) == ("Three", "Tres", "Hola\n")


def test_a_translation_may_warn_in_its_own_words():
    note = read_note(b"---\ncontent_warning: el duelo\n---\n", "episode.es.md")
    assert read_translation_note(note, language="es", title="T").content_warning == "el duelo"


def test_a_translation_with_other_keys_is_refused():
    note = read_note(b"---\ndraft: yes\n---\n", "episode.es.md")
    with pytest.raises(ContentErrors, match="The keys are title, summary"):
        read_translation_note(note, language="es", title="T")


def test_every_key_is_documented(root):
    document = (root / "docs" / "notes.md").read_text(encoding="utf-8")
    assert [key for key in NOTE_KEYS if f"| `{key}` |" not in document] == []


def test_every_example_of_the_document_is_read(root):
    document = (root / "docs" / "notes.md").read_text(encoding="utf-8")
    examples = re.findall(r"^\| `\w+` \|.* \| `(.*)` \|$", document, flags=re.MULTILINE)
    shown = [key for key, field in NOTE_KEYS.items() if not field.startswith("extras.")]  # the others: docs/feed.md
    assert len(read("\n".join(examples))) == len(shown) - 3  # three keys make one review, two one list of places


def test_every_example_of_the_shows_document_is_read(root):
    document = (root / "docs" / "show.md").read_text(encoding="utf-8")
    examples = re.findall(r"^\| `\w+` \|.* \| `(.*)` \|$", document, flags=re.MULTILINE)
    assert len(read_show_file("\n".join(examples).encode(), "show.toml")) == len(examples)


@pytest.mark.parametrize(
    "front", ["tags: [Vida  después, 'Living & well']", "tags:\n  - Vida después\n  - Living & well"]
)
def test_tags_are_words_with_an_address_each(front):
    assert [(tag.name, tag.slug) for tag in read(front)["tags"]] == [
        ("Vida después", "vida-despues"),
        ("Living & well", "living-well"),
    ]


@pytest.mark.parametrize("tag", ["'!!!'", "'—'", "x" * 61])
def test_a_tag_without_letters_or_end_is_told_with_its_line(tag):
    with pytest.raises(ContentErrors, match="line 3: This cannot be a tag"):
        read(f"title: a\ntags: [{tag}]")


def test_a_translation_may_name_chapters_sources_and_places_of_help():
    note = read_note(
        b"---\nchapters: ['0:30 Dos', '0:00 Uno']\nsources: Un libro\nsupport: Ana\n---\n", "episode.es.md"
    )
    found = read_translation_note(note, language="es", title="T")
    assert [chapter.title for chapter in found.chapters] == ["Uno", "Dos"]
    assert (found.sources[0].title, found.help[0].name) == ("Un libro", "Ana")

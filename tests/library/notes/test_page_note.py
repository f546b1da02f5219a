"""What the front matter of a written page says, and that its document says the same."""

import re

import pytest

from catalogue.domain.episode import Review
from catalogue.domain.written_page import Gathered, PageKind
from catalogue.errors import ContentErrors
from catalogue.library.notes.front_matter import read_note
from catalogue.library.notes.page_note import PLAIN_KEYS, TOPIC_KEYS, read_page_note


def read(front, *, kind=PageKind.TOPIC, stem="second-primary", translations=(), problems=()):
    note = read_note(f"---\n{front}\n---\nWords.\n".encode(), f"{kind.value}/{stem}.md")
    return read_page_note(
        note, kind, stem=stem, translations=translations, problems=problems if problems is not None else []
    )


def test_a_page_without_a_title_is_called_as_its_file():
    page = read("summary: S")
    assert (page.title, page.slug, page.notes) == ("Second primary", "second-primary", "Words.\n")


def test_all_that_a_topic_page_states():
    page = read(
        "title: T\nslug: other\nwas: [one, two]\nreviewed: 2018-05\nnext_review: under way\nupdated: 2021-10\n"
        "tags: [Bone pain]\nepisodes: [110, {episode: talks/116, why: Two words}]\nfeedback: us@example.org"
    )
    assert (page.slug, page.was, page.updated_on) == ("other", ("one", "two"), "2021-10")
    assert page.review == Review(last_on="2018-05", next_on="under way")
    assert page.gathered == (Gathered(episode="110"), Gathered(episode="talks/116", why="Two words"))
    assert [tag.slug for tag in page.tags] == ["bone-pain"]


def test_every_mistake_is_told_with_its_line():
    with pytest.raises(ContentErrors) as raised:
        read("titel: T\nreviewed: soon\nslug: Not So\ndraft: maybe")
    assert [error.line for error in raised.value.errors] == [2, 3, 4, 5]
    assert "Did you mean `title`?" in str(raised.value)


def test_a_plain_page_gathers_nothing():
    with pytest.raises(ContentErrors, match="no key `tags`"):
        read("tags: [a]", kind=PageKind.PLAIN)


def test_a_name_without_letters_needs_a_slug():
    with pytest.raises(ContentErrors, match="state `slug`"):
        read("title: T", stem="…")
    assert read("title: T\nslug: dots", stem="…").slug == "dots"


def test_a_broken_translation_costs_itself():
    good = read_note(b"---\ntitle: Hola\n---\nTexto\n", "topics/a.es.md")
    bad = read_note(b"---\nslug: x\n---\n", "topics/a.fr.md")
    problems = []
    page = read("title: T", translations=[("es", good), ("fr", bad)], problems=problems)
    assert [(text.language, text.title) for text in page.translations] == [("es", "Hola")]
    assert [(one.path, one.line) for one in problems] == [("topics/a.fr.md", 2)]


def test_every_key_is_documented(root):
    document = (root / "docs" / "topics.md").read_text(encoding="utf-8")
    documented = re.findall(r"^\| `(\w+)` \|", document, re.MULTILINE)
    assert documented == list(TOPIC_KEYS)
    assert set(TOPIC_KEYS) - set(PLAIN_KEYS) == {"tags", "episodes"}

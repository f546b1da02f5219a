"""What a written page is, in which language, and under which address."""

from catalogue.domain.episode import Source
from catalogue.domain.written_page import (
    PageKind,
    PageTranslation,
    WrittenPage,
    WrittenPages,
    names_of,
)


def make_page(**stated):
    values = {"kind": PageKind.TOPIC, "slug": "recurrence", "path": "topics/recurrence.md", "title": "Recurrence"}
    return WrittenPage(**values | stated)


def test_a_translation_says_what_it_has_and_leaves_the_rest_as_it_was():
    spanish = PageTranslation(language="es", title="Recaída", notes="Hola")
    page = make_page(sources=(Source(title="A study"),), summary="When it comes back", translations=(spanish,))
    said = page.said_in("es-MX")
    assert (said.language, said.title, said.notes) == ("es", "Recaída", "Hola")
    assert (said.summary, said.sources) == (page.summary, page.sources)
    assert page.said_in("fr") is page


def test_a_slug_in_use_wins_over_an_earlier_one():
    new, old = make_page(slug="b", was=("a",)), make_page(slug="a")
    assert WrittenPages(pages=(new, old)).find(PageKind.TOPIC, "a") is old
    assert WrittenPages(pages=(new,)).find(PageKind.TOPIC, "a") is new


def test_a_draft_and_a_page_of_another_kind_are_not_found():
    pages = WrittenPages(pages=(make_page(draft=True), make_page(kind=PageKind.PLAIN, slug="about-us")))
    assert pages.find(PageKind.TOPIC, "recurrence") is None
    assert pages.find(PageKind.TOPIC, "about-us") is None
    assert pages.of(PageKind.TOPIC) == ()


def test_an_episode_is_named_by_slug_or_folder_with_its_show_or_without():
    assert names_of("husbands", "110", "talks") == {"husbands", "110", "talks/husbands", "talks/110"}

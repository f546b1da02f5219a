"""Rules C05 and C06: the categories of the show."""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.check.categories import find_category, is_category, is_obsolete
from catalogue.check.medium import is_for_directories
from catalogue.check.rule import Flaw, Level, rule
from catalogue.feed_reading import Element, FeedDocument


@rule("C05", Level.ERROR, source="Apple: podcast categories")
def show_has_category(feed: FeedDocument) -> Iterator[Flaw]:
    """The show has at least one category, and each is in Apple's list letter for letter, under its own parent.

    Mend: state `categories` in show.toml, such as `Health & Fitness > Medicine`.

    Passes: <itunes:category text="Leisure"><itunes:category text="Home &amp; Garden"/></itunes:category>
    Fails: <itunes:category text="leisure"/>
    """
    found = list(_categories(feed))
    if not found and is_for_directories(feed):
        yield Flaw(message="The show has no category; directories need at least one of Apple's.")
    for element, name, subcategory in found:
        if not is_category(name, subcategory) and not is_obsolete(name, subcategory):
            meant = find_category(name, subcategory)
            hint = f"; write `{meant}`" if meant else ""
            wrong = _path(name, subcategory)
            message = f"Apple has no category `{wrong}`{hint}." if wrong else "The category has no name."
            yield Flaw(message=message, at=element, value=wrong)


@rule("C06", Level.WARNING, source="Apple: podcast categories (list of 2019)")
def categories_are_current(feed: FeedDocument) -> Iterator[Flaw]:
    """No category is one of those Apple replaced in 2019.

    Mend: write the successor that the message names.

    Passes: <itunes:category text="Leisure"/>
    Fails: <itunes:category text="Games &amp; Hobbies"/>
    """
    for element, name, subcategory in _categories(feed):
        if is_obsolete(name, subcategory):
            message = f"Apple replaced this category; write `{find_category(name, subcategory)}`."
            yield Flaw(message=message, at=element, value=_path(name, subcategory))


def _categories(feed: FeedDocument) -> Iterator[tuple[Element, str, str]]:
    """Each category with its text and its subcategory's (empty without one)."""
    for category in feed.channel.all("itunes:category"):
        parts = category.all("itunes:category")
        if not parts:
            yield category, category.get("text"), ""
        for part in parts:
            yield part, category.get("text"), part.get("text")


def _path(name: str, subcategory: str) -> str:
    return f"{name} > {subcategory}" if subcategory else name

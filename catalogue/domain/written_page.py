"""Pages that somebody wrote for the site itself: about a topic, with the episodes that belong to it, or plain ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from catalogue.domain.episode import Review, Source, Tag
from catalogue.domain.plan import Problem
from catalogue.domain.show import Help
from catalogue.domain.tongues import primary


class PageKind(StrEnum):
    """Where a page lies in the library, and under which address: its value is the folder's name."""

    TOPIC = "topics"
    PLAIN = "pages"


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """An episode that a topic page names: its slug or folder, in front of it perhaps the show's slug; and why."""

    episode: str
    why: str | None = None


@dataclass(frozen=True, kw_only=True)
class PageTranslation:
    """A page's texts in another language; what is None or empty is as in the page itself. `path` is its file."""

    language: str
    title: str
    path: str = ""
    summary: str | None = None
    content_warning: str | None = None
    disclaimer: str | None = None
    sources: tuple[Source, ...] = ()
    gathered: tuple[Gathered, ...] = ()
    help: tuple[Help, ...] = ()
    notes: str = ""


@dataclass(frozen=True, kw_only=True)
class WrittenPage:
    """A page as its files state it; `notes` is Markdown.

    `language` None: that of the first show. `updated_on` is a stated day or month. Episodes in `gathered` come first
    and in that order, then those with one of the `tags`. `was` holds every earlier slug. Without `help` and
    `disclaimer` the show's apply. `path` is its file in the library.
    """

    kind: PageKind
    slug: str
    path: str
    title: str
    language: str | None = None
    summary: str | None = None
    notes: str = ""
    updated_on: str | None = None
    review: Review | None = None
    sources: tuple[Source, ...] = ()
    tags: tuple[Tag, ...] = ()
    gathered: tuple[Gathered, ...] = ()
    content_warning: str | None = None
    draft: bool = False
    feedback: str | None = None
    disclaimer: str | None = None
    help: tuple[Help, ...] = ()
    was: tuple[str, ...] = ()
    translations: tuple[PageTranslation, ...] = ()

    def said_in(self, language: str) -> WrittenPage:
        """The page with the texts of its translation into a language; itself where there is none.

        A tag finds its own translation first, then one that shares its first part: `es-MX` reads `es`.
        """
        found = {text.language.lower(): text for text in self.translations}
        text = found.get(language.lower()) or found.get(primary(language))
        if text is None:
            return self
        return replace(
            self,
            language=text.language,
            title=text.title,
            summary=text.summary or self.summary,
            content_warning=text.content_warning or self.content_warning,
            disclaimer=text.disclaimer or self.disclaimer,
            sources=text.sources or self.sources,
            gathered=text.gathered or self.gathered,
            help=text.help or self.help,
            notes=text.notes or self.notes,
        )


@dataclass(frozen=True, kw_only=True)
class WrittenPages:
    """All written pages of a library, drafts too, in natural order of path, and what is wrong with their files."""

    pages: tuple[WrittenPage, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Their files in the library."""
        return tuple(page.path for page in self.pages)

    def of(self, kind: PageKind) -> tuple[WrittenPage, ...]:
        """Those of a kind that visitors may see."""
        return tuple(page for page in self.pages if page.kind is kind and not page.draft)

    def find(self, kind: PageKind, slug: str) -> WrittenPage | None:
        """The page that has, or else once had, a slug; None where none has that visitors may see."""
        pages = self.of(kind)
        has = (page for page in pages if page.slug == slug)
        return next(has, None) or next((page for page in pages if slug in page.was), None)


def names_of(slug: str, path: str, show_slug: str) -> frozenset[str]:
    """All the names by which a page may call an episode."""
    return frozenset((slug, path, f"{show_slug}/{slug}", f"{show_slug}/{path}"))

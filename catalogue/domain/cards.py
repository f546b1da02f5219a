"""The picture that goes with a shared link: what is on it, and so the hash in its address.

The name in the address says whose card it is (`show.card1.jpg`, `show.episode.card1.jpg`), the hash what is on it: a
new title or cover makes a new address, and an earlier one still finds its owner without any record of it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from catalogue.domain.episode import Episode
from catalogue.domain.show import Show

# A new name when the drawing changes.
CARD = "card1"
# What the pages of other sites show best (Open Graph; 1.91 : 1).
CARD_WIDTH, CARD_HEIGHT = 1200, 630
_NAME = re.compile(rf"([a-z0-9-]+)(?:\.([a-z0-9-]+))?\.{CARD}\.jpg")


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a card says and shows; `title` None: it is the show's own. `picture` is the sha256 of an artwork."""

    show_title: str
    title: str | None
    accent: str | None
    picture: str | None

    @property
    def sha256(self) -> str:
        """The hex digest of all that goes into it."""
        parts = (CARD, self.show_title, self.title, self.accent, self.picture)
        text = "\n".join("" if part is None else f"{len(part)} {part}" for part in parts)
        return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def card_of(show: Show, episode: Episode | None = None) -> Card:
    """The card of a show, or of one of its episodes; an episode without artwork has the show's."""
    artwork = (episode.artwork if episode else None) or show.artwork
    return Card(
        show_title=show.title,
        title=episode.title if episode else None,
        accent=show.accent,
        picture=artwork.sha256 if artwork else None,
    )


def card_name(show: Show, episode: Episode | None = None) -> str:
    """File name in the address of a card: `conversations.110-meet-the-husbands.card1.jpg`."""
    return f"{show.slug}.{episode.slug}.{CARD}.jpg" if episode else f"{show.slug}.{CARD}.jpg"


def read_card_name(name: str) -> tuple[str, str | None] | None:
    """Whose card a name is, as the slugs of show and episode; None where it is no card's.

    >>> read_card_name("talks.one.card1.jpg"), read_card_name("talks.card1.jpg"), read_card_name("talks.cover1.jpg")
    (('talks', 'one'), ('talks', None), None)
    """
    found = _NAME.fullmatch(name)
    return (found[1], found[2]) if found else None

"""Shows, episodes and people as schema.org describes them: the nodes of which a page's data is made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from catalogue.domain.cards import CARD_HEIGHT, CARD_WIDTH
from catalogue.domain.episode import Episode, Season
from catalogue.domain.links import Links
from catalogue.domain.media import Audio, RemoteAudio
from catalogue.domain.show import License, Person, Show
from web import figures
from web.episode_page import EpisodePage
from web.spoken_show import said, title_of

Node = dict[str, Any]
# Role (Podcasting 2.0 taxonomy) → property of a CreativeWork or Episode; other roles contribute.
ROLES = {
    "host": "actor",
    "co-host": "actor",
    "guest": "actor",
    "narrator": "actor",
    "author": "author",
    "editor": "editor",
    "producer": "producer",
    "translator": "translator",
}


def iso_duration(length: timedelta) -> str:
    """Write a length as ISO 8601 does.

    >>> iso_duration(timedelta(hours=1, seconds=5)), iso_duration(timedelta(minutes=48)), iso_duration(timedelta())
    ('PT1H5S', 'PT48M', 'PT0S')
    """
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    said = "".join(f"{value}{unit}" for value, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if value)
    return f"PT{said or '0S'}"


def episode_node(show: Show, page: EpisodePage, public: Links, *, summary: str) -> Node:
    """An episode in the language of the page, with its audio, people and corrections."""
    episode = page.episode
    changed = episode.changed_at if episode.changed_at != episode.published_at else None
    return {
        "@type": "PodcastEpisode",
        "@id": episode_id(show, episode, public),
        "url": public.episode(show, episode),
        "name": page.title,
        "description": summary,
        "inLanguage": episode.language,
        "datePublished": episode.published_at.isoformat() if episode.published_at else None,
        "dateModified": changed.isoformat() if changed else None,
        "duration": iso_duration(episode.duration) if episode.duration else None,
        "episodeNumber": figures.number(episode.number) if episode.number is not None else None,
        "partOfSeries": {"@id": series_id(show, public)},
        "partOfSeason": season_node(episode.season) if episode.season else None,
        "image": _card(show, episode, public),
        "associatedMedia": _media(show, episode, public),
        "keywords": [tag.name for tag in episode.tags],
        "contentRating": "explicit" if episode.explicit or show.explicit else None,
        "license": _terms(episode.license or show.license),
        "isAccessibleForFree": True,
        "correction": [
            {"@type": "CorrectionComment", "text": one.text, "datePublished": one.on.isoformat()}
            for one in page.corrections
        ],
        "citation": [source.url or source.title for source in episode.sources],
        **_by_role(page.people),
    }


def series_node(show: Show, public: Links) -> Node:
    """A show in the language of the page, as its episodes name it."""
    return {
        "@type": "PodcastSeries",
        "@id": series_id(show, public),
        "url": public.show(show),
        "name": title_of(show),
        "inLanguage": show.language,
        "webFeed": public.subscription(show),
        "image": _card(show, None, public),
        "publisher": organization_node(show.author),
    }


def whole_series_node(show: Show, public: Links) -> Node:
    """A show, as its own page describes it."""
    return series_node(show, public) | {
        "description": said(show, "description")[0],
        "author": [organization_node(show.author), *(person_node(one) for one in show.people)],
        "genre": [category.subcategory or category.name for category in show.categories],
        "license": _terms(show.license),
        "copyrightNotice": said(show, "copyright")[0],
        "isAccessibleForFree": True,
        "sameAs": show.link,
    }


def _media(show: Show, episode: Episode, public: Links) -> list[Node]:
    if episode.missing_since is not None:
        return []
    if episode.remote and not episode.renditions:
        return [_audio(show, episode, episode.remote, url=episode.remote.url, public=public)]
    return [_audio(show, episode, one, url=public.audio(episode, one), public=public) for one in episode.renditions]


def _audio(show: Show, episode: Episode, audio: Audio | RemoteAudio, *, url: str, public: Links) -> Node:
    tags = dict.fromkeys((episode.language, *(one.language for one in episode.transcripts)))
    spoken = [tag for tag in tags if any(one.language == tag for one in episode.transcripts)]
    return {
        "@type": "AudioObject",
        "name": episode.title,
        "contentUrl": url,
        "encodingFormat": audio.media_type,
        "contentSize": str(audio.size_bytes) if audio.size_bytes else None,
        "duration": iso_duration(audio.duration) if audio.duration else None,
        "transcript": public.transcript_page(show, episode, spoken[0]) if spoken else None,
    }


def _card(show: Show, episode: Episode | None, public: Links) -> Node:
    url = public.card(show, episode)
    return {"@type": "ImageObject", "url": url, "width": CARD_WIDTH, "height": CARD_HEIGHT}


def season_node(season: Season) -> Node:
    """A season by its number, and its name where it has one."""
    return {"@type": "PodcastSeason", "seasonNumber": season.number, "name": season.name}


def _by_role(people: Iterable[Person]) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for person in people:
        found.setdefault(ROLES.get(person.role.lower(), "contributor"), []).append(person_node(person))
    return found


def person_node(person: Person) -> Node:
    """Somebody by name, with their page where they have one."""
    return {"@type": "Person", "name": person.name, "url": person.url}


def organization_node(name: str) -> Node:
    """Who publishes a show: an author is a name in the feed, and mostly a team."""
    return {"@type": "Organization", "name": name}


def _terms(stated: License | None) -> str | None:
    return (stated.url or stated.identifier) if stated else None


def series_id(show: Show, public: Links) -> str:
    """What a show is called within the data of all pages."""
    return f"{public.show(show)}#show"


def episode_id(show: Show, episode: Episode, public: Links) -> str:
    """What an episode is called within the data of all pages."""
    return f"{public.episode(show, episode)}#episode"

"""What the large directories need before they list a show, and what this show still lacks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from catalogue.actions.identities import is_public_address
from catalogue.actions.open import Place, base_url_of
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.media import FORMATS
from catalogue.domain.show import Show, ShowType
from catalogue.feed.assembly import is_item
from catalogue.store.index import ShowRow

# Apple, "Artwork requirements": the least width of a cover, in pixels.
_LEAST_PIXELS = 1400
# Apple, "Podcast RSS feed requirements": MP3 and AAC.
_FORMATS = ("mp3", "m4a")
_MEDIA_TYPES = frozenset(FORMATS[name].media_type for name in _FORMATS) | {"audio/mp4", "audio/aac", "audio/mp3"}


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a directory would look at: a show, its public episodes, and the address where it is served, if any."""

    show: Show
    episodes: Sequence[Episode]
    base_url: str | None


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something that a directory asks for, `code` for other faces; `mend` is None where the show has it."""

    code: str
    what: str
    mend: str | None


@dataclass(frozen=True, kw_only=True)
class Directory:
    """A directory, and how this show stands with it; `service` is its slug in Podcasting 2.0's list.

    `hints` say in English what is to be known there; other faces have words of their own for a `service`.
    """

    service: str
    name: str
    submit_at: str
    needs: tuple[Need, ...]
    hints: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        return all(need.mend is None for need in self.needs)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A show, the address of its feed to be submitted (None: it has no public one), and all directories."""

    show: Show
    feed_url: str | None
    directories: tuple[Directory, ...]


def list_directories(place: Place, row: ShowRow, now: datetime) -> Listing:
    """Say of each directory what it needs and what the show lacks, as it would be served at `now`."""
    episodes = (one.episode for one in place.index.episodes(row.show.guid))
    public = [one for one in episodes if one is not None and is_item(one) and one.is_public(now)]
    submission = Submission(show=row.show, episodes=public, base_url=base_url_of(place))
    feed_url = Links(submission.base_url).subscription(row.show) if submission.base_url else None
    found = (_directory(service, row_, submission) for service, row_ in _DIRECTORIES.items())
    return Listing(show=row.show, feed_url=feed_url, directories=tuple(found))


@dataclass(frozen=True, kw_only=True)
class _Row:
    name: str
    submit_at: str
    needs: tuple[str, ...]
    hints: tuple[str, ...]


def _directory(service: str, row: _Row, submission: Submission) -> Directory:
    asked = ((code, *_NEEDS[code]) for code in row.needs)
    needs = [Need(code=code, what=what, mend=find_mend(submission)) for code, what, find_mend in asked]
    needs.append(Need(code="allowed", what="it may list the show", mend=_blocked(submission.show, service)))
    return Directory(service=service, name=row.name, submit_at=row.submit_at, needs=tuple(needs), hints=row.hints)


def _reachable(submission: Submission) -> str | None:
    base_url = submission.base_url
    if base_url is None or not is_public_address(base_url):
        return "Serve it on a domain of your own, and set CASTALOGUE_BASE_URL=https://your.domain."
    return None if urlsplit(base_url).scheme == "https" else "Serve it over https, and correct CASTALOGUE_BASE_URL."


def _episode(submission: Submission) -> str | None:
    return None if submission.episodes else "Publish an episode; a trailer will do."


def _cover(submission: Submission) -> str | None:
    artwork = submission.show.artwork
    if artwork is None:
        return f"Put artwork.png or artwork.jpg beside show.toml: square, 3000 pixels wide, at least {_LEAST_PIXELS}."
    if min(artwork.width, artwork.height) < _LEAST_PIXELS or artwork.width != artwork.height:
        size = f"{artwork.width} × {artwork.height}"
        return f"{artwork.path} is {size} pixels: make it square and at least {_LEAST_PIXELS} wide, better 3000."
    return None


def _category(submission: Submission) -> str | None:
    return None if submission.show.categories else 'Write categories = ["…"] in show.toml, with one of Apple\'s.'


def _description(submission: Submission) -> str | None:
    show = submission.show
    is_said = show.description.strip() not in ("", show.title.strip())
    return None if is_said else "Write description in show.toml: a few sentences on what it is about."


def _email(submission: Submission) -> str | None:
    if submission.show.public_email:
        return None
    return (
        'Write owner = { name = "…", email = "…" } and show_owner_email = true in show.toml. Everybody can read '
        "the address then; take it out again once the show is yours there."
    )


def _audio(submission: Submission) -> str | None:
    wrong = [one.slug for one in submission.episodes if not _is_plain(one)]
    if not wrong:
        return None
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    return f"Add an audio.mp3 or audio.m4a to {', '.join(wrong[:3])}{more}: their audio is in another format."


def _is_plain(episode: Episode) -> bool:
    if episode.audio is not None:
        return episode.audio.format in _FORMATS
    return episode.remote is not None and episode.remote.media_type in _MEDIA_TYPES


def _numbers(submission: Submission) -> str | None:
    if submission.show.type is not ShowType.SERIAL:
        return None
    lacking = [one.slug for one in submission.episodes if one.number is None and one.type.value == "full"]
    return f"Number every episode of a serial show: {', '.join(lacking[:3])} has none." if lacking else None


def _blocked(show: Show, service: str) -> str | None:
    if show.extras is not None and service in show.extras.allow_services:
        return None
    if show.extras is not None and service in show.extras.block_services:
        return f"Take {service} out of block_services in show.toml."
    return "Take block = true out of show.toml." if show.block else None


# What is needed, in words, and what is to be done where it lacks.
_NEEDS: dict[str, tuple[str, Callable[[Submission], str | None]]] = {
    "reach": ("a feed that everybody can reach over https", _reachable),
    "episode": ("an episode", _episode),
    "cover": ("a square cover of 1400 to 3000 pixels", _cover),
    "category": ("a category", _category),
    "description": ("a description", _description),
    "audio": ("MP3 or AAC audio", _audio),
    "numbers": ("a number for each episode of a serial show", _numbers),
    "email": ("an e-mail address in the feed, to which it sends a code", _email),
}
_ALL = tuple(_NEEDS)
_WITHOUT_EMAIL = _ALL[:-1]

_DIRECTORIES: dict[str, _Row] = {
    "apple": _Row(
        name="Apple Podcasts",
        submit_at="https://podcastsconnect.apple.com/",
        needs=_WITHOUT_EMAIL,
        hints=(
            "Sign in with an Apple account, add a show with its feed. Apps that read Apple's list find it then, too.",
            'Where it asks for a proof: txt = { value = "the code", purpose = "applepodcastsverify" } in show.toml.',
        ),
    ),
    "spotify": _Row(
        name="Spotify",
        submit_at="https://creators.spotify.com/",
        needs=_ALL,
        hints=("Choose a show that is hosted elsewhere. Changes to the feed take hours to show.",),
    ),
    "youtube": _Row(
        name="YouTube",
        submit_at="https://studio.youtube.com/",
        needs=_ALL,
        hints=(
            "Create a podcast there from an RSS feed. Each episode becomes a video with the cover, private at first.",
            "Audio that you replace here is not replaced there: choose to upload it again from the feed.",
        ),
    ),
    "amazon": _Row(
        name="Amazon Music",
        submit_at="https://podcasters.amazon.com/",
        needs=_ALL,
        hints=("One feed for each show; the code goes to the address in the feed.",),
    ),
    "podcastindex": _Row(
        name="Podcast Index",
        submit_at="https://podcastindex.org/add",
        needs=_ALL[:2],
        hints=("No account is needed. Many independent apps look for shows here.",),
    ),
}

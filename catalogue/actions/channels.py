"""Who is told of changes, as the operator set it, and what exactly each of them is asked.

Secrets are read when something is told and go nowhere else: no job, no message and no log holds one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from catalogue.config import Settings
from catalogue.domain.episode import Episode
from catalogue.domain.links import Links
from catalogue.domain.show import Show
from catalogue.domain.telling import OF_FEEDS, Kind
from catalogue.errors import ConfigError
from catalogue.outside.exchange import Asked
from catalogue.outside.podping import ask_podping
from catalogue.outside.webhooks import Event, ask_webhook
from catalogue.outside.websub import ask_hub
from catalogue.store.index import Job

PUBLISHED = "episode.published"
# A token or a secret is a line; whatever is longer is another file.
SECRET_LIMIT_BYTES = 4096


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """A job with what it is about; `episode` is None where it is the feed as a whole."""

    job: Job
    show: Show
    episode: Episode | None
    links: Links
    now: datetime

    @property
    def key(self) -> str:
        """A name that is the same each time this is tried, so that whoever hears it twice can leave it out.

        Of an episode it is the same for ever; of a feed each time it is asked for has its own.
        """
        occasion = self.job.asked_at.isoformat() if self.job.kind in OF_FEEDS else ""
        parts = (self.job.kind.value, self.job.show_guid, self.job.guid, occasion)
        return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]

    @property
    def title(self) -> str:
        """What it is about, for people."""
        return self.show.title if self.episode is None else f"{self.show.title}: {self.episode.title}"

    @property
    def feeds(self) -> tuple[str, ...]:
        """The addresses of the show's feeds, as they name themselves."""
        return (self.links.feed(self.show),)


def ask_about(occasion: Occasion, settings: Settings) -> Asked:
    """What is asked of whoever is told; raises ConfigError where a setting is missing or cannot be used."""
    return _ASKING[occasion.job.kind](occasion, settings)


def has_secret_address(kind: Kind) -> bool:
    """Whether the address that is asked may be a secret itself: many receivers of webhooks know us by it alone."""
    return kind is Kind.WEBHOOK


def _ask_hub(occasion: Occasion, settings: Settings) -> Asked:
    return ask_hub(_stated(settings.websub_hub, "websub_hub"), occasion.feeds)


def _ask_podping(occasion: Occasion, settings: Settings) -> Asked:
    token = _secret(settings.podping_token, settings.podping_token_file, name="podping_token")
    asked = ask_podping(occasion.feeds[0], token=token, medium=occasion.show.medium, relay=settings.podping_relay)
    return replace(asked, headers=(*asked.headers, ("Idempotency-Key", occasion.key)))


def _ask_webhook(occasion: Occasion, settings: Settings) -> Asked:
    url = _stated(settings.webhook_url, "webhook_url")
    secret = _secret(settings.webhook_secret, settings.webhook_secret_file, name="webhook_secret")
    show, episode, links = occasion.show, occasion.episode, occasion.links
    data: dict[str, object] = {
        "show": {"guid": show.guid, "title": show.title, "url": links.show(show), "feed": links.feed(show)}
    }
    happened_at = occasion.now
    if episode is not None:
        happened_at = episode.published_at or happened_at
        data["episode"] = {
            "guid": episode.guid,
            "title": episode.title,
            "summary": episode.summary,
            "url": links.episode(show, episode),
            "published_at": happened_at.isoformat(),
        }
    event = Event(id=occasion.key, kind=PUBLISHED, happened_at=happened_at, data=data)
    return ask_webhook(url, event, secret=secret, sent_at=occasion.now)


_ASKING: Mapping[Kind, Callable[[Occasion, Settings], Asked]] = {
    Kind.WEBSUB: _ask_hub,
    Kind.PODPING: _ask_podping,
    Kind.WEBHOOK: _ask_webhook,
}


def _stated(value: str | None, name: str) -> str:
    if not value:
        raise _unset(name)
    return value


def _secret(stated: str | None, file: Path | None, *, name: str) -> str:
    """A secret as it was set, or as its file holds it: one line of ASCII without blanks."""
    if not stated and file is None:
        raise _unset(name)
    secret = (stated or _read_secret(file or Path(), name)).strip()
    if not secret.isascii() or not secret.isprintable() or " " in secret or not secret:
        raise ConfigError("secret", "`{name}` cannot be used: it is not one word in ASCII. Look into it.", name=name)
    return secret


def _read_secret(file: Path, name: str) -> str:
    try:
        with file.open("rb") as opened:
            return opened.read(SECRET_LIMIT_BYTES).decode("utf-8", "replace")
    except OSError as error:
        raise ConfigError(
            "secret-file",
            "{path} cannot be read: {why}. The setting `{name}_file` names it.",
            path=file,
            why=error.strerror,
            name=name,
        ) from error


def _unset(name: str) -> ConfigError:
    sentence = "`{name}` is not set for the process that tells. Set CASTALOGUE_{variable}."
    return ConfigError("unset", sentence, name=name, variable=name.upper())

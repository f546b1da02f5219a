"""Commands that only look: feed, list, show, doctor."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from catalogue.cli.options import (
    common_options,
    episode_argument,
    json_option,
    links_of,
    opened,
    published,
    settings_of,
)
from catalogue.cli.printing import print_json
from catalogue.errors import NotFound

if TYPE_CHECKING:
    from catalogue.actions.publish import Publication
    from catalogue.domain.episode import Episode
    from catalogue.domain.show import Show


@click.command()
@click.argument("show", required=False)
@common_options
def feed(show: str | None, **options: Any) -> None:
    """Write the feed of SHOW (its slug; the first, if not named) as it is served, to standard output."""
    settings = settings_of(**options)
    with published(settings) as (place, publication):
        found = _named_show(publication, show)
        body = publication.feed(found, links_of(place), datetime.now(UTC)).body
    sys.stdout.buffer.write(body)
    sys.stdout.buffer.flush()


@click.command("list")
@json_option
@common_options
def list_episodes(as_json: bool, **options: Any) -> None:
    """List all episodes, drafts and scheduled ones too, newest first."""
    from catalogue.actions.shelf import read_shelves

    now = datetime.now(UTC)
    with published(settings_of(**options)) as (place, _):
        shelves = read_shelves(place.index)
        rows = [_document(shelf.show.slug, episode, now) for shelf in shelves.shows for episode in shelf.episodes]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        click.echo(
            f"{(row['published_at'] or '')[:16]:17}{row['status']:11}{row['show']}/{row['slug']}  {row['title']}"
        )


@click.command("show")
@episode_argument
@json_option
@common_options
def show(episode: str, as_json: bool, **options: Any) -> None:
    """Show one EPISODE (its slug, folder or GUID)."""
    from catalogue.actions.named import find_episode

    settings = settings_of(**options)
    with published(settings) as (place, _):
        its_show, found = find_episode(place, episode)
    row = _document(its_show.slug, found, datetime.now(UTC))
    row |= {
        "summary": found.summary,
        "files": [audio.path for audio in found.renditions] + [one.path for one in found.transcripts],
        "chapters": len(found.chapters),
        "page": links_of(place).episode(its_show, found),
    }
    if as_json:
        print_json(row)
        return
    for name, value in row.items():
        if value not in (None, [], ""):
            click.echo(f"{name.replace('_', ' '):17}{', '.join(value) if isinstance(value, list) else value}")


@click.command()
@click.option("--days", type=click.IntRange(0, 36500), default=30, help="How far ahead to look; 30 unless you say.")
@json_option
@common_options
def due(days: int, as_json: bool, **options: Any) -> None:
    """List what is to be read again by somebody who knows: reviews that are overdue, or soon."""
    from catalogue.actions.reviews import Urgency, due_reviews

    with published(settings_of(**options)) as (place, _):
        found = due_reviews(place, today=datetime.now(UTC).date(), days=days)
    if as_json:
        print_json([vars(one) | {"urgency": one.urgency.value} for one in found])
    for one in () if as_json else found:
        click.echo(f"{one.on:12}{one.urgency:10}{one.path}  {one.title}{f' ({one.by})' if one.by else ''}")
    sys.exit(1 if any(one.urgency is Urgency.OVERDUE for one in found) else 0)


@click.command()
@json_option
@common_options
def doctor(as_json: bool, **options: Any) -> None:
    """Look at the machine: library, data folder, database, address."""
    from catalogue.actions.doctor import examine

    settings = settings_of(**options)
    with opened(settings) as place:
        symptoms = examine(place)
    if as_json:
        print_json([{"ok": one.is_well, "what": one.what, "found": one.found, "mend": one.mend} for one in symptoms])
    else:
        for one in symptoms:
            click.echo(f"{'✓' if one.is_well else '✗'} {one.what}: {one.found}{f'. {one.mend}' if one.mend else ''}")
    sys.exit(0 if all(one.is_well for one in symptoms) else 1)


def _named_show(publication: Publication, slug: str | None) -> Show:
    shows = publication.shows()
    if not shows:
        raise NotFound("no-show", "The library holds no show yet. castalogue init makes a folder one.")
    found = publication.first_feed() if slug is None else next((one for one in shows if one.slug == slug), None)
    if found is None:
        known = ", ".join(one.slug for one in shows)
        raise NotFound("no-show", "No show is called “{slug}”. There is: {known}.", slug=slug, known=known)
    return found


def _document(show_slug: str, episode: Episode, now: datetime) -> dict[str, Any]:
    from catalogue.domain.episode_status import status_of

    return {
        "show": show_slug,
        "slug": episode.slug,
        "guid": episode.guid,
        "title": episode.title,
        "published_at": episode.published_at.isoformat() if episode.published_at else None,
        "duration_seconds": episode.duration.total_seconds() if episode.duration else None,
        "audio": episode.audio.path if episode.audio else episode.remote.url if episode.remote else None,
        "status": status_of(episode, now),
        "path": episode.path,
        "number": str(episode.number) if episode.number is not None else None,
    }

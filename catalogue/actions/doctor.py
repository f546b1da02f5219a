"""Look at the machine as a newcomer's friend would: what works, what does not, and the mend."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from catalogue.actions.accounts.server_key import find_fault
from catalogue.actions.accounts.told_limits import told_limits
from catalogue.actions.announce import channels_of
from catalogue.actions.identities import is_public_address
from catalogue.actions.index import list_files
from catalogue.actions.loudness.measuring import NO_FFMPEG
from catalogue.actions.open import Place
from catalogue.actions.told_jobs import open_jobs, told_of
from catalogue.domain.plan import Severity
from catalogue.domain.producers import Producer
from catalogue.domain.tokens import Token
from catalogue.feed_reading import FEED_LIMIT_BYTES
from catalogue.formats.audio.id3_guard import FRAME_LIMIT, TAG_LIMIT_BYTES
from catalogue.formats.audio.tags import NOTES_LIMIT_BYTES
from catalogue.formats.chapters import LIMIT_BYTES as CHAPTERS_BYTES
from catalogue.formats.chapters import LIMIT_CHAPTERS
from catalogue.formats.loudness.ffmpeg import find_ffmpeg
from catalogue.formats.pictures.limits import LIMIT_BYTES as PICTURE_BYTES
from catalogue.formats.pictures.limits import LIMIT_PIXELS
from catalogue.formats.transcripts.reading import LIMIT_BYTES as TRANSCRIPT_BYTES
from catalogue.formats.transcripts.spoken import LIMIT_CUES
from catalogue.outside.limits import Limits as OutsideLimits
from catalogue.sandbox import Limits
from catalogue.store.opening import told_address

# Less free space than this and the next index may fail half-way.
LOW_SPACE_BYTES = 200 * 1024 * 1024
_MIB = 1024 * 1024
# Whose program is to go on needs another token by then.
ENDS_SOON = timedelta(days=14)
# Who has not asked for so long after it was made has no use for it.
UNUSED_FOR = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Symptom:
    """One thing looked at; `mend` is empty where nothing need be done."""

    what: str
    found: str
    is_well: bool = True
    mend: str = ""


def examine(place: Place) -> tuple[Symptom, ...]:
    """Look at library, data folder, index, address and the last run; raises nothing of ours."""
    looks: tuple[Callable[[Place], Symptom], ...] = (
        _library,
        _data,
        _index,
        _search,
        _address,
        _last_run,
        _told,
        _studio,
        _tokens,
        _members,
        _audio,
        _limits,
    )
    return tuple(look(place) for look in looks)


def _library(place: Place) -> Symptom:
    folder = place.settings.library.resolve()
    count = len(list_files(place.storage))
    if not os.access(folder, os.W_OK):
        mend = "It cannot be written: known episodes are served, new ones are held. Give yourself the right to write."
        return Symptom(what="Library", found=f"{folder}, {count} files", is_well=False, mend=mend)
    return Symptom(what="Library", found=f"{folder}, {count} files")


def _data(place: Place) -> Symptom:
    folder = place.settings.data_folder.resolve()
    free = shutil.disk_usage(next(one for one in (folder, *folder.parents) if one.exists())).free
    found = f"{folder}, {free // 1024**2} MB free"
    if free < LOW_SPACE_BYTES:
        return Symptom(what="Data folder", found=found, is_well=False, mend="Make room, or set --data elsewhere.")
    return Symptom(what="Data folder", found=found)


def _index(place: Place) -> Symptom:
    shows = place.index.shows()
    episodes = sum(len(place.index.episodes(row.show.guid)) for row in shows)
    counts = f"shows: {len(shows)}, episodes: {episodes}, changes: {place.index.revision()}"
    return Symptom(what="Index", found=f"{told_address(place.settings.store_url)}, {counts}")


def _search(place: Place) -> Symptom:
    """Whether all shows can be searched as they are now; SQLite without FTS5 cannot even be opened."""
    _, filled = place.index.search_state()
    behind = [row.show.title for row in place.index.shows() if filled.get(row.show.guid) != row.revision]
    if behind:
        mend = "Run castalogue index: it is filled then."
        return Symptom(what="Search", found=f"not filled: {', '.join(behind)}", is_well=False, mend=mend)
    return Symptom(what="Search", found=f"languages: {', '.join(place.index.search_languages()) or 'none yet'}")


def _address(place: Place) -> Symptom:
    base_url = place.settings.base_url
    if base_url is None:
        mend = "Only this computer can subscribe. To publish, set CASTALOGUE_BASE_URL=https://your.domain."
        return Symptom(what="Address", found="none is set", mend=mend)
    if urlsplit(base_url).scheme != "https" or not is_public_address(base_url):
        mend = "Directories want a public https address."
        return Symptom(what="Address", found=base_url, mend=mend)
    return Symptom(what="Address", found=base_url)


def _last_run(place: Place) -> Symptom:
    refused = [problem for problem in place.index.problems() if problem.severity is Severity.ERROR]
    if refused:
        mend = f"First: {refused[0]}"
        return Symptom(what="Last index", found=f"{len(refused)} left out", is_well=False, mend=mend)
    return Symptom(what="Last index", found="nothing was left out")


def _told(place: Place) -> Symptom:
    """Who is told of changes; not well where something was given up, or cannot be told as it is set."""
    found, kinds = open_jobs(place), channels_of(place.settings)
    given_up = [one for one in found if one.is_given_up]
    who = ", ".join(told_of(kind, place) for kind in kinds) or "nobody"
    if given_up:
        mend = f"First: {given_up[0].job.reason} castalogue jobs lists all; castalogue jobs --again tries them again."
        return Symptom(what="Told", found=f"{who}; {len(given_up)} given up", is_well=False, mend=mend)
    failing = [one for one in found if one.is_failing]
    if failing:
        return Symptom(
            what="Told", found=f"{who}; {len(failing)} in vain so far", mend=f"First: {failing[0].job.reason}"
        )
    return Symptom(what="Told", found=who)


def _studio(place: Place) -> Symptom:
    """Whether somebody can sign in; not well where the server's key keeps the studio shut."""
    fault = find_fault(place.settings)
    if fault is not None:
        return Symptom(what="Studio", found="shut", is_well=False, mend=str(fault))
    people = place.index.producers()
    if not people:
        return Symptom(what="Studio", found="nobody looks after it yet", mend="castalogue serve prints a link for you.")
    return Symptom(what="Studio", found=f"people: {len(people)}, with a second step: {_with_codes(people)}")


def _with_codes(people: tuple[Producer, ...]) -> int:
    return sum(one.second_step is not None for one in people)


def _tokens(place: Place) -> Symptom:
    """What programs hold, without its secret; those of closed accounts are revoked, and not among them."""
    now = datetime.now(UTC)
    kept = [one for one in place.index.tokens() if one.revoked_at is None]
    good = [one for one in kept if one.holds(now)]
    told = {
        f"ending within {ENDS_SOON.days} days": [one for one in good if not one.holds(now + ENDS_SOON)],
        "never used": [one for one in good if one.used_on is None and now - one.created_at > UNUSED_FOR],
        "over": [one for one in kept if not one.holds(now)],
    }
    words = [f"{what}: {_named(found)}" for what, found in told.items() if found]
    found = "; ".join((f"{len(good)} open the API", *words)) if kept else "none"
    mend = "castalogue token new NAME makes another; castalogue token revoke NUMBER ends one." if words else ""
    return Symptom(what="Tokens", found=found, mend=mend)


def _named(tokens: list[Token]) -> str:
    return ", ".join(f"{one.name} (number {one.id})" for one in tokens)


def _members(place: Place) -> Symptom:
    """How many have an address of their own, in each show that has members."""
    counts = {
        row.show.title: sum(one.revoked_at is None for one in place.index.members(row.show.guid))
        for row in place.index.shows()
    }
    told = ", ".join(f"{title}: {count}" for title, count in counts.items() if count)
    return Symptom(what="Members", found=told or "none")


def _audio(place: Place) -> Symptom:
    """Whether recordings can be measured; nothing else needs it."""
    if not place.settings.audio_help:
        return Symptom(what="Audio help", found="switched off")
    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        return Symptom(what="Audio help", found="no ffmpeg", mend=NO_FFMPEG)
    return Symptom(what="Audio help", found=f"ffmpeg, {ffmpeg}")


def _limits(_: Place) -> Symptom:
    box, outside = Limits(), OutsideLimits()
    return Symptom(
        what="Limits",
        found=", ".join(
            (
                f"{box.memory_bytes // _MIB} MiB of memory",
                f"{box.cpu_seconds} s of processor time and {box.wall_seconds:.0f} s by the clock a file",
                f"ID3 tags {TAG_LIMIT_BYTES // _MIB} MiB and {FRAME_LIMIT:,} frames",
                f"pictures {PICTURE_BYTES // _MIB} MiB and {LIMIT_PIXELS // 1_000_000} million pixels",
                f"transcripts {TRANSCRIPT_BYTES // _MIB} MiB and {LIMIT_CUES:,} cues",
                f"chapters {CHAPTERS_BYTES // _MIB} MiB and {LIMIT_CHAPTERS:,}",
                f"notes {NOTES_LIMIT_BYTES // _MIB} MiB",
                f"feeds {FEED_LIMIT_BYTES // _MIB} MiB",
                f"other machines {outside.size_bytes // _MIB} MiB, {outside.hops} redirects and "
                f"{outside.whole.total_seconds():.0f} s",
                *told_limits(),
            )
        ),
    )

"""Give a show or an episode a cover that every directory takes: as it is where it is one, else made into one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalogue.actions.attaching import LIMIT_BYTES, put_side_file, side_path
from catalogue.actions.facts import read_whole
from catalogue.actions.index import Report, Wishes, list_files
from catalogue.actions.leases import open_lease
from catalogue.actions.named import find_show_row, named_rows
from catalogue.actions.note_editing import Unit, find_unit
from catalogue.actions.note_writing import NoteChange, not_taken, write_notes
from catalogue.actions.open import Place
from catalogue.actions.scratch import scratch_folder
from catalogue.domain.cards import card_of
from catalogue.domain.episode import Episode
from catalogue.domain.facts import CoverFacts, ImageFacts
from catalogue.domain.media import THUMBNAIL
from catalogue.domain.show import Show
from catalogue.errors import NotFound
from catalogue.formats.pictures.picture_facts import SMALLEST_COVER
from catalogue.library.folder import find_shows
from catalogue.sandbox import Box, Limits

# A square of 3000 pixels takes 27 MB as it is decoded, and its PNG may take as much.
_WRITTEN_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class CoverChange:
    """What had to be changed of a picture: a code, and the sentence for it with the picture's size in it."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True, kw_only=True)
class Covered:
    """What was written, how the picture had to be changed, and what indexing gave."""

    path: str
    changes: tuple[CoverChange, ...]
    width: int
    report: Report


def put_cover(
    place: Place, name: str, picture: Path, *, is_of_show: bool = False, wishes: Wishes | None = None
) -> Covered:
    """Write a picture as the cover of an episode or a show (slug, folder or GUID; an episode's comes first), and index.

    `is_of_show`: a show is meant, whatever episodes are called. A legal one is kept to the byte. Raises ArtworkError
    for what is no picture or is too small, NotFound, Conflict, ContentError, StaleEdit, NotPublishable, NoRoom.
    """
    from catalogue.formats.pictures.cover_facts import read_cover  # Pillow is slow to import

    facts: CoverFacts = place.box.call(read_cover, str(picture.resolve()), picture.name)
    changes = tuple(_faults(facts))
    is_episode = not is_of_show and next(named_rows(place, name), None) is not None
    unit = find_unit(place, name) if is_episode else None
    path = _episode_path(unit, facts) if unit is not None else _show_path(place, name, facts)
    is_kept = not changes and facts.width >= SMALLEST_COVER and Path(path).suffix.lower() in _ENDINGS[facts.format]
    content, width = (picture.read_bytes(), facts.width) if is_kept else _made(picture, path)
    if unit is not None:
        report, _ = put_side_file(place, name, path, content, wishes=wishes)
    else:
        report = _put_for_show(place, name, path, content, wishes or Wishes())
    return Covered(path=path, changes=changes, width=width, report=report)


def draw_previews(place: Place, name: str, folder: Path) -> tuple[Path, ...]:
    """Draw into a folder what others see of a cover: the card of a shared link; raises ArtworkError, NotFound."""
    from catalogue.formats.pictures.cards import draw_card  # as above

    show, episode = _owner(place, name)
    card = card_of(show, episode)
    source = place.derived / f"{card.picture}.{THUMBNAIL}.jpg"
    target = folder / f"{(episode or show).slug}.card.jpg"
    draw_card(str(target), str(source) if card.picture and source.is_file() else None, card)
    return (target,)


_ENDINGS = {"jpeg": (".jpg", ".jpeg"), "png": (".png",), "webp": (".webp",)}


def _faults(facts: CoverFacts) -> Iterator[CoverChange]:
    """How a picture differs from what Apple takes, and what is done about it."""
    from catalogue.formats.pictures.squaring import LARGEST_COVER

    size = f"{facts.width} × {facts.height}"
    if facts.width != facts.height:
        yield CoverChange("cover-square", f"It is no square ({size}): its middle was taken.")
    if min(facts.width, facts.height) > LARGEST_COVER:
        sentence = f"It is larger than directories take ({size}): it was made {LARGEST_COVER} pixels wide."
        yield CoverChange("cover-smaller", sentence)
    if facts.has_alpha:
        yield CoverChange("cover-white", "It has transparent parts: they are white now.")
    if facts.mode not in ("RGB", "RGBA", "P"):
        yield CoverChange("cover-colours", f"Its colours ({facts.mode}) are not those of screens: it is RGB now.")
    if facts.is_moving:
        yield CoverChange("cover-still", "It moves, which a cover may not: its first picture was taken.")
    if facts.format == "webp":
        yield CoverChange("cover-webp", "It is WebP, which directories do not take: it was saved anew.")


def _made(picture: Path, path: str) -> tuple[bytes, int]:
    """A legal cover made of the picture, in a box of its own: it may write more than a parser may."""
    from catalogue.formats.pictures.squaring import make_legal_cover

    limits = Limits(written_bytes=_WRITTEN_BYTES)
    with scratch_folder() as folder, Box(1, limits) as box:
        target = folder / f"cover{Path(path).suffix.lower()}"
        facts: ImageFacts = box.call(make_legal_cover, str(picture.resolve()), str(target), picture.name)
        return target.read_bytes(), facts.width


def _ending(facts: CoverFacts) -> str:
    return ".png" if facts.format == "png" else ".jpg"


def _episode_path(unit: Unit, facts: CoverFacts) -> str:
    if unit.files.artwork is not None:
        return unit.files.artwork.path
    ending = _ending(facts)
    return side_path(unit, folder_name=f"artwork{ending}", stem_ending=ending)


def _show_path(place: Place, name: str, facts: CoverFacts) -> str:
    show = find_show_row(place, name).show
    files = next((one for one in find_shows(list_files(place.storage)) if one.path == show.path), None)
    if files is not None and files.artwork is not None:
        return files.artwork.path
    return f"{show.path}/artwork{_ending(facts)}".lstrip("/")


def _put_for_show(place: Place, name: str, path: str, content: bytes, wishes: Wishes) -> Report:
    show = find_show_row(place, name).show
    with open_lease(place, clock=wishes.clock, wait=wishes.wait, terms=wishes.terms) as lease:
        lease.insist((show.path,))
        there = place.storage.stat(path)
        before = read_whole(place.storage, path, limit_bytes=LIMIT_BYTES) if there is not None else b""
        version = there.version if there is not None else ""
        change = NoteChange(show=show, unit=path, path=path, before=before, after=content, version=version)
        written = write_notes(place, (change,), wishes=wishes, lease=lease)
    if path in written.refused:
        raise not_taken(change, written.refused[path])
    return written.report


def _owner(place: Place, name: str) -> tuple[Show, Episode | None]:
    found = next(named_rows(place, name), None)
    if found is None:
        return find_show_row(place, name).show, None
    if found[1].episode is None:
        raise NotFound("no-episode", "“{name}” cannot be read just now. See castalogue plan.", name=name)
    return found[0].show, found[1].episode

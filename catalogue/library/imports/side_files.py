"""Files that an item or a channel names beside the audio: transcripts, chapters, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from catalogue.domain.media import TRANSCRIPT_TYPES
from catalogue.feed_reading import Element, Item
from catalogue.formats.language_codes import find_language
from catalogue.library.imports.episode_rows import address_of
from catalogue.library.imports.mapped import Left, SideFile
from catalogue.library.roles import split_language

# Types that feeds state for a transcript, beside those that we publish.
_FORMATS = {media_type: name for name, media_type in TRANSCRIPT_TYPES.items()} | {
    "application/srt": "srt",
    "text/srt": "srt",
    "application/vtt": "vtt",
    "application/x-subrip-subtitle": "srt",
}
PICTURE = "artwork"


def side_files(item: Item, *, base_url: str | None, language: str, cover: str) -> tuple[list[SideFile], list[Left]]:
    """Give the files to fetch for an item, each with the name it gets, and those that have no place.

    `cover` is the address of the show's own picture: an item that names it again needs no other.
    """
    files, left = _transcripts(item, base_url, language)
    chapters = item.first("podcast:chapters")
    if chapters is not None and (url := address_of(chapters, "url", base_url=base_url)):
        files.append(SideFile(url=url, name="chapters.json"))
    picture = artwork_url(item, base_url=base_url)
    if picture and picture != cover:
        files.append(SideFile(url=picture, name=PICTURE))
    return files, left


def artwork_url(element: Element, *, base_url: str | None) -> str:
    """The address of the picture of a channel or an item; empty where it names none."""
    return next(_pictures(element, base_url), "")


def _pictures(element: Element, base_url: str | None) -> Iterator[str]:
    stated = [(one, "href") for one in (*element.all("itunes:image"), *element.all("podcast:image"))]
    for one, attribute in stated:
        if url := address_of(one, attribute, base_url=base_url):
            yield url
    for one in element.all("image"):  # RSS's own: the address is its text
        link = Element("url", "", 0, {"url": one.text("url")})
        if url := address_of(link, "url", base_url=base_url):
            yield url


def _transcripts(item: Item, base_url: str | None, language: str) -> tuple[list[SideFile], list[Left]]:
    files: dict[str, SideFile] = {}
    left: list[Left] = []
    for one in item.all("podcast:transcript"):
        url = address_of(one, "url", base_url=base_url)
        name = _transcript_name(one, url, language)
        if not url or not name:
            left.append(_left("transcript-strange", "It is none that can be read: {url}", one.get("url")))
        elif name in files:
            left.append(_left("transcript-double", "There is one like it already; left out: {url}", url))
        else:
            files[name] = SideFile(url=url, name=name)
    return list(files.values()), left


def _left(code: str, template: str, url: str) -> Left:
    shown = url[:200]
    return Left(what="podcast:transcript", why=template.format(url=shown), code=code, said=(("url", shown),))


def _transcript_name(element: Element, url: str, language: str) -> str:
    stated = element.get("type").partition(";")[0].lower()
    kind = _FORMATS.get(stated) or urlsplit(url).path.rpartition(".")[2].lower()
    if kind not in TRANSCRIPT_TYPES:
        return ""
    spoken = find_language(element.get("language")) or language
    is_own = spoken.partition("-")[0] == language.partition("-")[0]
    suffix = "" if is_own or split_language(f"x.{spoken}")[1] is None else f".{spoken}"
    return f"transcript{suffix}.{kind}"

"""Chapter files of every kind: a table of endings, one reader each. Called in the sandbox."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from catalogue.domain.facts import ChaptersFacts
from catalogue.domain.media import Chapter
from catalogue.errors import ChaptersError
from catalogue.formats.chapters.audacity import has_labels, read_labels
from catalogue.formats.chapters.bounds import LIMIT_BYTES, decode_chapters
from catalogue.formats.chapters.json_chapters import read_chapters
from catalogue.formats.chapters.lines import read_list
from catalogue.formats.chapters.podlove import read_podlove
from catalogue.formats.chapters.webvtt import read_vtt_chapters


def read_chapters_file(file: str, path: str) -> ChaptersFacts:
    """Read the local `file`; the ending of `path` (a key of READERS) says of which kind it is.

    Chapters come by their starts. Raises ChaptersError or ContentErrors, which name `path`.
    """
    ending = path.rpartition(".")[2].lower()
    if ending not in READERS:
        raise ChaptersError(
            "chapters-ending",
            "Chapters are files named .json, .psc, .vtt or .txt, not .{ending}.",
            path=path,
            ending=ending,
        )
    try:
        with Path(file).open("rb") as opened:
            content = opened.read(LIMIT_BYTES + 1)
    except OSError as error:
        raise ChaptersError("chapters-closed", "It cannot be opened: {why}.", path=path, why=error.strerror) from error
    return ChaptersFacts(chapters=READERS[ending](content, path))


def _of_text(read: Callable[[str, str], tuple[Chapter, ...]]) -> Callable[[bytes, str], tuple[Chapter, ...]]:
    return lambda content, path: read(decode_chapters(content, path), path)


def _read_txt(text: str, path: str) -> tuple[Chapter, ...]:
    """Audacity's labels where the first line is one, else lines with times."""
    return read_labels(text, path) if has_labels(text) else read_list(text, path)


READERS: dict[str, Callable[[bytes, str], tuple[Chapter, ...]]] = {
    "json": read_chapters,
    "psc": _of_text(read_podlove),
    "xml": _of_text(read_podlove),
    "vtt": _of_text(read_vtt_chapters),
    "txt": _of_text(_read_txt),
}

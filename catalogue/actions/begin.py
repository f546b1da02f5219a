"""Make a plain folder a show: `init` writes `show.toml` from what the audio's tags say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from catalogue.actions.index import list_files
from catalogue.domain.media import AUDIO_ENDINGS
from catalogue.errors import ConfigError, Conflict
from catalogue.formats.audio.reading import read_audio
from catalogue.library.folder import SHOW_NAME
from catalogue.library.naming import read_name
from catalogue.library.show_file import render_show_file
from catalogue.library.storage import LocalLibrary
from catalogue.sandbox import Box

# Tags of this many files decide; a show's are all alike.
SAMPLE = 25
DEFAULT_LANGUAGE = "en"
GIT_ATTRIBUTES = b"ledger.jsonl merge=union\n"


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """What `init` wrote."""

    title: str
    author: str
    language: str
    timezone: str
    written: tuple[str, ...]


def has_show(root: Path) -> bool:
    """Whether a folder is a library already: it, or a folder in it, holds a show.toml, readable or not."""
    library = LocalLibrary(root)
    names = [file.name for file in list_files(library)] + [row.path.rpartition("/")[2] for row in library.skipped]
    return SHOW_NAME in names


def has_audio(root: Path) -> bool:
    """Whether audio lies in a folder, so that it can say of itself what show it is."""
    return any(file.path.rpartition(".")[2].lower() in AUDIO_ENDINGS for file in list_files(LocalLibrary(root)))


def begin_show(root: Path, *, box: Box, timezone: str) -> Beginning:
    """Write `show.toml` (and `.gitattributes`) into `root`, which is made where it is missing.

    Raises Conflict where the folder is a library already, ConfigError where there can be none of that name,
    ContentError where it cannot be written.
    """
    make_folder(root)
    storage = LocalLibrary(root)
    files = list_files(storage)
    if any(file.name == SHOW_NAME for file in files):
        raise Conflict("is-show", "{path} has a show.toml already; nothing was written.", path=root)
    audio = [file.path for file in files if file.path.rpartition(".")[2].lower() in AUDIO_ENDINGS][:SAMPLE]
    answers = box.run(read_audio, zip(map(str, storage.local_paths(audio)), audio, strict=True))
    facts = [answer.value for answer in answers if answer.error is None]
    title = _commonest(one.album for one in facts) or read_name(root.resolve().name).title
    author = _commonest(one.author for one in facts) or title
    language = _commonest(one.language for one in facts) or DEFAULT_LANGUAGE
    content = render_show_file(title=title, author=author, language=language, timezone=timezone)
    written = [SHOW_NAME]
    if storage.stat(".gitattributes") is None:
        storage.replace(".gitattributes", GIT_ATTRIBUTES)
        written.append(".gitattributes")
    # Last, because with it the folder is a show: what fails before can be begun again.
    storage.replace(SHOW_NAME, content, expected="")
    return Beginning(title=title, author=author, language=language, timezone=timezone, written=tuple(written))


def local_timezone(etc: Path = Path("/etc")) -> str:
    """The machine's IANA time zone; UTC where it does not say, or says one that nobody knows."""
    link, named = etc / "localtime", etc / "timezone"
    _, _, name = str(link.resolve()).partition("zoneinfo/")
    if not name and named.is_file():
        name = named.read_text(encoding="utf-8", errors="replace").strip()
    name = name.removeprefix("posix/").removeprefix("right/")
    return name if name in available_timezones() else "UTC"


def make_folder(root: Path) -> None:
    """Make the folder of a library where there is none yet; raises ConfigError where that cannot be."""
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        raise ConfigError(
            "no-folder", "The folder {path} cannot be made: {why}. Name another.", path=root, why=why
        ) from error


def _commonest(values: Iterable[str | None]) -> str | None:
    counted = Counter(value for value in values if value)
    return min(counted, key=lambda value: (-counted[value], value), default=None)

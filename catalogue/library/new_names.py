"""Names that Castalogue gives to files at somebody's wish: they must work on every disk and in every backup.

A library may be copied to a Windows disk, a Mac or a zip file. What would be lost or changed there is refused here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from catalogue.domain.identity import free_slug, slug_of
from catalogue.errors import Conflict
from catalogue.library.folder import RESERVED_FOLDERS
from catalogue.library.naming import transliterate
from catalogue.library.notes.fields import is_blank
from catalogue.library.walk import is_passed_over

# Most disks hold 255 bytes; an ending such as `.transcript.pt-BR.vtt` comes behind the name.
MOST_BYTES = 200
# Microsoft, “Naming Files, Paths, and Namespaces”: signs and names that no file of Windows can have.
_UNFIT_SIGNS = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
WINDOWS_OWN = frozenset(
    ("con", "prn", "aux", "nul", *(f"com{digit}" for digit in "123456789"), *(f"lpt{digit}" for digit in "123456789"))
)


def check_new_name(name: str) -> str:
    """Give a name in Unicode's form NFC; raises Conflict that says why it can be none.

    >>> check_new_name("110 Después del diagnóstico")
    '110 Después del diagnóstico'
    """
    try:
        bare = unicodedata.normalize("NFC", name)
        size = len(bare.encode())
    except UnicodeEncodeError as error:
        raise _refusal("it is not UTF-8", name) from error
    reason = next((why for why, is_so in _FAULTS if is_so(bare)), None)
    if reason is None and size > MOST_BYTES:
        reason = f"it has {size} bytes, and {MOST_BYTES} is the most"
    if reason is not None:
        raise _refusal(reason, name)
    return bare


def is_windows_own(name: str) -> bool:
    """Whether Windows has a device of that name, and so no file or folder.

    >>> is_windows_own("con"), is_windows_own("Nul.txt"), is_windows_own("conversation")
    (True, True, False)
    """
    return name.partition(".")[0].strip().casefold() in WINDOWS_OWN


def find_twin(name: str, others: Iterable[str]) -> str | None:
    """Find a name that some disks take for this one: other capitals, or letters with accents written in parts."""
    wanted = _folded(name)
    return next((other for other in others if _folded(other) == wanted), None)


def taken_names(paths: Iterable[str]) -> frozenset[str]:
    """Names that files and folders take where `paths` begin, with and without their ending, in small letters.

    >>> sorted(taken_names(["Two.mp3", "one/episode.md"]))
    ['one', 'two', 'two.mp3']
    """
    names = {path.partition("/")[0] for path in paths}
    return frozenset(_folded(one) for name in names for one in (name, name.rpartition(".")[0] or name))


def new_show_folder(title: str, paths: Iterable[str]) -> str:
    """The name of the folder that a new show of this title gets in a library of these `paths`.

    >>> new_show_folder("Living well", ["living-well/show.toml"])
    'living-well-2'
    """
    name = slug_of(title, transliterate) or "podcast"
    return free_slug(name, "", taken_names(paths) | WINDOWS_OWN | RESERVED_FOLDERS)


_FAULTS = (
    ("it is empty", is_blank),
    ("it leads elsewhere", lambda name: name in (".", "..")),
    ("it has a sign that not every disk can hold", lambda name: _UNFIT_SIGNS.search(name) is not None),
    ("it begins or ends with a blank, or ends with a dot", lambda name: name != name.strip() or name.endswith(".")),
    ("Windows has no files of that name", is_windows_own),
    ("files of such a name are hidden or taken for unfinished", is_passed_over),
)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _refusal(why: str, name: str) -> Conflict:
    shown = ascii(name[:60])[1:-1] if not name.isprintable() else name[:60]
    return Conflict("unfit-name", "“{name}” cannot be a name here: {why}. Choose another.", name=shown, why=why)

"""A file that is still on its way: what has come, and by what its rest is known to belong to it.

Beside `NAME.part` lies `NAME.json` with the address, the strong ETag and the whole length. Without a strong ETag
(RFC 9110, section 8.8.3) nothing says that the rest belongs to the same bytes: then it begins anew.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from catalogue.errors import NoAnswer
from catalogue.outside.exchange import Fetched, Headers

_RANGE = re.compile(r"bytes (\d{1,19})-(\d{1,19})/(\d{1,19})")


@dataclass(frozen=True, kw_only=True)
class Validator:
    """Which bytes they are; `etag` is empty where the server has no strong one, `size_bytes` None: it does not say."""

    url: str
    etag: str = ""
    size_bytes: int | None = None


class PartFile:
    """A file at `path` on its way from `url`; nobody else writes it meanwhile."""

    def __init__(self, path: Path, url: str) -> None:
        self.path, self._url = path, url
        self._state = path.with_suffix(".json")
        self.known = self._read()

    @property
    def size_bytes(self) -> int:
        """How many bytes are there."""
        return self.path.stat().st_size if self.path.is_file() else 0

    @property
    def is_whole(self) -> bool:
        """Whether everything that the server announced has come."""
        return self.known.size_bytes is not None and self.size_bytes == self.known.size_bytes

    def headers(self) -> Headers:
        """Ask for the rest, if it is known to be the rest of the same; bytes as they are, never packed."""
        plain = (("Accept-Encoding", "identity"),)
        if not (self.known.etag and self.size_bytes):
            return plain
        return (*plain, ("Range", f"bytes={self.size_bytes}-"), ("If-Range", self.known.etag))

    def open(self) -> BinaryIO:
        """Open it for writing behind what is there."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        return self.path.open("r+b" if self.path.is_file() else "w+b")

    def begin(self, head: Fetched, file: BinaryIO) -> None:
        """Put the file where the answer's body goes on; raises NoAnswer for a part that is not what was asked for."""
        if head.status != 206:
            file.seek(0)
            file.truncate()
            self._keep(_validator(head, self._url))
            return
        found = _RANGE.fullmatch(head.header("content-range") or "")
        said = head.header("etag")
        if found is None or int(found[1]) != self.size_bytes or int(found[3]) != self.known.size_bytes:
            raise self._other(head, file)
        if said is not None and said != self.known.etag:
            raise self._other(head, file)
        file.seek(0, 2)

    def forget(self) -> None:
        """Take it away, whole or not."""
        self.path.unlink(missing_ok=True)
        self._state.unlink(missing_ok=True)

    def _other(self, head: Fetched, file: BinaryIO) -> NoAnswer:
        file.seek(0)
        file.truncate()
        self._keep(Validator(url=self._url))
        return NoAnswer("outside-range", "It sends another part than was asked for.", url=head.url)

    def _keep(self, known: Validator) -> None:
        self.known = known
        self._state.write_text(json.dumps(asdict(known)), encoding="utf-8")

    def _read(self) -> Validator:
        """What is known of it; what cannot be read, or is of another address, begins anew."""
        try:
            known = Validator(**json.loads(self._state.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            known = Validator(url="")
        if known.url == self._url:
            return known
        self.path.unlink(missing_ok=True)
        return Validator(url=self._url)


def _validator(head: Fetched, url: str) -> Validator:
    etag, length = head.header("etag") or "", head.header("content-length") or ""
    is_packed = (head.header("content-encoding") or "identity").lower() != "identity"
    is_strong = etag.startswith('"') and etag.endswith('"') and len(etag) > 2 and not is_packed
    size = int(length) if length.isdecimal() and len(length) < 20 and not is_packed else None
    return Validator(url=url, etag=etag if is_strong else "", size_bytes=size)

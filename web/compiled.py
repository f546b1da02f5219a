"""Compiled templates, kept as Python keeps what it compiled of modules: in `__pycache__`, beside those of `web`.

Jinja compiles a template again for each application and each process, which for the first pages of a server takes
longer than all else. What is kept counts for one exact source, so a template that changed is compiled anew. Python's
own settings hold here too (PYTHONDONTWRITEBYTECODE, PYTHONPYCACHEPREFIX), and where the folder cannot be written all
is kept in memory alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

# How our templates are read; read in another way, the same source would be compiled to something else.
SYNTAX = {"trim_blocks": True, "lstrip_blocks": True}
# What a file raises that was cut short; Jinja takes what is of another version or source for nothing kept.
_BROKEN = (EOFError, ValueError, TypeError, pickle.UnpicklingError)


class CompiledTemplates(BytecodeCache):
    """What was compiled, in this process and in those before; several threads may use it."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket with what is known of its template and source; leave it empty where nothing is."""
        bucket.code = self._held.get((bucket.key, bucket.checksum))
        if bucket.code is None:
            # Never compiled, not to be read, broken: then it is compiled now.
            with contextlib.suppress(OSError, *_BROKEN):
                bucket.bytecode_from_string(_file_of(bucket.key).read_bytes())
            self._hold(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled."""
        self._hold(bucket)
        # As with modules: who may not or cannot write it compiles it again.
        if not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                _write(_file_of(bucket.key), bucket.bytecode_to_string())

    def get_source_checksum(self, source: str) -> str:
        """Say which source it is, read by which Jinja in which way."""
        return hashlib.sha256(f"{jinja2.__version__} {SYNTAX} {source}".encode()).hexdigest()

    def _hold(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._held[bucket.key, bucket.checksum] = bucket.code


def _file_of(key: str) -> Path:
    """Give the file of a template, as `web/__pycache__/template-9c1185a5c5e9.cpython-311`."""
    return Path(cache_from_source(__file__)).with_name(f"template-{key[:12]}.{sys.implementation.cache_tag}")


def _write(path: Path, content: bytes) -> None:
    """Put a whole file in place, whoever else writes it now."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise

"""`catalogue.toml`: what is true of a whole library, where it holds several shows."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from catalogue.domain.catalogue import Catalogue
from catalogue.errors import ShowFileError
from catalogue.library.notes.fields import read_utf8
from catalogue.library.notes.toml_fields import read_toml
from catalogue.library.notes.typed import read_fields

CATALOGUE_NAME = "catalogue.toml"
# Key of catalogue.toml → field of Catalogue.
CATALOGUE_KEYS = {field.name: field.name for field in fields(Catalogue)}


def read_catalogue_file(content: bytes, path: str) -> Catalogue:
    """Read the library's own file; raises ContentErrors of ShowFileError, each with its line."""
    stated = read_toml(read_utf8(content, path=path, error=ShowFileError), path=path, error=ShowFileError)
    values: dict[str, Any] = read_fields(
        stated, Catalogue, names=CATALOGUE_KEYS, timezone="UTC", path=path, error=ShowFileError
    )
    if values.get("base_url"):
        values["base_url"] = values["base_url"].rstrip("/")
    return Catalogue(**values)

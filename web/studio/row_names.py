"""What the fields of a row are called in the form of an episode, and in the words for them."""

from __future__ import annotations

from collections.abc import Mapping

# Key of the note → what the names of its fields in the form begin with.
BEGINNINGS: Mapping[str, str] = {"people": "person", "sources": "source", "support": "support"}

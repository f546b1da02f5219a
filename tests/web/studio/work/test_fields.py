"""Every key of a note and of `show.toml` has a field in the studio, or its reason in the documentation."""

import re
from pathlib import Path

import pytest

from catalogue.actions.note_form import FIELD_OF_KEY, NOTES
from catalogue.actions.show_settings import CATEGORIES, FORM_FIELDS, TABLE_FIELDS, TABLES
from catalogue.library.notes.episode_note import NOTE_KEYS
from catalogue.library.show_file import SHOW_KEYS

STUDIO = Path(__file__).parents[4] / "docs/studio.md"


def excused(heading):
    """The keys that the documentation gives a reason for, of one of its two tables."""
    table = STUDIO.read_text("utf-8").partition(f"| {heading} |")[2].partition("\n\n")[0]
    return [
        key for row in table.splitlines() for key in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    ]


@pytest.mark.parametrize(
    ("heading", "keys", "asked"),
    [
        ("key of `show.toml`", SHOW_KEYS, {*FORM_FIELDS, CATEGORIES, *TABLES} - TABLE_FIELDS.keys()),
        ("key of a note", NOTE_KEYS, FIELD_OF_KEY.keys() - {NOTES}),
    ],
)
def test_every_key_has_a_field_or_a_reason_and_none_has_both(heading, keys, asked):
    reasons = excused(heading)
    assert sorted(reasons) == sorted(keys.keys() - asked)

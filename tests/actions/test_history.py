"""How two texts of a note differ, as people see it."""

import pytest

from catalogue.actions.history.differences import Difference, find_differences

NOTE = b"---\ntitle: One\n# mine\npeople:\n  - Ana\n---\n\nFirst.\n\nSecond\nline.\n"


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (NOTE, []),
        (NOTE.replace(b"One", b"Two"), [("title", "title: One\n# mine", "title: Two\n# mine")]),
        (
            NOTE.replace(b"  - Ana\n", b"  - Ana\n  - Bea\n"),
            [("people", "people:\n  - Ana", "people:\n  - Ana\n  - Bea")],
        ),
        (NOTE.replace(b"line", b"words"), [("", "Second\nline.", "Second\nwords.")]),
        (NOTE + b"\nThird.\n", [("", "", "Third.")]),
        (NOTE.replace(b"\n\nFirst.", b""), [("", "First.", "")]),
        (NOTE.replace(b"\n", b"\r\n"), []),
        (
            b"Second\nline.\n",
            [("title", "title: One\n# mine", ""), ("people", "people:\n  - Ana", ""), ("", "First.", "")],
        ),
    ],
)
def test_keys_and_paragraphs_are_told_apart(after, told):
    assert find_differences(NOTE, after) == tuple(Difference(key=key, before=a, after=b) for key, a, b in told)


def test_a_note_that_nobody_can_read_is_paragraphs():
    (change,) = find_differences(b"", b"---\ntitle: [\n")
    assert change == Difference(key="", before="", after="---\ntitle: [")


def test_toml_is_read_too():
    assert find_differences(b'+++\ntitle = "One"\n+++\nText.\n', b'+++\ntitle = "Two"\n+++\nText.\n') == (
        Difference(key="title", before='title = "One"', after='title = "Two"'),
    )

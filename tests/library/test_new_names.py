"""Names that not every disk can hold are refused, with the reason; others come back in one spelling."""

import pytest

from catalogue.errors import Conflict
from catalogue.library.new_names import check_new_name, find_twin

UNFIT = (
    "",
    " ",
    ".",
    "..",
    "a/b",
    "a\\b",
    "a\0b",
    "a\nb",
    "CON",
    "nul.txt",
    "x" * 300,
    ".hidden",
    "a.part",
    "end.",
    "end ",
)
UNFIT += ("\ud800",)


@pytest.mark.parametrize("name", UNFIT)
def test_a_name_that_not_every_disk_can_hold_is_refused(name):
    with pytest.raises(Conflict, match="cannot be a name here"):
        check_new_name(name)


@pytest.mark.parametrize("name", ["one", "03 After no", "Después", "x" * 200, "año.2", "conversation"])
def test_a_name_that_every_disk_can_hold_stays(name):
    assert check_new_name(name) == name


def test_letters_in_parts_are_joined_and_known_for_the_same():
    assert check_new_name("Cafe\u0301") == "Café"
    assert find_twin("CAFÉ", ["tea", "cafe\u0301"]) == "cafe\u0301"
    assert find_twin("coffee", ["tea"]) is None

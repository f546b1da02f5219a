"""A draft is thrown away by who may write it, seen in its own list, and brought back."""

import pytest
from producers import FIRST
from workshop import PLACE

from catalogue.domain.rights import Role


def at(slug, deed=""):
    return f"{PLACE}episodes/{slug}/{deed}"


@pytest.fixture
def begun(workshop):
    """A show with a draft that an editor began here."""
    browser = workshop.someone()
    row = workshop.index.episode_called(FIRST, "idea")
    workshop.index.save_author(FIRST, row.line.guid, 1)
    return workshop, browser


def test_thrown_away_and_brought_back(begun):
    workshop, browser = begun
    before = workshop.read("idea")
    page = browser.text(at("idea", "discard/"))
    assert "idea" in page
    answer = browser.post(at("idea", "discard/"), {}, on=at("idea", "discard/"))
    assert answer.status_code == 303, answer.text
    gone = answer.headers["Location"]
    text = browser.text(gone)
    assert "It was thrown away." in text
    assert browser.get(at("idea")).status_code == 404
    assert "An idea" not in browser.text(PLACE)
    assert gone.partition("?")[0] in browser.get(f"{PLACE}?status=discarded").text
    answer = browser.post(f"{gone.partition('?')[0]}bring-back/", {}, on=gone)
    assert answer.status_code == 303, answer.text
    assert "It is back" in browser.text(answer.headers["Location"])
    assert workshop.read("idea") == before
    assert "threw a draft away" in workshop.someone(Role.OWNER).text("/studio/log/")


def test_what_was_out_is_not_offered_and_refused(begun):
    _, browser = begun
    assert "discard/" not in browser.get(at("one")).text
    assert "discard/" in browser.get(at("idea")).text
    answer = browser.post(at("one", "discard/"), {}, on=at("one"))
    assert answer.status_code == 409
    assert "Only a draft can be thrown away" in answer.text


def test_a_second_press_finds_nothing_to_do(begun):
    _, browser = begun
    gone = browser.post(at("idea", "discard/"), {}, on=at("idea")).headers["Location"].partition("?")[0]
    assert browser.post(f"{gone}discard/", {}, on=gone).status_code == 409
    assert browser.post(f"{gone}bring-back/", {}, on=gone).status_code == 303
    assert browser.post(at("idea", "bring-back/"), {}, on=at("idea")).status_code == 404

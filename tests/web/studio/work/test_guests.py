"""Links for guests: made by who may write, shown once, listed, taken back."""

import re

import pytest
from workshop import PLACE

from catalogue.domain.rights import Role

PAGE = f"{PLACE}episodes/idea/preview/"


def make(browser, days="7", page=PAGE):
    return browser.post(page, {"days": days}, on=page)


def address_in(answer):
    return re.search(r'value="http://localhost(/private/preview/[^"]+)"', answer.text)[1]


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR])
def test_a_link_is_shown_once_and_leads_a_stranger_to_the_episode(workshop, role):
    browser = workshop.someone(role)
    address = address_in(make(browser))
    workshop.later()
    page = workshop.browser().text(address)
    assert "An idea" in page and "This episode is not out yet" in page
    listed = browser.text(PAGE)
    assert address not in listed
    assert f"{browser.producer.shown_name}, 1 March 2026" in listed and "until 8 March 2026" in listed


def test_one_that_was_taken_back_is_over_at_once(workshop):
    browser = workshop.someone()
    address = address_in(make(browser))
    answer = browser.post(f"{PAGE}1/end/", on=PAGE)
    assert answer.status_code == 303
    assert "It leads nowhere any more" in browser.text(answer.headers["Location"])
    workshop.later()
    assert workshop.browser().get(address).status_code == 410
    assert browser.post(f"{PAGE}1/end/", on=PAGE).status_code == 303


def test_a_contributor_makes_links_to_their_own_draft_alone(workshop):
    browser = workshop.someone(Role.CONTRIBUTOR)
    assert browser.get(PAGE).status_code == 403
    (row,) = (one for one in workshop.index.episodes(workshop.index.shows()[0].show.guid) if one.line.slug == "idea")
    workshop.index.save_author(workshop.index.shows()[0].show.guid, row.line.guid, browser.producer.id)
    assert make(browser).status_code == 200


@pytest.mark.parametrize("days", ["2", "", "x", "-1", "9" * 40])
def test_another_length_of_time_is_refused_at_its_field(workshop, days):
    answer = make(workshop.someone(), days)
    assert answer.status_code == 422
    assert "Choose 1, 7 or 30 days." in answer.text and "/private/preview/" not in answer.text


def test_no_more_are_open_at_a_time_than_anybody_keeps_in_view(workshop, monkeypatch):
    monkeypatch.setattr("catalogue.actions.previews.MOST_OPEN", 1)
    browser = workshop.someone()
    assert [make(browser).status_code for _ in range(2)] == [200, 422]
    assert browser.post(f"{PAGE}1/end/", on=PAGE).status_code == 303
    assert make(browser).status_code == 200


def test_a_public_episode_needs_none(workshop):
    page = f"{PLACE}episodes/one/preview/"
    browser = workshop.someone()
    assert "A guest needs no link" in browser.text(page)
    assert browser.post(page, {"days": "7"}, on=PLACE).status_code == 422


def test_the_log_says_who_made_it(workshop):
    make(workshop.someone())
    assert "made a link for a guest" in workshop.someone(Role.OWNER).text("/studio/log/")

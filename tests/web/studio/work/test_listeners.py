"""Members of a show, made and ended by its owners."""

import re

import pytest
from workshop import PLACE

from catalogue.domain.rights import Role

PAGE = f"{PLACE}members/"


def add(browser, name="Ana, choir"):
    return browser.post(PAGE, {"member_name": name}, on=PAGE)


def test_an_address_is_shown_once_with_its_square_and_works(workshop):
    browser = workshop.someone(Role.OWNER)
    made = add(browser)
    address = re.search(r'value="http://localhost(/private/[^"]+)"', made.text)[1]
    assert made.status_code == 200 and "<svg" in made.text
    assert workshop.browser().get(address).status_code == 200
    listed = browser.text(PAGE)
    assert "Ana, choir" in listed and "since 1 March 2026" in listed and address not in listed


def test_an_ended_address_leads_nowhere(workshop):
    browser = workshop.someone(Role.OWNER)
    address = re.search(r'value="http://localhost(/private/[^"]+)"', add(browser).text)[1]
    answer = browser.post(f"{PAGE}1/end/", on=PAGE)
    assert answer.status_code == 303
    assert "leads nowhere any more" in browser.text(answer.headers["Location"])
    assert workshop.browser().get(address).status_code == 410
    assert browser.post(f"{PAGE}7/end/", on=PAGE).status_code == 404


@pytest.mark.parametrize("name", ["", "   ", "x" * 101])
def test_a_name_that_is_none_is_refused_at_its_field_and_given_back(workshop, name):
    answer = add(workshop.someone(Role.OWNER), name)
    assert answer.status_code == 422
    assert "needs a name" in answer.text and f'value="{name}"' in answer.text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.REVIEWER])
def test_it_is_for_owners(workshop, role):
    browser = workshop.someone(role)
    assert browser.get(PAGE).status_code == 403
    assert PAGE not in browser.text(PLACE)

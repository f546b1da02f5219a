"""The people of a show, and those of all shows."""

import re

import pytest
from producers import BASE_URL, FIRST, PASSWORD, SECOND

from catalogue.domain.rights import ALL_SHOWS, Role

PEOPLE = "/studio/people/"
OF_SHOW = "/studio/shows/conversations/people/"


def made(response):
    """The link that a page shows this once."""
    assert response.status_code == 200, response.text
    return re.search(r'readonly value="([^"]+)"', response.text)[1]


def role_of(house, producer, show_guid):
    return house.index.producer(producer.id).role_in(show_guid)


@pytest.mark.parametrize(("page", "guid"), [(PEOPLE, ALL_SHOWS), (OF_SHOW, FIRST)])
def test_an_invitation_is_shown_once_and_leads_in(house, page, guid):
    owner = house.signed_in_client()
    link = made(owner.post(f"{page}invite/", {"role": "reviewer"}, on=page))
    assert link.startswith(f"{BASE_URL}/studio/invitation/")
    token = link.split("/")[-2]
    assert token not in owner.text(page)
    browser = house.browser()
    browser.post(link.removeprefix(BASE_URL), {"name": "Ana", "password": PASSWORD, "again": PASSWORD})
    assert house.index.producer_named("ana").role_in(guid) is Role.REVIEWER


def test_an_invitation_is_taken_back_by_its_own_show_alone(house):
    owner = house.signed_in_client()
    link = made(owner.post(f"{OF_SHOW}invite/", {"role": "editor"}, on=OF_SHOW)).removeprefix(BASE_URL)
    (end,) = re.findall(r'action="([^"]+/invitations/[0-9a-f]{64}/end/)"', owner.text(OF_SHOW))
    assert owner.post(end.replace("conversations", "talks"), on=OF_SHOW).status_code == 404
    assert house.browser().get(link).status_code == 200
    assert owner.post(end, on=OF_SHOW).status_code == 303
    assert house.browser().get(link).status_code == 404


def test_a_role_is_changed_and_taken_away_in_its_show(house):
    owner, eva = house.signed_in_client(), house.add(Role.EDITOR, FIRST, name="Eva")
    owner.post(f"{OF_SHOW}{eva.id}/role/", {"role": "contributor"}, on=OF_SHOW)
    assert role_of(house, eva, FIRST) is Role.CONTRIBUTOR
    elsewhere = f"/studio/shows/talks/people/{eva.id}/role/"
    assert owner.post(elsewhere, {"role": "editor"}, on=OF_SHOW).status_code == 404
    assert owner.post(f"{OF_SHOW}{eva.id}/remove/", on=OF_SHOW).status_code == 303
    assert role_of(house, eva, FIRST) is None


def test_who_owns_a_show_reaches_nobody_outside_it(house):
    owner, boss = house.signed_in_client(Role.OWNER, FIRST), house.add(name="Boss")
    other = house.add(Role.EDITOR, SECOND, name="Other")
    page = owner.text(OF_SHOW)
    assert "Boss" in page
    assert "Other" not in page
    for member in (boss, other):
        assert owner.post(f"{OF_SHOW}{member.id}/remove/", on=OF_SHOW).status_code == 404
        assert owner.post(f"{OF_SHOW}{member.id}/role/", {"role": "owner"}, on=OF_SHOW).status_code == 404
        assert owner.post(f"{PEOPLE}{member.id}/reset/", on=OF_SHOW).status_code == 403
    assert owner.get(PEOPLE).status_code == 403


@pytest.mark.parametrize("role", ["", "god", "OWNER"])
def test_no_other_roles_are_given_than_there_are(house, role):
    owner, eva = house.signed_in_client(), house.add(Role.EDITOR, FIRST)
    assert owner.post(f"{OF_SHOW}{eva.id}/role/", {"role": role}, on=OF_SHOW).status_code == 403
    assert owner.post(f"{OF_SHOW}invite/", {"role": role}, on=OF_SHOW).status_code == 403


@pytest.mark.parametrize(("deed", "sent"), [("remove", {}), ("role", {"role": "editor"}), ("disable", {})])
def test_the_last_owner_of_all_shows_stays(house, deed, sent):
    owner = house.signed_in_client()
    response = owner.post(f"{PEOPLE}{owner.producer.id}/{deed}/", sent, on=PEOPLE)
    assert response.status_code == 409
    assert "nobody would be left who may do everything" in response.text
    assert role_of(house, owner.producer, ALL_SHOWS) is Role.OWNER


def test_an_account_is_closed_and_opened_again(house):
    owner, eva = house.signed_in_client(), house.add(Role.EDITOR, FIRST, name="Eva")
    hers = house.sign_in(eva)
    owner.post(f"{PEOPLE}{eva.id}/disable/", on=PEOPLE)
    assert hers.get("/studio/").status_code == 303
    assert "This account is closed" in owner.text(PEOPLE)
    owner.post(f"{PEOPLE}{eva.id}/enable/", on=PEOPLE)
    assert "This account is closed" not in owner.text(PEOPLE)


def test_a_link_for_a_new_password_is_made_for_one_person(house):
    owner, eva = house.signed_in_client(), house.add(Role.EDITOR, FIRST, name="Eva")
    link = made(owner.post(f"{PEOPLE}{eva.id}/reset/", on=PEOPLE)).removeprefix(BASE_URL)
    typed = {"password": "four other words", "again": "four other words"}
    house.browser().post(link, typed)
    assert house.index.producer(eva.id).password != eva.password


def test_a_member_that_is_not_there_is_not_there(house):
    owner = house.signed_in_client()
    assert owner.post(f"{PEOPLE}999/disable/", on=PEOPLE).status_code == 404


def test_the_log_says_who_did_what_in_which_show(house):
    owner, eva = house.signed_in_client(), house.add(Role.EDITOR, FIRST, name="Eva")
    owner.post(f"{OF_SHOW}{eva.id}/role/", {"role": "reviewer"}, on=OF_SHOW)
    of_show, of_all = owner.text("/studio/shows/conversations/log/"), owner.text("/studio/log/")
    said = f"<strong>{owner.producer.shown_name}</strong> gave another role. Eva: reviewer"
    assert said in of_show and said in of_all
    assert "Nothing yet." in owner.text("/studio/shows/talks/log/")


def test_a_long_log_has_pages(house):
    owner = house.signed_in_client()
    for number in range(60):
        house.log(f"did thing {number}")
    assert "did thing 59" in owner.text("/studio/log/")
    assert "did thing 0<" in owner.text("/studio/log/?page=2")
    assert owner.text("/studio/log/?page=99999999999999999999")


@pytest.mark.parametrize(
    ("deed", "data"), [("role", {"role": "reviewer"}), ("remove", {}), ("disable", {}), ("show", {"role": "editor"})]
)
def test_who_loses_a_role_cannot_come_back_by_an_invitation_of_their_own(house, deed, data):
    boss, owner = house.signed_in_client(), house.signed_in_client(Role.OWNER, FIRST if deed == "show" else ALL_SHOWS)
    page = OF_SHOW if deed == "show" else PEOPLE
    link = made(owner.post(f"{page}invite/", {"role": "owner"}, on=page)).removeprefix(BASE_URL)
    kept = made(boss.post(f"{page}invite/", {"role": "owner"}, on=page)).removeprefix(BASE_URL)
    path = f"{page}{owner.producer.id}/{'role' if deed == 'show' else deed}/"
    assert boss.post(path, data, on=page).status_code == 303
    assert [house.browser().get(one).status_code for one in (link, kept)] == [404, 200]

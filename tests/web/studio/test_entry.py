"""The pages that one-time links lead to."""

import re
from datetime import timedelta

import pytest
from producers import BASE_URL, FIRST, PASSWORD

from catalogue.actions.accounts.links import begin_address, invitation_address, reset_address
from catalogue.domain.rights import ALL_SHOWS, Grant, Role

NEW = {"name": "Ana María", "password": PASSWORD, "again": PASSWORD}


def path(address):
    return address.removeprefix(BASE_URL)


def begin(house):
    return path(begin_address(house.desk, BASE_URL, now=house.now))


def invite(house, role=Role.EDITOR, show_guid=FIRST):
    grant = Grant(show_guid=show_guid, role=role)
    return path(invitation_address(house.desk, BASE_URL, grant, made_by=None, now=house.now))


def test_the_first_owner_begins_by_the_link_and_is_signed_in(house):
    link, browser = begin(house), house.browser()
    assert "You are the first one here" in browser.text(link)
    response = browser.post(link, NEW)
    assert (response.status_code, response.headers["Location"]) == (303, "/studio/")
    assert "Ana María" in browser.text("/studio/")
    (owner,) = house.index.producers()
    assert (owner.name, owner.role_in(ALL_SHOWS)) == ("ana maría", Role.OWNER)
    assert owner.password.startswith("$argon2id$")


def test_a_link_is_used_once(house):
    link, browser = begin(house), house.browser()
    browser.post(link, NEW)
    again = house.browser().get(link)
    assert (again.status_code, "This link works no more" in again.text) == (404, True)
    assert 'href="/studio/sign-in/"' in again.text
    assert house.browser().post(link, NEW | {"name": "Eva"}).status_code == 404
    assert begin_address(house.desk, BASE_URL, now=house.now) is None


def test_opening_a_link_uses_nothing_up(house):
    link = begin(house)
    assert [house.browser().get(link).status_code for _ in range(3)] == [200] * 3


def test_a_new_link_ends_the_one_before(house):
    first, second = begin(house), begin(house)
    assert [house.browser().get(link).status_code for link in (first, second)] == [404, 200]


@pytest.mark.parametrize("kind", ["begin", "invitation", "reset"])
def test_a_link_is_of_one_kind_and_ends_by_the_clock(house, kind):
    if kind == "begin":
        link, lasts = begin(house), timedelta(hours=24)
    else:
        ana = house.add(name="Ana")
        reset = path(reset_address(house.desk, BASE_URL, ana, made_by=None, now=house.now))
        link, lasts = (invite(house), timedelta(days=7)) if kind == "invitation" else (reset, timedelta(hours=24))
    for other in {"begin", "invitation", "reset"} - {kind}:
        assert house.browser().get(link.replace(kind, other)).status_code == 404
    house.now += lasts - timedelta(seconds=1)
    assert house.browser().get(link).status_code == 200
    house.now += timedelta(seconds=1)
    assert house.browser().get(link).status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " "}, ["Your name is missing."]),
        ({"name": "An\u202ea"}, ["Your name has a sign in it that nobody can see. Type it anew."]),
        ({"name": "", "password": "brief", "again": "x"}, ["Your name is missing.", "The password is too short."]),
        ({"again": "another"}, ["The two passwords are not the same. Type both again."]),
        ({"password": "password12345"}, ["Many people use this password"]),
        ({"name": "Josephine", "password": "josephine-2024"}, ["The password is your own name."]),
        ({"name": "x" * 65, "password": "y " * 200}, ["Your name is too long.", "The password is too long."]),
    ],
)
def test_all_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost_but_passwords(house, typed, said):
    link, browser = begin(house), house.browser()
    response = browser.post(link, NEW | typed)
    assert response.status_code == 422
    problems = re.findall(r'<li><a href="#field-\w+">(.+?)</a>', response.text)
    assert len(problems) == len(said)
    assert all(problem.startswith(sentence) for problem, sentence in zip(problems, said, strict=True))
    assert f'value="{(NEW | typed)["name"]}"' in response.text
    assert (NEW | typed)["password"] not in response.text
    assert house.index.producers() == ()


def test_an_invitation_says_to_what_and_gives_that_role(house):
    house.add()
    link, browser = invite(house), house.browser()
    assert "To Conversations, as editor." in browser.text(link)
    browser.post(link, NEW)
    assert house.index.producer_named("ana maría").grants == (Grant(show_guid=FIRST, role=Role.EDITOR),)
    assert "Talks" not in browser.text("/studio/")


def test_a_name_that_is_taken_is_said_beside_the_field(house):
    house.add(name="Ana María")
    link, browser = invite(house), house.browser()
    response = browser.post(link, NEW | {"name": "ANA  María"})
    assert (response.status_code, "Somebody else has this name" in response.text) == (422, True)
    assert browser.get(link).status_code == 200


def test_who_has_an_account_takes_part_with_it(house):
    browser = house.signed_in_client(Role.REVIEWER, "another show")
    link = invite(house)
    assert f"Take part as {browser.producer.shown_name}" in browser.text(link)
    assert browser.post(f"{link}accept/", on="/studio/account/").headers["Location"] == "/studio/"
    assert house.index.producer(browser.producer.id).role_in(FIRST) is Role.EDITOR
    assert browser.get(link).status_code == 404


def test_who_is_not_signed_in_is_asked_to_and_comes_back(house):
    house.add()
    link, browser = invite(house), house.browser()
    response = browser.post(f"{link}accept/")
    assert response.headers["Location"] == f"/studio/sign-in/?next={link}"


def test_a_reset_sets_the_password_and_ends_all_else(house):
    house.add()
    ana = house.add(name="Ana")
    before = house.sign_in(ana)
    link = path(reset_address(house.desk, BASE_URL, ana, made_by=None, now=house.now))
    browser = house.browser()
    assert browser.post(link, {"password": "short", "again": "short"}).status_code == 422
    assert browser.post(link, {"password": "four other words", "again": "four other words"}).status_code == 303
    assert (browser.get("/studio/").status_code, before.get("/studio/").status_code) == (200, 303)
    assert house.index.producer(ana.id).password != ana.password
    assert house.browser().get(link).status_code == 404


def test_nothing_that_opens_a_door_is_in_a_log_of_ours(house, caplog, monkeypatch):
    link = begin(house)

    def fail(*_, **__):
        raise RuntimeError("nobody foresaw this")

    monkeypatch.setattr("web.studio.entry.find_link", fail)
    house.app.config["PROPAGATE_EXCEPTIONS"] = False
    assert house.browser().get(link).status_code == 500
    assert "/studio/begin/<token>/" in caplog.text
    assert link.split("/")[3] not in caplog.text

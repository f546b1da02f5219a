"""My account, as somebody uses it."""

import re

import pyotp
from producers import PASSWORD

from catalogue.domain.producers import Stage

ACCOUNT = "/studio/account/"
NEW = {"current": PASSWORD, "password": "four other words", "again": "four other words"}


def change(browser, **typed):
    return browser.post(f"{ACCOUNT}password/", NEW | typed, on=ACCOUNT)


def deeds(house):
    return [one.what for one in house.index.log_entries(show_guids=None, offset=0, limit=9)]


def test_a_new_password_signs_every_other_browser_out(house):
    browser = house.signed_in_client()
    other = house.sign_in(browser.producer)
    response = change(browser)
    assert (response.status_code, response.headers["Location"]) == (303, f"{ACCOUNT}?done=password")
    assert "Your password was changed" in browser.text(f"{ACCOUNT}?done=password")
    assert other.get(ACCOUNT).status_code == 303
    assert "password-changed" in deeds(house)


def test_it_needs_the_password_one_has_and_says_all_that_is_wrong(house):
    browser = house.signed_in_client()
    response = change(browser, current="wrong", password="short", again="short")
    assert response.status_code == 422
    assert re.findall(r'href="#field-(\w+)"', response.text) == ["current", "password"]
    assert house.index.producer(browser.producer.id).password == browser.producer.password


def test_a_device_is_signed_out_by_whose_it_is_and_by_nobody_else(house):
    ana, eva = house.signed_in_client(), house.signed_in_client()
    other = house.sign_in(ana.producer)
    (session,) = (one for one in house.index.sessions_of(ana.producer.id) if f"devices/{one.id}/" in ana.text(ACCOUNT))
    path = f"{ACCOUNT}devices/{session.id}/"
    assert eva.post(path, on=ACCOUNT).status_code == 404
    assert other.get(ACCOUNT).status_code == 200
    assert ana.post(path, on=ACCOUNT).status_code == 303
    assert [browser.get(ACCOUNT).status_code for browser in (ana, other)] == [200, 303]


def test_all_other_devices_are_signed_out_at_once(house):
    ana = house.signed_in_client()
    others = [house.sign_in(ana.producer) for _ in range(2)]
    ana.post(f"{ACCOUNT}devices/", on=ACCOUNT)
    assert [browser.get(ACCOUNT).status_code for browser in (ana, *others)] == [200, 303, 303]


def set_up(house, browser):
    """Set codes up; gives the secret and the recovery codes."""
    page = browser.text(f"{ACCOUNT}code/")
    secret = re.search(r'<code class="secret">([A-Z2-7 ]+)</code>', page)[1].replace(" ", "")
    sent = {"code": pyotp.TOTP(secret).at(house.now)}
    done = browser.post(f"{ACCOUNT}code/", sent, on=f"{ACCOUNT}code/")
    return secret, re.findall(r"<code>([a-z0-9-]+)</code>", done.text)


def enter(house, producer, code):
    browser = house.sign_in(producer, Stage.PASSWORD)
    return browser.post("/studio/sign-in/code/", {"code": code}, on="/studio/sign-in/code/").status_code


def test_codes_are_asked_for_once_one_was_typed(house):
    browser = house.signed_in_client()
    assert "<svg" in browser.text(f"{ACCOUNT}code/")
    wrong = browser.post(f"{ACCOUNT}code/", {"code": "123"}, on=f"{ACCOUNT}code/")
    assert (wrong.status_code, house.index.producer(browser.producer.id).second_step) == (422, None)
    _, recovery = set_up(house, browser)
    assert len(set(recovery)) == 10
    assert "You have 10 recovery codes left." in browser.text(ACCOUNT)
    assert browser.get(f"{ACCOUNT}code/").status_code == 303


def test_a_code_works_once_and_so_does_one_on_paper(house):
    browser = house.signed_in_client()
    secret, recovery = set_up(house, browser)
    who = house.index.producer(browser.producer.id)
    assert enter(house, who, pyotp.TOTP(secret).at(house.now)) == 422, "it was typed to set codes up"
    house.now = house.now.replace(minute=5)
    code = pyotp.TOTP(secret).at(house.now)
    assert [enter(house, who, f"{code[:3]} {code[3:]}"), enter(house, who, code)] == [303, 422]
    assert [enter(house, who, recovery[0].upper()), enter(house, who, recovery[0])] == [303, 422]
    assert "recovery-used" in deeds(house)


def test_guesses_at_codes_are_few(house):
    browser = house.signed_in_client()
    _, recovery = set_up(house, browser)
    who = house.index.producer(browser.producer.id)
    assert {enter(house, who, "000000") for _ in range(10)} == {422}
    assert enter(house, who, recovery[0]) == 429


def test_codes_end_for_who_knows_the_password(house):
    browser = house.signed_in_client()
    set_up(house, browser)
    path = f"{ACCOUNT}code/end/"
    refused = browser.post(path, {"code_password": "wrong"}, on=ACCOUNT)
    assert (refused.status_code, "This is not your password." in refused.text) == (422, True)
    assert browser.post(path, {"code_password": PASSWORD}, on=ACCOUNT).status_code == 303
    assert house.index.producer(browser.producer.id).second_step is None


def test_a_secret_is_another_each_time_codes_are_set_up(house):
    browser = house.signed_in_client()
    first, _ = set_up(house, browser)
    browser.post(f"{ACCOUNT}code/end/", {"code_password": PASSWORD}, on=ACCOUNT)
    house.now = house.now.replace(minute=5)
    assert set_up(house, browser)[0] != first

"""Keys for programs, as somebody makes them and takes them back."""

import re

import pytest
from producers import FIRST, PASSWORD, SECOND

from catalogue.domain.rights import Role
from catalogue.domain.tokens import Scope

KEYS = "/studio/account/keys/"
WISH = {"name": "newsroom", "scopes": ["read", "publish"], "days": "30", "current": PASSWORD}


def make(browser, **typed):
    return browser.post(KEYS, WISH | typed, on=KEYS)


def opens(house, secret):
    return house.app.test_client().get("/api/v1/shows", headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_key_is_shown_once_opens_the_api_and_is_taken_back(house):
    browser = house.signed_in_client()
    secret = re.search(r'value="(cst_[^"]+)"', make(browser).text)[1]
    assert opens(house, secret) == 200
    page = browser.text(KEYS)
    assert "newsroom" in page
    assert secret not in page
    (token,) = house.index.tokens_of(browser.producer.id)
    assert (token.scopes, (token.expires_at - token.created_at).days) == ((Scope.READ, Scope.PUBLISH), 30)
    assert browser.post(f"{KEYS}{token.id}/end/", on=KEYS).status_code == 303
    assert opens(house, secret) == 401
    assert f"{KEYS}{token.id}/end/" not in browser.text(KEYS)


def test_all_that_is_wrong_is_told_at_once_and_what_was_typed_stays(house):
    browser = house.signed_in_client()
    refused = make(browser, name=" ", scopes=[], days="400", shows=["nobody's"], current="wrong")
    assert refused.status_code == 422
    assert set(re.findall(r'href="#field-(\w+)"', refused.text)) == {"name", "scopes", "days", "current"}
    kept = make(browser, current="wrong", shows=[SECOND]).text
    assert 'value="newsroom"' in kept
    assert re.search(rf'value="{SECOND}" checked', kept)
    assert house.index.tokens() == ()


def test_a_show_that_one_has_no_part_in_is_refused(house):
    editor = house.signed_in_client(Role.EDITOR, FIRST)
    assert make(editor, shows=[SECOND]).status_code == 422
    assert make(editor, shows=[FIRST]).status_code == 200


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.OWNER, ["read", "write", "upload", "publish", "settings"]),
        (Role.CONTRIBUTOR, ["read", "write", "upload"]),
        (Role.REVIEWER, ["read"]),
    ],
)
def test_nothing_is_offered_that_one_may_do_nowhere(house, role, offered):
    page = house.signed_in_client(role, FIRST).text(KEYS)
    assert re.findall(r'name="scopes" value="(\w+)"', page) == offered
    assert 'name="shows"' not in page, "there is only one to choose"


def test_a_key_of_somebody_else_is_not_there(house):
    ana, eva = house.signed_in_client(), house.signed_in_client()
    make(ana)
    (token,) = house.index.tokens()
    assert "newsroom" not in eva.text(KEYS)
    assert eva.post(f"{KEYS}{token.id}/end/", on=KEYS).status_code == 404
    assert house.index.tokens()[0].revoked_at is None


def test_every_scope_and_deed_has_words(house):
    from web.studio.words import studio_words_in

    for language in ("en", "es"):
        words = studio_words_in(language)
        assert all(f"key_scope_{scope.value}" in words for scope in Scope)
        assert all(f"deed_{deed}" in words for deed in ("token-made", "token-ended", "indexed"))

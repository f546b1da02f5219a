"""Every way into the studio is shut, but for who may."""

import pytest
from producers import FIRST, SECOND

from catalogue.domain.rights import Role
from catalogue.domain.studio_patterns import STUDIO_PATTERNS
from web.studio.rights import Guarded, right_of

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
# What fills the places of an address.
VALUES = {"show": "conversations", "episode": "draft", "token": "x" * 43}


def rules(house):
    """Every route of the studio, whoever wrote it."""
    return [rule for rule in house.app.url_map.iter_rules() if rule.endpoint.startswith("studio.")]


def address(house, rule, **stated):
    values = {name: VALUES.get(name, "1") for name in rule.arguments} | stated
    values = {name: value for name, value in values.items() if name in rule.arguments}
    return house.app.url_map.bind("localhost").build(rule.endpoint, values)


def unsafe(house):
    return [(rule, method) for rule in rules(house) for method in UNSAFE if method in rule.methods]


def view(house, rule):
    return house.app.view_functions[rule.endpoint]


def test_every_address_of_the_studio_has_a_route_and_every_route_an_address(house):
    assert {rule.rule for rule in rules(house)} == set(STUDIO_PATTERNS)


def test_a_view_that_does_not_say_who_may_ask_cannot_be_registered():
    with pytest.raises(TypeError, match="/x/: its view says not who may ask"):
        Guarded("one", __name__).get("/x/")(lambda: "")


def test_no_unsafe_route_is_open_without_a_token(house):
    owner = house.signed_in_client()
    asked = [
        (rule.rule, owner.client.open(address(house, rule), method=method).status_code)
        for rule, method in unsafe(house)
    ]
    assert asked and {status for _, status in asked} == {403}, asked


def test_no_unsafe_route_is_open_to_a_token_of_another_browser(house):
    owner, other = house.signed_in_client(), house.browser()
    token = other.token()
    for rule, method in unsafe(house):
        response = owner.client.open(address(house, rule), method=method, data={"csrf": token})
        assert response.status_code == 403, rule


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_no_unsafe_route_is_open_to_another_site(house, headers):
    owner = house.signed_in_client()
    sent = {"csrf": owner.token("/studio/account/")}
    for rule, method in unsafe(house):
        response = owner.client.open(address(house, rule), method=method, data=sent, headers=headers)
        assert response.status_code == 403, rule


def test_who_is_not_signed_in_is_led_to_signing_in(house):
    stranger = house.browser()
    closed = [rule for rule in rules(house) if right_of(view(house, rule)) is not None]
    for rule in closed:
        for method in rule.methods - {"OPTIONS"}:
            response = stranger.client.open(address(house, rule), method=method)
            assert response.status_code == 303, rule
            assert response.headers["Location"].startswith("/studio/sign-in/"), rule


def test_a_show_of_others_is_not_there(house):
    owner = house.signed_in_client(Role.OWNER, SECOND)
    sent = {"csrf": owner.token("/studio/account/")}
    of_shows = [rule for rule in rules(house) if "show" in rule.arguments]
    for rule in of_shows:
        for method in rule.methods - {"OPTIONS"}:
            assert owner.client.open(address(house, rule), method=method, data=sent).status_code == 404, rule


@pytest.mark.parametrize("role", Role)
def test_nobody_gets_where_their_role_does_not_lead(house, role):
    browser = house.signed_in_client(role, FIRST)
    sent = {"csrf": browser.token("/studio/account/")}
    for rule in rules(house):
        right = right_of(view(house, rule))
        about = FIRST if "show" in rule.arguments else None
        if right is None or browser.producer.may(right, about):
            continue
        for method in rule.methods - {"OPTIONS"}:
            assert browser.client.open(address(house, rule), method=method, data=sent).status_code == 403, rule


@pytest.mark.parametrize("is_signed_in", [True, False])
def test_what_was_typed_is_given_back_where_the_form_is_refused(house, is_signed_in):
    browser = house.signed_in_client() if is_signed_in else house.browser()
    sent = {"notes": "\n\n<b>What I wrote\nfor an hour", "password": "never shown", "role": "editor"}
    response = browser.client.post("/studio/people/invite/", data=sent)
    assert response.status_code == 403
    assert ">\n\n\n&lt;b&gt;What I wrote\nfor an hour</textarea>" in response.text
    assert "never shown" not in response.text
    assert ("Sign in, then send it again" in response.text) is not is_signed_in


def test_a_form_of_more_fields_than_any_of_ours_is_not_even_read(house):
    sent = {"data": "title=x&" * 1001, "content_type": "application/x-www-form-urlencoded"}
    assert house.browser().client.post("/studio/account/password/", **sent).status_code == 413
    assert house.signed_in_client().client.post("/studio/sign-out/", **sent).status_code == 413

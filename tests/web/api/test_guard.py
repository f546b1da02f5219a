"""Every way into the API is shut, but for who holds a token for it."""

from datetime import timedelta

import pytest
from producers import FIRST, SECOND
from programs import program_of

from catalogue.actions.accounts.limits import TOKEN_TRIES
from catalogue.actions.accounts.tokens import end_token
from catalogue.domain.api_patterns import API_PATTERNS
from catalogue.domain.rights import Role
from catalogue.domain.tokens import Scope
from web.api.guard import RATES
from web.api.operations import OPERATIONS, operation
from web.api.rates import Rates

CLOSED = [one for one in OPERATIONS.values() if one.scope is not None]
UNSAFE = [one for one in CLOSED if one.method != "GET"]
VALUES = {"show": "conversations", "episode": "draft", "upload": "0" * 32, "ticket": "1-1-" + "0" * 64}


def address(one, **stated):
    values = VALUES | stated
    return one.path.format(**{place: values[place] for place in one.places})


def asked(house, operations, **headers):
    """The status that each operation answers."""
    client, sent = house.app.test_client(), {name.replace("_", "-"): value for name, value in headers.items()}
    return {one.name: client.open(address(one), method=one.method, headers=sent) for one in operations}


def test_every_address_of_the_api_has_a_route_and_every_route_is_an_operation(house):
    rules = [rule for rule in house.app.url_map.iter_rules() if rule.rule.startswith("/api/")]
    assert {rule.rule for rule in rules} == set(API_PATTERNS) == {one.pattern for one in OPERATIONS.values()}
    assert {rule.endpoint for rule in rules} == {f"api.{name}" for name in OPERATIONS}
    assert len(UNSAFE) >= 14


def test_only_the_description_is_for_anybody(house):
    assert set(OPERATIONS) - {one.name for one in CLOSED} == {"describe"}
    assert house.app.test_client().get("/api/v1/openapi.json").status_code == 200


def test_without_a_token_nothing_opens_be_there_a_session_or_not(house):
    for client in (house.app.test_client(), house.signed_in_client().client):
        for one in CLOSED:
            refused = client.open(address(one), method=one.method)
            assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Bearer realm="castalogue"'), one


@pytest.mark.parametrize("kind", ["expired", "revoked", "unknown", "closed"])
def test_a_token_that_is_over_opens_nothing(house, kind):
    holder = program_of(house, lasts=timedelta(hours=1))
    secret = holder.secret
    if kind == "expired":
        house.now += timedelta(hours=1)
    elif kind == "revoked":
        end_token(house.desk, holder.token.id, of=None, by=None, now=house.now)
    elif kind == "closed":
        house.add()
        house.index.disable_producer(holder.producer.id, house.now)
    else:
        secret = "cst_x"
    for name, refused in asked(house, CLOSED, Authorization=f"Bearer {secret}").items():
        assert refused.status_code == 401, name
        assert 'error="invalid_token"' in refused.headers["WWW-Authenticate"]


def test_a_token_opens_nothing_that_it_is_not_for(house):
    narrow = {left: program_of(house, scopes=tuple(scope for scope in Scope if scope is not left)) for left in Scope}
    for one in CLOSED:
        refused = narrow[one.scope].ask(one.method, address(one))
        assert (refused.status_code, refused.json["code"]) == (403, "no-scope"), one.name
        assert f'scope="{one.scope.value}"' in refused.headers["WWW-Authenticate"]


def test_a_show_of_others_is_not_there_and_neither_is_one_that_the_token_is_not_for(house):
    stranger, narrow = program_of(house, Role.OWNER, SECOND), program_of(house, shows=(SECOND,))
    for one in CLOSED:
        for holder in (stranger, narrow):
            if "show" in one.places:
                assert holder.ask(one.method, address(one)).status_code == 404, one.name
    assert [one["slug"] for one in narrow.told("/api/v1/shows")["shows"]] == ["talks"]
    assert narrow.post("/api/v1/index").status_code == 403


@pytest.mark.parametrize("role", Role)
def test_a_token_never_may_more_than_its_producer(house, role):
    holder = program_of(house, role, FIRST)
    for one in CLOSED:
        about = FIRST if "show" in one.places else None
        if not holder.producer.may(one.right, about):
            assert holder.ask(one.method, address(one)).status_code == 403, one.name


def test_a_token_is_not_taken_from_anywhere_else(house):
    secret = program_of(house).secret
    client = house.app.test_client()
    client.set_cookie("token", secret)
    for path in (f"/api/v1/shows?access_token={secret}", "/api/v1/shows"):
        assert client.get(path).status_code == 401
    assert client.get("/api/v1/shows", headers={"Authorization": f"Basic {secret}"}).status_code == 401


def test_who_guesses_tokens_is_to_wait(house):
    for _ in range(TOKEN_TRIES):
        asked(house, CLOSED[:1], Authorization="Bearer cst_guess")
    (refused,) = asked(house, CLOSED[:1], Authorization="Bearer cst_guess").values()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "900")
    assert program_of(house).get("/api/v1/shows").status_code == 200


def test_who_asks_too_often_is_to_wait_for_the_next_minute(house):
    house.app.extensions[RATES] = Rates(per_minute=2)
    holder, other = program_of(house), program_of(house)
    assert [holder.get("/api/v1/shows").status_code for _ in range(3)] == [200, 200, 429]
    assert holder.get("/api/v1/shows").headers["Retry-After"] == "60"
    assert other.get("/api/v1/shows").status_code == 200
    house.now += timedelta(minutes=1)
    assert holder.get("/api/v1/shows").status_code == 200


def test_a_studio_that_is_shut_shuts_the_api(house):
    from producers import open_house

    shut = open_house(house.index, house.place.settings.library, house.place.settings.data_folder, is_open=False)
    assert asked(shut, CLOSED[:1])[CLOSED[0].name].status_code == 503


def test_no_other_site_is_told_that_its_pages_may_ask(house):
    answers = asked(house, OPERATIONS.values(), Origin="https://elsewhere.example")
    assert not any("Access-Control-Allow-Origin" in one.headers for one in answers.values())


def test_two_operations_of_one_name_cannot_be():
    with pytest.raises(ValueError, match="two operations are called about"):
        operation("GET", "/api/v1/x", name="about", scope=None, right=None)(lambda: None)

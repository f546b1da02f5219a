"""The studio on several machines, behind a proxy with https, below a path."""

import pytest
from producers import FIRST, PASSWORD, House, fill, open_house

from catalogue.domain.rights import Role
from catalogue.store.index import open_index
from web.studio.cookies import SESSION

SECURE = f"__Secure-{SESSION}"


@pytest.mark.postgres
def test_who_is_signed_in_on_one_machine_is_on_all_and_signed_out_too(emptied_postgres_url, tmp_path):
    indexes = [open_index(emptied_postgres_url) for _ in range(2)]
    fill(indexes[0])
    one, other = (open_house(index, tmp_path / "library", tmp_path / "data") for index in indexes)
    browser = one.signed_in_client()
    token = browser.client.get_cookie(SESSION, path="/studio").value
    there = other.browser()
    there.client.set_cookie(SESSION, token, path="/studio")
    assert "Conversations" in there.text("/studio/")
    there.post("/studio/sign-out/", on="/studio/account/")
    assert browser.get("/studio/").status_code == 303
    for index in indexes:
        index.close()


@pytest.fixture
def proxied(house):
    """The same studio behind a proxy that speaks https and strips nothing, below a path."""
    return House(index=house.index, place=house.place, base_url="https://pods.example/podcasts")


def signed_in(house):
    """A browser that signed in through the proxy."""
    house.add(name="Ana")
    client = house.app.test_client()
    page = client.get("/podcasts/studio/sign-in/", base_url="https://pods.example")
    token = page.text.partition('name="csrf" value="')[2][:64]
    sent = {"csrf": token, "name": "Ana", "password": PASSWORD, "next": "/podcasts/studio/account/"}
    headers = {"Origin": "https://pods.example", "Sec-Fetch-Site": "same-origin"}
    return client, client.post("/podcasts/studio/sign-in/", data=sent, headers=headers, base_url="https://pods.example")


def test_behind_a_proxy_and_below_a_path_all_stays_there(proxied):
    client, response = signed_in(proxied)
    assert (response.status_code, response.headers["Location"]) == (303, "/podcasts/studio/account/")
    said = next(one for one in response.headers.getlist("Set-Cookie") if one.startswith(SECURE))
    assert "Path=/podcasts/studio;" in said and "Secure;" in said
    page = client.get("/podcasts/studio/account/", base_url="https://pods.example").text
    assert 'action="/podcasts/studio/sign-out/"' in page
    assert 'href="/studio' not in page and 'action="/studio' not in page


@pytest.mark.parametrize(
    ("origin", "status"),
    [("https://pods.example", 303), ("null", 303), ("http://pods.example", 403), ("https://pods.example.evil", 403),
     ("https://pods.example:8443", 403), ("https://evil.example", 403), ("", 403)],
)  # fmt: skip
def test_only_the_site_s_own_origin_is_heard(proxied, origin, status):
    client, _ = signed_in(proxied)
    page = client.get("/podcasts/studio/account/", base_url="https://pods.example").text
    sent = {"csrf": page.partition('name="csrf" value="')[2][:64]}
    where = "/podcasts/studio/account/devices/"
    response = client.post(where, data=sent, headers={"Origin": origin}, base_url="https://pods.example")
    assert response.status_code == status


def test_at_home_it_works_by_the_name_it_is_reached_by(house):
    house.add(name="Ana")
    browser = house.browser()
    sent = {"csrf": browser.token(), "name": "Ana", "password": PASSWORD}
    answer = browser.client.post("/studio/sign-in/", data=sent, headers={"Origin": "http://localhost"})
    assert answer.status_code == 303


def test_a_contributor_writes_the_drafts_they_began_and_no_others(house):

    from catalogue.domain.rights import Right
    from web.studio.guard import is_own_draft

    ana = house.add(Role.CONTRIBUTOR, FIRST)
    show = house.index.shows()[0].show
    for name in ("draft", "public"):
        house.index.save_author(FIRST, f"{FIRST}-{name}", ana.id)
    with house.app.test_request_context("/studio/"):
        found = [is_own_draft(show, slug, ana) for slug in ("draft", "public", "nothing")]
        other = is_own_draft(show, "draft", house.add(Role.CONTRIBUTOR, FIRST))
    assert (found, other) == ([True, False, False], False)
    assert ana.may(Right.WRITE, FIRST, is_own=True) and not ana.may(Right.WRITE, FIRST)

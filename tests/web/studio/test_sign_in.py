"""Signing in, as somebody does it in a browser."""

import base64
from datetime import timedelta

import pyotp
import pytest
from producers import PASSWORD, House

from catalogue.actions.accounts.limits import SESSION_LASTS, SESSION_RESTS, TRIES_FROM_NETWORK
from catalogue.domain.producers import Stage
from web.studio.cookies import SESSION

SIGN_IN = "/studio/sign-in/"


def sign_in(browser, name, password=PASSWORD, **more):
    return browser.post(SIGN_IN, {"name": name, "password": password, **more})


def cookie(browser, name=SESSION):
    found = browser.client.get_cookie(name, path="/studio")
    return found.value if found else None


def test_the_right_password_leads_to_the_shows(house):
    ana, browser = house.add(name="Ana"), house.browser()
    response = sign_in(browser, "  ANA ")
    assert (response.status_code, response.headers["Location"]) == (303, "/studio/")
    assert "Conversations" in browser.text("/studio/")
    assert [one.what for one in house.index.log_entries(show_guids=None, offset=0, limit=1)] == ["signed-in"]
    assert house.index.sessions_of(ana.id)[0].device == ""


@pytest.mark.parametrize(
    ("name", "password"), [("Ana", "another one"), ("Eva", PASSWORD), ("", ""), ("Ana", "x" * 9999)]
)
def test_anything_else_is_refused_in_the_same_words(house, name, password):
    house.add(name="Ana")
    response = sign_in(house.browser(), name, password)
    assert response.status_code == 422
    assert "No account has this name and this password" in response.text
    assert PASSWORD not in response.text


def test_who_is_disabled_does_not_get_in(house):
    house.add()
    ana = house.add(name="Ana")
    house.index.disable_producer(ana.id, house.now)
    assert sign_in(house.browser(), "Ana").status_code == 422


def test_the_cookie_is_for_the_studio_alone_and_for_no_script(house):
    house.add(name="Ana")
    said = sign_in(house.browser(), "Ana").headers.getlist("Set-Cookie")
    session = next(one for one in said if one.startswith(SESSION))
    assert all(part in session for part in ("Path=/studio;", "HttpOnly;", "SameSite=Lax"))
    assert "Secure" not in session


def test_on_https_the_cookie_is_for_https_alone(house):
    house = House(index=house.index, place=house.place, base_url="https://pods.example/podcasts")
    house.add(name="Ana")
    response = house.browser().get("/podcasts/studio/sign-in/")
    (before,) = response.headers.getlist("Set-Cookie")
    assert before.startswith("__Secure-castalogue_before=")
    assert "; Secure; HttpOnly; Path=/podcasts/studio; SameSite=Lax" in before


def test_signing_in_gives_another_token_than_was_there_before(house):
    house.add(name="Ana")
    browser = house.browser()
    browser.client.set_cookie(SESSION, "planted", path="/studio")
    sign_in(browser, "Ana")
    first = cookie(browser)
    assert first not in (None, "planted")
    browser.client.set_cookie(SESSION, "planted", path="/studio")
    sign_in(browser, "Ana")
    assert cookie(browser) not in (first, "planted")


def test_signing_out_ends_the_session_everywhere(house):
    browser = house.signed_in_client()
    token = cookie(browser)
    response = browser.post("/studio/sign-out/", on="/studio/account/")
    assert (response.status_code, cookie(browser)) == (303, None)
    browser.client.set_cookie(SESSION, token, path="/studio")
    assert browser.get("/studio/").status_code == 303


@pytest.mark.parametrize("rest", [SESSION_LASTS, SESSION_RESTS + timedelta(hours=1)])
def test_a_session_ends_by_the_clock(house, rest):
    browser = house.signed_in_client()
    house.now += rest - timedelta(seconds=1) if rest == SESSION_RESTS else timedelta(days=1)
    assert browser.get("/studio/").status_code == 200
    house.now += rest
    assert browser.get("/studio/").status_code == 303


def test_after_signing_in_one_is_where_one_wanted_to_be(house):
    house.add(name="Ana")
    browser = house.browser()
    led = browser.get("/studio/account/").headers["Location"]
    assert led == "/studio/sign-in/?next=/studio/account/"
    assert 'value="/studio/account/"' in browser.text(led)
    assert sign_in(browser, "Ana", next="/studio/account/").headers["Location"] == "/studio/account/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://elsewhere.example/", "//elsewhere.example/studio/", "/studio/\\elsewhere", "/studio/\r\nX: y", "/other/",
     "/studio//elsewhere.example", "studio/", "/studio/ x", "javascript:1", "/studio/../other/", "/studio/%2E./other",
     "/studio/..#x"],
)  # fmt: skip
def test_nobody_is_led_out_of_the_studio(house, elsewhere):
    house.add(name="Ana")
    assert sign_in(house.browser(), "Ana", next=elsewhere).headers["Location"] == "/studio/"


def test_after_too_many_tries_the_right_password_waits_too(house):
    house.add(name="Ana")
    browser = house.browser()
    for _ in range(TRIES_FROM_NETWORK):
        assert sign_in(browser, "Ana", "wrong").status_code == 422
    refused = sign_in(browser, "Ana")
    assert refused.status_code == 429
    assert "Please wait" in refused.text
    house.now += timedelta(hours=1)
    assert sign_in(browser, "Ana").status_code == 303


def test_a_browser_that_was_in_before_is_kept_out_by_nobody(house):
    house.add(name="Ana")
    mine, stranger = house.browser(), house.browser()
    sign_in(mine, "Ana")
    for _ in range(TRIES_FROM_NETWORK + 1):
        sign_in(stranger, "Ana", "wrong")
    assert sign_in(stranger, "Ana").status_code == 429
    mine.client.delete_cookie(SESSION, path="/studio")
    assert sign_in(mine, "Ana").status_code == 303


def test_the_second_step_is_owed_until_it_is_made(house):
    ana = house.add(name="Ana")
    house.index.propose_step(ana.id, 7)
    house.index.begin_second_step(ana.id, number=7, step=0, codes=["x"])
    browser = house.browser()
    assert sign_in(browser, "Ana", next="/studio/account/").headers["Location"].startswith("/studio/sign-in/code/")
    assert browser.get("/studio/").status_code == 303
    before, form = cookie(browser), browser.token("/studio/sign-in/code/")
    wrong = browser.client.post("/studio/sign-in/code/", data={"csrf": form, "code": "000 000"})
    assert (wrong.status_code, "not the code" in wrong.text) == (422, True)
    secret = base64.b32encode(house.desk.key.digest("one-time codes", str(ana.id), "7")[:20]).decode()
    code = pyotp.TOTP(secret).at(house.now)
    right = browser.client.post("/studio/sign-in/code/", data={"csrf": form, "code": code, "next": "/studio/account/"})
    assert (right.status_code, right.headers["Location"]) == (303, "/studio/account/")
    assert cookie(browser) != before
    assert browser.get("/studio/").status_code == 200


def test_a_session_that_owes_a_code_opens_nothing(house):
    browser = house.sign_in(house.add(), Stage.PASSWORD)
    assert browser.get("/studio/account/").status_code == 303
    house.now += timedelta(minutes=10)
    assert browser.get("/studio/sign-in/code/").headers["Location"] == "/studio/"


def test_the_studio_is_shut_without_its_key(house):
    shut = House(index=house.index, place=house.place, is_open=False).browser()
    response = shut.get("/studio/sign-in/")
    assert (response.status_code, "The studio is not open" in response.text) == (503, True)
    assert shut.client.post("/studio/sign-in/").status_code == 503
    assert shut.get("/conversations/").status_code == 200


def test_the_studio_speaks_as_the_browser_asks_then_as_one_chose(house):
    browser = house.signed_in_client()
    stranger = house.browser()
    assert "<h1>Entrar</h1>" in stranger.get("/studio/sign-in/", Accept_Language="es-MX,en;q=0.5").text
    chosen = stranger.post("/studio/language/", {"language": "es", "next": "/studio/sign-in/"})
    assert chosen.headers["Location"] == "/studio/sign-in/"
    assert "<h1>Entrar</h1>" in stranger.text("/studio/sign-in/")
    browser.post("/studio/language/", {"language": "es"}, on="/studio/account/")
    assert house.index.producer(browser.producer.id).language == "es"
    assert "<h1>Tus programas</h1>" in browser.get("/studio/", Accept_Language="en").text
    assert stranger.get("/es/studio/").status_code == 404


def test_public_pages_are_the_same_for_who_is_signed_in(house):
    browser = house.signed_in_client()
    public, page = house.browser().get("/conversations/"), browser.get("/conversations/")
    assert (page.data, page.headers.getlist("Set-Cookie")) == (public.data, [])
    assert "/studio" not in public.text


def test_no_page_of_the_studio_is_kept_listed_or_framed(house):
    headers = house.signed_in_client().get("/studio/").headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"


def test_where_nobody_is_yet_the_page_says_where_the_studio_begins(house):
    page = house.browser().text("/studio/sign-in/")
    assert "Nobody looks after this studio yet" in page
    assert 'name="password"' not in page

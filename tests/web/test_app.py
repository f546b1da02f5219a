import logging

import pytest
from builders import make_episode, make_show
from fake_publication import FakePublication
from visitor import Visitor

from catalogue.domain import patterns
from catalogue.errors import Moved, StoreError, Withdrawn

EPISODE = "/conversations/meet-the-husbands/"


def test_every_address_has_a_route_and_every_route_an_address(visit):
    rules = {rule.rule for rule in visit().client.application.url_map.iter_rules()}
    assert rules == set(patterns.PATTERNS)


def test_pages_load_nothing_foreign_and_leave_nothing_behind(visit):
    headers = visit().get(EPISODE).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';")
    assert "media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/", EPISODE, "/conversations/feed.xml"])
def test_nothing_can_be_done_but_reading(visit, method, path):
    response = visit().ask(method, path)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_head_of_a_page_is_its_headers(visit):
    visitor = visit()
    assert visitor.ask("HEAD", EPISODE).headers["ETag"] == visitor.get(EPISODE).headers["ETag"]


def test_an_unchanged_page_is_304(visit):
    visitor = visit()
    tag = visitor.get(EPISODE).headers["ETag"]
    assert visitor.get(EPISODE, If_None_Match=tag).status_code == 304


def test_an_unknown_page_says_so_and_leads_on(visit):
    response = visit().get("/conversations/nothing/")
    assert response.status_code == 404
    assert "There is no page at this address" in response.text
    assert 'href="/conversations/"' in response.text


def test_an_error_speaks_the_language_of_the_show(visit):
    visitor = visit(show=make_show(language="es"))
    assert "No hay ninguna página" in visitor.get("/conversations/nothing/").text


def test_a_withdrawn_episode_is_gone_for_good(visit):
    response = visit(errors={"meet-the-husbands": Withdrawn("w", "Gone.")}).get(EPISODE)
    assert response.status_code == 410
    assert "has been withdrawn" in response.text


def test_a_locked_database_is_a_pause_of_ten_seconds(visit):
    response = visit(errors={"conversations": StoreError("locked", "It is locked.")}).get(EPISODE)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")


def test_a_fault_of_ours_is_a_kind_page_and_a_line_in_the_log(visit, caplog):
    visitor = visit(errors={"conversations": RuntimeError("secret")})
    with caplog.at_level(logging.ERROR):
        response = visitor.get(EPISODE)
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "secret" in caplog.text


@pytest.mark.parametrize(
    ("errors", "asked", "answered"),
    [
        ({"old": Moved("conversations")}, "/old/meet-the-husbands/?t=12", f"{EPISODE}?t=12"),
        ({"old": Moved("meet-the-husbands")}, "/conversations/old/", EPISODE),
        ({"old": Moved("meet-the-husbands")}, "/conversations/old/transcript/es/", f"{EPISODE}transcript/es/"),
    ],
)
def test_an_earlier_address_leads_to_the_same_page(visit, errors, asked, answered):
    response = visit(errors=errors).get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, answered)


@pytest.mark.parametrize("path", ["/conversations", "//conversations/", "//evil.example/"])
def test_a_redirect_never_repeats_the_host_somebody_claims(visit, path):
    response = visit().client.open(path=path, headers={"Host": "evil.example"})
    assert response.headers.get("Location", "/").startswith("/")
    assert not response.headers.get("Location", "/").startswith("//")


@pytest.mark.parametrize("prefix", ["", "/pods"])
def test_under_a_path_every_link_stays_under_it(prefix):
    show = make_show(slug="new")
    publication = FakePublication((show,), {"new": (make_episode(),)}, errors={"old": Moved("new")})
    visitor = Visitor(publication, base_url="https://pods.example/pods")
    page = visitor.text(f"{prefix}/new/")
    assert 'href="/pods/new/meet-the-husbands/"' in page
    assert 'href="/pods/static/' in page
    assert visitor.get(f"{prefix}/old/").headers["Location"] == "/pods/new/"

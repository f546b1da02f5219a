"""No visitor is told apart from another: no cookie on any route, no referrer, nothing kept but by the browser."""

import pytest
from flask.testing import FlaskClient
from lxml import html
from rich_show import rich_publication, rich_show
from visitor import Visitor
from werkzeug.routing import Rule

VALUES = {
    "show": "conversations",
    "episode": "110-meet-the-husbands",
    "language": "es",
    "number": 1,
    "season": 2,
    "sha256": "c" * 64,
    "name": "conversations.cover1.jpg",
    "version": "x",
    "kind": "season",
    "value": "2",
    "tag": "diet",
    "page": "1",
}


@pytest.fixture(scope="module")
def visitor():
    return Visitor(rich_publication(), now=rich_show().first_seen_at.replace(year=2022))


def addresses(client: FlaskClient):
    """An address for every route there is, whatever answers at it."""
    adapter = client.application.url_map.bind("")

    def build(rule: Rule):
        return adapter.build(rule.endpoint, {name: VALUES.get(name, "1") for name in rule.arguments})

    return sorted({build(rule) for rule in client.application.url_map.iter_rules()})


def test_no_route_sets_a_cookie_or_lets_a_referrer_out(visitor):
    asked = addresses(visitor.client)
    assert len(asked) > 25
    for path in (*asked, "/nothing/", "/es/about/", "/feed.xml"):
        response = visitor.get(path, Cookie="a=b")
        assert "Set-Cookie" not in response.headers, path
        assert response.headers["Referrer-Policy"] == "no-referrer", path
        assert response.headers.get("Vary", "").lower().find("cookie") == -1, path


def test_links_that_leave_send_no_referrer_even_in_a_frame_of_others(visitor):
    response = visitor.get("/embed/conversations/110-meet-the-husbands/")
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert html.fromstring(response.text).xpath("//@referrerpolicy") == []


def test_no_query_is_said_to_anybody_when_something_fails(visitor, caplog):
    caplog.set_level("DEBUG")
    visitor.get("/conversations/nothing/?q=bone-pain", User_Agent="who-am-i", X_Forwarded_For="192.0.2.7")
    visitor.get("/search/?q=bone-pain")
    assert not [
        one for one in caplog.records if any(s in one.getMessage() for s in ("bone-pain", "192.0.2.7", "who-am-i"))
    ]

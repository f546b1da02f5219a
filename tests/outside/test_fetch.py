"""What a question to another machine gives."""

import io
from dataclasses import replace

import pytest
from small_web import header, redirect, reply

from catalogue import __version__
from catalogue.errors import AddressRefused, AnswerRefused
from catalogue.outside.exchange import Asked, Hop
from catalogue.outside.fetch import fetch


def test_an_answer_has_status_headers_and_body(web, guard):
    web.answers["/feed.xml?a=%C3%BC"] = reply(b"<rss/>", "Content-Type: text/xml", 'ETag: "1"', "Vary: a", "Vary: b")
    fetched = fetch(Asked(url=web.url("/feed.xml?a=ü#part")), guard=guard)
    assert (fetched.status, fetched.body, fetched.size_bytes, fetched.hops) == (200, b"<rss/>", 6, ())
    assert (fetched.header("ETag"), fetched.header("vary"), fetched.header("age")) == ('"1"', "a, b", None)
    assert fetched.url == web.url("/feed.xml?a=%C3%BC")


def test_a_question_says_who_asks_and_nothing_of_this_machine(web, guard, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    fetch(Asked(url=web.url()), guard=guard)
    assert [line.partition(":")[0].lower() for line in web.heard[0].split("\r\n")[1:] if line] == (
        ["host", "user-agent", "accept", "accept-encoding", "connection"]
    )
    assert header(web.heard[0], "user-agent") == f"Castalogue/{__version__}"
    assert header(web.heard[0], "host") == f"127.0.0.1:{web.port}"


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oh", "304 Not Modified", "204 No Content", "401 No"])
def test_every_status_is_an_answer(web, guard, status):
    body = b"" if status[0] != "4" and status[0] != "5" else b"why"
    web.answers["/"] = reply(body, "Set-Cookie: a=b", status=status)
    fetched = fetch(Asked(url=web.url()), guard=guard)
    assert (fetched.status, fetched.body, fetched.is_success) == (int(status[:3]), body, status[0] == "2")


def test_what_is_known_is_asked_for_only_if_it_changed(web, guard):
    web.answers["/"] = reply(status="304 Not Modified")
    known = Asked(url=web.url()).if_changed(etag='W/"1"', last_modified="Sun, 22 Nov 2026 08:00:00 GMT")
    assert fetch(known, guard=guard).is_unchanged
    assert header(web.heard[0], "if-none-match") == 'W/"1"'
    assert header(web.heard[0], "if-modified-since") == "Sun, 22 Nov 2026 08:00:00 GMT"
    assert Asked(url="http://a/").if_changed(etag=None) == Asked(url="http://a/")


def test_a_head_has_no_body_and_a_range_is_not_packed(web, guard):
    web.answers["/"] = reply(b"", "Content-Length: 99999999999", "Content-Encoding: gzip")
    web.answers["/part"] = reply(b"ab", "Content-Range: bytes 0-1/9", status="206 Partial Content")
    assert fetch(Asked(url=web.url(), method="HEAD"), guard=guard).header("content-length") == "99999999999"
    assert fetch(Asked(url=web.url("/part"), headers=(("Range", "bytes=0-1"),)), guard=guard).body == b"ab"
    assert header(web.heard[1], "accept-encoding") == "identity"


def test_a_body_goes_into_a_file_and_an_error_does_not(web, guard):
    web.answers["/"] = reply(b"x" * 300_000)
    file = io.BytesIO()
    fetched = fetch(Asked(url=web.url()), guard=guard, into=file)
    assert (fetched.body, fetched.size_bytes, len(file.getvalue())) == (b"", 300_000, 300_000)
    assert fetch(Asked(url=web.url("/gone")), guard=guard, into=file).body == b"not here"
    assert len(file.getvalue()) == 300_000


def test_a_way_of_redirects_is_told(web, elsewhere, guard):
    web.answers["/"] = redirect("next?a", "301 Moved Permanently")
    web.answers["/next?a"] = redirect(elsewhere.url("/ü"))
    elsewhere.answers["/%C3%BC"] = reply(b"here")
    fetched = fetch(Asked(url=web.url()), guard=guard)
    assert fetched.hops == (Hop(url=web.url(), status=301), Hop(url=web.url("/next?a"), status=302))
    assert (fetched.url, fetched.body, fetched.is_downgraded) == (elsewhere.url("/%C3%BC"), b"here", False)


def test_a_way_as_long_as_allowed_is_gone_and_a_longer_one_not(web, guard):
    web.answers |= {f"/{step}": redirect(f"/{step + 1}") for step in range(6)} | {"/6": reply(b"here")}
    assert fetch(Asked(url=web.url("/1")), guard=guard).body == b"here"
    with pytest.raises(AnswerRefused) as caught:
        fetch(Asked(url=web.url("/0")), guard=guard)
    assert str(caught.value) == f"{web.url('/0')}: It redirects more than 5 times."
    assert len(web.heard) == 6 + 6


@pytest.mark.parametrize("steps", [("/",), ("/a", "/"), ("/a", "/b", "/a")])
def test_a_circle_is_said_so(web, guard, steps):
    web.answers |= {here: redirect(to) for here, to in zip(("/", *steps), steps, strict=False)}
    with pytest.raises(AnswerRefused, match="It redirects in a circle"):
        fetch(Asked(url=web.url()), guard=guard)


@pytest.mark.parametrize(
    "to",
    ["http://10.0.0.1/", "http://2130706434/", "http://[::ffff:a9fe:a9fe]/", "//127.9.9.9:1/", "http://0x7f.0.0.2/"],
)
def test_a_redirect_into_a_private_network_is_not_followed(web, guard, to):
    web.answers["/"] = redirect(to)
    with pytest.raises(AddressRefused, match="is not a public address"):
        fetch(Asked(url=web.url()), guard=guard)


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "http://[/"])
def test_a_redirect_to_what_is_no_web_address_is_not_followed(web, guard, to):
    web.answers["/"] = redirect(to)
    with pytest.raises((AddressRefused, AnswerRefused), match="no address"):
        fetch(Asked(url=web.url()), guard=guard)


def test_a_password_stays_with_the_machine_it_is_for(web, elsewhere, guard):
    web.answers["/"] = redirect("/next")
    web.answers["/next"] = redirect(elsewhere.url().replace("//", "//other:secret@"))
    elsewhere.answers["/"] = redirect(web.url("/end"))
    fetched = fetch(Asked(url=web.url().replace("//", "//me:p%40ss@")), guard=guard)
    heard = [header(request, "authorization") for request in (*web.heard, *elsewhere.heard)]
    assert heard == ["Basic bWU6cEBzcw==", "Basic bWU6cEBzcw==", None, None]
    assert "p%40ss" not in repr(fetched) and "secret" not in repr(fetched)


def test_no_cookie_is_ever_sent(web, guard):
    web.answers["/"] = reply(b"", "Set-Cookie: a=b", "Location: /next", status="302 Found")
    fetch(Asked(url=web.url()), guard=guard)
    assert [header(request, "cookie") for request in web.heard] == [None, None]


def test_what_is_posted_is_posted_once_and_follows_nothing(web, guard):
    web.answers["/"] = redirect("/next", "307 Temporary Redirect")
    fetched = fetch(Asked(url=web.url(), method="POST", content="ü".encode()), guard=guard)
    assert (fetched.status, fetched.header("location"), len(web.heard)) == (307, "/next", 1)
    assert web.heard[0].endswith("\r\n\r\nÃ¼") and header(web.heard[0], "content-length") == "2"


@pytest.mark.parametrize(
    "url", ["", "feed.xml", "ftp://a/", "http://", "http:///a", "http://a..b/", "http://a b/", "x" * 70_000]
)
def test_what_is_no_address_is_never_asked(guard, url):
    with pytest.raises(AddressRefused, match="This is no address of the web") as caught:
        fetch(Asked(url=url), guard=guard)
    assert len(str(caught.value)) < 400


def test_a_header_that_would_be_two_is_not_sent(web, guard):
    with pytest.raises(AddressRefused, match="This cannot be asked"):
        fetch(Asked(url=web.url(), headers=(("X", "a\r\nb: c"),)), guard=guard)
    assert web.heard == []


def test_the_name_is_looked_up_once_and_what_it_gave_is_asked(web, guard):
    answers = iter((("127.0.0.1",), ("10.0.0.1",)))
    guard = replace(guard, resolve=lambda *_: next(answers))
    web.answers["/"] = reply(b"here")
    assert fetch(Asked(url=web.url(host="rebound.test")), guard=guard).body == b"here"
    assert header(web.heard[0], "host") == f"rebound.test:{web.port}"
    assert next(answers) == ("10.0.0.1",)


def test_a_name_that_was_public_when_judged_leads_nowhere_else(guard, monkeypatch):
    tried = []

    def refused(address, *_, **__):
        tried.append(address)
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr("socket.create_connection", refused)
    answers = iter((("93.184.216.34", "2606:4700::1111"), ("127.0.0.1",)))
    with pytest.raises(Exception, match="It cannot be reached: Connection refused"):
        fetch(Asked(url="http://rebound.test/"), guard=replace(guard, resolve=lambda *_: next(answers)))
    assert tried == [("93.184.216.34", 80), ("2606:4700::1111", 80)]


def test_the_second_address_is_asked_where_the_first_is_silent(web, guard):
    web.answers["/"] = reply(b"here")
    guard = replace(guard, hosts=frozenset(("two.test",)), resolve=lambda *_: ("127.77.77.77", "127.0.0.1"))
    assert fetch(Asked(url=web.url(host="two.test")), guard=guard).body == b"here"

"""No way leads to a machine that is nobody's business: not by its address, by a name for it, or by a redirect."""

from dataclasses import replace

import pytest
from small_web import redirect
from test_addresses import NOT_PUBLIC, PUBLIC
from test_guard import SPELLINGS

from catalogue.errors import AddressRefused, NoAnswer
from catalogue.outside.exchange import Asked
from catalogue.outside.fetch import fetch
from catalogue.outside.guard import Guard

HIDDEN = tuple(one for one in NOT_PUBLIC.split() if "%" not in one)
OPEN = tuple(PUBLIC.split())


@pytest.fixture
def tried(monkeypatch):
    """The addresses that a connection was tried to; none is made."""
    found = []

    def connect(address, *_, **__):
        found.append(address[0])
        raise ConnectionRefusedError(111, "refused")

    monkeypatch.setattr("socket.create_connection", connect)
    return found


def url_of(host):
    return f"http://[{host}]/" if ":" in host else f"http://{host}/"


def is_blocked(url, guard):
    try:
        fetch(Asked(url=url), guard=guard)
    except AddressRefused:
        return True
    except NoAnswer:
        return False
    raise AssertionError(url)


def test_every_class_of_hidden_host_is_blocked_under_each_spelling(tried):
    hosts = (*HIDDEN, *SPELLINGS.split(), "①②⑦.0.0.1", "127。0。0。1", "LOCALHOST")
    assert [one for one in hosts if not is_blocked(url_of(one), Guard())] == []
    assert tried == []


def test_every_hidden_address_that_a_name_leads_to_is_blocked_alone_and_among_others(tried):
    for answers in ((one, *others) for one in HIDDEN for others in ((), OPEN[:1])):
        for order in (answers, answers[::-1]):
            assert is_blocked("http://a.test/", Guard(resolve=lambda *_, order=order: order)), answers
    assert tried == []


def test_every_public_address_is_asked_and_no_other(tried):
    for one in OPEN:
        assert not is_blocked("http://a.test/", Guard(resolve=lambda *_, one=one: (one,)))
    assert tried == list(OPEN)


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent"])
def test_a_redirect_to_any_of_them_is_not_followed(web, guard, status):
    for host in (one for one in HIDDEN if "7f00:1" not in one and "127.0.0.1" not in one):  # that is the web itself
        web.answers["/"] = redirect(url_of(host), status=status)
        assert is_blocked(web.url(), guard), host


def test_a_name_is_judged_anew_at_each_step_of_a_way(web, guard):
    answers = iter((("127.0.0.1",), ("127.0.0.1",), ("10.0.0.1",)))
    guard = replace(guard, resolve=lambda *_: next(answers))
    web.answers |= {"/": redirect("/a"), "/a": redirect("/b"), "/b": redirect("/c")}
    assert is_blocked(web.url(host="rebound.test"), guard)
    assert len(web.heard) == 2

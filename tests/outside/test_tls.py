"""Over TLS the name is what counts, though the connection goes to an address."""

from dataclasses import replace

import pytest
from small_web import NAME, header, redirect, reply

from catalogue.errors import AnswerRefused, NoAnswer
from catalogue.outside.exchange import Asked
from catalogue.outside.fetch import fetch


@pytest.fixture
def named(guard):
    """Finds every name on this machine."""
    return replace(guard, resolve=lambda *_: ("127.0.0.1",))


def test_the_certificate_and_both_names_are_the_hosts(tls_web, named, trust):
    tls_web.answers["/"] = reply(b"here")
    assert fetch(Asked(url=tls_web.url(host=NAME)), guard=replace(named, tls=trust)).body == b"here"
    assert tls_web.names == [NAME]
    assert header(tls_web.heard[0], "host") == f"{NAME}:{tls_web.port}"


def test_a_certificate_for_another_name_is_not_taken(tls_web, named, trust):
    with pytest.raises(AnswerRefused, match="Its certificate cannot be trusted: Hostname mismatch") as caught:
        fetch(Asked(url=tls_web.url(host="other.test")), guard=replace(named, tls=trust))
    assert caught.value.code == "outside-certificate"
    assert tls_web.heard == []


def test_a_certificate_that_nobody_vouches_for_is_not_taken(tls_web, named):
    with pytest.raises(AnswerRefused, match="Its certificate cannot be trusted: self-signed certificate"):
        fetch(Asked(url=tls_web.url(host=NAME)), guard=named)


def test_who_does_not_speak_tls_is_said_so(web, named, trust):
    with pytest.raises(NoAnswer, match="It does not speak TLS"):
        fetch(Asked(url=web.url(host=NAME).replace("http:", "https:")), guard=replace(named, tls=trust))


def test_a_way_from_https_to_http_is_gone_and_told_and_takes_no_password_along(tls_web, web, named, trust):
    tls_web.answers["/"] = redirect(web.url("/audio", host=NAME))
    web.answers["/audio"] = reply(b"here")
    asked = Asked(url=tls_web.url(host=NAME), headers=(("Authorization", "secret"),))
    fetched = fetch(asked, guard=replace(named, tls=trust))
    assert (fetched.body, fetched.is_downgraded) == (b"here", True)
    assert (header(tls_web.heard[0], "authorization"), header(web.heard[0], "authorization")) == ("secret", None)

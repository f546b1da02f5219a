"""What is told to hubs, to Podping and to webhooks, and what their answers mean."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from small_web import header, redirect, reply

from catalogue.errors import AddressRefused, AnswerRefused, ConfigError, NoAnswer
from catalogue.outside.exchange import Fetched
from catalogue.outside.fetch import fetch
from catalogue.outside.podping import Reason, ask_podping
from catalogue.outside.verdicts import Outcome, judge
from catalogue.outside.webhooks import Event, ask_webhook, read_secret, sign
from catalogue.outside.websub import ask_hub

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
FEEDS = ["https://a.example/feed.xml", "https://a.example/es/feed.xml?ü&x=1"]


def answered(status, *headers):
    return Fetched(url="https://hub.example/", status=status, headers=headers, body=b"", size_bytes=0)


def test_a_hub_is_told_every_feed_in_a_form(web, guard):
    web.answers["/hub"] = reply(status="204 No Content")
    assert judge(fetch(ask_hub(web.url("/hub"), FEEDS), guard=guard), now=NOW).outcome is Outcome.HEARD
    assert web.heard[0].startswith("POST /hub HTTP/1.1\r\n")
    assert header(web.heard[0], "content-type") == "application/x-www-form-urlencoded"
    fields = parse_qsl(web.heard[0].partition("\r\n\r\n")[2], strict_parsing=True)
    named = [(name, feed) for name in ("hub.url", "hub.topic") for feed in FEEDS]
    assert fields == [("hub.mode", "publish"), *named]


def test_podping_is_told_a_feed_its_reason_and_its_medium(web, guard):
    asked = ask_podping(FEEDS[1], token="geheim", reason=Reason.LIVE, medium="music", relay=web.url("/pod"))
    fetch(asked, guard=guard)
    fields = parse_qs(urlsplit(web.heard[0].split(" ")[1]).query, strict_parsing=True)
    assert fields == {"url": [FEEDS[1]], "reason": ["live"], "medium": ["music"]}
    assert header(web.heard[0], "authorization") == "geheim"


def test_the_token_goes_to_no_other_machine(web, elsewhere, guard):
    asked = ask_podping(FEEDS[0], token="geheim", relay=web.url())
    web.answers[asked.url.removeprefix(web.url()[:-1])] = redirect(elsewhere.url())
    fetch(asked, guard=guard)
    assert header(elsewhere.heard[0], "authorization") is None


# The example of standardwebhooks.com's own libraries.
def test_a_signature_is_that_of_standard_webhooks():
    signature = sign(b'{"test": 2432232314}', id="msg_p5jXN8AQM9LWM0D4loKWxJek", seconds=1614265330, secret=SECRET)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_webhook_is_told_what_happened_and_can_believe_it(web, guard):
    event = Event(id="e1", kind="episode.published", happened_at=NOW, data={"title": "Über", "guid": "g"})
    fetch(ask_webhook(web.url("/hook"), event, secret=SECRET, sent_at=NOW + timedelta(seconds=5)), guard=guard)
    body = web.heard[0].partition("\r\n\r\n")[2].encode("latin-1")
    assert json.loads(body) == {
        "type": "episode.published",
        "timestamp": "2026-11-22T08:00:00+00:00",
        "data": {"title": "Über", "guid": "g"},
    }
    seconds = int(header(web.heard[0], "webhook-timestamp"))
    assert seconds == NOW.timestamp() + 5
    assert header(web.heard[0], "webhook-signature") == sign(body, id="e1", seconds=seconds, secret=SECRET)


def test_another_secret_moment_name_or_body_is_another_signature():
    stated = {"content": b"{}", "id": "1", "seconds": 1, "secret": SECRET}
    others = [{"content": b"[]"}, {"id": "2"}, {"seconds": 2}, {"secret": SECRET.replace("Mf", "Mg")}]
    assert len({sign(one.pop("content"), **one) for one in (stated | other for other in [{}, *others])}) == 5


@pytest.mark.parametrize("text", ["", "whsec_", "password", "whsec_" + "A" * 28, "A" * 88, "whsec_ü" + "A" * 40])
def test_a_secret_that_is_none_is_refused_and_not_shown(text):
    with pytest.raises(ConfigError, match="24 to 64 bytes in Base64") as caught:
        read_secret(text)
    secret = text.removeprefix("whsec_")
    assert not secret or secret not in str(caught.value)


def test_a_secret_may_stand_without_its_prefix():
    assert read_secret(SECRET) == read_secret(f" {SECRET.removeprefix('whsec_')}\n")


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        *((answered(status), Outcome.HEARD) for status in (200, 202, 204)),
        *((answered(status), Outcome.AGAIN) for status in (408, 425, 429, 500, 502, 503)),
        *((answered(status), Outcome.NEVER) for status in (304, 400, 401, 403, 404, 410)),
        (NoAnswer("a", "down", url="u"), Outcome.AGAIN),
        (AddressRefused("a", "private", url="u"), Outcome.NEVER),
        (AnswerRefused("a", "circle", url="u"), Outcome.NEVER),
        (AnswerRefused("outside-certificate", "ran out", url="u"), Outcome.AGAIN),
    ],
)
def test_what_may_pass_is_told_again_and_what_may_not_never(answer, outcome):
    verdict = judge(answer, now=NOW)
    assert verdict.outcome is outcome
    assert bool(verdict.why) is (outcome is not Outcome.HEARD)


@pytest.mark.parametrize(
    ("stated", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("99999999999999999999", timedelta(days=1)),
        ("Sun, 22 Nov 2026 08:05:00 GMT", timedelta(minutes=5)),
        ("Sun, 22 Nov 2026 07:00:00 -0000", timedelta()),
        ("Sun, 22 Nov 2099 07:00:00 GMT", timedelta(days=1)),
        ("soon", None),
        ("Sun, 22 Nov 99999999999999999999 07:00:00 GMT", None),
        ("²", None),
    ],
)
def test_who_asks_us_to_wait_is_waited_for_a_day_at_most(stated, wait):
    assert judge(answered(503, ("retry-after", stated)), now=NOW).wait == wait


def test_a_hub_that_moved_is_named_with_its_new_address():
    verdict = judge(answered(308, ("location", "https://new.example/")), now=NOW)
    assert verdict.why == "https://hub.example/: It answers 308. Write its new address: https://new.example/."


@pytest.mark.parametrize("coding", ["br", "UTF-8", "gzip"])
@pytest.mark.parametrize(("status", "outcome"), [("503 Busy", Outcome.AGAIN), ("200 OK", Outcome.HEARD)])
def test_how_the_page_of_an_answer_is_packed_decides_nothing(web, guard, coding, status, outcome):
    web.answers["/hub"] = reply(b"a page", f"Content-Encoding: {coding}", status=status)
    try:
        answer = fetch(ask_hub(web.url("/hub"), FEEDS), guard=guard)
    except AnswerRefused as error:
        answer = error
    assert judge(answer, now=NOW).outcome is outcome

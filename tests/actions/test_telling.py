"""Telling: who hears, who is asked again and when, who never; with a clock of our own and nobody outside."""

import itertools
import json
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON, make_episode, make_ledger_show, make_line, make_show

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))

from fake_index import FakeIndex

from catalogue.actions.announce import PING_AFTER
from catalogue.actions.open import Place
from catalogue.actions.telling import LEASE, Fate, Teller
from catalogue.actions.worker import tell_what_is_due
from catalogue.config import Settings
from catalogue.domain.telling import PATIENCE, WHOLE_FEED, Announcement, Kind
from catalogue.errors import AddressRefused, AnswerRefused, NoAnswer
from catalogue.outside.exchange import Fetched
from catalogue.store.index import EpisodeRow, JobState, ShowRow

SECRET = "whsec_" + "A" * 32
HUB, HOOK, RELAY = "https://hub.example/", "https://hook.example/s3cret-path", "https://relay.example/"
EPISODE = make_episode(guid="g", published_at=NOON - timedelta(days=1))
HOUR = timedelta(hours=1)
DOWN = NoAnswer("outside-unreachable", "It cannot be reached.", url=HUB)
STATED = {
    "base_url": "https://example.org",
    "websub_hub": HUB,
    "podping_token": "t0ken",
    "podping_relay": RELAY,
    "webhook_url": HOOK,
    "webhook_secret": SECRET,
}


class Desk:
    """A teller, its clock, and a world that answers as `answer` says."""

    def __init__(self, **stated):
        self.now, self.index, self.asked, self.told = NOON, FakeIndex(), [], []
        self.answer = 204
        settings = Settings(**STATED | stated)
        place = Place(storage=None, index=self.index, box=None, derived=Path(), settings=settings)
        self.teller = Teller(place, clock=lambda: self.now, chance=lambda: 1.0, ask=self._ask)

    def put(self, *announced, show=None, episode=EPISODE):
        show = show or make_show()
        row = ShowRow(show=show, line=make_ledger_show(), changed_at=NOON, version="1")
        rows = {
            episode.guid: EpisodeRow(episode=episode, line=make_line(guid=episode.guid, slug=episode.guid), version="1")
        }
        asked = [
            Announcement(show_guid=show.guid, guid=guid, kind=kind, asked_at=self.now, due_at=self.now)
            for guid, kind in announced
        ]
        self.index.save_show(row, episodes=rows, asked=asked)

    def tell(self):
        """Tell all that is due; gives what became of it."""
        before = len(self.told)
        tell_what_is_due(self.teller, on_told=self.told.append)
        return [one.fate for one in self.told[before:]]

    def run(self, whole, step=timedelta(minutes=1)):
        """Let time pass."""
        end = self.now + whole
        while self.now < end:
            self.tell()
            self.now += step

    def job(self):
        (job,) = self.index.jobs(JobState)
        return job

    def _ask(self, asked, *, guard, limits):
        self.asked.append((self.now, asked))
        answer = self.answer(self.now) if callable(self.answer) else self.answer
        if isinstance(answer, BaseException):
            raise answer
        status, *headers = answer if isinstance(answer, tuple) else (answer,)
        return Fetched(url=asked.url, status=status, headers=tuple(headers), body=b"", size_bytes=0)


@pytest.fixture
def desk():
    return Desk()


def header(asked, name):
    return next((value for key, value in asked.headers if key.lower() == name), None)


def test_a_hub_is_told_the_feed_as_it_names_itself(desk):
    desk.put((WHOLE_FEED, Kind.WEBSUB))
    assert desk.tell() == [Fate.HEARD]
    (asked,) = [asked for _, asked in desk.asked]
    assert (asked.url, asked.method) == (HUB, "POST")
    feed = b"https%3A%2F%2Fexample.org%2Fconversations%2Ffeed.xml"
    assert asked.content == b"hub.mode=publish&hub.url=" + feed + b"&hub.topic=" + feed
    assert desk.tell() == []


def test_podping_is_told_with_the_token_the_medium_and_a_key(desk):
    desk.put((WHOLE_FEED, Kind.PODPING), show=make_show(medium="music"))
    desk.tell()
    ((_, asked),) = desk.asked
    assert asked.url.startswith(RELAY)
    assert "medium=music" in asked.url
    assert header(asked, "authorization") == "t0ken"
    assert len(header(asked, "idempotency-key")) == 32


def test_a_webhook_is_told_which_episode_of_which_show(desk):
    desk.put(("g", Kind.WEBHOOK))
    desk.tell()
    ((_, asked),) = desk.asked
    stated = json.loads(asked.content)
    assert (asked.url, stated["type"], stated["timestamp"]) == (HOOK, "episode.published", "2021-10-04T12:00:00+00:00")
    assert stated["data"]["show"]["feed"] == "https://example.org/conversations/feed.xml"
    assert stated["data"]["episode"] == {
        "guid": "g",
        "title": "Meet the husbands",
        "summary": None,
        "url": "https://example.org/conversations/meet-the-husbands/",
        "published_at": "2021-10-04T12:00:00+00:00",
    }


@pytest.mark.parametrize("kind", [Kind.PODPING, Kind.WEBHOOK])
def test_the_key_is_the_same_each_time_it_is_tried_and_another_for_another_change(desk, kind):
    name = "webhook-id" if kind is Kind.WEBHOOK else "idempotency-key"
    desk.answer = 503
    desk.put(("g", kind))
    desk.run(timedelta(minutes=5))
    desk.now += HOUR
    desk.put(("other", kind), episode=make_episode(guid="other"))
    desk.tell()
    keys = [header(asked, name) for _, asked in desk.asked]
    assert len(keys) >= 4
    assert len(set(keys)) == 2


def test_a_rebuilt_database_tells_an_episode_under_the_same_key(desk):
    other = Desk()
    for one in (desk, other):
        one.put(("g", Kind.WEBHOOK))
        one.tell()
        other.now += HOUR
    assert header(desk.asked[0][1], "webhook-id") == header(other.asked[0][1], "webhook-id")


def test_what_was_due_of_a_feed_before_its_hub_was_told_is_told_with_it(desk):
    desk.put((WHOLE_FEED, Kind.WEBSUB), ("g", Kind.WEBSUB))
    assert desk.tell() == [Fate.HEARD]


def test_what_becomes_due_while_a_slow_hub_is_told_is_told_after_it(desk):
    def slowly(_):
        if len(desk.asked) == 1:
            desk.now += timedelta(seconds=1)
            desk.put(("g", Kind.WEBSUB))
        desk.now += timedelta(seconds=9)
        return 204

    desk.answer = slowly
    desk.put((WHOLE_FEED, Kind.WEBSUB))
    assert desk.tell() == [Fate.HEARD, Fate.HEARD]


def test_a_hub_that_is_down_for_a_day_is_told_once_when_it_is_back(desk):
    back_at = NOON + timedelta(days=1)
    desk.answer = lambda now: 204 if now >= back_at else DOWN
    desk.put((WHOLE_FEED, Kind.WEBSUB))
    desk.run(timedelta(days=2))
    moments = [now for now, _ in desk.asked]
    waits = [(later - now) / timedelta(minutes=1) for now, later in itertools.pairwise(moments)]
    assert waits[:8] == [1, 1, 2, 4, 8, 16, 32, 60]
    assert max(waits) == 60
    assert (len(moments), [one.fate for one in desk.told].count(Fate.HEARD)) == (31, 1)
    assert back_at <= moments[-1] < back_at + HOUR
    assert desk.job().state is JobState.DONE


def test_a_hub_that_never_comes_back_is_given_up_after_three_days(desk):
    desk.answer = DOWN
    desk.put((WHOLE_FEED, Kind.WEBSUB))
    desk.run(timedelta(days=5), step=timedelta(minutes=5))
    assert desk.told[-1].fate is Fate.GIVEN_UP
    assert PATIENCE - HOUR <= desk.asked[-1][0] - NOON <= PATIENCE
    assert desk.job().reason == f"{HUB}: It cannot be reached. It was tried {len(desk.asked)} times."


@pytest.mark.parametrize(
    "answer", [400, 404, 410, 301, AddressRefused("x", "No.", url=HUB), AnswerRefused("x", "No.", url=HUB)]
)
def test_what_can_never_be_heard_is_given_up_at_once(desk, answer):
    desk.answer = answer
    desk.put((WHOLE_FEED, Kind.WEBSUB))
    assert desk.tell() == [Fate.GIVEN_UP]
    desk.run(HOUR)
    assert (len(desk.asked), desk.job().state) == (1, JobState.GIVEN_UP)
    assert HUB in desk.job().reason


@pytest.mark.parametrize("answer", [500, 503, 429, 408, NoAnswer("x", "It says nothing for 20 s.", url=HUB)])
def test_what_may_be_heard_later_is_told_again_in_half_a_minute(desk, answer):
    desk.answer = answer
    desk.put((WHOLE_FEED, Kind.WEBSUB))
    assert desk.tell() == [Fate.AGAIN]
    assert desk.job().due_at - NOON == timedelta(seconds=30)
    assert HUB in desk.job().reason


@pytest.mark.parametrize(
    ("stated", "wait"),
    [
        ("7200", 2 * HOUR),
        ("1", timedelta(seconds=30)),
        ("Tue, 05 Oct 2021 15:00:00 GMT", 3 * HOUR),
        ("9999999", 24 * HOUR),
    ],
)
def test_who_asks_for_patience_is_given_it(desk, stated, wait):
    desk.answer = (503, ("retry-after", stated))
    desk.put((WHOLE_FEED, Kind.WEBSUB))
    desk.tell()
    assert desk.job().due_at - NOON == wait


def test_something_nobody_foresaw_costs_one_job_a_wait_and_is_logged(desk, caplog):
    desk.answer = lambda now: RuntimeError("what?") if len(desk.asked) == 1 else 204
    desk.put(("g", Kind.WEBHOOK), (WHOLE_FEED, Kind.WEBSUB))
    assert desk.tell() == [Fate.AGAIN, Fate.HEARD]
    assert "RuntimeError" in desk.told[0].why
    assert len(caplog.records) == 1


def test_a_new_change_is_told_though_the_last_was_given_up(desk):
    desk.answer = 404
    desk.put((WHOLE_FEED, Kind.WEBSUB))
    desk.tell()
    desk.answer = 204
    desk.put((WHOLE_FEED, Kind.WEBSUB))
    assert desk.tell() == [Fate.HEARD]


def test_an_episode_that_moved_waits_for_its_new_moment(desk):
    moment = NOON + 3 * HOUR
    desk.put(("g", Kind.WEBHOOK), ("g", Kind.WEBSUB), episode=make_episode(guid="g", published_at=moment))
    assert desk.tell() == [Fate.POSTPONED, Fate.POSTPONED]
    assert {job.due_at for job in desk.index.jobs(JobState)} == {moment + PING_AFTER}
    assert desk.asked == []
    desk.now = moment + PING_AFTER
    assert desk.tell() == [Fate.HEARD, Fate.HEARD]


@pytest.mark.parametrize("hidden", [{"draft": True}, {"withdrawn_at": NOON}, {"renditions": ()}])
def test_an_episode_that_is_hidden_again_is_told_to_nobody_until_it_comes_back(desk, hidden):
    desk.put(("g", Kind.WEBHOOK), episode=make_episode(guid="g", **hidden))
    assert (desk.tell(), desk.asked) == ([Fate.DROPPED], [])
    desk.put(("g", Kind.WEBHOOK))
    assert desk.tell() == [Fate.HEARD]


def test_a_show_that_is_gone_is_told_to_nobody(desk):
    desk.put((WHOLE_FEED, Kind.WEBSUB))
    desk.index._tables.shows.clear()
    assert (desk.tell(), desk.asked) == ([Fate.DROPPED], [])


@pytest.mark.parametrize(
    ("stated", "kind", "said"),
    [
        ({"websub_hub": None}, Kind.WEBSUB, "`websub_hub` is not set"),
        ({"podping_token": None}, Kind.PODPING, "Set CASTALOGUE_PODPING_TOKEN"),
        ({"podping_token": "two words"}, Kind.PODPING, "not one word in ASCII"),
        (
            {"podping_token": None, "podping_token_file": Path("none")},
            Kind.PODPING,
            "none cannot be read: No such file",
        ),
        ({"webhook_secret": "short"}, Kind.WEBHOOK, "24 to 64 bytes in Base64"),
        ({"webhook_secret": None}, Kind.WEBHOOK, "`webhook_secret` is not set"),
        ({"base_url": None}, Kind.WEBSUB, "Set CASTALOGUE_BASE_URL"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_and_tried_again(stated, kind, said):
    desk = Desk(**stated)
    desk.put(("g", kind))
    assert desk.tell() == [Fate.AGAIN]
    assert (said in desk.job().reason, desk.asked) == (True, [])
    assert not any(value in desk.job().reason for value in ("two words", "short"))


def test_a_secret_in_a_file_is_read_when_something_is_told(tmp_path):
    file = tmp_path / "token"
    file.write_text("from-a-file\n")
    desk = Desk(podping_token=None, podping_token_file=file)
    desk.put((WHOLE_FEED, Kind.PODPING))
    desk.tell()
    assert header(desk.asked[0][1], "authorization") == "from-a-file"


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (Kind.PODPING, 503),
        (Kind.PODPING, 401),
        (Kind.WEBHOOK, 503),
        (Kind.WEBHOOK, 404),
        (Kind.WEBHOOK, (308, ("location", "https://new.example/s3cret-path"))),
        (Kind.WEBHOOK, NoAnswer("x", "It is away.", url=HOOK)),
    ],
)
def test_no_secret_and_no_webhooks_address_is_kept_or_told(desk, kind, answer, caplog):
    desk.answer = answer
    desk.put(("g", kind))
    desk.tell()
    everything = f"{desk.index.jobs(JobState)} {desk.told} {caplog.text} {desk.teller._settings}"
    assert ("hook.example: " if kind is Kind.WEBHOOK else RELAY) in desk.job().reason
    assert not any(secret in everything for secret in ("s3cret-path", "t0ken", SECRET))


def test_whoever_ends_before_the_answer_is_noted_leaves_the_job_to_be_told_again(desk):
    desk.answer = KeyboardInterrupt()
    desk.put(("g", Kind.WEBHOOK))
    with pytest.raises(KeyboardInterrupt):
        desk.tell()
    desk.answer = 204
    assert desk.tell() == []
    desk.now += LEASE
    assert desk.tell() == [Fate.HEARD]
    assert len({header(asked, "webhook-id") for _, asked in desk.asked}) == 1


def test_a_job_that_ends_whoever_tries_it_is_given_up(desk):
    desk.put(("g", Kind.WEBHOOK))
    for _ in range(300):
        desk.index.take_job(owner="x", now=desk.now, until=desk.now)
    assert desk.tell() == [Fate.GIVEN_UP]
    assert desk.asked == []


def test_a_show_that_asks_to_be_left_out_meanwhile_is_told_to_no_podping(desk):
    desk.put((WHOLE_FEED, Kind.PODPING), show=make_show(block=True))
    assert (desk.tell(), desk.asked) == ([Fate.DROPPED], [])

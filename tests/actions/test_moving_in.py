"""A show that moves in keeps the identities that its subscribers know."""

import json

import pytest
from old_host import GUID, item, may_ask_itself

from catalogue.actions.foreign_feeds import read_foreign_feed
from catalogue.actions.moving_in import move_in, plan_move_in
from catalogue.domain.identity import show_guid_from_url
from catalogue.errors import AnswerRefused, FeedError, GuidTaken, NoAnswer, NotFound
from catalogue.feed_reading import read_feed


@pytest.fixture
def library(shelf):
    """Two episodes with audio, and one that no feed has."""
    shelf.sound("110 Meet the husbands.mp3", title="Meet the husbands")
    shelf.sound("116 After treatment.mp3", seed=2, title="After treatment")
    shelf.sound("extra.mp3", seed=3, title="Only here")
    may_ask_itself(shelf, "https://example.org").index()
    return shelf


def taken_over(library, host, url=None):
    return move_in(library.place, read_foreign_feed(library.place, url or host.url), wishes=library._wishes())


def both(host, **stated):
    first = item("#110 – Meet the Husbands!", guid="old-110")
    second = item("After treatment", guid="https://old.example/?p=116", published="Wed, 06 Oct 2021 09:30:00 +0200")
    host.put(first, second, **stated)


def guids(shelf):
    return {one.guid: one.title for one in shelf.episodes().values()}


def test_guids_dates_and_podcast_guid_are_taken_over(library, host):
    both(host)
    plan, report = taken_over(library, host)
    assert not report.refused
    assert [(one.slug, one.guid) for one in plan.adopted] == [
        ("110-meet-the-husbands", "old-110"),
        ("116-after-treatment", "https://old.example/?p=116"),
    ]
    feed = read_feed(library.feed(), url=None)
    assert feed.channel.text("podcast:guid") == GUID
    dates = {one.guid: one.text("pubDate") for one in feed.items}
    assert dates["https://old.example/?p=116"] == "Wed, 06 Oct 2021 07:30:00 +0000"
    assert [one.title for one in plan.unknown_episodes] == ["Only here"]


def test_what_was_taken_over_stays_when_the_database_is_lost(library, reopened, host):
    both(host)
    taken_over(library, host)
    reopened.index()
    assert (guids(reopened), reopened.feed()) == (guids(library), library.feed())


def test_the_show_file_says_where_the_feed_was_and_keeps_its_own_words(library, host):
    both(host, more='<atom:link rel="self" href="https://feeds.example.net/old"/>')
    before = (library.root / "show.toml").read_text()
    taken_over(library, host, host.web.url("/old"))
    addresses = [host.web.url("/old"), host.url, "https://feeds.example.net/old"]
    assert (library.root / "show.toml").read_text() == (
        before + f'guid = "{GUID}"\nmoved_from = {json.dumps(addresses)}\n'
    )
    new = read_feed(library.feed(), url=None).channel.text("itunes:new-feed-url")
    assert new == "https://example.org/conversations/feed.xml"


def test_doing_it_twice_changes_nothing_more(library, host):
    both(host)
    taken_over(library, host)
    before = library.ledger(), (library.root / "show.toml").read_bytes(), library.feed()
    plan, _ = taken_over(library, host)
    assert (plan.changed_guids, [one for one in plan.adopted if one.is_news]) == (0, [])
    assert (library.ledger(), (library.root / "show.toml").read_bytes(), library.feed()) == before


def test_a_plan_writes_nothing(library, host):
    both(host)
    before = library.ledger(), library.place.index.revision()
    plan = plan_move_in(library.place, read_foreign_feed(library.place, host.url))
    assert (plan.changed_guids, plan.guid) == (2, GUID)
    assert (library.ledger(), library.place.index.revision()) == before


def test_a_note_that_states_a_guid_states_the_new_one(shelf, host):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", "---\ntitle: Meet the husbands  # my words\nguid: mine\n---\n")
    may_ask_itself(shelf).index()
    host.put(item("Meet the husbands", guid="theirs"))
    taken_over(shelf, host)
    assert (shelf.root / "one/episode.md").read_text() == (
        "---\ntitle: Meet the husbands  # my words\nguid: theirs\n---\n"
    )
    assert list(guids(shelf)) == ["theirs"]


def test_a_date_that_a_file_states_is_kept(shelf, host):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", "---\ntitle: Meet the husbands\npublished: 2020-02-02\n---\n")
    may_ask_itself(shelf).index()
    host.put(item("Meet the husbands", guid="theirs"))
    taken_over(shelf, host)
    assert shelf.episodes()["one"].published_at.year == 2020


def test_a_feed_without_a_guid_has_the_one_that_directories_reckon(library, host):
    both(host, guid="")
    assert taken_over(library, host)[0].guid == show_guid_from_url(host.url)


def test_what_two_could_be_is_left_as_it_is(shelf, host):
    shelf.sound("a.mp3", title="Same")
    shelf.sound("b.mp3", seed=2, title="Same")
    may_ask_itself(shelf).index()
    before = guids(shelf)
    host.put(item("Same", guid="x"), item("Other", guid="y"), item("Twice", guid="z"), item("Twice", guid="z"))
    plan, _ = taken_over(shelf, host)
    assert (plan.adopted, guids(shelf)) == ((), before)
    assert [one.guid for one in plan.unknown_items] == ["x", "y", "z", "z"]


def test_the_size_of_a_file_tells_more_than_its_title(shelf, host):
    first, second = (shelf.sound(f"{n}.mp3", seed=n, title=title, seconds=6) for n, title in ((1, "One"), (2, "Two")))
    second.write_bytes(second.read_bytes() + second.read_bytes()[-417:])
    may_ask_itself(shelf).index()
    host.put(
        item("Renamed", guid="x", size=first.stat().st_size, published=""),
        item("Also renamed", guid="y", size=second.stat().st_size, published=""),
    )
    plan, _ = taken_over(shelf, host)
    assert [(one.slug, one.guid) for one in plan.adopted] == [("1", "x"), ("2", "y")]


def test_no_two_episodes_get_one_guid(shelf, host):
    sound = shelf.sound("one/audio.mp3", title="One", seconds=6)
    shelf.sound("two/audio.mp3", seed=2)
    shelf.write("two/episode.md", "---\ntitle: Two\nguid: taken\npublished: 2020-01-01\n---\n")
    may_ask_itself(shelf).index()
    host.put(item("One", guid="taken", size=sound.stat().st_size, url="https://cdn.example.net/one.mp3"))
    before = shelf.ledger()
    with pytest.raises(GuidTaken):
        taken_over(shelf, host)
    assert shelf.ledger() == before


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        ("404 Not Found", b"no", AnswerRefused),
        ("200 OK", b"<html><body>Hello</body></html>", FeedError),
        ("200 OK", b"", FeedError),
        ("200 OK", b"<rss><channel>", FeedError),
        ("200 OK", b'<!DOCTYPE r [<!ENTITY a "aaaa">]><rss><channel>&a;</channel></rss>', FeedError),
    ],
)
def test_what_is_no_feed_is_told_in_a_sentence_and_changes_nothing(library, host, status, body, error):
    host.answer(status, body)
    before = library.ledger()
    with pytest.raises(error, match=r"^http://127.0.0.1:\d+/feed"):
        taken_over(library, host)
    assert library.ledger() == before


def test_nobody_there_and_no_such_show_are_told(library, host):
    both(host)
    with pytest.raises(NotFound, match="There is: conversations"):
        plan_move_in(library.place, read_foreign_feed(library.place, host.url), show="nothing")
    host.web.close()
    with pytest.raises(NoAnswer):
        read_foreign_feed(library.place, host.url)


def test_a_show_that_comes_back_leads_nowhere_any_more(library, host):
    both(host)
    library.write("show.toml", (library.root / "show.toml").read_text() + f'moved_to = "{host.url}"\n')
    library.index()
    taken_over(library, host)
    assert library.publication().first_feed().moved_to is None


def test_an_archive_follows_the_dates_that_are_taken_over(shelf, host, monkeypatch):
    monkeypatch.setattr("catalogue.actions.archiving.PAGE_ITEMS", 2)
    for number in range(4):
        shelf.write(
            f"{number}/episode.md",
            f"---\ntitle: Number {'abcd'[number]}\n"
            f'enclosure: {{url: "https://e.org/{number}", length: 9, type: audio/mpeg}}\n---\n',
        )
    may_ask_itself(shelf).index()
    dates = [f"Tue, 0{5 - number} Oct 2021 08:00:00 GMT" for number in range(4)]
    host.put(*(item(f"Number {'abcd'[n]}", guid=f"g{n}", published=date) for n, date in enumerate(dates)))
    taken_over(shelf, host)
    lines = map(json.loads, shelf.ledger().splitlines()[1:])
    assert {line["guid"]: line["page"] for line in lines} == {"g0": 2, "g1": 2, "g2": 1, "g3": 1}


@pytest.mark.parametrize("said", ["https://old.example/my feed.xml", "https://user@old.example/feed"])
def test_what_a_feed_calls_itself_is_taken_over_only_where_it_can_be_stated(library, host, said):
    both(host, more=f'<atom:link rel="self" href="{said}"/>')
    _, report = taken_over(library, host)
    assert not report.refused
    assert library.publication().first_feed().moved_from == (host.url,)

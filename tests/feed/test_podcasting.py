"""Podcasting 2.0's namespace."""

from datetime import timedelta
from decimal import Decimal

import pytest
from builders import NOON, make_audio, make_episode, make_show

from catalogue.domain.episode import EpisodeType, Soundbite
from catalogue.domain.media import Chapter, Transcript
from catalogue.domain.podcasting import ContentLink, EpisodeExtras, RemoteItem, Value, ValueRecipient, ValueTimeSplit
from catalogue.domain.show import Funding, Owner, Person
from catalogue.domain.show_extras import LiveItem, LiveStatus, ShowExtras


def transcript(format_name: str, language: str, digit: str = "1") -> Transcript:
    return Transcript(path="t", format=format_name, language=language, sha256=digit * 64, size_bytes=9)


def test_a_show_is_known_by_its_guid_and_locked(read):
    feed = read(make_show())
    assert feed.text("//podcast:guid") == make_show().guid
    assert (feed.text("//podcast:locked"), feed.attributes("//podcast:locked")) == ("yes", {})


def test_the_lock_names_an_owner_only_by_a_stated_address(read):
    assert read(make_show(owner=Owner(name="A"))).attributes("//podcast:locked") == {}
    feed = read(make_show(owner=Owner(name="A", email="a@example.org"), show_owner_email=True, locked=False))
    assert feed.attributes("//podcast:locked") == {"owner": "a@example.org"}
    assert feed.text("//podcast:locked") == "no"


def test_a_show_blocked_everywhere_lets_services_in_by_name(read):
    assert not read(make_show()).all("//podcast:block")
    feed = read(make_show(block=True, extras=ShowExtras(allow_services=("podcastindex",), block_services=("youtube",))))
    found = [(element.get("id"), element.text) for element in feed.all("//podcast:block")]
    assert found == [(None, "yes"), ("podcastindex", "no"), ("youtube", "yes")]


def test_a_publisher_is_named_as_one_whatever_was_stated(read):
    stated = RemoteItem(feed_guid="003af0a0-6a45-55cf-b765-68e3d349551a", medium="podcast")
    feed = read(make_show(extras=ShowExtras(publisher=stated)))
    assert feed.attributes("//podcast:publisher/podcast:remoteItem")["medium"] == "publisher"


def test_a_stretch_is_for_another_feed_or_for_those_named_and_never_for_both(read):
    recipient = ValueRecipient(type="node", address="a", split=1)
    split = ValueTimeSplit(
        start=timedelta(0),
        duration=timedelta(seconds=5),
        remote_item=RemoteItem(feed_guid="g"),
        recipients=(recipient,),
    )
    value = Value(type="lightning", method="keysend", recipients=(recipient,), time_splits=(split,))
    feed = read(make_show(), make_episode(extras=EpisodeExtras(value=(value,))))
    assert [child.get("feedGuid") for child in feed.all("//podcast:valueTimeSplit/*")] == ["g"]


def test_a_streams_own_elements_are_rss_and_no_item(read):
    link = ContentLink(url="https://e.org/", label="L")
    live = LiveItem(status=LiveStatus.LIVE, start=NOON, title="Now", guid="g", content_links=(link,))
    feed = read(make_show(extras=ShowExtras(live_items=(live,))), make_episode())
    assert feed.text("//podcast:liveItem/title") == "Now"
    assert len(feed.all("//item")) == 1


@pytest.mark.parametrize(("number", "written"), [("110", "110"), ("7.50", "7.5"), ("1E+2", "100"), ("0", "0")])
def test_episode_numbers_may_have_decimals(read, number, written):
    assert read(make_show(), make_episode(number=Decimal(number))).text("//podcast:episode") == written


def test_there_is_one_transcript_for_each_language_and_format_own_language_first(read):
    texts = [("srt", "es"), ("json", "en"), ("vtt", "es"), ("vtt", "en"), ("vtt", "en")]
    feed = read(make_show(), make_episode(transcripts=tuple(transcript(*text) for text in texts)))
    found = [(element.get("type"), element.get("language")) for element in feed.all("//podcast:transcript")]
    assert found == [
        ("text/vtt", "en"),
        ("application/json", "en"),
        ("text/vtt", "es"),
        ("application/x-subrip", "es"),
    ]


def test_only_what_carries_times_is_captions(read):
    feed = read(make_show(), make_episode(transcripts=(transcript("vtt", "en"), transcript("txt", "en"))))
    assert [element.get("rel") for element in feed.all("//podcast:transcript")] == ["captions", None]


def test_chapters_are_announced_with_the_type_apps_ask_for(read):
    feed = read(make_show(), make_episode(chapters=(Chapter(start=timedelta(0), title="A"),)))
    assert feed.attributes("//podcast:chapters")["type"] == "application/json+chapters"
    assert not read(make_show(), make_episode()).all("//podcast:chapters")


def test_other_renditions_are_alternates_with_bits_a_second_and_a_checksum(read):
    opus = make_audio(format="opus", sha256="00" * 32, size_bytes=17, bitrate_kbps=48)
    feed = read(make_show(), make_episode(renditions=(make_audio(), opus)))
    stated = feed.attributes("//podcast:alternateEnclosure")
    assert stated == {"type": "audio/opus", "length": "17", "bitrate": "48000", "title": "OPUS, 48 kbit/s"}
    assert feed.attributes("//podcast:integrity")["value"] == f"sha256-{'A' * 43}="
    assert feed.attributes("//podcast:source")["uri"].endswith("/meet-the-husbands.opus")


def test_soundbites_are_in_seconds(read):
    bite = Soundbite(start=timedelta(seconds=73.5), duration=timedelta(minutes=1), title="On hope")
    feed = read(make_show(), make_episode(soundbites=(bite,)))
    assert feed.attributes("//podcast:soundbite") == {"startTime": "73.5", "duration": "60"}


def test_a_trailer_is_announced_by_the_show_and_stays_an_item(read):
    feed = read(make_show(), make_episode(type=EpisodeType.TRAILER))
    assert feed.text("//channel/podcast:trailer") == "Meet the husbands"
    assert feed.attributes("//podcast:trailer")["pubdate"] == "Tue, 05 Oct 2021 12:00:00 +0000"
    assert len(feed.all("//item")) == 1


def test_a_teaser_of_a_numbered_episode_is_not_the_shows_trailer(read):
    assert not read(make_show(), make_episode(type=EpisodeType.TRAILER, number=Decimal(3))).all("//podcast:trailer")


def test_labels_keep_to_their_limit(read):
    feed = read(make_show(funding=(Funding(url="https://e.org", label="x" * 200),)))
    assert len(feed.text("//podcast:funding")) == 128


def test_an_episode_without_people_of_its_own_leaves_them_to_the_show(read):
    feed = read(make_show(people=(Person(name="A. Host"),)), make_episode())
    assert feed.attributes("//channel/podcast:person") == {"role": "host", "group": "cast"}
    assert not feed.all("//item/podcast:person")

"""What the public may see at a given moment, and what every address it ever had answers."""

import gzip
from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, make_audio, make_episode, make_show
from shop_window import ShopWindow, chapters_hash

from catalogue.domain.episode import Audience
from catalogue.domain.links import Links
from catalogue.domain.media import Artwork, Chapter, Transcript
from catalogue.errors import MediaError, Moved, NotFound, Withdrawn
from catalogue.formats.pictures.seal import seal

HASH = "a" * 64
MP3 = "meet-the-husbands.mp3"
TOMORROW = NOON + timedelta(days=1)
CHAPTERS = (Chapter(start=timedelta(0), title="Welcome"),)
TRANSCRIPT = Transcript(path="1/en.vtt", format="vtt", language="en", sha256="b" * 64, size_bytes=10)
ARTWORK = Artwork(path="1/artwork.jpg", sha256="d" * 64, width=3000, height=3000)


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    yield opened
    opened.index.close()


def rich(**stated):
    """An episode with a piece of every kind."""
    return make_episode(chapters=CHAPTERS, transcripts=(TRANSCRIPT,), artwork=ARTWORK, **stated)


def pieces(episode):
    """Hash and name of every piece of a rich episode."""
    slug = episode.slug
    names = {HASH: MP3, "b" * 64: f"{slug}.en.vtt", "d" * 64: f"{slug}.cover1.jpg"}
    return [*names.items(), (chapters_hash(episode), f"{slug}.chapters.json")]


def test_episodes_are_listed_newest_first(window):
    newer = make_episode(guid="2", slug="newer", path="2", published_at=TOMORROW)
    window.put(make_episode(), newer)
    window.now = TOMORROW
    assert window.listed() == ["newer", "meet-the-husbands"]


@pytest.mark.parametrize("hidden", [{"draft": True}, {"published_at": TOMORROW}, {"audience": Audience.MEMBERS}])
def test_what_is_not_public_has_no_page_no_line_and_no_file(window, hidden):
    episode = rich(**hidden)
    window.put(episode)
    assert window.listed() == []
    assert b"<item>" not in window.feed().body
    with pytest.raises(NotFound):
        window.page(episode.slug)
    for sha256, name in pieces(episode):
        with pytest.raises(NotFound):
            window.fetch(sha256, name)


def test_a_scheduled_episode_is_all_there_at_its_second(window):
    episode = rich(published_at=TOMORROW)
    (window.derived / f"{'d' * 64}.cover1.jpg").write_bytes(seal(bytes(100)))
    window.put(episode)
    window.now = TOMORROW - timedelta(microseconds=1)
    assert window.listed() == []
    window.now = TOMORROW
    assert window.page(episode.slug) == episode
    assert [window.fetch(*piece).kind for piece in pieces(episode)] == ["audio", "transcript", "image", "chapters"]


def test_audio_says_which_bytes_it_must_be(window):
    window.put(make_episode())
    audio = window.fetch(HASH, MP3)
    assert (audio.size_bytes, audio.mtime_ns, audio.media_type) == (1000, 77, "audio/mpeg")
    assert audio.path.name == "audio.mp3"
    assert audio.download_name == MP3


@pytest.mark.parametrize("name", ["meet-the-husbands.ogg", "x", "mp3"])
def test_a_hash_under_another_ending_is_not_found(window, name):
    window.put(make_episode())
    with pytest.raises(NotFound):
        window.fetch(HASH, name)


def test_a_hash_that_never_was_is_not_found(window):
    window.put(make_episode())
    with pytest.raises(NotFound):
        window.fetch("f" * 64, MP3)


def test_chapters_are_their_own_bytes(window):
    episode = rich()
    window.put(episode)
    chapters = window.fetch(chapters_hash(episode), "meet-the-husbands.chapters.json")
    assert chapters.media_type == "application/json+chapters"
    assert b"Welcome" in chapters.body
    assert chapters.size_bytes == len(chapters.body)


@pytest.mark.parametrize("name", ["conversations.cover9.jpg", "conversations.cover1.png", "conversations.jpg"])
def test_a_picture_by_no_recipe_of_ours_is_not_found(window, name):
    window.put(make_episode())
    with pytest.raises(NotFound):
        window.fetch("c" * 64, name)


def test_a_picture_that_is_not_made_yet_is_not_there_just_now(window):
    window.put(make_episode())
    with pytest.raises(MediaError):
        window.fetch("c" * 64, "conversations.cover1.jpg")


def test_an_earlier_slug_leads_to_that_of_today(window):
    window.put(make_episode(slug="old"))
    window.put(make_episode(slug="new"))
    with pytest.raises(Moved) as caught:
        window.page("old")
    assert caught.value.to == "new"


def test_a_slug_that_came_back_is_a_page_again(window):
    for slug in ("old", "new", "old"):
        window.put(make_episode(slug=slug))
    assert window.page("old").slug == "old"
    with pytest.raises(Moved):
        window.page("new")


def test_an_earlier_slug_of_a_show_leads_to_that_of_today(window):
    window.put(make_episode(), show=make_show(slug="old-name"))
    window.put(make_episode(), show=make_show(slug="new-name"))
    with pytest.raises(Moved) as caught:
        window.publication.show("old-name")
    assert caught.value.to == "new-name"


def test_an_earlier_slug_of_what_is_a_draft_again_says_nothing(window):
    window.put(make_episode(slug="old"))
    window.put(make_episode(slug="new", draft=True))
    with pytest.raises(NotFound):
        window.page("old")


def test_replaced_audio_leads_to_what_took_its_place(window):
    window.put(make_episode())
    window.put(make_episode(renditions=(make_audio(sha256="9" * 64),)))
    with pytest.raises(Moved) as caught:
        window.fetch(HASH, MP3)
    assert caught.value.to == f"/media/{'9' * 64}/{MP3}"


def test_audio_that_was_put_back_is_served_again_and_the_other_leads_to_it(window):
    first, second = make_audio(), make_audio(sha256="9" * 64)
    for audio in (first, second, first):
        window.put(make_episode(renditions=(audio,)))
    assert window.fetch(HASH, MP3).kind == "audio"
    with pytest.raises(Moved) as caught:
        window.fetch("9" * 64, MP3)
    assert caught.value.to == f"/media/{HASH}/{MP3}"


@pytest.mark.parametrize("name", ["evil.bat", "meet-the-husbands.json", "meet-the-husbands.mp3", ".chapters.json.exe"])
def test_chapters_are_under_no_other_ending(window, name):
    episode = rich()
    window.put(episode)
    with pytest.raises(NotFound):
        window.fetch(chapters_hash(episode), name)


def test_earlier_chapters_transcript_and_artwork_lead_to_those_of_today(window):
    old = rich()
    window.put(old)
    chapters = (Chapter(start=timedelta(0), title="Better"),)
    transcript, artwork = replace(TRANSCRIPT, sha256="8" * 64), replace(ARTWORK, sha256="7" * 64)
    new = make_episode(chapters=chapters, transcripts=(transcript,), artwork=artwork)
    window.put(new)
    led = []
    for sha256, name in pieces(old)[1:]:
        with pytest.raises(Moved) as caught:
            window.fetch(sha256, name)
        led.append(caught.value.to.split("/")[2])
    assert led == ["8" * 64, "7" * 64, chapters_hash(new)]


def test_artwork_that_was_taken_away_leads_to_the_show_s(window):
    window.put(rich())
    window.put(make_episode())
    with pytest.raises(Moved) as caught:
        window.fetch("d" * 64, "meet-the-husbands.cover1.jpg")
    assert caught.value.to == f"/media/{'c' * 64}/conversations.cover1.jpg"


def test_a_transcript_that_was_taken_away_is_gone(window):
    window.put(rich())
    window.put(make_episode())
    with pytest.raises(Withdrawn):
        window.fetch("b" * 64, "meet-the-husbands.en.vtt")


def test_a_withdrawn_episode_is_gone_with_every_address_it_ever_had(window):
    episode = rich(slug="old")
    window.put(episode)
    window.put(rich(slug="new", renditions=(make_audio(sha256="9" * 64),)))
    window.put(rich(slug="new", renditions=(make_audio(sha256="9" * 64),), withdrawn_at=NOON))
    assert window.listed() == []
    for slug in ("old", "new"):
        with pytest.raises(Withdrawn):
            window.page(slug)
    for sha256, name in [*pieces(episode), ("9" * 64, "new.mp3")]:
        with pytest.raises(Withdrawn):
            window.fetch(sha256, name)


def test_bytes_that_a_withdrawn_episode_shared_are_still_the_other_s(window):
    window.put(make_episode(guid="2", slug="two", path="2", withdrawn_at=NOON), make_episode())
    assert window.fetch(HASH, MP3).kind == "audio"


def test_missing_audio_keeps_page_and_item_and_is_not_there_just_now(window):
    episode = make_episode(transcripts=(TRANSCRIPT,), missing_since=NOON)
    window.put(episode)
    assert window.page(episode.slug) == episode
    assert b"<item>" in window.feed().body
    with pytest.raises(MediaError):
        window.fetch(HASH, MP3)
    assert window.fetch("b" * 64, "x.en.vtt").kind == "transcript"


def test_audio_whose_file_the_index_does_not_know_is_not_there_just_now(window):
    window.put(make_episode(), files=())
    with pytest.raises(MediaError):
        window.fetch(HASH, MP3)


def test_what_only_the_ledger_knows_and_whose_files_are_gone_is_not_there_just_now(window):
    episode = make_episode()
    window.put(episode)
    window.forget(episode, missing_since=NOON)
    with pytest.raises(MediaError):
        window.page(episode.slug)
    with pytest.raises(MediaError):
        window.fetch(HASH, MP3)


def test_a_feed_is_one_object_until_something_changes(window):
    window.put(make_episode())
    first = window.feed()
    assert window.feed() is first
    window.put(make_episode(title="New"))
    assert window.feed().body != first.body


def test_a_feed_says_when_it_will_change_and_then_does(window):
    window.put(make_episode(), make_episode(guid="2", slug="two", path="2", published_at=TOMORROW))
    before = window.feed()
    assert (before.due_at, before.changed_at) == (TOMORROW, NOON)
    window.now = TOMORROW
    after = window.feed()
    assert (after.due_at, after.changed_at) == (None, TOMORROW)
    assert after.body.count(b"<item>") == 2


def test_a_scheduled_draft_is_never_due(window):
    window.put(make_episode(published_at=TOMORROW, draft=True))
    assert window.feed().due_at is None


def test_entity_tags_differ_for_each_address_and_coding(window):
    window.put(make_episode())
    feeds = [window.feed("https://a.example"), window.feed("https://b.example")]
    assert len({tag for feed in feeds for tag in (feed.plain.etag, feed.gzip.etag)}) == 4


def test_the_packed_feed_is_the_same_feed(window):
    window.put(make_episode())
    assert gzip.decompress(window.feed().gzip.body) == window.feed().body


def test_another_process_s_change_is_seen_after_a_second_and_not_asked_for_before(window):
    show = window.put(make_episode())
    assert window.listed() == ["meet-the-husbands"]
    window.put(make_episode(draft=True), show=show)
    window.ticks -= 0.5
    assert window.listed() == ["meet-the-husbands"], "within a second nobody asks the database"
    window.ticks += 0.5
    assert window.listed() == []


def test_the_first_feed_is_that_of_the_show_seen_first(window):
    later = make_show(guid="2", slug="later", first_seen_at=TOMORROW)
    window.put(show=later)
    assert window.publication.first_feed() == later
    window.put(show=make_show())
    assert window.publication.first_feed() == make_show()


def test_an_empty_catalogue_has_no_feed_and_is_ready(window):
    assert window.publication.shows() == ()
    assert window.publication.is_ready()
    with pytest.raises(NotFound):
        window.publication.first_feed()
    with pytest.raises(NotFound):
        window.publication.show("anything")


def test_a_transcript_whose_file_is_unknown_has_no_sentences(window):
    assert window.publication.cues(TRANSCRIPT) == ()


def test_a_show_that_took_another_slug_in_the_middle_of_a_request_is_still_found(window):
    before = window.put(make_episode())
    window.put(make_episode(), show=make_show(slug="another"))
    assert len(window.publication.episodes(before, NOON)) == 1
    assert window.publication.feed(before, Links("https://example.org"), NOON).body


def test_what_is_near_an_episode_follows_the_index(window):
    older = make_episode(guid="2", slug="older", path="2", published_at=NOON - timedelta(days=1))
    window.put(make_episode(), older)
    show, publication = window.publication.shows()[0], window.publication
    assert publication.nearby(show, older, NOON).newer.slug == "meet-the-husbands"
    window.put(replace(make_episode(), draft=True), older)
    assert window.publication.nearby(show, older, NOON).newer is None

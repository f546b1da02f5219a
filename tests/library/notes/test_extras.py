"""Podcasting 2.0's rarer tables as people type them: typed, whole, every mistake told with its line."""

from datetime import UTC, datetime, timedelta

import pytest

from catalogue.domain.podcasting import (
    AlternateEnclosure,
    Chat,
    EpisodeExtras,
    Place,
    RemoteItem,
    SocialInteract,
    Value,
    ValueRecipient,
    ValueTimeSplit,
)
from catalogue.errors import ContentErrors
from catalogue.library.notes.episode_note import read_episode_note
from catalogue.library.notes.front_matter import read_note
from catalogue.library.notes.note_values import render_entry
from catalogue.library.show_file import read_show_file

GUID = "29cdca4a-32d8-56ba-b48b-09a011c5daa9"


def episode(front: str):
    return read_episode_note(read_note(f"---\n{front}\n---\n".encode(), "episode.md"), timezone="UTC").get("extras")


def show(text: str):
    return read_show_file(text.encode(), "show.toml").get("extras")


def refusals(read, text: str) -> list[str]:
    with pytest.raises(ContentErrors) as caught:
        read(text)
    return [str(error) for error in caught.value.errors]


def test_an_episode_that_states_none_of_them_has_none():
    assert episode("title: T") is None
    assert episode("chat:") is None
    assert show('title = "T"') is None


def test_a_word_stands_for_the_first_field_of_a_table():
    assert episode("social_interact: disabled").social_interact == (SocialInteract(protocol="disabled"),)
    assert show(f'publisher = "{GUID}"').publisher == RemoteItem(feed_guid=GUID)


def test_attributes_have_the_names_that_people_write():
    found = episode("alternate_enclosures: {type: video/mp4, length: 7, default: yes, sources: 'ipfs://Qm'}")
    wanted = AlternateEnclosure(
        media_type="video/mp4", size_bytes=7, is_default=True, sources=(Place(uri="ipfs://Qm"),)
    )
    assert found.alternate_enclosures == (wanted,)


def test_a_value_keeps_its_amount_as_typed_and_its_order():
    found = episode("value: {type: lightning, method: keysend, suggested: 0.00000005000, recipients: " + RECIPIENTS)
    assert found.value[0].suggested == "0.00000005000"
    assert [recipient.name for recipient in found.value[0].recipients] == ["Zoe", "Ana"]


RECIPIENTS = "[{name: Zoe, type: node, address: a, split: 1}, {name: Ana, type: node, address: b, split: 99}]}"


def test_streams_are_in_the_shows_own_time_zone():
    live = (
        'live_items = [{ status = "live", start = "2021-11-02 19:00", title = "T", guid = "G", '
        'enclosure = { url = "https://e.org/a", length = 1, type = "audio/mpeg" }, '
        'content_links = { url = "https://e.org/", label = "L" } }]\n'
    )
    assert show(live).live_items[0].start == datetime(2021, 11, 2, 19, tzinfo=UTC)
    assert show(live + 'timezone = "America/New_York"\n').live_items[0].start == datetime(2021, 11, 2, 23, tzinfo=UTC)


def test_all_that_is_wrong_is_told_at_once_with_its_line():
    found = refusals(
        episode,
        "social_interact:\n  - protocol: activitypub\n  - {protocl: nostr}\nchat: {server: irc.example.org}\n"
        "images:\n  - url: banner.png\n    aspect_ratio: wide",
    )
    assert found == [
        "episode.md, line 3: `social_interact` needs `uri` too. Add it.",
        "episode.md, line 4: There is no key `protocl` in `social_interact`. Did you mean `protocol`?",
        "episode.md, line 5: `chat` needs `protocol` too. Add it.",
        "episode.md, line 7: `url` in `images` is not a web address: 'banner.png'. Write it whole, such as "
        "https://example.org/page.",
        "episode.md, line 8: `aspect_ratio` in `images` is not a ratio of width to height: 'wide'. Write it like 16/9.",
    ]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("content_links: {url: 'javascript:alert(1)', label: L}", "is not a web address"),
        ("alternate_enclosures: {type: video/mp4, sources: 'javascript:x'}", "is not an address: 'javascript:x'"),
        ("alternate_enclosures: {type: video/mp4, sources: []}", "`alternate_enclosures` needs `sources` too"),
        ("alternate_enclosures: {type: film, sources: 'ipfs://Qm'}", "is not a media type: 'film'"),
        ("social_interact: {protocol: two words, uri: 'https://e.org'}", "is one short word"),
        ("social_interact: {protocol: nostr, uri: nowhere}", "is not an address: 'nowhere'"),
        ("value: {type: t, method: m, recipients: []}", "`value` needs `recipients` too"),
        ("value: {type: t, method: m, suggested: a lot, recipients: {type: t, address: a, split: 1}}", "not an amount"),
        ("value: {type: t, method: m, recipients: {type: t, address: a, split: half}}", "is not a whole number"),
        ("images: {url: 'https://e.org/a.png', type: picture}", "is not a media type"),
    ],
)
def test_what_a_note_cannot_mean_is_told_with_its_mend(front, said):
    assert said in "\n".join(refusals(episode, front))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('podroll = ["not-a-guid"]', "is not a podcast GUID"),
        ('block_services = ["You Tube"]', "is one short word"),
        ('live_items = { status = "soon", start = "2021-11-02", title = "T", guid = "G" }', "pending or live or ended"),
        (
            'live_items = { status = "live", start = "2021-11-02", title = "T", guid = "G", content_links = [] }',
            "`live_items` needs `content_links`, `enclosure` too",
        ),
        ('podping = "often"', "is neither yes nor no"),
        ('timezone = "Nowhere"\n[chat]\nserver = "e.org"', "`chat` needs `protocol` too"),
    ],
)
def test_what_a_show_cannot_mean_is_told_with_its_mend(text, said):
    assert said in "\n".join(refusals(show, text))


def test_what_is_written_into_a_note_is_read_back_the_same():
    recipient = ValueRecipient(type="node", address="02d5", split=95, name="Ana", is_fee=True)
    split = ValueTimeSplit(
        start=timedelta(seconds=61.5), duration=timedelta(minutes=4), remote_item=RemoteItem(feed_guid=GUID)
    )
    stated = EpisodeExtras(
        value=(Value(type="lightning", method="keysend", recipients=(recipient,), time_splits=(split,)),),
        chat=Chat(server="irc.example.org", protocol="irc", space="#one"),
    )
    front = "".join(render_entry(key, getattr(stated, key)) for key in ("value", "chat"))
    assert episode(front) == stated

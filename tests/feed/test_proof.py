"""What an item is found to say when it is read back."""

import pytest
from builders import NOON, make_episode, make_show

from catalogue.domain.links import Links
from catalogue.domain.media import RemoteAudio
from catalogue.feed.fragment import ItemRenderer
from catalogue.feed.proof import Proof, head_fault, item_faults, render_items
from catalogue.feed.rss import render_head, render_item

LINKS = Links("https://example.org")
HEAD = render_head(make_show(), LINKS, built_at=NOON)
GOOD = make_episode(guid="good")
UNICODE = 0x110000


def proof(episode=GOOD, xml=None):
    return Proof(episode=episode, xml=render_item(make_show(), episode, LINKS) if xml is None else xml)


def mangled(old, new):
    xml = proof().xml
    assert old in xml
    return proof(xml=xml.replace(old, new))


def test_a_good_item_has_no_fault():
    remote = RemoteAudio(url="https://ñ.example/a b.mp3?x=1&y=2", size_bytes=0, media_type="audio/mpeg")
    episodes = [GOOD, make_episode(guid="remote", renditions=(), remote=remote), make_episode(guid=" blanks\tand\n ")]
    assert item_faults(HEAD, [proof(one) for one in episodes], LINKS) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</item>", b""),
        (b"<title>", b"<title>\x00"),
        (b"</item>", b"</item><item/>"),
        (b"</item>", b"</item>stray"),
        (b"</item>", b"</item><title>Another</title>"),
        (b"</item>", b"</item></channel><channel>"),
        (b"</guid>", b" </guid>"),
        (b"</guid>", b"</guid><guid>2</guid>"),
        (b"<title>Meet the husbands</title>", b"<title> </title>"),
        (b'length="1000"', b'length="1001"'),
        (b'length="1000"', b""),
        (b".mp3", b".mp4"),
        (b"audio/mpeg", b"audio/ogg"),
        (b"<enclosure", b"<link"),
        (b"12:00:00", b"12:00:01"),
        (b"<pubDate>", b"<pubDate>on "),
    ],
)
def test_what_an_item_says_otherwise_is_a_fault(old, new):
    assert item_faults(HEAD, [mangled(old, new)], LINKS).keys() == {"good"}


def test_a_bad_item_takes_no_other_with_it():
    others = [proof(make_episode(guid=str(n), slug=f"s{n}")) for n in range(120)]
    bad = mangled(b"</item>", b"</item></channel><channel><item>")
    assert item_faults(HEAD, [*others[:60], bad, *others[60:]], LINKS).keys() == {"good"}


def test_a_guid_that_xml_cannot_carry_is_a_fault_and_not_another_guid():
    for guid in ("a\x00b", "a\x07", "\ud800", "a\x80b", "a\r\nb", "\ufffe"):
        assert item_faults(HEAD, [proof(make_episode(guid=guid))], LINKS).keys() == {guid}


# A title is cut after 255 characters: all of them in titles take a minute, which the suite does not have.
TITLED = [
    *range(0x800),
    *range(0x2000, 0x2100),
    *range(0xD780, 0xE080),
    *range(0xFE00, 0x10080),
    *range(0x10FF80, UNICODE),
]


def characters(step, codes=range(UNICODE)):
    """Characters, all of Unicode with lone surrogates if not said otherwise, in texts of so many."""
    return ["".join(map(chr, codes[start : start + step])) for start in range(0, len(codes), step)]


@pytest.mark.parametrize(
    ("field", "texts"),
    [
        ("notes", characters(4096)),
        ("title", characters(240, TITLED)),
        pytest.param("title", characters(240), marks=pytest.mark.soak),
    ],
    ids=["notes", "title", "all in titles"],
)
def test_every_character_there_is_goes_through_title_and_notes(field, texts):
    stated = [{"notes": "x", field: f"A {text}"} for text in texts]
    episodes = [make_episode(guid=f"g{n}", **values) for n, values in enumerate(stated)]
    renderer = ItemRenderer(make_show())
    fragments, faults = render_items(renderer, episodes)
    proofs = [proof(one, renderer.fill(fragments[one.guid], LINKS.base_url)) for one in episodes]
    assert (faults, item_faults(HEAD, proofs, LINKS)) == ({}, {})


def test_every_character_in_a_guid_is_there_afterwards_or_named():
    texts = [f"g{text}" for text in characters(4096)]
    faults = item_faults(HEAD, [proof(make_episode(guid=text)) for text in texts], LINKS)
    surrogates = {text for text in texts if any("\ud800" <= c <= "\udfff" for c in text)}
    controls = {text for text in texts if "\x00" in text or "\ufffe" in text}
    assert faults.keys() == surrogates | controls


def test_a_renderer_that_raises_costs_its_episode_alone(monkeypatch):
    from catalogue.feed import fragment

    def raises(show, episode, links, content):
        if episode.guid == "good":
            raise ValueError("no")
        return render_item(show, episode, links)

    monkeypatch.setattr(fragment, "render_item", raises)
    fragments, faults = render_items(ItemRenderer(make_show()), [GOOD, make_episode(guid="other")])
    assert (fragments.keys(), faults) == ({"other"}, {"good": "It cannot be written (no)."})


@pytest.mark.parametrize(
    "head",
    [
        HEAD[:-1],
        HEAD + b"<item/>",
        HEAD + b"</channel><channel>",
        b"",
        HEAD.replace(b"<title>", b"<x>").replace(b"</title>", b"</x>"),
    ],
)
def test_a_head_that_is_none_has_a_fault(head):
    assert head_fault(head)


def test_a_head_has_none():
    assert head_fault(HEAD) is None
    assert item_faults(HEAD, [], LINKS) == {}

"""Shows and episodes with anything in any field that an item is made of."""

from datetime import UTC, timedelta, timezone
from decimal import Decimal

from builders import NOON
from hypothesis import strategies as st

from catalogue.domain.episode import Episode, EpisodeType, Season, Soundbite
from catalogue.domain.media import FORMATS, TRANSCRIPT_TYPES, Artwork, Audio, Chapter, RemoteAudio, Transcript
from catalogue.domain.podcasting import (
    AlternateEnclosure,
    Chat,
    ContentLink,
    EpisodeExtras,
    Image,
    Integrity,
    Place,
    RemoteItem,
    SocialInteract,
    Value,
    ValueRecipient,
    ValueTimeSplit,
)
from catalogue.domain.show import Funding, License, Location, Person, Show, Txt

# Letters, what XML and HTML escape, what it cannot carry, blanks of all kinds, and long runs.
TEXTS = st.text("aé日😀&<>\"' \t\n\r\x0b\x85\xa0\u2028]:/?#%", max_size=12) | st.just("]]>") | st.just("x & " * 90)
ADDRESSES = st.sampled_from(["https://e.org/a?b=1&c='2'", "https://ñ.example/a b", "mailto:a@e.org", ""]) | TEXTS
ZONES = (UTC, timezone(timedelta(hours=-3, minutes=-30)))
MOMENTS = st.builds(
    lambda since, zone: (NOON + since).astimezone(zone),
    st.timedeltas(timedelta(days=-15_000), timedelta(days=15_000)),
    st.sampled_from(ZONES),
)
DURATIONS = st.timedeltas(timedelta(0), timedelta(days=2))
HASHES = st.sampled_from(["0123456789abcdef" * 4, "f" * 64])
SIZES = st.integers(0, 2**40)
SLUGS = st.sampled_from(["a", "episode-1"])


def some(kind, **stated):
    """Up to two of a kind."""
    return st.lists(built(kind, **stated), max_size=2).map(tuple)


def built(kind, **stated):
    """One of a kind: the given fields as said, the other ones as their types allow."""
    return st.builds(kind, **stated)


def perhaps(values):
    return st.none() | values


PICTURE = built(Artwork, path=st.just("a.jpg"), sha256=HASHES, width=SIZES, height=SIZES)
AUDIO = {
    "path": st.just("1/a"),
    "format": st.sampled_from(sorted(FORMATS)),
    "size_bytes": SIZES,
    "sha256": HASHES,
    "essence": HASHES,
    "duration": perhaps(DURATIONS),
    "bitrate_kbps": perhaps(st.integers(0, 320)),
}
TRANSCRIPTS = some(
    Transcript,
    path=st.just("1/t"),
    format=st.sampled_from(sorted(TRANSCRIPT_TYPES)),
    language=st.sampled_from(["en", "es"]),
    sha256=HASHES,
    size_bytes=SIZES,
)
CHAPTERS = some(Chapter, start=DURATIONS, title=TEXTS, end=perhaps(DURATIONS), url=perhaps(ADDRESSES))
PEOPLE = some(Person, name=TEXTS, role=TEXTS, group=TEXTS, url=perhaps(ADDRESSES), image_url=perhaps(ADDRESSES))
REMOTE = built(RemoteAudio, url=ADDRESSES, size_bytes=SIZES, media_type=TEXTS, duration=perhaps(DURATIONS))

ITEM = built(RemoteItem, feed_guid=TEXTS, feed_url=perhaps(ADDRESSES), title=perhaps(TEXTS))
RECIPIENTS = some(ValueRecipient, type=TEXTS, address=TEXTS, split=SIZES, name=perhaps(TEXTS), is_fee=st.booleans())
SPLITS = some(ValueTimeSplit, start=DURATIONS, duration=DURATIONS, remote_item=perhaps(ITEM), recipients=RECIPIENTS)
ALTERNATES = some(
    AlternateEnclosure,
    media_type=TEXTS,
    sources=some(Place, uri=ADDRESSES, media_type=perhaps(TEXTS)),
    title=perhaps(TEXTS),
    is_default=st.booleans(),
    integrity=perhaps(built(Integrity, value=TEXTS)),
)
EXTRAS = built(
    EpisodeExtras,
    number_display=perhaps(TEXTS),
    images=some(Image, url=ADDRESSES, purpose=perhaps(TEXTS), alt=perhaps(TEXTS), width=perhaps(SIZES)),
    alternate_enclosures=ALTERNATES,
    social_interact=some(SocialInteract, protocol=TEXTS, uri=perhaps(ADDRESSES), priority=perhaps(SIZES)),
    chat=perhaps(built(Chat, server=TEXTS, protocol=TEXTS, space=perhaps(TEXTS))),
    content_links=some(ContentLink, url=ADDRESSES, label=TEXTS),
    value=some(Value, type=TEXTS, method=TEXTS, recipients=RECIPIENTS, time_splits=SPLITS),
)

EPISODES = built(
    Episode,
    # feedgen refuses what `proof` names as a fault: a GUID that XML cannot carry
    guid=st.text("aé&<> \t\n]", min_size=1, max_size=9),
    slug=SLUGS,
    path=st.just("1"),
    title=TEXTS,
    published_at=MOMENTS,
    language=st.sampled_from(["en", "es-MX"]),
    number=perhaps(st.decimals(0, 9999, places=1) | st.just(Decimal("1E+400"))),
    season=perhaps(built(Season, number=st.integers(0, 99), name=perhaps(TEXTS))),
    type=st.sampled_from(EpisodeType),
    summary=perhaps(TEXTS),
    notes=TEXTS | st.just("word & " * 900),
    author=perhaps(TEXTS),
    explicit=perhaps(st.booleans()),
    block=st.booleans(),
    link=perhaps(ADDRESSES),
    renditions=st.lists(built(Audio, **AUDIO), min_size=1, max_size=2).map(tuple) | st.just(()),
    remote=REMOTE,
    chapters=CHAPTERS,
    transcripts=TRANSCRIPTS,
    artwork=perhaps(PICTURE),
    artwork_alt=perhaps(TEXTS),
    people=PEOPLE,
    funding=some(Funding, url=ADDRESSES, label=TEXTS),
    license=perhaps(built(License, identifier=TEXTS, url=perhaps(ADDRESSES))),
    location=some(Location, name=TEXTS, rel=perhaps(TEXTS), geo=perhaps(TEXTS), osm=perhaps(TEXTS)),
    txt=some(Txt, value=TEXTS, purpose=perhaps(TEXTS)),
    soundbites=some(Soundbite, start=DURATIONS, duration=DURATIONS, title=perhaps(TEXTS)),
    content_warning=perhaps(TEXTS),
    extras=perhaps(EXTRAS),
)
SHOWS = built(
    Show,
    guid=st.just("g"),
    slug=SLUGS,
    path=st.just(""),
    title=TEXTS,
    description=TEXTS,
    author=TEXTS,
    language=st.just("en"),
    first_seen_at=MOMENTS,
    explicit=st.booleans(),
    artwork=perhaps(PICTURE),
    artwork_alt=perhaps(TEXTS),
)

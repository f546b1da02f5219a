"""Run the example of a rule: put into a feed, or into a library, that nothing else is wrong with.

An example may begin with lines such as `# seconds: 1200`, which say what is known besides. What follows takes the place
of what has the same name: elements of the show as they are, those of an episode in an `<item>`; or a note and its front
matter, or lines of show.toml.
"""

import copy
import re
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from builders import make_audio, make_episode, make_show
from lxml import etree

from catalogue.check.facts import FeedFacts, LibraryEpisode, LibraryFacts
from catalogue.check.library_rule import EPISODE_RULES, LIBRARY_RULES
from catalogue.check.library_run import check_library
from catalogue.check.rule import Finding
from catalogue.check.run import check_feed
from catalogue.domain.episode import Source
from catalogue.domain.facts import AudioFacts, ImageFacts, Remark
from catalogue.domain.loudness import Loudness
from catalogue.domain.show import Category
from catalogue.domain.written_page import PageKind
from catalogue.feed_reading import NAMESPACES
from catalogue.library.notes.episode_note import NOTE_KEYS, read_episode_note
from catalogue.library.notes.front_matter import read_note
from catalogue.library.notes.page_note import read_page_note
from catalogue.library.show_file import read_show_file

KNOWN = re.compile(r"# ([a-z][a-z ]*): (.+)\n?")
FEED_URL = "https://example.org/talk/feed.xml"
CHANNEL = """
<title>Garden Talk</title>
<link>https://example.org/talk/</link>
<description>Two people and a garden.</description>
<language>en</language>
<lastBuildDate>Tue, 12 Oct 2021 08:00:00 +0000</lastBuildDate>
<atom:link href="https://example.org/talk/feed.xml" rel="self" type="application/rss+xml"/>
<itunes:author>Garden Talk</itunes:author>
<itunes:explicit>false</itunes:explicit>
<itunes:category text="Leisure"/>
<itunes:image href="https://example.org/cover.jpg"/>
<itunes:owner><itunes:name>Garden Talk</itunes:name><itunes:email>talk@example.org</itunes:email></itunes:owner>
<podcast:guid>9b024349-ccf0-5f69-a609-6b82873eab3c</podcast:guid>
<podcast:locked>yes</podcast:locked>
"""
ITEM = """
<title>Episode about {number}</title>
<guid isPermaLink="false">guid-{number}</guid>
<pubDate>Tue, 05 Oct 2021 0{number}:00:00 +0000</pubDate>
<description>All about compost.</description>
<enclosure url="https://example.org/media/{number}.mp3" length="2000" type="audio/mpeg"/>
<itunes:duration>1200</itunes:duration>
"""


FACTS: dict[str, Callable[[str, str, str], dict[str, Any]]] = {
    "bytes": lambda value, audio, _: {"lengths": {audio: int(value)}},
    "seconds": lambda value, audio, _: {"durations": {audio: timedelta(seconds=int(value))}},
    "type": lambda value, audio, _: {"types": {audio: value}},
    "found": lambda value, audio, _: {"without_seek_header": frozenset({audio})},
    "published as": lambda value, audio, _: {"guid_by_audio": {audio: value}},
    "chapters": lambda value, _, chapters: {"chapters": {chapters: value.encode()}},
}


def split_example(text: str) -> tuple[dict[str, str], str]:
    """What is known besides, by name, and the rest of an example."""
    known = {}
    while match := KNOWN.match(text):
        known[match[1]] = match[2].strip()
        text = text[match.end() :]
    return known, text


def check_feed_example(text: str) -> tuple[Finding, ...]:
    """Check a perfect feed with an example in it."""
    known, body = split_example(text)
    root = _feed(body, episodes=int(known.pop("episodes", 1)))
    enclosure = root.find("channel/item/enclosure")
    audio = enclosure.get("url", "") if enclosure is not None else ""
    chapters = root.find("channel/item/{*}chapters")
    url, size = known.pop("read at", None), int(known.pop("bytes in all", 0))
    facts = {"now": datetime(2021, 10, 13, tzinfo=UTC)}
    for name, value in known.items():
        facts |= FACTS[name](value, audio, chapters.get("url") if chapters is not None else "")
    content = _declared(etree.tostring(root, encoding="unicode"), body)
    content += f"<!--{'x' * (size - len(content))}-->" if size else ""
    return check_feed(content.encode(), url=url, facts=FeedFacts(**facts))


def _feed(body: str, *, episodes: int) -> Any:
    """The perfect feed with the elements of an example in place of those of the same name."""
    root_attributes = re.search(r"<rss\b([^>]*)>", body)
    declared = root_attributes[1] if root_attributes else ""
    names = {name: uri for name, uri in NAMESPACES.items() if f"xmlns:{name}=" not in declared}
    version = "" if "version=" in declared else ' version="2.0"'
    spaces = "".join(f' xmlns:{name}="{uri}"' for name, uri in names.items())
    head = f"<rss{version}{declared}{spaces}>"
    elements = "" if body.startswith(("<?xml", "<rss")) else body
    channel = etree.fromstring(f"{head}<channel>{CHANNEL}</channel></rss>")[0]
    example = etree.fromstring(f"{head}<channel>{elements}</channel></rss>")[0]
    _replace(channel, [child for child in example if _is_early(child)])
    stated = example.findall("item")
    count = max(len(stated), 1) if episodes else 0
    for index in range(count):
        item = etree.fromstring(f"{head}<item>{ITEM.format(number=count - index)}</item></rss>")[0]
        _replace(item, list(stated[index]) if stated else [])
        channel.append(item)
    channel.extend(child for child in example if child.tag != "item" and not _is_early(child))
    return channel.getparent()


def _is_early(child: Any) -> bool:
    """Whether an element of the show stands before all items, or there are none."""
    return child.tag != "item" and not any(other.tag == "item" for other in child.itersiblings(preceding=True))


def _replace(parent: Any, children: list[Any]) -> None:
    for tag in {child.tag for child in children}:
        for old in parent.findall(tag):
            parent.remove(old)
    parent.extend(copy.deepcopy(child) for child in children)


def _declared(xml: str, body: str) -> str:
    declaration = re.match(r"<\?xml.*?\?>", body)
    return (declaration[0] if declaration else '<?xml version="1.0" encoding="UTF-8"?>') + xml


NO_TRANSLATIONS: Any = {"stem": "a", "translations": (), "problems": []}


def check_library_example(rule_id: str, text: str) -> tuple[Finding, ...]:
    """Check a perfect library with an example in it: lines of show.toml for rules over a show, else a note."""
    known, body = split_example(text)
    show = make_show(slug="talk", categories=(Category(name="Leisure"),), disclaimer="No advice.")
    episode = make_episode(slug="compost", notes="", sources=(Source(title="A book"),))
    written = ()
    if rule_id == "H04":
        written = (read_page_note(read_note(_note(body), "topics/a.md"), PageKind.TOPIC, **NO_TRANSLATIONS),)
    elif rule_id in LIBRARY_RULES:
        show = replace(show, disclaimer=None)
        show = replace(show, **read_show_file(body.encode(), "show.toml"))
    else:
        stated = read_episode_note(read_note(_note(body), "1/episode.md"), timezone="UTC")
        is_health = rule_id.startswith("H")
        episode = replace(episode, **({"sources": ()} if is_health else {}) | stated)
    sound, duration = _sound(known.pop("audio", ""))
    lufs = known.pop("loudness", "")
    loudness = Loudness(sha256="a" * 64, integrated_lufs=float(lufs)) if lufs else None
    episode = replace(episode, renditions=(make_audio(duration=duration),))
    today = date.fromisoformat(known.pop("today", "2021-10-13"))
    assert not known, f"nobody knows what {known} means"
    library = LibraryFacts(
        show=show,
        today=today,
        episodes=(LibraryEpisode(episode=episode, sounds={"1/audio.mp3": sound}, loudness=loudness),),
        base_url="https://example.org",
        pages=frozenset({"/talk/compost/"}),
        shows=frozenset({"talk"}),
        written=written,
    )
    return check_library(library)


def _note(body: str) -> bytes:
    """A note: an example that begins with keys of front matter is that, any other the notes."""
    is_front = body.partition(":")[0] in NOTE_KEYS
    return f"---\n{body}\n---\n".encode() if is_front else body.encode()


def _sound(stated: str) -> tuple[AudioFacts, timedelta]:
    """Audio with nothing wrong but what is stated, as TOML on one line."""
    values = tomllib.loads(f"audio = {{ {stated} }}")["audio"]
    duration = timedelta(seconds=values.pop("duration", 2880))
    if remark := values.pop("remark", None):
        values["remarks"] = (Remark(code=remark, message="There is something with it."),)
    if size := values.pop("cover_bytes", None):
        values["artwork"] = ImageFacts(sha256="b" * 64, format="jpeg", width=3000, height=3000, size_bytes=size)
    usual = {"format": "mp3", "sample_rate_hz": 44100, "bitrate_kbps": 96, "channels": 1}
    return AudioFacts(sha256="a" * 64, essence="e" * 64, size_bytes=1000, **usual | values), duration


def check_example(rule_id: str, text: str) -> tuple[Finding, ...]:
    """Check an example of any rule."""
    if rule_id in LIBRARY_RULES or rule_id in EPISODE_RULES:
        return check_library_example(rule_id, text)
    return check_feed_example(text)

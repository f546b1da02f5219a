"""Rules C21 and I23: what may stand only once, in the show and in an episode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from catalogue.check.rule import Flaw, Level, item_rule, rule
from catalogue.feed_reading import Element, FeedDocument, Item

# RSS 2.0: optional channel elements stand once; Podcasting 2.0: count 1 in the channel; Apple: every channel tag but
# the category. The title is rule C01's.
ONCE_IN_SHOW = frozenset(
    "link description language copyright pubDate lastBuildDate generator ttl image "
    "podcast:guid podcast:locked podcast:medium podcast:license podcast:podroll podcast:updateFrequency "
    "podcast:publisher podcast:podping podcast:chat itunes:author itunes:block itunes:complete itunes:explicit "
    "itunes:image itunes:new-feed-url itunes:owner itunes:subtitle itunes:summary itunes:title itunes:type".split()
)
# The same of an item. The enclosure is rule I03's.
ONCE_IN_EPISODE = frozenset(
    "title link description guid pubDate content:encoded podcast:chapters podcast:season podcast:episode "
    "podcast:license podcast:chat itunes:author itunes:block itunes:duration itunes:episode itunes:episodeType "
    "itunes:explicit itunes:image itunes:season itunes:subtitle itunes:summary itunes:title".split()
)


@rule("C21", Level.ERROR, source="RSS 2.0; Podcasting 2.0; Apple: A Podcaster's Guide to RSS")
def single_elements_stand_once(feed: FeedDocument) -> Iterator[Flaw]:
    """Elements that may stand once in the show do; of two, apps take either.

    Mend: remove all but one.

    Passes: <podcast:locked>yes</podcast:locked>
    Fails: <podcast:locked>yes</podcast:locked> <podcast:locked>no</podcast:locked>
    """
    yield from _repeated(feed.channel, ONCE_IN_SHOW)


@item_rule("I23", Level.ERROR, source="RSS 2.0; Podcasting 2.0; Apple: A Podcaster's Guide to RSS")
def single_elements_of_an_episode_stand_once(item: Item) -> Iterator[Flaw]:
    """Elements that may stand once in an episode do; of two, apps take either.

    Mend: remove all but one.

    Passes: <item><itunes:duration>1200</itunes:duration></item>
    Fails: <item><itunes:duration>1200</itunes:duration> <itunes:duration>1201</itunes:duration></item>
    """
    yield from _repeated(item, ONCE_IN_EPISODE)


def _repeated(parent: Element, once: frozenset[str]) -> Iterator[Flaw]:
    names = [child.name for child in parent.children]
    if len(set(names)) == len(names):
        return
    counts = Counter(name for name in names if name in once)
    for name, count in sorted(counts.items()):
        if count > 1:
            yield Flaw(message=f"`{name}` stands {count} times; keep one.", at=parent.all(name)[1])

"""Rules C09, C10, C11 and I20: the bytes of covers, as they are served."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalogue.check.address import ending
from catalogue.check.addresses import Kind, Place, places_of_addresses
from catalogue.check.online import OnlineReplies, Reply, online_rule
from catalogue.check.rule import Flaw, Level
from catalogue.domain.facts import CoverFacts
from catalogue.feed_reading import FeedDocument

SMALLEST, LARGEST = 1400, 3000
# NPR One and Spotify, by PRX's help page: half a MiB.
ADVISED_BYTES = 512 * 1024
FORMATS = {"jpeg": frozenset({"jpg", "jpeg"}), "png": frozenset({"png"})}
# A pixel is what cropping by hand leaves, and nobody sees it.
TOLERATED_PIXELS = 1


@online_rule("C09", Level.ERROR, source="Apple: A Podcaster's Guide to RSS; Apple: artwork; PSP-1")
def cover_can_be_shown(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """The show's cover is a square JPEG or PNG of 1400 to 3000 pixels in RGB, and its ending says which.

    Mend: save it as JPEG at 3000 × 3000 pixels in the colours RGB.

    Passes:
        GET /cover.jpg
        200 OK
        # picture: JPEG 3000 × 3000 RGB
    Fails:
        GET /cover.jpg
        200 OK
        # picture: JPEG 3000 × 3000 CMYK
    """
    for place, reply in _pictures(feed, online):
        if place.item is None:
            found = [reply.content_fault] if reply.content_fault else _flaws_of(reply.picture, place.url)
            yield from (Flaw(message=message, at=place.element, value=place.url) for message in found)


@online_rule("C10", Level.WARNING, source="Apple: artwork; PRX: artwork of 512 KB")
def cover_is_light(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """The show's cover has no transparent parts, best 3000 pixels and at most 512 KB.

    Mend: save it as JPEG at 3000 × 3000 pixels, of a quality that keeps it small.

    Passes:
        GET /cover.jpg
        200 OK
        # picture: JPEG 3000 × 3000 RGB
    Fails:
        GET /cover.jpg
        200 OK
        # picture: JPEG 1400 × 1400 RGB
    """
    for place, reply in _pictures(feed, online):
        cover = reply.picture
        if place.item is not None or cover is None:
            continue
        if cover.has_alpha:
            yield Flaw(message="Parts of the cover are transparent.", at=place.element, value=place.url)
        if cover.size_bytes > ADVISED_BYTES:
            message = f"The cover has {cover.size_bytes // 1024} KB; some apps take 512 at most."
            yield Flaw(message=message, at=place.element, value=place.url, level=Level.ADVICE)
        if SMALLEST <= min(cover.width, cover.height) < LARGEST:
            message = f"The cover has {cover.width} × {cover.height} pixels; large screens want 3000 × 3000."
            yield Flaw(message=message, at=place.element, value=place.url, level=Level.ADVICE)


@online_rule("C11", Level.WARNING, source="Apple: artwork")
def new_cover_has_a_new_address(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """A cover that has other bytes than at an earlier look has another address, too.

    Mend: give the new picture a file name that no earlier one had; directories keep what they once took from there.

    Passes:
        GET /cover.jpg
        200 OK
        # last look: the same bytes
        # picture: JPEG 3000 × 3000 RGB
    Fails:
        GET /cover.jpg
        200 OK
        # last look: other bytes
        # picture: JPEG 3000 × 3000 RGB
    """
    for place, reply in _once(_pictures(feed, online)):
        if reply.other_until is None:
            continue
        message = f"The cover is another one than on {reply.other_until.isoformat()}, at the same address."
        yield Flaw(message=message, at=place.element, item=place.item, value=place.url)


@online_rule("I20", Level.WARNING, source="Apple: A Podcaster's Guide to RSS")
def episode_cover_can_be_shown(feed: FeedDocument, online: OnlineReplies) -> Iterator[Flaw]:
    """An episode's own cover is a square JPEG or PNG of 1400 to 3000 pixels in RGB, and its ending says which.

    Mend: save it as JPEG at 3000 × 3000 pixels in the colours RGB; without one, the show's cover is shown.

    Passes:
        GET /episode.png
        200 OK
        # picture: PNG 1400 × 1400 RGB
    Fails:
        GET /episode.png
        200 OK
        # picture: PNG 900 × 900 RGB
    """
    for place, reply in _once(one for one in _pictures(feed, online) if one[0].item is not None):
        found = [reply.content_fault] if reply.content_fault else _flaws_of(reply.picture, place.url)
        for message in found:
            yield Flaw(message=message, at=place.element, item=place.item, value=place.url)


def _once(pictures: Iterable[tuple[Place, Reply]]) -> Iterator[tuple[Place, Reply]]:
    """Each address where it stands first."""
    told: set[str] = set()
    for place, reply in pictures:
        if place.url not in told:
            told.add(place.url)
            yield place, reply


def _pictures(feed: FeedDocument, online: OnlineReplies) -> Iterator[tuple[Place, Reply]]:
    for place in places_of_addresses(feed):
        reply = online.replies.get(place.url)
        if place.kind is Kind.PICTURE and reply is not None and reply.is_there:
            yield place, reply


def _flaws_of(cover: CoverFacts | None, url: str) -> Iterator[str]:
    if cover is None:
        return
    if cover.format not in FORMATS:
        yield f"The cover is {cover.format}; directories take JPEG and PNG."
    elif ending(url) in frozenset().union(*FORMATS.values()) - FORMATS[cover.format]:
        yield f"The cover is {cover.format}, and its address ends in .{ending(url)}."
    size = f"{cover.width} × {cover.height} pixels"
    if abs(cover.width - cover.height) > TOLERATED_PIXELS:
        yield f"The cover has {size}; it must be square."
    elif min(cover.width, cover.height) < SMALLEST:
        yield f"The cover has {size}; at least {SMALLEST} × {SMALLEST} are needed."
    elif max(cover.width, cover.height) > LARGEST + TOLERATED_PIXELS:
        yield f"The cover has {size}; at most {LARGEST} × {LARGEST} are taken."
    if not cover.is_rgb:
        yield f"The colours of the cover are not RGB, but {cover.mode}."

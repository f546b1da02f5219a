"""Which key of `show.toml` or of a note an element of the feed is made of, and which file else."""

from __future__ import annotations

from collections.abc import Mapping

NOTES = ""
"""In place of a key: the notes below the front matter."""
AUDIO, ARTWORK, TRANSCRIPTS, CHAPTERS = "<audio>", "<artwork>", "<transcripts>", "<chapters>"
"""In place of a key: a file beside the note."""

_BOTH = {
    "link": "link",
    "title": "title",
    "itunes:author": "author",
    "itunes:block": "block",
    "itunes:explicit": "explicit",
    "itunes:image": ARTWORK,
    "podcast:chat": "chat",
    "podcast:funding": "funding",
    "podcast:image": "images",
    "podcast:license": "license",
    "podcast:location": "location",
    "podcast:person": "people",
    "podcast:remoteItem": "remote_items",
    "podcast:socialInteract": "social_interact",
    "podcast:txt": "txt",
    "podcast:value": "value",
}
# Element of the channel → key of show.toml.
SHOW_KEYS: Mapping[str, str] = _BOTH | {
    "copyright": "copyright",
    "description": "description",
    "language": "language",
    "itunes:category": "categories",
    "itunes:complete": "complete",
    "itunes:email": "owner",
    "itunes:name": "owner",
    "itunes:new-feed-url": "new_feed_url",
    "itunes:owner": "owner",
    "itunes:subtitle": "subtitle",
    "itunes:summary": "description",
    "itunes:title": "apple_title",
    "itunes:type": "type",
    "podcast:block": "block_services",
    "podcast:guid": "guid",
    "podcast:liveItem": "live_items",
    "podcast:locked": "locked",
    "podcast:medium": "medium",
    "podcast:podping": "podping",
    "podcast:podroll": "podroll",
    "podcast:publisher": "publisher",
    "podcast:updateFrequency": "update_frequency",
}
# Element of an item → key of the note.
NOTE_KEYS: Mapping[str, str] = _BOTH | {
    "content:encoded": NOTES,
    "description": NOTES,
    "enclosure": AUDIO,
    "guid": "guid",
    "pubDate": "published",
    "itunes:duration": AUDIO,
    "itunes:episode": "number",
    "itunes:episodeType": "type",
    "itunes:season": "season",
    "itunes:subtitle": "summary",
    "itunes:summary": "summary",
    "itunes:title": "title",
    "podcast:alternateEnclosure": AUDIO,
    "podcast:chapters": CHAPTERS,
    "podcast:contentLink": "content_links",
    "podcast:episode": "number",
    "podcast:integrity": AUDIO,
    "podcast:season": "season",
    "podcast:soundbite": "soundbites",
    "podcast:source": AUDIO,
    "podcast:transcript": TRANSCRIPTS,
}
# Rule → key, where the element at fault is one that is not there.
MISSING_KEYS: Mapping[str, str] = {
    "C01": "title",
    "C02": "description",
    "C03": "link",
    "C04": "language",
    "C05": "categories",
    "C07": "explicit",
    "C08": ARTWORK,
    "C14": "locked",
    "C15": "author",
    "C18": "owner",
    "H02": "sources",
    "I02": "title",
    "I03": AUDIO,
    "I04": AUDIO,
    "I11": "published",
    "I13": NOTES,
    "I14": NOTES,
    "I15": AUDIO,
    "I16": "number",
    "I17": "number",
    "I22": AUDIO,
}

"""Slips of old hosts that readers of feeds forgive, and that no producer can mend there: mended without loss.

Everything else stays as broken as it is: half a feed must not look like a whole one. The linter forgives none of these.
"""

from __future__ import annotations

import re

from catalogue.feed_reading import NAMESPACES

# Namespaces that feeds of podcasts use, beside those with names of ours.
_KNOWN = {
    **NAMESPACES,
    "dc": "http://purl.org/dc/elements/1.1/",
    "googleplay": "http://www.google.com/schemas/play-podcasts/1.0",
    "media": "http://search.yahoo.com/mrss/",
    "psc": "http://podlove.org/simple-chapters",
}
_LATE_DECLARATION = re.compile(rb"(\xef\xbb\xbf)?(\s+)(<\?xml\s[^>]*\?>)")
_ROOT = re.compile(rb"<rss(?=[\s>])")


def forgiven(content: bytes) -> bytes:
    r"""A document with its XML declaration before any blank lines, and the well-known prefixes that it uses declared.

    Lines keep their numbers. What needs neither is given as it is.

    >>> forgiven(b"\n<?xml version='1.0'?><rss><itunes:type/></rss>")
    b'<?xml version=\'1.0\'?>\n<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><itunes:type/></rss>'
    """
    late = _LATE_DECLARATION.match(content)
    if late is not None:
        content = late[3] + late[2] + content[late.end() :]
    lacking = "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in _KNOWN.items()
        if f"<{prefix}:".encode() in content and f"xmlns:{prefix}".encode() not in content
    )
    return _ROOT.sub(lambda root: root[0] + lacking.encode(), content, count=1) if lacking else content

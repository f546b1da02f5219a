"""A feed and all that it names, served on this machine without a fault."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image
from small_web import SmallWeb, header, reply

LENGTH = 2000
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>Garden Talk</title>
<link>{base}/</link>
<description>Two people and a garden.</description>
<language>en</language>
<atom:link href="{base}/feed.xml" rel="self" type="application/rss+xml"/>
<itunes:image href="{base}/cover.jpg"/>
<podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>
<podcast:publisher><podcast:remoteItem medium="publisher" feedGuid="003af0a0-6a45-55cf-b765-68e3d349551a"
 feedUrl="{base}/publisher.xml"/></podcast:publisher>
<item>
<title>Compost</title>
<guid isPermaLink="false">guid-1</guid>
<pubDate>Tue, 12 Oct 2021 08:00:00 +0000</pubDate>
<enclosure url="{base}/a.mp3" length="2000" type="audio/mpeg"/>
<itunes:duration>1200</itunes:duration>
<itunes:image href="{base}/episode.png"/>
<podcast:transcript url="{base}/a.vtt" type="text/vtt"/>
<podcast:chapters url="{base}/a.json" type="application/json+chapters"/>
</item>
</channel>
</rss>
"""
CHAPTERS = b'{"version": "1.2.0", "chapters": [{"startTime": 0}, {"startTime": 300}, {"startTime": 900}]}'
CORS = "Access-Control-Allow-Origin: *"
JPEG, PNG = "Content-Type: image/jpeg", "Content-Type: image/png"
RSS = "Content-Type: application/rss+xml; charset=utf-8"


class SoundSite(SmallWeb):
    """A web with a feed at `/feed.xml`; a test breaks one answer."""

    def __init__(self) -> None:
        super().__init__()
        self.set_feed(FEED)
        self.set_audio("Content-Type: audio/mpeg", f"Content-Length: {LENGTH}")
        self.answers |= {
            "/cover.jpg": reply(picture("JPEG", 3000), JPEG),
            "/episode.png": reply(picture("PNG", 1400), PNG),
            "/publisher.xml": reply(publisher("917393e3-1b1e-5cef-ace4-edaa54e1f810"), RSS),
            "/a.vtt": reply(b"WEBVTT\n", "Content-Type: text/vtt; charset=utf-8", CORS),
            "/a.json": reply(CHAPTERS, "Content-Type: application/json+chapters", CORS),
        }

    @property
    def base(self) -> str:
        return self.url("")

    def set_feed(self, text: str, *headers: str) -> None:
        """Serve a feed as it should be, or with other headers."""
        stated = headers or (RSS, 'ETag: "1"')
        body = text.format(base=self.base).encode()

        def answer():
            same = header(self.heard[-1], "if-none-match") == '"1"'
            yield reply(b"", 'ETag: "1"', status="304 Not Modified") if same else reply(body, *stated)

        self.answers["/feed.xml"] = answer

    def set_audio(self, *headers: str) -> None:
        self.answers["HEAD /a.mp3"] = reply(b"", *headers)
        self.answers["GET /a.mp3"] = reply(b"ID", f"Content-Range: bytes 0-1/{LENGTH}", status="206 Partial Content")


def publisher(guid: str) -> bytes:
    """A publisher's feed that lists the show with this GUID."""
    head = '<?xml version="1.0"?><rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel>'
    return f'{head}<podcast:remoteItem feedGuid="{guid}"/></channel></rss>'.encode()


@cache
def picture(kind: str, edge: int, *, mode: str = "RGB", height: int = 0) -> bytes:
    content = io.BytesIO()
    Image.new(mode, (edge, height or edge)).save(content, kind)
    return content.getvalue()

"""WebSub: tell a hub that feeds changed, so that it tells their readers at once."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from catalogue.outside.exchange import Asked

FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def ask_hub(hub: str, feeds: Sequence[str]) -> Asked:
    """Say to a hub that these feeds changed, addresses as in their own `rel="self"`; 2xx means it heard.

    WebSub leaves open how; hubs understand what PubSubHubbub 0.4 said, section 7.1: a form with hub.mode=publish and
    hub.url, which may stand there several times.

    >>> ask_hub("https://hub.example/", ["https://a.example/feed.xml"]).content
    b'hub.mode=publish&hub.url=https%3A%2F%2Fa.example%2Ffeed.xml'
    """
    fields = [("hub.mode", "publish"), *(("hub.url", feed) for feed in feeds)]
    return Asked(url=hub, method="POST", headers=FORM, content=urlencode(fields).encode("ascii"))

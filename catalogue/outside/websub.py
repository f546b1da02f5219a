"""WebSub: tell a hub that feeds changed, so that it tells their readers at once."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from catalogue.outside.exchange import Asked

FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def ask_hub(hub: str, feeds: Sequence[str]) -> Asked:
    """Say to a hub that these feeds changed, addresses as in their own `rel="self"`; 2xx means it heard.

    WebSub leaves open how; hubs understand what PubSubHubbub 0.4 said, section 7.1: a form with hub.mode=publish and
    hub.url, which may stand there several times. Hubs that are younger (Flask-WebSub) look for hub.topic, as WebSub
    calls a feed elsewhere: so it stands there too.

    >>> ask_hub("https://hub.example/", ["https://a.example/"]).content
    b'hub.mode=publish&hub.url=https%3A%2F%2Fa.example%2F&hub.topic=https%3A%2F%2Fa.example%2F'
    """
    names = ("hub.url", "hub.topic")
    fields = [("hub.mode", "publish"), *((name, feed) for name in names for feed in feeds)]
    return Asked(url=hub, method="POST", headers=FORM, content=urlencode(fields).encode("ascii"))

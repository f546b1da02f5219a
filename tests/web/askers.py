"""Who asks for a feed, and with which headers: browsers as they send them, and apps as they name themselves.

Browsers: Fetch Metadata (W3C) and what the browsers' own documents and developer tools show; plain http to another host
carries none of it. Apps and directories: their own documents and the lists of the Open Podcast Analytics Working Group.
"""

WEBKIT = "AppleWebKit/{} (KHTML, like Gecko)"
CHROME = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT.format('537.36')} Chrome/131.0.0.0 Safari/537.36"
CHROME_PHONE = CHROME.replace("Windows NT 10.0; Win64; x64", "Linux; Android 10; K").replace(
    " Safari", " Mobile Safari"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0"
APPLE = WEBKIT.format("605.1.15")
SAFARI = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/{{}} Safari/605.1.15"
IPHONE = f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) {APPLE} Version/17.6 Mobile/15E148 Safari/604.1"
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
CODINGS = "gzip, deflate, br, zstd"


def _opened(agent: str, site: str = "none", **more: str) -> dict[str, str]:
    return _fetched(agent, "document", "navigate", site=site, Accept=PAGE) | more


def _fetched(agent: str, dest: str, mode: str, *, site: str = "cross-site", **more: str) -> dict[str, str]:
    metadata = {"Sec-Fetch-Dest": dest, "Sec-Fetch-Mode": mode, "Sec-Fetch-Site": site}
    return {"User-Agent": agent, "Accept": "*/*", "Accept-Encoding": CODINGS} | metadata | more


PEOPLE = {
    "Chrome, address typed": _opened(CHROME) | {"Sec-Fetch-User": "?1", "Upgrade-Insecure-Requests": "1"},
    "Chrome, link on another site": _opened(CHROME, "cross-site") | {"Sec-Fetch-User": "?1"},
    "Chrome, reloaded": _opened(CHROME) | {"Cache-Control": "max-age=0"},
    "Chrome for Android": _opened(CHROME_PHONE) | {"Sec-CH-UA-Mobile": "?1", "Sec-Fetch-User": "?1"},
    "Samsung Internet": _opened(CHROME_PHONE.replace("Chrome", "SamsungBrowser/27.0 Chrome")),
    "Edge": _opened(f"{CHROME} Edg/131.0.0.0", "same-origin") | {"Sec-Fetch-User": "?1", "DNT": "1"},
    "Firefox": _opened(FIREFOX) | {"Sec-Fetch-User": "?1", "Priority": "u=0, i"},
    "Safari 17": _opened(SAFARI.format("17.6")),
    "Safari on an iPhone": _opened(IPHONE, "same-origin"),
}
APPS = {
    "Safari 15, before it said so": {"User-Agent": SAFARI.format("15.6"), "Accept": PAGE},
    "Chrome over plain http": {"User-Agent": CHROME, "Accept": PAGE, "Upgrade-Insecure-Requests": "1"},
    "a web player's fetch": _fetched(CHROME, "empty", "cors", Origin="https://player.example"),
    "a feed reader that is an extension": _fetched(FIREFOX, "empty", "cors", site="same-origin"),
    "a link that is saved": _fetched(CHROME, "empty", "navigate"),
    "a feed in another site's frame": _fetched(CHROME, "iframe", "navigate"),
    "an audio element that was given the feed": _fetched(CHROME, "audio", "no-cors"),
    "Apple Podcasts, the directory": {"User-Agent": "iTMS"},
    "Apple Podcasts, an older app": {"User-Agent": "Podcasts/1410.53 CFNetwork/1111 Darwin/19.0.0 (x86_64)"},
    "Overcast": {"User-Agent": "Overcast/1.0 Podcast Sync (123 subscribers; feed-id=456789; +http://overcast.fm/)"},
    "Pocket Casts": {"User-Agent": "PocketCasts/1.0 (Pocket Casts Feed Parser; +http://pocketcasts.com/)"},
    "AntennaPod": {"User-Agent": "AntennaPod/3.5.0", "Accept-Encoding": "gzip"},
    "Podcast Addict": {"User-Agent": "PodcastAddict/v5 (+https://podcastaddict.com/; Android podcast app)"},
    "Castro": {"User-Agent": "Tentacles, Like iTunes", "Accept": "application/rss+xml, text/xml"},
    "Spotify": {"User-Agent": "Spotify/1.0", "Accept-Encoding": "gzip"},
    "Amazon Music": {"User-Agent": "Amazon Music Podcast"},
    "Podcast Index": {"User-Agent": "Aggrivator (PodcastIndex.org)/v0.1.8"},
    "gPodder": {"User-Agent": "gPodder/3.11.4 (http://gpodder.org/) Linux", "Accept-Encoding": "gzip, deflate"},
    "Player FM": {"User-Agent": "PlayerFM/1.0 Podcast Sync"},
    "BeyondPod, which calls itself Mozilla": {"User-Agent": "Mozilla/5.0 (Linux; U; en-us; BeyondPod 4)"},
    "a program that says nothing": {},
}

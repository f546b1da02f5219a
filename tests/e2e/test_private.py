"""What the running program writes down of those who visit it: nothing."""

import http.client
from urllib.parse import urlsplit

from serving import SHOW

TOLD = {
    "User-Agent": "telltale-agent",
    "X-Forwarded-For": "192.0.2.77",
    "Referer": "https://telltale.example/",
    "Cookie": "a=telltale",
}
ASKED = (
    ("GET", "/search/?q=telltale-words"),
    ("GET", f"/{SHOW}/?q=telltale-words"),
    ("GET", f"/{SHOW}/110-meet-the-husbands/?t=telltale"),
    ("GET", "/nothing/telltale-path/?q=telltale-words"),
    ("HEAD", f"/{SHOW}/feed.xml?telltale=1"),
    ("POST", "/?q=telltale-words"),
    ("BREW", "/telltale-path"),
    ("GET", "/embed/oembed.json?url=telltale"),
    ("GET", "/%ff%fe?telltale"),
)


def test_no_address_no_query_and_no_agent_is_written_down(sample):
    before = len(sample.messages)
    for method, path in ASKED:
        connection = http.client.HTTPConnection(urlsplit(sample.url).netloc, timeout=20)
        connection.request(method, path, headers=TOLD)
        assert connection.getresponse().status < 600
        connection.close()
    written = sample.messages[before:]
    assert "telltale" not in written and "192.0.2.77" not in written and "127.0.0.1" not in written

"""`check --online` remembers covers from one run to the next."""

import io
import json
import shutil

import pytest
from PIL import Image
from small_web import SmallWeb, reply

FEED = """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>Garden Talk</title><itunes:image href="{cover}"/></channel></rss>"""


@pytest.fixture
def web():
    small = SmallWeb()
    small.answers["/feed.xml"] = reply(FEED.format(cover=small.url("/cover.png")).encode())
    yield small
    small.close()


@pytest.fixture
def told(terminal, web):
    """What rule C11 says where the cover has this colour."""

    def check(colour):
        content = io.BytesIO()
        Image.new("RGB", (9, 9), colour).save(content, "PNG")
        web.answers["/cover.png"] = reply(content.getvalue())
        done = terminal.type("check", web.url("/feed.xml"), "--online", "--json", CASTALOGUE_ALLOW_OUTSIDE="127.0.0.1")
        return [one["message"] for one in json.loads(done.stdout)["findings"] if one["rule"] == "C11"]

    return check


def test_a_cover_that_changed_since_the_last_check_is_told(told):
    assert told("red") == told("red") == []
    (message,) = told("blue")
    assert message.startswith("The cover is another one than on 20")


def test_a_check_makes_no_data_folder_to_remember_covers(told, terminal):
    shutil.rmtree(terminal.data)
    assert told("red") == told("blue") == []
    assert not terminal.data.exists()

"""What members get by addresses of their own, and that nobody else does."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from builders import NOON, make_audio, make_episode

sys.path.insert(0, str(Path(__file__).parents[1] / "actions"))

from shop_window import ShopWindow
from visitor import Visitor

from catalogue.domain.episode import Audience
from catalogue.domain.members import hash_token

BASE = "https://pods.example"
TOKEN, OTHER = "a" * 43, "b" * 43
PUBLIC, CLOSED, LATER = ("1" * 64), ("2" * 64), ("3" * 64)
GUID = "{https://podcastindex.org/namespace/1.0}guid"


def episode(slug, sha256, **stated):
    audio = make_audio(sha256=sha256, path=f"{slug}/audio.mp3")
    return make_episode(guid=slug, slug=slug, path=slug, title=f"About {slug}", renditions=(audio,), **stated)


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    show = opened.put(
        episode("open", PUBLIC),
        episode("closed", CLOSED, audience=Audience.MEMBERS),
        episode("later", LATER, audience=Audience.MEMBERS, published_at=NOON + timedelta(days=1)),
        episode("drafted", "4" * 64, audience=Audience.MEMBERS, draft=True),
    )
    for name in ("open", "closed", "later"):
        path = tmp_path / "library" / name / "audio.mp3"
        path.parent.mkdir()
        path.write_bytes(b"sound")
    opened.index.add_member(show.guid, "Ana", token_hash=hash_token(TOKEN), now=NOON)
    yield opened
    opened.index.close()


@pytest.fixture
def visitor(window):
    return Visitor(window.publication)


def items(visitor, path):
    root = ET.fromstring(visitor.get(path).data)
    return {item.findtext("guid"): item for item in root.iter("item")}


def own(visitor, token=TOKEN):
    return items(visitor, f"/private/{token}/feed.xml")


def test_a_member_s_feed_has_all_that_is_out_and_the_public_one_does_not(visitor):
    assert set(own(visitor)) == {"open", "closed"}
    assert set(items(visitor, "/conversations/feed.xml")) == {"open"}


def test_every_address_of_media_in_it_is_the_member_s_own(visitor):
    body = visitor.get(f"/private/{TOKEN}/feed.xml").text
    assert f"{BASE}/media/" not in body
    for item in own(visitor).values():
        assert item.find("enclosure").get("url").startswith(f"{BASE}/private/{TOKEN}/media/")
    assert f'href="{BASE}/private/{TOKEN}/feed.xml" rel="self"' in body


def test_what_it_names_is_there(visitor):
    for item in own(visitor).values():
        path = item.find("enclosure").get("url").removeprefix(BASE)
        assert visitor.get(path).status_code in (200, 503)  # 503: the window knows other bytes than lie there
        assert visitor.get(path.replace(TOKEN, OTHER)).status_code == 404
        assert "public" not in visitor.get(path).headers["Cache-Control"]


def test_a_closed_episode_is_nowhere_in_public(visitor):
    name = "closed.mp3"
    assert visitor.get(f"/media/{CLOSED}/{name}").status_code == 404
    for path in ("/", "/sitemap.xml", "/conversations/feed.json", "/search/?q=closed"):
        assert "About closed" not in visitor.get(path).text


def test_it_tells_no_directory_and_no_hub(visitor):
    answer = visitor.get(f"/private/{TOKEN}/feed.xml")
    root = ET.fromstring(answer.data)
    assert root.findtext("channel/{http://www.itunes.com/dtds/podcast-1.0.dtd}block") == "Yes"
    assert root.findtext(f"channel/{GUID}") != visitor.publication.shows()[0].guid
    assert 'rel="hub"' not in answer.text
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert "noindex" in answer.headers["X-Robots-Tag"]


def test_it_is_packed_and_asked_for_again_cheaply(visitor):
    path = f"/private/{TOKEN}/feed.xml"
    for coding in ("gzip", "identity"):
        first = visitor.get(path, Accept_Encoding=coding)
        again = visitor.get(path, Accept_Encoding=coding, If_None_Match=first.headers["ETag"])
        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
        assert again.headers["Cache-Control"] == "private, no-cache"


def test_two_members_never_have_one_feed(window, visitor):
    show = window.publication.shows()[0]
    window.index.add_member(show.guid, "Eve", token_hash=hash_token(OTHER), now=NOON)
    one, two = (visitor.get(f"/private/{token}/feed.xml") for token in (TOKEN, OTHER))
    assert one.headers["ETag"] != two.headers["ETag"]
    assert TOKEN not in two.text
    assert visitor.get(f"/private/{OTHER}/feed.xml", If_None_Match=one.headers["ETag"]).status_code == 200


@pytest.mark.parametrize("below", ["", "feed.xml", f"media/{CLOSED}/closed.mp3", f"media/{PUBLIC}/open.mp3"])
def test_a_revoked_address_leads_nowhere_at_once(window, visitor, below):
    path = f"/private/{TOKEN}/{below}"
    assert visitor.get(path).status_code in (200, 503)
    window.index.revoke_member(window.index.find_member(hash_token(TOKEN)), now=NOON)
    assert visitor.get(path).status_code == 410


@pytest.mark.parametrize("token", ["x", "b" * 43, "%00" * 20, "a" * 200, "<b>" * 9, "..%2f" * 5])
def test_a_token_that_nobody_has_is_not_found(visitor, token):
    for below in ("", "feed.xml", f"media/{PUBLIC}/open.mp3"):
        assert visitor.get(f"/private/{token}/{below}").status_code == 404


def test_the_page_says_how_to_subscribe_and_plays_what_is_for_members(visitor):
    answer = visitor.get(f"/private/{TOKEN}/")
    assert f'value="{BASE}/private/{TOKEN}/feed.xml"' in answer.text
    assert "About closed" in answer.text
    assert "About later" not in answer.text
    assert f'src="/private/{TOKEN}/media/{CLOSED}/closed.mp3"' in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text


def test_the_page_of_a_revoked_address_says_what_to_do(window, visitor):
    window.index.revoke_member(window.index.find_member(hash_token(TOKEN)), now=NOON)
    assert "ask the people who make the show for a new one" in visitor.get(f"/private/{TOKEN}/").text


def test_a_browser_that_opens_the_feed_gets_the_page(visitor):
    answer = visitor.get(f"/private/{TOKEN}/feed.xml", Sec_Fetch_Dest="document", Sec_Fetch_Mode="navigate")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/private/{TOKEN}/")


def test_an_episode_comes_to_members_at_its_moment(window, visitor):
    own(visitor)
    visitor.now = NOON + timedelta(days=1)
    assert set(own(visitor)) == {"open", "closed", "later"}


def test_earlier_audio_leads_to_today_s_within_the_member_s_own_addresses(window, visitor):
    window.put(episode("closed", "5" * 64, audience=Audience.MEMBERS))
    answer = visitor.get(f"/private/{TOKEN}/media/{CLOSED}/closed.mp3")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/private/{TOKEN}/media/{'5' * 64}/closed.mp3")


def test_a_show_that_has_moved_away_still_has_its_members_here(window, visitor):
    show = window.publication.shows()[0]
    window.put(episode("open", PUBLIC), show=replace(show, moved_to="https://elsewhere.example/feed.xml"))
    answer = visitor.get(f"/private/{TOKEN}/feed.xml")
    assert answer.status_code == 200
    assert "elsewhere.example" not in answer.text

"""What a guest gets by an address to one episode that is not out, and that nobody else does."""

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON, make_audio, make_episode

sys.path.insert(0, str(Path(__file__).parents[1] / "actions"))

from shop_window import ShopWindow
from visitor import Visitor

from catalogue.domain.episode import Audience
from catalogue.domain.media import Chapter
from catalogue.domain.members import hash_token
from catalogue.domain.previews import Preview

TOKEN = "a" * 43
ADDRESS = f"/private/preview/{TOKEN}/"
SOUND, OTHER = "1" * 64, "2" * 64


def episode(slug="soon", sha256=SOUND, **stated):
    audio = make_audio(sha256=sha256, path=f"{slug}/audio.mp3", size_bytes=5)
    chapters = (Chapter(start=timedelta(), title="How it began"),)
    values = {"title": f"About {slug}", "renditions": (audio,), "chapters": chapters, "published_at": None}
    return make_episode(guid=slug, slug=slug, path=slug, **{"draft": True} | values | stated)


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    opened.put(episode(), episode("other", OTHER))
    for name in ("soon", "other"):
        path = tmp_path / "library" / name / "audio.mp3"
        path.parent.mkdir()
        path.write_bytes(b"sound")
    stated = Preview(
        id=0, show_guid=opened.publication.shows()[0].guid, guid="soon", made_by="Ana", made_at=NOON,
        ends_at=NOON + timedelta(days=7),
    )  # fmt: skip
    opened.index.add_preview(stated, token_hash=hash_token(TOKEN))
    yield opened
    opened.index.close()


@pytest.fixture
def visitor(window):
    return Visitor(window.publication)


def test_the_page_is_the_episode_s_with_a_quiet_line_and_nothing_to_subscribe_or_share(visitor):
    page = visitor.text(ADDRESS)
    assert "This episode is not out yet. The page is for you alone." in page
    assert "About soon" in page and "How it began" in page
    assert f'src="{ADDRESS}media/{SOUND}/soon.mp3"' in page
    assert "oembed" not in page and "application/ld+json" not in page and 'rel="canonical"' not in page
    assert "/conversations/soon/" not in page


def test_nothing_of_it_is_kept_listed_or_told_on(visitor):
    answer = visitor.get(ADDRESS, Cookie="a=b")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer.headers
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    for path in ("/", "/sitemap.xml", "/conversations/feed.json", "/search/?q=soon"):
        assert "About soon" not in visitor.get(path).text


def test_its_media_are_there_for_the_guest_alone_and_nothing_else_is(visitor):
    assert visitor.get(f"{ADDRESS}media/{OTHER}/other.mp3").status_code == 404
    assert visitor.get(f"/media/{SOUND}/soon.mp3").status_code == 404
    found = visitor.get(f"{ADDRESS}media/{SOUND}/soon.mp3")
    assert found.status_code == 503  # the window knows other bytes than lie there
    assert "no-store" in found.headers["Cache-Control"]


@pytest.mark.parametrize("stated", [{"published_at": NOON + timedelta(days=3), "draft": False}, {"renditions": ()}])
def test_scheduled_ones_and_notes_without_a_recording_have_a_page_too(window, visitor, stated):
    window.put(episode(**stated))
    assert "About soon" in visitor.text(ADDRESS)


def test_an_episode_for_members_has_a_page_too_after_it_came_out(window, visitor):
    window.put(episode(draft=False, audience=Audience.MEMBERS, published_at=NOON))
    assert "About soon" in visitor.text(ADDRESS)


def test_it_ends_by_itself_with_a_kind_page(visitor):
    visitor.now = NOON + timedelta(days=7)
    answer = visitor.get(ADDRESS)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (410, "private, no-store")
    assert "ask the person who sent it to you for a new one" in answer.text
    assert "About soon" not in answer.text
    assert visitor.get(f"{ADDRESS}media/{SOUND}/soon.mp3").status_code == 410


def test_it_is_over_at_once_when_it_is_taken_back_or_the_episode_is_withdrawn(window, visitor):
    window.index.end_preview(window.index.find_preview(hash_token(TOKEN)), now=NOON)
    assert visitor.get(ADDRESS).status_code == 410


def test_a_withdrawn_episode_is_shown_to_no_guest(window, visitor):
    window.forget(episode(), withdrawn_at=NOON)
    assert visitor.get(ADDRESS).status_code == 410


@pytest.mark.parametrize("days", [0, 30])
def test_once_public_it_leads_to_the_page_though_it_is_over(window, visitor, days):
    window.put(replace(episode(), draft=False, published_at=NOON))
    visitor.now = NOON + timedelta(days=days)
    answer = visitor.get(ADDRESS)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/conversations/soon/")
    answer = visitor.get(f"{ADDRESS}media/{SOUND}/soon.mp3")
    assert (answer.status_code, answer.headers["Location"]) == (307, f"/media/{SOUND}/soon.mp3")


def test_it_speaks_as_the_show_does_and_in_other_languages_too(visitor):
    assert "Este episodio aún no se ha publicado" in visitor.text(f"/es{ADDRESS}")
    assert f'href="/es{ADDRESS}"' in visitor.text(ADDRESS)


@pytest.mark.parametrize("token", ["x", "b" * 43, "%00" * 20, "a" * 200, "<b>" * 9, "..%2f" * 5])
@pytest.mark.parametrize("below", ["", "es/", "transcript/", f"media/{SOUND}/soon.mp3"])
def test_a_token_that_nobody_has_is_not_found(visitor, token, below):
    assert visitor.get(f"/private/preview/{token}/{below}").status_code == 404


def test_what_it_has_not_is_not_found(visitor):
    assert visitor.get(f"{ADDRESS}transcript/").status_code == 404
    assert visitor.get(f"{ADDRESS}ja/").status_code == 404

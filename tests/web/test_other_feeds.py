"""The feeds beside a show's own, as apps and people meet them."""

import pytest
from builders import make_show

from catalogue.actions.offered_feeds import OtherFeed
from catalogue.domain.selection import LATEST, read_selection
from catalogue.errors import Moved

SEASON = OtherFeed(selection=read_selection("season/2"), label="Living well", count=3)
LIGHT = OtherFeed(selection=LATEST, label="", count=0)
PERSON = {"Sec_Fetch_Dest": "document", "Sec_Fetch_Mode": "navigate"}
FEED = "/conversations/feeds/season/2.xml"


@pytest.mark.parametrize("path", ["season/2.xml", "latest.xml"])
def test_a_part_is_answered_as_the_whole_is(visit, path):
    visitor = visit(others=(SEASON, LIGHT))
    response = visitor.get(f"/conversations/feeds/{path}")
    assert (response.status_code, response.content_type) == (200, "application/rss+xml; charset=utf-8")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert visitor.get(f"/conversations/feeds/{path}", If_None_Match=response.headers["ETag"]).status_code == 304
    assert visitor.get(f"/conversations/feeds/{path}", Accept_Encoding="gzip").headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    "path",
    [
        "season/3.xml",
        "season/02.xml",
        "season/x.xml",
        "tag/Diet.xml",
        "language/xx.xml",
        "archive/0.xml",
        "archive/9.xml",
    ],
)
def test_what_no_feed_is_answers_404_in_plain_text(visit, path):
    response = visit(others=(SEASON,)).get(f"/conversations/feeds/{path}")
    assert (response.status_code, response.mimetype) == (404, "text/plain")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [("/conversations/feed.json", "application/feed+json"), ("/shows.opml", "text/x-opml; charset=utf-8")],
)
def test_lists_and_json_are_what_they_say_and_answer_304(visit, path, media_type):
    visitor = visit()
    response = visitor.get(path)
    assert (response.status_code, response.content_type) == (200, media_type)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert visitor.get(path, If_None_Match=response.headers["ETag"]).status_code == 304


def test_a_catalogue_of_one_show_has_no_publisher_feed(visit):
    visitor = visit()
    assert visitor.get("/publisher.xml").status_code == 404
    visitor.publication.listed = (*visitor.publication.listed, make_show(guid="2", slug="other"))
    assert visitor.get("/publisher.xml").content_type == "application/rss+xml; charset=utf-8"


def test_a_person_who_opens_a_part_sees_how_to_subscribe_to_it(visit):
    visitor = visit(others=(SEASON, LIGHT))
    response = visitor.get(FEED, **PERSON)
    assert (response.status_code, response.headers["Location"]) == (303, "/conversations/feeds/season/2/")
    page = visitor.text("/conversations/feeds/season/2/")
    assert "Subscribe to Conversations – Living well" in page
    assert f'value="https://pods.example{FEED}"' in page
    assert '<link rel="canonical" href="https://pods.example/conversations/feeds/season/2/">' in page
    assert "The latest episodes" in visitor.text("/conversations/feeds/latest/")


def test_a_person_who_opens_what_no_page_offers_sees_how_to_subscribe_to_the_show(visit):
    response = visit().get("/conversations/feeds/archive/1.xml", **PERSON)
    assert response.headers["Location"] == "/conversations/subscribe/"
    assert visit().get("/conversations/feeds/season/2/").status_code == 404


@pytest.mark.parametrize(
    ("language", "heading", "latest"),
    [("en", "Only a part of it", "The latest episodes"), ("es", "Solo una parte", "Los episodios más recientes")],
)
def test_the_show_s_page_links_to_its_feeds_in_its_language(visit, language, heading, latest):
    page = visit(others=(LIGHT, SEASON), show=make_show(language=language)).text("/conversations/")
    assert f'<h2 id="feeds">{heading}</h2>' in page
    assert f'<a href="/conversations/feeds/latest/">{latest}</a>' in page
    assert '<a href="/conversations/feeds/season/2/">Living well</a>' in page
    assert f'title="Conversations: Living well" href="https://pods.example{FEED}"' in page
    assert (
        'type="application/feed+json" title="Conversations (JSON)" href="https://pods.example/conversations/feed.json"'
        in page
    )


def test_a_show_without_other_feeds_says_nothing_of_them(visit):
    assert 'id="feeds"' not in visit().text("/conversations/")


def test_the_list_of_shows_can_be_found_and_imported(visit):
    visitor = visit()
    visitor.publication.listed = (*visitor.publication.listed, make_show(guid="2", slug="other", title="Other"))
    page = visitor.text("/")
    assert '<a href="/shows.opml" download>All shows in one list</a>' in page
    assert 'title="Other" href="https://pods.example/other/feed.xml"' in page


@pytest.mark.parametrize("path", ["/conversations/feed.xml", "/conversations/feeds/latest.xml"])
@pytest.mark.parametrize("at_hand", [True, False])
def test_a_feed_that_moved_away_leads_there_for_good(visit, path, at_hand):
    visitor = visit(
        show=make_show(moved_to="https://new.example/feed?id=7"), has_feeds_at_hand=at_hand, others=(LIGHT, SEASON)
    )
    response = visitor.get(path)
    assert (response.status_code, response.headers["Location"]) == (301, "https://new.example/feed?id=7")
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert visitor.get(FEED).status_code == 200, "nobody there has this one"
    assert visitor.get(path, **PERSON).status_code == 303


def test_pages_of_a_show_that_moved_away_name_its_feed_of_today(visit):
    visitor = visit(show=make_show(moved_to="https://new.example/feed"))
    assert 'value="https://new.example/feed"' in visitor.text("/conversations/subscribe/")
    assert 'type="application/rss+xml" title="Conversations" href="https://new.example/feed"' in visitor.text(
        "/conversations/"
    )


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/podcast.xml", 301),
        ("/old/show.rss?format=a", 301),
        ("/old/show.rss", 308),
        ("/elsewhere.xml", 308),
        ("/a/b/c/d/e/", 301),
        ("/categor%C3%ADa/my%20feed.xml", 301),
    ],
)
def test_the_address_a_feed_had_on_this_domain_leads_to_it(visit, path, status):
    old = (
        "https://pods.example/podcast.xml",
        "http://pods.example/old/show.rss?format=a",
        "https://a.example/elsewhere.xml",
        "https://pods.example/a/b/c/d/e/",
        "https://pods.example/categor%C3%ADa/my%20feed.xml",
    )
    response = visit(show=make_show(moved_from=old)).get(path)
    assert response.status_code == status
    assert (response.headers.get("Location") == "/conversations/feed.xml") is (status == 301)


def test_what_is_there_is_never_taken_for_an_old_feed(visit):
    assert (
        visit(show=make_show(moved_from=("https://pods.example/conversations/",))).get("/conversations/").status_code
        == 200
    )


def test_the_parts_of_a_renamed_show_redirect(visit):
    response = visit(show=make_show(slug="new"), errors={"old": Moved("new")}).get("/old/feeds/season/2.xml")
    assert (response.status_code, response.headers["Location"]) == (301, "/new/feeds/season/2.xml")


def test_the_name_of_a_language_is_read_out_in_it(visit):
    spanish = OtherFeed(selection=read_selection("language/es"), label="español", count=1)
    page = visit(others=(spanish, SEASON)).text("/conversations/")
    assert '<a href="/conversations/feeds/language/es/" lang="es">español</a>' in page
    assert '<a href="/conversations/feeds/season/2/">' in page


def test_many_feeds_fold_together_and_only_tags_are_left_to_the_page(visit):
    tags = tuple(OtherFeed(selection=read_selection(f"tag/t{n}"), label=f"T{n}", count=1) for n in range(12))
    page = visit(others=(*tags, SEASON)).text("/conversations/")
    assert "<summary>Show all 13</summary>" in page
    assert "feeds/tag/t3/" in page
    assert "feeds/tag/t3.xml" not in page
    assert (
        "<summary>"
        not in visit(others=tags).text("/conversations/").partition('id="feeds"')[2].partition("</section>")[0]
    )


def test_what_knows_a_show_by_its_guid_is_not_offered_for_a_part_of_it(visit):
    visitor = visit(others=(SEASON,))
    guid = visitor.publication.listed[0].guid
    assert guid not in visitor.text("/conversations/feeds/season/2/")

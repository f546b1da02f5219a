def test_every_page_of_a_plain_show_answers(visit):
    visitor = visit()
    for path in ("/", "/conversations/", "/conversations/meet-the-husbands/", "/conversations/subscribe/"):
        assert "<h1" in visitor.text(path)


def test_feed_answers(visit):
    assert visit().get("/conversations/feed.xml").mimetype == "application/rss+xml"

"""Where earlier addresses lead, as a host is told."""

from catalogue.actions.former import Former
from web.export.crawl import Crawled
from web.export.rendering import Rendered
from web.export.ways import find_ways, led_pages

PLAYERS = ("/embed/new/talk/", "/es/embed/new/talk/")


def test_players_in_other_sites_move_along_with_their_show_in_every_language():
    rendered = {path: Rendered(path=path, status=200, media_type="text/html") for path in PLAYERS}
    crawled = Crawled(rendered=rendered)
    ways = find_ways(crawled, [Former(path="/embed/old/", to="/embed/new/")], renderer=None)
    assert ways.moved == {"/embed/old/": "/embed/new/", "/es/embed/old/": "/es/embed/new/"}
    assert led_pages(crawled, ways) == {path.replace("new", "old"): path for path in PLAYERS}

"""What counts as a link of a page or of a text beside it."""

from web.export.found_links import HTML, LinkReader

BASE = "https://example.org"


def test_html_in_a_text_of_json_leads_where_its_addresses_end():
    frame = rb'{"html": "<iframe src=\"https://example.org/embed/a/b/\" width=\"600\"></iframe>"}'
    found = LinkReader(BASE).read(frame, "application/json", "/embed/a/b/oembed.json")
    assert found.targets == {"/embed/a/b/"}


def test_a_name_in_json_ld_is_no_place_that_the_page_has_to_have():
    page = (
        b'<a href="/a/#there"></a><script type="application/ld+json">{"@id": "https://example.org/a/#episode"}</script>'
    )
    assert LinkReader(BASE).read(page, HTML, "/a/").targets == {"/a/", "/a/#there"}

"""What is found by reading tags one by one is what a tree of the same page has."""

from exporter import BASE_URL
from lxml import etree

from web.export.found_links import HTML, LinkReader

PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)


def in_a_tree(reader, body, path):
    """Targets and places as a tree has them, but those that only scripts name."""
    tree = etree.HTML(body, parser=PARSER)
    sets = (one.split()[0] for text in tree.xpath("//@srcset") for one in text.split(",") if one.strip())
    stated = (one for one in tree.xpath("//meta/@content") if one.startswith(BASE_URL))
    named = {*tree.xpath("//@href|//@src|//@poster|//@action"), *sets, *stated}
    targets = {reader.target(one.strip(), path) for one in named} - {None}
    for text in tree.xpath("//script[not(@src)]/text()"):
        targets |= reader.read(text.encode(), "application/json", path).targets
    return targets, set(tree.xpath("//@id|//a/@name"))


def test_every_page_of_the_sample_leads_where_its_tree_says(exported):
    reader, pages = LinkReader(BASE_URL), sorted(exported.folder.rglob("*.html"))
    assert len(pages) > 40
    for page in pages:
        path = "/" + str(page.relative_to(exported.folder)).removesuffix("index.html")
        found = reader.read(page.read_bytes(), HTML, path)
        assert (found.targets, found.places) == in_a_tree(reader, page.read_bytes(), path), path


def test_what_is_written_as_text_leads_nowhere():
    page = b'<p id="a">&lt;a href="/b/"&gt; <a title="&lt;x href=&quot;/c/&quot;&gt; > y" href="/d/?q=1&amp;r=2#e"></p>'
    found = LinkReader(BASE_URL).read(page, HTML, "/")
    assert (found.targets, found.places) == ({"/d/#e"}, {"a"})
    assert (found.targets, found.places) == in_a_tree(LinkReader(BASE_URL), page, "/")

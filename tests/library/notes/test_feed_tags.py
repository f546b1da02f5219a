"""Elements that have no key of their own are taken as they are, and nothing else is."""

import pytest

from catalogue.errors import CatalogueError
from catalogue.library.notes.feed_tags import DEPTH_LIMIT, read_feed_tag

NESTED = "<podcast:a>" * (DEPTH_LIMIT + 1) + "</podcast:a>" * (DEPTH_LIMIT + 1)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<podcast:mood/>", "<podcast:mood/>"),
        (" <podcast:mood a='1' b='x \"y\"'> two\n words </podcast:mood> ", None),
        ("<podcast:a><podcast:b c='&amp;'/></podcast:a>", '<podcast:a><podcast:b c="&amp;"/></podcast:a>'),
    ],
)
def test_an_element_is_kept_in_one_line(text, kept):
    assert read_feed_tag(text) == (kept or '<podcast:mood a="1" b="x &quot;y&quot;">two words</podcast:mood>')


@pytest.mark.parametrize(
    "text",
    [
        "mood",
        "<mood/>",
        "<podcast:a/><podcast:b/>",
        "<podcast:a>",
        "<podcast:person>Ann</podcast:person>",
        '<podcast:a xmlns:x="urn:x"><x:b/></podcast:a>',
        '<podcast:a xmlns:x="urn:x" x:b="1"/>',
        '</x><item xmlns="">',
        "<podcast:a><!-- b --></podcast:a>",
        "<podcast:a>&xxe;</podcast:a>",
        NESTED,
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(CatalogueError):
        read_feed_tag(text)

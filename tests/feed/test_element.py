"""Elements of any namespace."""

import sys

import pytest
from lxml import etree

from catalogue.feed.element import (
    Element,
    Node,
    append_elements,
    ascii_address,
    one_line,
    text_node,
    xml_clean,
)

ALL_OF_UNICODE = "".join(map(chr, range(sys.maxunicode + 1)))


def test_whatever_is_left_of_all_of_unicode_is_xml():
    element = etree.Element("a")
    element.text = xml_clean(ALL_OF_UNICODE)
    assert etree.fromstring(etree.tostring(element, encoding="UTF-8")).text == element.text


def test_what_xml_can_carry_is_kept():
    kept = set(xml_clean(ALL_OF_UNICODE))
    assert set(range(0x20, 0x7F)) <= {ord(character) for character in kept}
    assert {"é", "\xa0", "日", "\ufffd", "😀", "\n", "\t"} <= kept
    assert not {"\0", "\x0b", "\x7f", "\x85", "\ud800", "\ufffe", "\uffff", "\r"} & kept


def test_line_ends_are_made_one():
    assert xml_clean("a\r\nb\rc") == "a\nb\nc"


def test_values_stand_on_one_line_without_outer_blanks():
    assert one_line("  a\n\t b\xa0: c ") == "a b\xa0: c"


def test_a_value_over_its_limit_ends_in_an_ellipsis():
    assert one_line("abcdef", 6) == "abcdef"
    assert one_line("abcd efg", 6) == "abcd…"


@pytest.mark.parametrize("text", [None, "", " ", "\x0b"])
def test_nothing_to_read_is_no_element(text):
    assert text_node(text) == ()


def test_a_text_keeps_to_255_characters():
    (node,) = text_node("x" * 300)
    assert node.text == "x" * 254 + "…"


@pytest.mark.parametrize(
    ("stated", "written"),
    [
        ("https://e.org/a.mp3?x=%C3%B1&y=[1]#z", "https://e.org/a.mp3?x=%C3%B1&y=[1]#z"),
        ("https://e.org:8080/a b/ñ", "https://e.org:8080/a%20b/%C3%B1"),
        ("https://日本.example/%E6", "https://xn--wgv71a.example/%E6"),
        ("https://[::1/ñ", "https://[::1/%C3%B1"),
        ("https://ñ..e/ñ", "https://%C3%B1..e/%C3%B1"),
    ],
)
def test_addresses_are_written_in_ascii(stated, written):
    assert ascii_address(stated) == written


def test_attributes_that_are_addresses_are_ascii_others_are_not():
    parent = etree.Element("a")
    append_elements(parent, [Element("b", Node(attributes={"href": "https://e.org/ñ", "alt": "ñ"}))])
    assert dict(parent[0].attrib) == {"href": "https://e.org/%C3%B1", "alt": "ñ"}


def test_children_share_the_namespace_and_empty_attributes_are_left_out():
    parent = etree.Element("a")
    node = Node(attributes={"b": "\x0b1", "c": None, "d": ""}, children=(("f", Node(text="x")),))
    append_elements(parent, [Element("{urn:n}e", node)])
    assert dict(parent[0].attrib) == {"b": "1"}
    assert (parent[0][0].tag, parent[0][0].text) == ("{urn:n}f", "x")

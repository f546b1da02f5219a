"""Feeds put together from parts, and packed."""

import gzip
import random
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.feed import packing
from catalogue.feed.checksum import joined_crc
from catalogue.feed.packing import join_brotli, join_gzip, join_plain, name_feed
from catalogue.feed.parts import GROUP_ITEMS, grouped, make_group, make_head

TAIL = b"</channel></rss>"
SIZES = [0, 1, GROUP_ITEMS - 1, GROUP_ITEMS, GROUP_ITEMS + 1, 3 * GROUP_ITEMS + 7]


def items(count):
    """So many items, newest first."""
    words = random.Random(count)
    return {f"key-{n}": f"<item>{n} {words.random()}</item>".encode() for n in range(count, 0, -1)}


def parts_of(found):
    groups = [make_group([(key, found[key]) for key in keys]) for keys in grouped(list(found))]
    return [make_head(b"<rss><channel>"), *groups]


@pytest.mark.parametrize("count", SIZES)
def test_all_codings_hold_head_items_and_tail(count):
    found = items(count)
    whole = b"<rss><channel>" + b"".join(found.values()) + TAIL
    plain = join_plain(parts_of(found), TAIL, name="x")
    packed = join_gzip(parts_of(found), TAIL, name="x")
    assert plain.body == whole
    assert gzip.decompress(packed.body) == whole
    assert brotli.decompress(join_brotli(plain).body) == whole
    assert (plain.size_bytes, packed.size_bytes) == (len(whole), len(packed.body))


def test_gzip_is_one_member_that_a_reader_of_the_first_alone_reads_whole():
    packed = join_gzip(parts_of(items(120)), TAIL, name="x").body
    reader = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert reader.decompress(packed).endswith(TAIL)
    assert (reader.eof, reader.unused_data) == (True, b"")


def test_one_more_item_leaves_all_groups_but_the_newest():
    before = set(grouped(list(items(3 * GROUP_ITEMS + 7))))
    after = set(grouped(list(items(3 * GROUP_ITEMS + 8))))
    assert len(before & after) == 3
    assert len(after - before) == 1


def test_a_group_gives_its_items_back():
    found = items(7)
    assert dict(make_group(list(found.items())).items()) == found


def test_other_bytes_have_other_names_and_each_coding_its_own_tag():
    names = {name_feed(parts_of(found)) for found in (items(3), items(4), {**items(3), "key-1": b"<item/>"})}
    assert len(names) == 3
    plain = join_plain(parts_of(items(3)), TAIL, name="x")
    assert {plain.etag, join_gzip([], TAIL, name="x").etag, join_brotli(plain).etag} == {'"x"', '"x-gzip"', '"x-br"'}


def test_a_feed_beyond_the_limit_is_not_packed_with_brotli(monkeypatch):
    monkeypatch.setattr(packing, "BROTLI_LIMIT_BYTES", 10)
    assert join_brotli(join_plain(parts_of(items(1)), TAIL, name="x")) is None


@given(st.lists(st.binary(max_size=300), max_size=6))
def test_checksums_of_parts_make_that_of_the_whole(pieces):
    crc = size = 0
    for piece in reversed(pieces):
        crc, size = joined_crc(zlib.crc32(piece), crc, size), size + len(piece)
    assert crc == zlib.crc32(b"".join(pieces))

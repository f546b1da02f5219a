"""The linter as a whole: order, what cannot be read, and real feeds."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.check.facts import FeedFacts
from catalogue.check.run import check_feed
from catalogue.errors import FeedError
from catalogue.feed_reading import read_feed_file
from catalogue.sandbox import Box, Limits

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "billion laughs": f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss>&l9;</rss>',
    "laughs in an attribute": f'<!DOCTYPE rss [<!ENTITY l0 "ha">{LAUGHS}]><rss version="&l9;"/>',
    "external entity": '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel>&x;</channel></rss>',
    "external DTD": '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/x.dtd"><rss version="2.0"><channel/></rss>',
    "300 levels": f"<rss><channel>{'<a>' * 300}{'</a>' * 300}</channel></rss>",
    "truncated": '<rss version="2.0"><channel><item><title>Half',
    "200,000 attributes": "<rss " + " ".join(f"a{n}='1'" for n in range(200_000)) + "/>",
    "a web page": "<!DOCTYPE html><html><head><meta charset=utf-8><title>Not found</title></head></html>",
    "nothing": "",
    "JSON": '{"version": "https://jsonfeed.org/version/1.1"}',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_document_is_one_finding_of_x01(name):
    begun = time.process_time()

    (finding,) = check_feed(HOSTILE[name].encode(), url=None, facts=FeedFacts())

    assert (finding.rule, finding.level.value) == ("X01", "error")
    assert time.process_time() - begun < 2


def test_hostile_documents_need_little_memory(tmp_path):
    # beside the interpreter and what it imports; the first of them asks for gigabytes
    with Box(1, Limits(memory_bytes=400 * 1024**2, cpu_seconds=10)) as box:
        for number, text in enumerate(HOSTILE.values()):
            file = tmp_path / f"{number}.xml"
            file.write_text(text)

            with pytest.raises(FeedError):
                box.call(read_feed_file, str(file), file.name)


@pytest.mark.parametrize("text", ['<feed xmlns="http://www.w3.org/2005/Atom"/>', '<rss version="2.0"/>'])
def test_what_is_no_rss_is_one_finding_of_x02(text):
    (finding,) = check_feed(text.encode(), url=None, facts=FeedFacts())

    assert finding.rule == "X02"


def test_broken_xml_is_named_with_its_line(check):
    (finding,) = check({"<title>Mulch": "<title>Mulch &"})

    assert finding.line is not None
    assert finding.line > 40


def test_external_entity_is_never_read():
    findings = check_feed(HOSTILE["external entity"].encode(), url=None, facts=FeedFacts())

    assert Path("/etc/hostname").read_text().strip() not in repr(findings)


def test_errors_come_first_then_by_rule_and_line(check):
    findings = check(
        {"<itunes:author>Garden Talk</itunes:author>": "", "<title>Mulch</title>": "<title/>", "en-us": "English"}
    )

    assert [finding.rule for finding in findings] == ["C04", "I02", "C15"]


def test_finding_names_the_episode_its_guid_its_line_and_the_source(check, perfect_feed):
    line = perfect_feed.decode().partition("<itunes:duration>1200")[0].count("\n") + 1

    (finding,) = check({"<itunes:duration>1200": "<itunes:duration>20:00"})

    assert (finding.where, finding.guid, finding.value) == ("Compost", "guid-2", "20:00")
    assert finding.source.startswith("Apple")
    assert finding.line == line


def test_finding_about_the_show_names_the_show(check):
    (finding,) = check({"<itunes:type>episodic": "<itunes:type>weekly"})

    assert (finding.where, finding.guid) == ("Garden Talk", "")


@settings(max_examples=80, deadline=None, database=None, derandomize=True)
@given(data=st.data())
def test_no_damaged_feed_raises(data, perfect_feed):
    feed = bytearray(perfect_feed)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(feed) - 1))
        feed[start : start + data.draw(st.integers(0, 30))] = data.draw(
            st.sampled_from([b"", b"0", b"-1", b"9" * 400, b"\x00", b"\xff", b"&#11;", b"http://[", b"1e999", b"NaN"])
        )

    assert isinstance(check_feed(bytes(feed), url="http://[", facts=FeedFacts()), tuple)


VALUES = ["", " ", "http://[", "9" * 500, "1e999", "NaN", "٣", "-1", "Tue, 31 Feb 9999 99:99:99 +9999", "&lt;a" * 50]


@pytest.mark.parametrize("value", VALUES)
def test_no_strange_value_raises(value, perfect_feed):
    text = perfect_feed.decode()
    head, _, channel = text.partition("<channel>")
    strange = re.sub(r'="[^"]*"', f'="{value}"', re.sub(r">[^<>\n]+<", f">{value}<", channel))

    findings = check_feed(f"{head}<channel>{strange}".encode(), url=None, facts=FeedFacts())

    assert len(findings) > 3

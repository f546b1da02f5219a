"""Every rule over answers has an example that breaks it and nothing else, and one that breaks nothing."""

import re
from datetime import date

import pytest
from small_web import reply
from sound_site import CHAPTERS, FEED, SoundSite, picture, publisher

from catalogue.actions.check_asking import Asking
from catalogue.actions.check_covers import CoverMemory
from catalogue.actions.check_stranger import check_address_online
from catalogue.check.run_online import ONLINE_RULES
from catalogue.outside.guard import read_guard

BODIES = {"/a.json": CHAPTERS, "/a.vtt": b"WEBVTT", "/a.mp3": b"ID"}
LISTED = re.compile(r"# lists: (\S+)")
PICTURE = re.compile(r"# picture: (\w+) (\d+) × (\d+) (\w+)")
LAST_LOOK = re.compile("# last look: (.+)")


@pytest.fixture
def site():
    opened = SoundSite()
    yield opened
    opened.close()


@pytest.fixture
def broken(site, box, tmp_path):
    """The rules that are broken where one answer is as an example has it."""

    def check(example=""):
        covers = CoverMemory(file=tmp_path / "covers.json", today=date(2026, 3, 1))
        asking = Asking(guard=read_guard("127.0.0.1"), covers=covers if LAST_LOOK.search(example) else None)
        if "# last look: other bytes" in example:
            site.answers["/cover.jpg"] = reply(picture("JPEG", 3001))
        if asking.covers:
            check_address_online(site.url("/feed.xml"), asking, box=box)
        if example:
            serve(site, *example.splitlines())
        return {one.rule for one in check_address_online(site.url("/feed.xml"), asking, box=box).findings}

    return check


def serve(site, request, status, *lines):
    """Answer as an example says: the request, the status, then headers, or what the picture is."""
    target = request.partition(" ")[2]
    if target == "/feed.xml":
        site.set_feed(FEED, *lines)
        return
    pictures = [
        picture(kind, int(edge), mode=mode) for kind, edge, _, mode in PICTURE.findall(lines[-1] if lines else "")
    ]
    listed = LISTED.findall(lines[-1] if lines else "")
    headers = [line for line in lines if not line.startswith("#")]
    lengths = [line.partition(": ")[2] for line in headers if line.startswith("Content-Length")]
    body = pictures[0] if pictures else publisher(listed[0]) if listed else BODIES.get(target, b"")
    if lengths:
        body = bytes(int(lengths[0])) if request.startswith("GET") else b""
    if request == "HEAD /a.mp3" and lengths:
        part = f"Content-Range: bytes 0-1/{lengths[0]}"
        site.answers["GET /a.mp3"] = reply(b"ID", part, status="206 Partial Content")
    site.answers[request if target == "/a.mp3" else target] = reply(body, *headers, status=status)


@pytest.mark.parametrize("rule_id", sorted(ONLINE_RULES))
def test_failing_example_breaks_that_rule_and_no_other(broken, rule_id):
    sound = broken()
    assert broken(ONLINE_RULES[rule_id].fails) - sound == {rule_id}


@pytest.mark.parametrize("rule_id", sorted(ONLINE_RULES))
def test_passing_example_breaks_no_rule(broken, rule_id):
    sound = broken()
    assert broken(ONLINE_RULES[rule_id].passes) == sound


@pytest.mark.parametrize("rule_id", sorted(ONLINE_RULES))
def test_both_examples_are_there_and_differ(rule_id):
    rule = ONLINE_RULES[rule_id]
    assert rule.passes
    assert rule.fails
    assert rule.passes != rule.fails

"""Two states of a feed as a diff that a person can read."""

import difflib
import re
import time
from datetime import timedelta

from builders import NOON, make_episode, make_show

from catalogue.domain.links import Links
from catalogue.feed.assembly import render_feed
from catalogue.feed.difference import render_difference

LINKS = Links("https://pods.example")
NAME = "conversations/feed.xml"


def episodes(count, **stated):
    return [
        make_episode(
            guid=f"g{n:05}", slug=f"e{n}", title=f"Number {n}", published_at=NOON + timedelta(days=n), **stated
        )
        for n in range(count)
    ]


def feed(*found, **show):
    return render_feed(make_show(**show), found, LINKS)


def signed(diff, sign):
    return [line[1:] for line in diff.splitlines() if line.startswith(sign) and not line.startswith(sign * 3)]


def applied(diff, lines):
    """The lines that the diff makes of these, by its own hunk headers."""
    made, at = [], 0
    for hunk in re.split(r"^@@ ", diff, flags=re.MULTILINE)[1:]:
        start, length = re.match(r"-(\d+)(?:,(\d+))?", hunk).groups()
        first = int(start) - (length != "0")
        made += lines[at:first]
        body = hunk.splitlines()[1:]
        assert [line[1:] for line in body if line[0] in " -"] == lines[first : first + int(length or 1)]
        made += [line[1:] for line in body if line[0] in " +"]
        at = first + int(length or 1)
    return made + lines[at:]


def broken(body):
    return body.decode().replace("><", ">\n<").split("\n")


def test_the_same_feed_has_no_difference():
    assert render_difference(feed(*episodes(3)), feed(*episodes(3)), name=NAME) == ""


def test_a_changed_title_is_its_lines_under_the_items_name():
    old = episodes(9)
    new = [*old[:4], make_episode(**{**vars(old[4]), "title": "Better"}), *old[5:]]
    diff = render_difference(feed(*old), feed(*new), name=NAME)
    assert diff.startswith(f"--- a/{NAME}\n+++ b/{NAME}\n@@ -")
    assert signed(diff, "-") == ["<title>Number 4</title>", "<itunes:title>Number 4</itunes:title>"]
    assert signed(diff, "+") == ["<title>Better</title>", "<itunes:title>Better</itunes:title>"]
    assert re.search(r"^@@ .* @@ Number 4$", diff, re.MULTILINE)


def test_a_new_item_is_added_whole_and_no_other_is_touched():
    diff = render_difference(feed(*episodes(5)), feed(*episodes(6)), name=NAME)
    assert signed(diff, "+")[1] == "<item>"
    assert [line for line in signed(diff, "-") if "lastBuildDate" not in line] == []


def test_a_first_feed_is_added_from_nothing():
    diff = render_difference(None, feed(*episodes(1)), name=NAME)
    assert diff.startswith(f"--- /dev/null\n+++ b/{NAME}\n@@ -0,0 +1,")
    assert signed(diff, "-") == []


def test_the_hunks_make_one_feed_of_the_other():
    old = feed(*episodes(30))
    moved = [
        make_episode(**{**vars(one), "published_at": NOON - timedelta(days=n)}) for n, one in enumerate(episodes(3))
    ]
    new = feed(*moved, *episodes(31)[5:], title="Other", description="a\nb")
    diff = render_difference(old, new, name=NAME)
    assert applied(diff, broken(old)) == broken(new)


def test_short_feeds_give_what_difflib_gives():
    old, new = feed(*episodes(2)), feed(*episodes(3)[1:], title="Other")
    ours = render_difference(old, new, name=NAME).splitlines()
    theirs = list(difflib.unified_diff(broken(old), broken(new), f"a/{NAME}", f"b/{NAME}", lineterm=""))
    assert [line for line in ours if line[0] == "+"] == [line for line in theirs if line[0] == "+"]


def test_texts_with_tags_and_breaks_in_them_stay_one_item():
    notes = "A line\n\n`</channel>` and `<item>`\n\n<item>\n\nThe end"
    old, new = feed(make_episode(notes=notes)), feed(make_episode(notes=notes + "."))
    diff = render_difference(old, new, name=NAME)
    assert len(signed(diff, "-")) == len(signed(diff, "+")) == 2


def test_five_thousand_items_that_all_changed_or_moved_take_no_longer_than_reading_them():
    item = '<item><title>{0}</title><guid isPermaLink="false">{0}</guid><x>{1}</x></item>'
    old, new = (["<rss><channel>", *(item.format(n, x) for n in range(5_000)), "</channel></rss>"] for x in "ab")
    turned = [new[0], *new[-2:0:-1], new[-1]]
    start = time.process_time()
    diffs = [render_difference("".join(old).encode(), "".join(one).encode(), name=NAME) for one in (new, turned)]
    assert time.process_time() - start < 5
    assert [diff.count("+<x>b</x>\n") for diff in diffs] == [5_000, 5_000]

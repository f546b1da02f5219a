"""move-in, move-out and directories, as somebody types them."""

import json
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "actions"))

from old_host import GUID, OldHost, item


@pytest.fixture
def host(monkeypatch):
    monkeypatch.setenv("CASTALOGUE_ALLOW_OUTSIDE", "127.0.0.1")
    opened = OldHost()
    yield opened
    opened.web.close()


@pytest.fixture
def published(terminal):
    """A show with one episode, indexed."""
    terminal.sound("one/audio.mp3", title="Meet the husbands")
    assert terminal.type("index").exit_code == 0
    return terminal


def guid_of(terminal):
    (row,) = json.loads(terminal.type("list", "--json").stdout)
    return row["guid"]


def test_a_dry_run_says_what_would_be_taken_over_and_changes_nothing(published, host):
    host.put(item("Meet the Husbands", guid="theirs"), item("Gone", guid="gone"))
    before = guid_of(published)
    done = published.type("move-in", host.url, "--dry-run")
    assert done.exit_code == 0
    assert f"conversations: podcast:guid {GUID} (was " in done.stdout
    assert "  one: GUID theirs" in done.stdout
    assert "Only in the feed: “Gone” (gone)" in done.stdout
    assert guid_of(published) == before


def test_moving_in_asks_then_says_step_by_step_what_to_do_where(published, host):
    host.put(item("Meet the husbands", guid="theirs"))
    before = guid_of(published)
    assert published.type("move-in", host.url).exit_code == 1, "nobody said yes"
    assert guid_of(published) == before
    done = published.type("move-in", host.url, "--yes", CASTALOGUE_BASE_URL="https://example.org")
    assert done.exit_code == 0
    steps = done.stderr.partition("What to do now:")[2]
    assert [f"\n{number}. " in steps for number in range(1, 8)] == [True] * 6 + [False]
    assert f"let {host.url} lead to https://example.org/conversations/feed.xml with a permanent redirect" in steps
    assert guid_of(published) == "theirs"
    assert published.type("move-in", host.url).exit_code == 0, "nothing is left to ask"


def test_moving_in_as_json(published, host):
    host.put(item("Meet the husbands", guid="theirs"))
    said = json.loads(published.type("move-in", host.url, "--dry-run", "--json").stdout)
    assert (said["guid"], said["moved_from"], said["only_in_feed"], said["only_here"]) == (GUID, [host.url], [], [])
    assert [(one["slug"], one["guid"]) for one in said["adopted"]] == [("one", "theirs")]


def test_moving_out_and_back(published, host):
    host.put(item("Meet the husbands", guid=guid_of(published)))
    done = published.type("move-out", host.url)
    assert done.exit_code == 0
    assert f"{host.url} has all 1 episode under the same GUIDs." in done.stderr
    assert "Its podcast:guid is another" in done.stderr
    assert f"answers 301 and leads to {host.url}" in done.stderr
    assert "castalogue move-out --undo" in done.stderr
    assert f"<itunes:new-feed-url>{host.url}<" in published.type("feed").stdout
    back = published.type("move-out", "--undo")
    assert (back.exit_code, "served here again" in back.stderr) == (0, True)
    assert "new-feed-url" not in published.type("feed").stdout


def test_moving_out_to_a_feed_that_lacks_an_episode_is_refused(published, host):
    done = published.type("move-out", host.url)
    assert done.exit_code == 1
    assert "lacks 1 of the episodes here" in done.stderr
    assert published.type("move-out", host.url, "--unchecked").exit_code == 0


@pytest.mark.parametrize("words", [(), ("https://e.org/", "--undo")])
def test_moving_out_without_saying_where_is_wrong_usage(published, words):
    assert published.type("move-out", *words).exit_code == 2


def test_a_private_address_is_not_asked_unless_it_is_allowed(published, host):
    for command in ("move-in", "move-out"):
        done = published.type(command, host.url, CASTALOGUE_ALLOW_OUTSIDE="")
        assert done.exit_code == 1
        assert "127.0.0.1, which is not a public address" in done.stderr


def test_directories_say_what_lacks_and_the_mend(published):
    done = published.type("directories")
    assert done.exit_code == 1
    assert done.stdout.startswith("Conversations: no public address yet\n")
    assert (
        "✗ Apple Podcasts: https://podcastsconnect.apple.com/\n  ✗ a feed that everybody can reach over https. Serve it"
        in done.stdout
    )
    assert "✗ an e-mail address in the feed, to which it sends a code. Write owner = " in done.stdout


def test_directories_are_content_with_a_show_that_has_it_all(published):
    show = (published.library / "show.toml").read_text()
    published.write(
        "show.toml", show + 'owner = { name = "Ana", email = "ana@example.org" }\nshow_owner_email = true\n'
    )
    published.type("index")
    done = published.type("directories", "conversations", "--json", CASTALOGUE_BASE_URL="https://example.org")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["feed_url"]) == (0, "https://example.org/conversations/feed.xml")
    assert [(one["service"], one["ready"]) for one in said["directories"]] == [
        (name, True) for name in ("apple", "spotify", "youtube", "amazon", "podcastindex")
    ]


def test_a_show_that_is_not_there_has_no_directories(published):
    done = published.type("directories", "nothing")
    assert (done.exit_code, "There is: conversations" in done.stderr) == (1, True)

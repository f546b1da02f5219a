"""A show moves out: looked at first, done behind the page, and taken back."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "actions"))

from old_host import OldHost, item
from producers import FIRST
from workshop import PLACE

from catalogue.domain.rights import Role

PAGE = f"{PLACE}move-out/"


@pytest.fixture
def host():
    opened = OldHost()
    yield opened
    opened.web.close()


def ask(workshop, browser, url, act="look"):
    answer = browser.post(PAGE, {"new_feed": url, "act": act}, on=PAGE)
    if answer.status_code == 303:
        workshop.do_errands(allow_outside="127.0.0.1")
        return browser.text(answer.location)
    return answer.text


def guid(workshop):
    return next(one.line.guid for one in workshop.index.episodes(FIRST) if one.line.path == "one")


def show_file(workshop):
    return (workshop.root / "show.toml").read_text()


def test_a_feed_that_has_everything_is_led_to_and_that_is_taken_back(workshop, host):
    host.put(item("One", guid=guid(workshop)), guid=FIRST)
    browser, before = workshop.someone(Role.OWNER), show_file(workshop)
    looked = ask(workshop, browser, host.url)
    assert "1 episode, and it is there under the same GUID." in looked and "Lead them there" in looked
    assert show_file(workshop) == before
    assert "It is done: the feed leads there." in ask(workshop, browser, host.url, "move")
    assert f'moved_to = "{host.url}"' in show_file(workshop)
    assert host.url in browser.text(PAGE)
    assert browser.post(f"{PAGE}back/", on=PAGE).status_code == 303
    assert show_file(workshop) == before
    assert "took the move back" in browser.text(f"{PLACE}log/")


def test_what_lacks_there_is_named_and_nothing_changes_even_where_it_is_asked_for(workshop, host):
    host.put(item("Another", guid="other"))
    browser, before = workshop.someone(Role.OWNER), show_file(workshop)
    looked = ask(workshop, browser, host.url)
    assert "1 episode is missing there" in looked and "Lead them there" not in looked
    assert "lacks 1 of the episodes" in ask(workshop, browser, host.url, "move")
    assert show_file(workshop) == before


@pytest.mark.parametrize(
    ("url", "sentence"),
    [("here", "not a web address"), ("http://localhost/conversations/feed.xml", "cannot lead to itself")],
)
def test_what_can_be_no_new_feed_is_told_at_the_field(workshop, url, sentence):
    assert ask(workshop, workshop.someone(Role.OWNER), url).count(sentence) == 2


def test_only_an_owner_moves_a_show(workshop):
    assert workshop.someone(Role.EDITOR).get(PAGE).status_code == 403

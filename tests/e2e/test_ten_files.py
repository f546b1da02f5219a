"""A folder of ten bare mp3 files: one command to feed and site."""

import json
import time

import pytest
from feed_addresses import all_files, items_of
from serving import ask, castalogue, serving
from sounds import write_mp3

# Loaded machines with two cores included; four seconds are usual.
AT_MOST_SECONDS = 45
JPEG = b"\xff\xd8\xff"
FILES = {
    "Search.mp3": {},
    "第一回 はじめまして.mp3": {},
    "Feed.mp3": {"title": "The same title"},
    "Other.mp3": {"title": "The same title"},
    "05 After treatment.mp3": {"album": "Our talks"},
    "06_at-home.mp3": {"author": "Our group", "album": "Our talks"},
    "2021-03-04 Spring.mp3": {},
    "A & B <live>.mp3": {},
    "100%.mp3": {},
    "…mp3.mp3": {"number": 10},
}


@pytest.fixture(scope="module")
def ten(tmp_path_factory):
    """The served folder, and the seconds until it was served."""
    home = tmp_path_factory.mktemp("ten")
    for seed, (name, tags) in enumerate(FILES.items()):
        write_mp3(home / "Our talks" / name, seed=seed, **tags)
    began = time.monotonic()
    with serving(home / "home", home / "Our talks") as served:
        served.seconds = time.monotonic() - began
        yield served


@pytest.fixture(scope="module")
def found(ten):
    return items_of(ten.feed("our-talks"))


def test_it_takes_seconds(ten):
    assert ten.seconds < AT_MOST_SECONDS


def test_it_says_what_it_wrote(ten):
    assert "is a show now. Written: show.toml" in ten.messages
    assert "title “Our talks”, author “Our group”, language en" in ten.messages
    assert "set CASTALOGUE_BASE_URL=https://" in ten.messages
    assert (ten.library / "show.toml").is_file() and (ten.library / "ledger.jsonl").is_file()


def test_all_ten_are_in_the_feed_with_guids_and_addresses_of_their_own(found):
    assert len(found) == len({item.guid for item in found}) == len({item.link for item in found}) == len(FILES)
    assert [item.title for item in found].count("The same title") == 2


def test_names_of_files_become_titles(found):
    titles = {item.title for item in found}
    assert titles >= {"Search", "第一回 はじめまして", "After treatment", "at home", "Spring", "A & B <live>", "100%"}


def test_every_page_and_every_file_answers(ten, found):
    urls = [item.link for item in found] + [item.enclosure.url for item in found] + [f"{ten.url}/"]
    assert {url: ask(url).status for url in urls} == dict.fromkeys(urls, 200)


def test_the_last_file_in_the_folder_s_order_is_the_newest(found):
    assert (found[0].title, found[-1].title) == ("第一回 はじめまして", "Spring")


def test_a_cover_is_drawn_and_said_so(ten):
    assert "The show has no cover, so a plain one is drawn" in ten.messages
    assert ten.ask(all_files(ten.feed("our-talks"))[0].url.removeprefix(ten.url)).body.startswith(JPEG)


def test_check_minds_only_that_there_is_no_category(ten):
    place = ("--library", ten.library, "--data", ten.home / "index", "--base-url", ten.url)
    done = castalogue(ten.home, "check", "--json", *place)
    rules = {(one["rule"], one["level"]) for one in json.loads(done.stdout)["findings"] if one["level"] != "advice"}
    assert rules == {("C05", "error")}, "no category yet; a machine of one's own needs no https"

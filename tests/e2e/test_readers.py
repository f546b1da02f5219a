"""Podcast software that others wrote reads the served feed."""

import hashlib
import io
import shutil
import subprocess

import feedparser
import mutagen
import podcastparser
import pytest
from serving import SAMPLE, SHOW, ledger

# Folder and title of what is public, newest first.
PUBLIC = {
    "122-recurrence-and-finding-others-online": "Cancer recurrence and the power of Twitter (demonstration)",
    "116-living-with-mbc": "Living with metastatic breast cancer, and Our MBC Life (demonstration)",
    "110-meet-the-husbands": "Losing someone you love to MBC: meet the husbands (demonstration)",
    "trailer": "What this show is (demonstration)",
}
LINES = ledger(SAMPLE)
AUDIO = [next((SAMPLE / folder).glob("audio.m*")) for folder in PUBLIC]


@pytest.fixture(scope="module")
def parsed(sample):
    feed = feedparser.parse(sample.feed())
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_feedparser_finds_the_episodes_newest_first(parsed):
    assert [entry.title for entry in parsed.entries] == list(PUBLIC.values())
    assert [entry.id for entry in parsed.entries] == [LINES[folder]["guid"] for folder in PUBLIC]
    assert not any(entry.guidislink for entry in parsed.entries)


def test_feedparser_finds_one_enclosure_an_episode_with_its_size(parsed):
    sizes = [[int(one.length) for one in entry.enclosures] for entry in parsed.entries]
    assert sizes == [[path.stat().st_size] for path in AUDIO]
    assert {one.type for entry in parsed.entries for one in entry.enclosures} == {"audio/mpeg", "audio/x-m4a"}


def test_feedparser_finds_the_show(parsed, sample):
    assert parsed.feed.title == "Conversations about breast cancer (demonstration)"
    assert parsed.feed.language == "en"
    assert parsed.feed.image.href.startswith(f"{sample.url}/media/")


@pytest.fixture(scope="module")
def podcast(sample):
    return podcastparser.parse(f"{sample.url}/{SHOW}/feed.xml", io.BytesIO(sample.feed()))


def test_podcastparser_finds_titles_guids_and_links(podcast, sample):
    episodes = podcast["episodes"]
    assert [(one["title"], one["guid"]) for one in episodes] == [
        (title, LINES[folder]["guid"]) for folder, title in PUBLIC.items()
    ]
    assert [one["link"] for one in episodes] == [f"{sample.url}/{SHOW}/{folder}/" for folder in PUBLIC]


def test_podcastparser_finds_the_duration_of_the_audio(podcast):
    lengths = [mutagen.File(path).info.length for path in AUDIO]
    assert [one["total_time"] for one in podcast["episodes"]] == pytest.approx(lengths, abs=1)


def test_podcastparser_finds_what_apple_asks_for(podcast, sample):
    newest = podcast["episodes"][0]
    assert (podcast["type"], podcast["explicit"], newest["type"], newest["number"]) == ("episodic", False, "full", 122)
    assert podcast["itunes_categories"][0] == ["Health & Fitness", "Medicine"]
    assert podcast["cover_url"].startswith(f"{sample.url}/media/")
    assert newest["episode_art_url"] != podcast["cover_url"]


def test_xmllint_finds_the_feed_well_formed(sample):
    if shutil.which("xmllint") is None:
        pytest.skip("xmllint is not installed: apt install libxml2-utils")
    found = subprocess.run(
        ["xmllint", "--noout", "--nonet", "-"], input=sample.feed(), capture_output=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, b"")


@pytest.mark.gpodder
def test_gpodder_subscribes_and_downloads_every_episode_byte_for_byte(gpo, sample):
    address = f"{sample.url}/{SHOW}/feed.xml"
    gpo("subscribe", address)
    assert address in gpo("list")
    listed = gpo("episodes", "--guid", address)
    assert all(LINES[folder]["guid"] in listed and title in listed for folder, title in PUBLIC.items())
    gpo("download")
    got = {hashlib.sha256(p.read_bytes()).hexdigest() for p in (gpo.home / "downloads").rglob("*.m[p4]*")}
    assert got == {hashlib.sha256(path.read_bytes()).hexdigest() for path in AUDIO}
    gpo("update")
    pending = gpo("pending")
    assert not any(title in pending for title in PUBLIC.values()), "asked again, nothing is new"

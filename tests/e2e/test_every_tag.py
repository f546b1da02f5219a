"""A show that states everything, served: what the programs of others read in its feed is what its files say."""

import hashlib
import io
import json
import subprocess
from datetime import timedelta

import feedparser
import podcastparser
import pytest
from feed_addresses import items_of
from full_library import EPISODE, SECONDS, SHOW, TRAILER, note_as_typed, show_as_typed, write_full_library
from serving import ROOT, ledger, serving

PARTYTIME = ROOT / ".parts" / "partytime"
# New York, where the show's times are read.
PUBLISHED, TRAILED = "2021-10-06T12:00:00.000Z", "2021-10-05T12:00:00.000Z"


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    home = tmp_path_factory.mktemp("full")
    with serving(home / "home", write_full_library(home / "library"), "--no-watch") as served:
        yield served


@pytest.fixture(scope="module")
def show(full):
    return show_as_typed(full.library)


@pytest.fixture(scope="module")
def note(full):
    return note_as_typed(full.library)


@pytest.fixture(scope="module")
def items(full):
    """The items' GUIDs, links and files, as ElementTree reads them."""
    return items_of(full.feed(SHOW))


def guids(full):
    lines = ledger(full.library)
    return [lines[EPISODE]["guid"], lines[TRAILER]["guid"]]


def audio(full, name=f"{EPISODE}/audio.mp3"):
    """Size in bytes and sha256 of a file."""
    content = (full.library / name).read_bytes()
    return len(content), hashlib.sha256(content).hexdigest()


def media(full, sha256, name):
    return f"{full.url}/media/{sha256}/{name}"


def camel(stated):
    """The names of a table as attributes have them."""
    words = ((name.split("_"), value) for name, value in stated.items())
    return {first + "".join(map(str.capitalize, rest)): value for (first, *rest), value in words}


@pytest.fixture(scope="module")
def party(full):
    """What the parser of Podcast Index finds."""
    command = ["node", str(ROOT / "tests" / "partytime" / "read.js"), str(PARTYTIME)]
    done = subprocess.run(command, input=full.feed(SHOW), capture_output=True, timeout=30, check=True)
    return json.loads(done.stdout)


@pytest.mark.partytime
def test_partytime_finds_the_show(party, show, full):
    same = ("title", "description", "link", "language", "copyright", "author", "explicit", "guid", "medium", "locked")
    assert {name: party[name] for name in same} == {name: show[name] for name in same}
    assert (party["itunesType"], party["itunesCategory"]) == (show["type"], show["categories"])
    assert party["owner"] == show["owner"]
    assert party["podcastOwner"] == show["owner"]["email"]
    assert party["pubsub"]["self"] == f"{full.url}/{SHOW}/feed.xml"
    assert party["lastBuildDate"] == PUBLISHED
    assert (party["itunesComplete"], party["itunesBlock"], party["podcastBlocked"]) == (True, show["block"], "yes")
    assert party["podcastBlockedPlatforms"] == {"podcastindex": False, "youtube": True}


@pytest.mark.partytime
def test_partytime_finds_the_show_s_tables(party, show):
    give, place = show["funding"], show["location"][0]
    assert party["podcastFunding"] == [{"url": give["url"], "message": give["label"]}]
    assert party["podcastLocation"] == {name: place[name] for name in ("name", "geo", "osm")}
    assert party["podcastTxt"] == show["txt"]
    assert party["podroll"] == [camel(one) for one in show["podroll"]]
    assert party["podcastRemoteItems"] == [camel(one) for one in show["remote_items"]]
    assert party["podcastPublisher"] == camel(show["publisher"])
    assert party["chat"] == {"phase": "7", **camel(show["chat"])}
    (ana,) = show["people"]
    assert party["podcastPeople"] == [
        {"name": ana["name"], "role": "Host", "group": "Cast", "href": ana["url"], "img": ana["image"]}
    ]


@pytest.mark.partytime
def test_partytime_finds_the_live_item_and_the_trailer(party, show, full):
    (live,), (stated,) = party["podcastLiveItems"], show["live_items"]
    same = ("status", "title", "guid", "link", "enclosure")
    assert {name: live[name] for name in same} == {name: stated[name] for name in same}
    assert (live["start"], live["end"]) == ("2021-11-02T23:00:00.000Z", "2021-11-03T00:00:00.000Z")
    (link,) = stated["content_links"]
    assert live["contentLinks"] == [{"url": link["url"], "title": link["label"]}]
    size, sha256 = audio(full, f"{TRAILER}.mp3")
    assert party["trailers"] == [
        {
            "title": note_as_typed(full.library, f"{TRAILER}.md")["title"],
            "url": media(full, sha256, f"{TRAILER}.mp3"),
            "pubdate": TRAILED,
            "type": "audio/mpeg",
            "length": size,
            "season": 2,
        }
    ]


@pytest.mark.partytime
def test_partytime_finds_the_episode(party, note, full):
    item, (size, sha256) = party["items"][0], audio(full)
    assert [one["guid"] for one in party["items"]] == guids(full)
    assert item["title"] == note["title"]
    assert item["link"] == f"{full.url}/{SHOW}/{EPISODE}/"
    assert item["enclosure"] == {"url": media(full, sha256, f"{EPISODE}.mp3"), "length": size, "type": "audio/mpeg"}
    assert (item["duration"], item["pubDate"]) == (SECONDS, PUBLISHED)
    assert (item["explicit"], item["itunesEpisodeType"]) == (True, note["type"])
    assert item["author"] == note["author"]
    assert "<em>whom they lost</em>" in item["content"]
    assert item["podcastSeason"] == {"number": int(note["season"]["number"]), "name": note["season"]["name"]}
    assert item["podcastEpisode"] == {"number": float(note["number"]), "display": note["number_display"]}
    assert item["license"] == note["license"]
    assert item["itunesImage"] == item["image"] != party["itunesImage"]


@pytest.mark.partytime
def test_partytime_finds_whom_the_episode_names_and_what_it_says_of_itself(party, note):
    item, sound, (post,) = party["items"][0], note["soundbites"], note["social_interact"]
    assert [(one["name"], one["role"]) for one in item["podcastPeople"]] == [("Ana", "Host"), ("Bea", "Guest")]
    assert item["podcastSoundbites"] == [
        {"startTime": 252, "duration": int(sound["duration"]), "title": sound["title"]}
    ]
    assert item["podcastSocialInteraction"] == [
        {
            "platform": post["protocol"],
            "url": post["uri"],
            "id": post["account_id"],
            "profileUrl": post["account_url"],
            "priority": int(post["priority"]),
        }
    ]


@pytest.mark.partytime
def test_partytime_finds_side_files_and_other_renditions(party, note, full, items):
    item, (size, sha256) = party["items"][0], audio(full, f"{EPISODE}/audio.opus")
    (transcript,) = item["podcastTranscripts"]
    assert (transcript["type"], transcript["language"], transcript["rel"]) == ("text/vtt", "en", "captions")
    assert item["podcastChapters"]["type"] == "application/json+chapters"
    told = {file.url for file in items[0].files}
    assert {transcript["url"], item["podcastChapters"]["url"]} < told
    opus, film = item["alternativeEnclosures"]
    assert (opus["type"], opus["length"]) == ("audio/opus", size)
    assert opus["source"] == [{"uri": media(full, sha256, f"{EPISODE}.opus"), "contentType": "audio/opus"}]
    (stated,) = note["alternate_enclosures"]
    same = ("type", "title", "rel", "codecs", "integrity")
    assert {name: film[name] for name in same} == {name: stated[name] for name in same}
    numbers = ("length", "bitrate", "height")
    assert [film[name] for name in numbers] == [int(stated[name]) for name in numbers]
    sources = [one if isinstance(one, str) else one["uri"] for one in stated["sources"]]
    assert [one["uri"] for one in film["source"]] == sources


@pytest.mark.partytime
def test_partytime_finds_how_value_is_shared(party, note):
    value, (stated,) = party["items"][0]["value"], note["value"]
    assert (value["type"], value["method"], value["suggested"]) == (stated["type"], stated["method"], 5e-08)
    wanted = [(one["name"], one["address"], float(one["split"])) for one in stated["recipients"]]
    assert [(one["name"], one["address"], one["split"]) for one in value["recipients"]] == wanted
    assert [one["fee"] for one in value["recipients"]] == [False, True]
    song, guest = value["valueTimeSplits"]
    assert (song["startTime"], song["duration"], song["remoteStartTime"], song["remotePercentage"]) == (
        60,
        timedelta(minutes=3, seconds=57).total_seconds(),
        12.5,
        95,
    )
    assert song["remoteItem"] == camel(stated["time_splits"][0]["remote_item"])
    assert (guest["startTime"], guest["duration"], guest["recipients"][0]["name"]) == (600, 30, "Bea")


def test_feedparser_finds_show_and_episodes(full, show, note):
    found, (size, sha256) = feedparser.parse(full.feed(SHOW)), audio(full)
    assert not found.bozo
    feed, entry = found.feed, found.entries[0]
    assert (feed.title, feed.subtitle, feed.rights) == (show["title"], show["subtitle"], show["copyright"])
    assert [one.term for one in feed.tags] == ["Health & Fitness", "Medicine", "Society & Culture"]
    assert [one.id for one in found.entries] == guids(full)
    assert (entry.title, entry.itunes_duration, entry.itunes_season) == (note["title"], str(SECONDS), "2")
    assert [(one.href, one.length) for one in entry.enclosures] == [(media(full, sha256, f"{EPISODE}.mp3"), str(size))]
    assert (feed.itunes_complete, entry.itunes_block, entry.author) == ("Yes", 1, note["author"])
    assert entry.published_parsed[:5] == (2021, 10, 6, 12, 0)
    # of a namespace that it does not know it keeps the last element of each name
    assert feed.podcast_guid == show["guid"]
    assert dict(feed.podcast_chat) == {name.lower(): value for name, value in camel(show["chat"]).items()}
    assert entry.podcast_episode["display"] == note["number_display"]
    assert entry.podcast_transcript["url"].endswith(f"/{EPISODE}.en.vtt")
    # … and takes what stands in `podcast:liveItem` for the show's: its own page is there beside
    assert show["link"] in [one.href for one in feed.links if one.rel == "alternate"]


def test_podcastparser_finds_show_and_episodes(full, show, note):
    found = podcastparser.parse(f"{full.url}/{SHOW}/feed.xml", io.BytesIO(full.feed(SHOW)))
    assert (found["title"], found["description"], found["link"]) == (show["title"], show["description"], show["link"])
    assert (found["language"], found["type"], found["explicit"]) == (show["language"], show["type"], show["explicit"])
    assert (found["itunes_author"], found["itunes_owner"]) == (show["author"], show["owner"])
    assert found["itunes_categories"] == [["Health & Fitness", "Medicine"], ["Society & Culture"]]
    episode, (size, sha256) = found["episodes"][0], audio(full)
    assert [one["guid"] for one in found["episodes"]] == guids(full)
    assert (episode["title"], episode["type"], episode["season"]) == (note["title"], note["type"], 2)
    assert (episode["total_time"], episode["published"], episode["explicit"]) == (SECONDS, 1633521600, True)
    assert episode["enclosures"] == [
        {"url": media(full, sha256, f"{EPISODE}.mp3"), "file_size": size, "mime_type": "audio/mpeg"}
    ]
    assert episode["episode_art_url"] != found["cover_url"]


@pytest.mark.gpodder
def test_gpodder_lists_and_downloads_it(gpo, full, note):
    address = f"{full.url}/{SHOW}/feed.xml"
    gpo("subscribe", address)
    listed = gpo("episodes", "--guid", address)
    assert [one in listed for one in (*guids(full), note["title"])] == [True, True, True]
    gpo("download", address)
    got = {hashlib.sha256(file.read_bytes()).hexdigest() for file in (gpo.home / "downloads").rglob("*.mp3")}
    gpo("unsubscribe", address)
    assert got == {audio(full)[1], audio(full, f"{TRAILER}.mp3")[1]}


def test_every_file_that_the_feed_names_is_there_as_it_says(full, items):
    for file in {file for item in items for file in item.files if file.url.startswith(full.url)}:
        answer = full.ask(file.url.removeprefix(full.url), method="HEAD")
        assert answer.status == 200, file
        assert file.size_bytes in (None, int(answer.headers["content-length"])), file

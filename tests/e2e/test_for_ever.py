"""Identities and addresses outlive the database, folders' names, tags and the domain."""

import mutagen
import pytest
from feed_addresses import items_of
from mutagen.id3 import TIT2
from serving import SHOW, castalogue, copy_sample, free_port, ledger, media_paths, serving

ELSEWHERE = "https://elsewhere.example"


def feed(home, library, index, base_url="https://pods.example.org", **more):
    """Index the library into a database of that name, and write the feed."""
    place = ("--library", library, "--data", home / index, "--base-url", base_url)
    done = castalogue(home, "feed", *place, **more)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def once(tmp_path_factory):
    """A copy of the sample, and its feed."""
    home = tmp_path_factory.mktemp("once")
    library = copy_sample(home / "library")
    return library, feed(home, library, "index", TZ="UTC", PYTHONHASHSEED="1")


def test_a_deleted_database_gives_byte_identical_xml_again(once, tmp_path):
    library, xml = once
    assert feed(tmp_path, library, "new", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="2") == xml


@pytest.fixture(scope="module")
def moved(tmp_path_factory, once):
    """The sample after a year: a folder renamed, a file retagged, another slug, another domain, no database."""
    home = tmp_path_factory.mktemp("moved")
    library = copy_sample(home / "library", once[0])
    before = items_of(once[1]), ledger(library)
    (library / "110-meet-the-husbands").rename(library / "The husbands")
    tags = mutagen.File(library / "122-recurrence-and-finding-others-online" / "audio.mp3")
    tags.tags.add(TIT2(encoding=3, text=["Retagged"]))
    tags.save()
    note = library / "trailer" / "episode.md"
    note.write_text(note.read_text(encoding="utf-8").replace("---\n", "---\nslug: what-this-is\n", 1), encoding="utf-8")
    with serving(home / "later", library, "--base-url", ELSEWHERE, "--no-watch", port=free_port()) as served:
        yield served, *before


def test_renamed_retagged_and_moved_all_guids_stay(moved):
    served, items, lines = moved
    assert [item.guid for item in items_of(served.feed())] == [item.guid for item in items]
    assert {line["guid"] for line in ledger(served.library).values()} == {line["guid"] for line in lines.values()}


def test_under_another_domain_all_addresses_in_the_feed_are_of_that_domain(moved):
    served, _, _ = moved
    found = items_of(served.feed())
    urls = [item.link for item in found] + [file.url for item in found for file in item.files]
    assert all(url.startswith(f"{ELSEWHERE}/") for url in urls)


def test_the_page_of_a_renamed_folder_stays_where_it_was(moved):
    served, _, _ = moved
    assert "The husbands" in ledger(served.library)
    assert served.ask(f"/{SHOW}/110-meet-the-husbands/").status == 200


def test_an_earlier_slug_leads_to_the_page(moved):
    served, _, _ = moved
    answer = served.ask(f"/{SHOW}/trailer/?t=5")
    assert (answer.status, answer.headers["location"]) == (301, f"/{SHOW}/what-this-is/?t=5")
    assert served.ask(f"/{SHOW}/what-this-is/").status == 200


def test_the_address_of_the_audio_before_it_was_retagged_leads_to_today_s(moved):
    served, items, _ = moved
    old = items[0].enclosure.url.removeprefix("https://pods.example.org")
    answer = served.ask(old)
    assert answer.status == 307
    assert served.ask(answer.headers["location"]).body == audio_of(served, "122-recurrence-and-finding-others-online")
    assert items_of(served.feed())[0].enclosure.url == ELSEWHERE + answer.headers["location"]


def test_every_address_that_was_ever_in_the_feed_answers(moved):
    served, items, lines = moved
    public = [lines[path] for path in lines if any(item.guid == lines[path]["guid"] for item in items)]
    paths = [path for line in public for path in media_paths(line)] + [f"/{SHOW}/{line['slug']}/" for line in public]
    answers = {path: follow(served, path) for path in paths}
    assert answers == dict.fromkeys(paths, 200)


def follow(served, path):
    """Status at the end of the redirects."""
    for _ in range(3):
        answer = served.ask(path)
        path = answer.headers.get("location", path)
        if answer.status not in (301, 307):
            break
    return answer.status


def audio_of(served, folder):
    return (served.library / folder / "audio.mp3").read_bytes()

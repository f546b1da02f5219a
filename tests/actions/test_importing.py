"""A show comes from another host: everything under the identities it had, however the way is."""

import errno
import hashlib
import io
import json
import os
from dataclasses import replace

import pytest
from import_web import GUID, Host, feed, item
from old_host import may_ask_itself
from PIL import Image
from small_web import header, redirect, reply

from catalogue.actions.import_sources import Source, read_source
from catalogue.actions.importing import ImportWishes, import_feed, preview_import
from catalogue.domain.links import Links
from catalogue.errors import Conflict, FeedError
from catalogue.library.durable import hold_lock

LINKS = Links("https://example.org")
MP3_PIECE = 7000


@pytest.fixture
def host():
    opened = Host()
    yield opened
    opened.close()


@pytest.fixture
def library(shelf):
    """A folder with no show in it, that may ask this machine."""
    (shelf.root / "show.toml").unlink()
    return may_ask_itself(shelf, "https://example.org")


def wishes(library, **stated):
    return ImportWishes(run=library._wishes(), **stated)


def brought(library, name, **stated):
    source = read_source(library.place, str(name))
    assert isinstance(source, Source)
    return import_feed(library.place, source, wishes(library, **stated), links=LINKS)


def files(library):
    return {
        str(path.relative_to(library.root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(library.root.rglob("*"))
        if path.is_file()
    }


def guids(library):
    return sorted(one.guid for one in library.episodes().values())


def two(host):
    """A feed of two episodes with audio; its address."""
    items = [item(n, url=host.put_audio(f"/{n}.mp3", seed=n), size=len(host.audio[f"/{n}.mp3"])) for n in (1, 2)]
    return host.put_feed(*reversed(items))


def test_show_episodes_and_audio_come_with_their_identities(library, host):
    done = brought(library, two(host))
    assert done.is_whole
    assert (done.proof.same, done.proof.compared) == (2, 2)
    assert (done.show.guid, guids(library)) == (GUID, ["old-1", "old-2"])
    assert (library.root / "talks/part-1/audio.mp3").read_bytes() == host.audio["/1.mp3"]
    assert "enclosure" not in (library.root / "talks/part-1/episode.md").read_text()
    assert 'moved_from = ["' in (library.root / "talks/show.toml").read_text()


def test_metadata_only_leaves_the_audio_where_it_is(library, host):
    done = brought(library, two(host), is_metadata_only=True)
    assert done.is_whole
    assert not list(library.root.rglob("*.mp3"))
    urls = [one.remote.url for one in library.episodes().values()]
    assert sorted(urls) == [host.url("/1.mp3"), host.url("/2.mp3")]


def test_audio_may_follow_later(library, host):
    address = two(host)
    before = brought(library, address, is_metadata_only=True)
    after = brought(library, address)
    assert (len(before.plan.new), len(after.plan.new), after.is_whole) == (2, 0, True)
    assert guids(library) == ["old-1", "old-2"]
    assert len(list(library.root.rglob("*.mp3"))) == 2


def test_done_again_it_changes_nothing_and_asks_for_no_audio(library, host):
    address = two(host)
    brought(library, address)
    before, asked = files(library), len(host.web.heard)
    assert brought(library, address).is_whole
    assert files(library) == before
    assert len(host.web.heard) == asked + 1


def test_a_new_episode_is_added_and_nothing_else_touched(library, host):
    brought(library, two(host))
    note = library.root / "talks/part-1/episode.md"
    note.write_text(note.read_text().replace("Notes of 1", "My own words"))
    items = [item(n, url=host.put_audio(f"/{n}.mp3", seed=n)) for n in (3, 2, 1)]
    done = brought(library, host.put_feed(*items))
    assert [one.incoming.guid for one in done.plan.new] == ["old-3"]
    assert "My own words" in note.read_text()
    assert len(guids(library)) == 3


def test_what_differs_is_said(library, host):
    brought(library, two(host))
    changed = item(1, url=host.url("/1.mp3")).replace("Part 1", "Another title")
    done = brought(library, host.put_feed(changed))
    assert [(one.what, one.old, one.new) for one in done.proof.differences] == [("title", "Another title", "Part 1")]
    assert not done.is_whole


def test_a_dry_run_writes_nothing(library, host):
    source = read_source(library.place, two(host))
    plan = preview_import(library.place, source, wishes(library))
    assert [one.folder for one in plan.new] == ["talks/part-1", "talks/part-2"]
    assert files(library) == {}


def test_transcripts_chapters_and_pictures_come_too(library, host, tmp_path):
    vtt = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"
    chapters = json.dumps({"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Begin"}]}).encode()
    host.web.answers |= {"/t.vtt": reply(vtt), "/c.json": reply(chapters)}
    said = (
        f'<podcast:transcript url="{host.url("/t.vtt")}" type="text/vtt"/>'
        f'<podcast:chapters url="{host.url("/c.json")}" type="application/json+chapters"/>'
    )
    done = brought(library, host.put_feed(item(1, url=host.put_audio("/1.mp3"), more=said)))
    assert done.is_whole
    (one,) = library.episodes().values()
    assert ([chapter.title for chapter in one.chapters], one.transcripts[0].format) == (["Begin"], "vtt")


def with_side_files(host):
    """A feed of one episode with a transcript, chapters and a picture, and a cover; its address."""
    host.web.answers |= {
        "/t.vtt": reply(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"),
        "/c.json": reply(b'{"version": "1.2.0", "chapters": [{"startTime": 0, "title": "Begin"}]}'),
        "/p.png": reply(picture_bytes("teal")),
        "/cover.png": reply(picture_bytes("navy")),
    }
    said = (
        f'<podcast:transcript url="{host.url("/t.vtt")}" type="text/vtt"/>'
        f'<podcast:chapters url="{host.url("/c.json")}" type="application/json+chapters"/>'
        f'<itunes:image href="{host.url("/p.png")}"/>'
    )
    cover = f'<itunes:image href="{host.url("/cover.png")}"/>'
    return host.put_feed(item(1, url=host.put_audio("/1.mp3"), more=said), more=cover)


def picture_bytes(colour):
    made = io.BytesIO()
    Image.new("RGB", (1400, 1400), colour).save(made, "PNG")
    return made.getvalue()


def test_what_was_taken_away_here_comes_again_only_where_that_is_asked_for(library, host):
    address = with_side_files(host)
    assert brought(library, address).is_whole
    whole = files(library)
    names = {"transcript.vtt", "chapters.json", "artwork.png"}
    gone = [path for path in library.root.rglob("*") if path.name in names]
    for path in gone:
        path.unlink()
    library.index()
    again = brought(library, address)
    assert (len(gone), again.is_whole, len(again.files), len(again.left_out)) == (4, True, 0, 4)
    assert files(library).keys() & {str(path.relative_to(library.root)) for path in gone} == set()
    assert brought(library, address, brings_back=True).left_out == ()
    assert files(library).keys() == whole.keys()


def test_what_never_came_is_fetched_by_the_next_import(library, host):
    address = with_side_files(host)
    lost = {path: host.web.answers.pop(path) for path in ("/t.vtt", "/c.json", "/p.png", "/cover.png")}
    assert len([one for one in brought(library, address).files if one.error]) == 4
    host.web.answers |= lost
    again = brought(library, address)
    assert (again.is_whole, len(again.files), again.left_out) == (True, 4, ())


def test_an_import_waits_for_the_index_and_an_index_for_it(library, host, monkeypatch):
    held = []

    def looking(storage, path, content, *, expected=None, **more):
        rows = library.place.index.leases()
        held.append((path.rpartition("/")[2], bool(rows)))
        return replacing(storage, path, content, expected=expected, **more)

    replacing = type(library.place.storage).replace
    monkeypatch.setattr(type(library.place.storage), "replace", looking)
    brought(library, two(host))
    assert [name for name, is_held in held if not is_held] == []
    assert {"show.toml", "episode.md", "audio.mp3"} <= {name for name, _ in held}


def test_a_trailer_that_is_no_item_becomes_an_episode_of_that_type_once(library, host, tmp_path):
    one = item(1, url="https://cdn.example.net/1.mp3")
    said = (
        '<podcast:trailer url="https://cdn.example.net/t.mp3" length="9" type="audio/mpeg" season="2" '
        'pubdate="Mon, 04 Oct 2021 08:00:00 GMT">What this is</podcast:trailer>'
        '<podcast:trailer url="https://cdn.example.net/1.mp3" type="audio/mpeg" '
        'pubdate="Mon, 04 Oct 2021 08:00:00 GMT">One</podcast:trailer>'
        '<podcast:liveItem status="pending"><title>Live</title></podcast:liveItem>'
    )
    (tmp_path / "feed.xml").write_bytes(feed(one, more=said))
    done = brought(library, tmp_path / "feed.xml", is_metadata_only=True)
    again = brought(library, tmp_path / "feed.xml", is_metadata_only=True)
    trailer = library.episodes()["what-this-is"]
    assert (done.is_whole, again.plan.new, len(library.episodes())) == (True, (), 2)
    assert (trailer.type, trailer.guid, trailer.season.number) == ("trailer", "https://cdn.example.net/t.mp3", 2)
    assert list(done.plan.source.feed.unknown) == ["podcast:liveItem"]
    assert b"<podcast:trailer " in library.feed()


def test_what_show_toml_says_otherwise_is_named_and_stays(library, host):
    address = two(host)
    assert brought(library, address).proof.show == ()
    file = library.root / "talks/show.toml"
    file.write_text(file.read_text().replace("About it", "My own words"))
    before = file.read_text()
    again = brought(library, address)
    assert [(one.key, one.old, one.new) for one in again.proof.show] == [("description", "About it", "My own words")]
    assert (again.is_whole, file.read_text()) == (True, before)


def test_a_scheme_may_be_in_capitals(library, host):
    assert read_source(library.place, host.put_feed(item(1)).replace("http", "Http")).feed.title == "Talks"


def test_further_pages_of_a_feed_are_read(library, host):
    older = host.put_feed(item(1, url=host.put_audio("/1.mp3")), path="/old")
    more = f'<atom:link rel="next" href="{older}"/>'
    done = brought(library, host.put_feed(item(2, url=host.put_audio("/2.mp3", seed=2)), more=more))
    assert (guids(library), done.is_whole) == (["old-1", "old-2"], True)


def test_a_page_that_leads_back_to_itself_is_read_once(library, host):
    more = f'<atom:link rel="next" href="{host.url("/feed")}"/>'
    assert len(brought(library, host.put_feed(item(1), more=more), is_metadata_only=True).plan.incoming) == 1


def test_a_file_asks_nobody_for_the_feed(library, host, tmp_path):
    (tmp_path / "feed.xml").write_bytes(feed(item(1, url=host.put_audio("/1.mp3"))))
    assert brought(library, tmp_path / "feed.xml").is_whole
    assert [one.split(" ")[1] for one in host.web.heard] == ["/1.mp3"]


@pytest.mark.parametrize("way", ["guid", "address", "episodes"])
def test_the_same_podcast_is_known_again(library, host, tmp_path, way):
    address = two(host)
    brought(library, address, is_metadata_only=True)
    other = feed(item(1), item(2), item(3), guid="" if way != "guid" else GUID)
    if way == "address":
        host.web.answers["/feed"] = reply(other)
        assert brought(library, address, is_metadata_only=True).plan.row is not None
    else:
        (tmp_path / "feed.xml").write_bytes(other)
        assert brought(library, tmp_path / "feed.xml", is_metadata_only=True).plan.row is not None
    assert len(library.place.index.shows()) == 1


def test_items_without_a_guid_or_with_another_s_get_one_and_are_named(library, host):
    bare = item(1, url="https://cdn.example.net/1.mp3").replace('<guid isPermaLink="false">old-1</guid>', "")
    twice = item(2, url="https://cdn.example.net/2b.mp3").replace("Part 2", "Part 2 again")
    same = item(2, url="https://cdn.example.net/2.mp3")
    done = brought(library, host.put_feed(bare, same, twice, same), is_metadata_only=True)
    assert guids(library) == ["https://cdn.example.net/1.mp3", "https://cdn.example.net/2b.mp3", "old-2"]
    assert [(one.what, one.new) for one in done.proof.differences] == [
        ("guid", "https://cdn.example.net/1.mp3"),
        ("guid", "https://cdn.example.net/2b.mp3"),
    ]
    assert len(done.plan.passed_over) == 1


def test_what_was_on_its_way_long_ago_is_swept(library, host):
    old = library.data / "imports" / "0.part"
    old.parent.mkdir()
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    brought(library, two(host), is_metadata_only=True)
    assert not old.exists()


def test_one_import_at_a_time(library, host, tmp_path):
    source = read_source(library.place, two(host))
    folder = library.data / "imports"
    folder.mkdir()
    with hold_lock(folder / "import.lock", patience_seconds=0), pytest.raises(Conflict):
        import_feed(library.place, source, wishes(library), links=LINKS)


def test_a_feed_cut_at_any_place_brings_nothing_and_costs_nothing(library, host, tmp_path):
    brought(library, two(host), is_metadata_only=True)
    before, whole = files(library), feed(*(item(n) for n in range(1, 20)))
    for end in range(0, len(whole), 1024):
        (tmp_path / "feed.xml").write_bytes(whole[:end])
        with pytest.raises(FeedError):
            read_source(library.place, str(tmp_path / "feed.xml"))
    assert files(library) == before


# The ways in which a server may fail → whether the audio comes all the same.
FAULTS = {
    "cut, with a strong ETag": (lambda host: host.cut("/1.mp3", MP3_PIECE), True),
    "cut, with a weak one": (lambda host: host.cut("/1.mp3", MP3_PIECE, etag='W/"1"'), False),
    "cut, without any": (lambda host: host.cut("/1.mp3", MP3_PIECE, etag=None), False),
    "cut, and ranges ignored": (lambda host: host.cut("/1.mp3", MP3_PIECE, hears_range=False), False),
    "states more than it sends": (lambda host: host.lie("/1.mp3", len(host.audio["/1.mp3"]) + 5), False),
    "states less than it sends": (lambda host: host.lie("/1.mp3", len(host.audio["/1.mp3"]) - 50), False),
    "no audio at all": (lambda host: host.web.answers.update({"/1.mp3": reply(b"<html>Sorry</html>")}), False),
    "is not there": (lambda host: host.web.answers.pop("/1.mp3"), False),
    "busy for good": (
        lambda host: host.web.answers.update(
            {"/1.mp3": reply(b"", "Retry-After: 7", status="503 Service Unavailable")}
        ),
        False,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_is_whole_or_not_there(library, host, fault):
    fail, comes = FAULTS[fault]
    url = host.put_audio("/1.mp3", seed=1)
    address = host.put_feed(item(1, url=url, size=len(host.audio["/1.mp3"])))
    fail(host)
    done = brought(library, address)
    found = [path.read_bytes() for path in library.root.rglob("audio.*")]
    assert found == ([host.audio["/1.mp3"]] if comes else [])
    assert bool([one for one in done.files if one.error]) is not comes
    assert guids(library) == ["old-1"]
    assert not list(library.root.rglob("*.part"))


def test_a_stopped_import_goes_on_from_the_bytes_that_came(library, host):
    url = host.put_audio("/1.mp3", seed=1)
    host.cut("/1.mp3", 3000)
    address = host.put_feed(item(1, url=url))
    stopped = brought(library, address, is_over=lambda: len(host.web.heard) > 2)
    assert (stopped.is_whole, len(list(library.root.rglob("audio.*")))) == (False, 0)
    asked = len(host.web.heard)
    assert brought(library, address).is_whole
    first = next(one for one in host.web.heard[asked:] if "/1.mp3" in one)
    assert int(header(first, "range").removeprefix("bytes=").removesuffix("-")) >= 3000
    assert (library.root / "talks/part-1/audio.mp3").read_bytes() == host.audio["/1.mp3"]
    assert not list((library.data / "imports").glob("*.part"))


def test_bytes_of_two_versions_never_meet(library, host):
    url = host.put_audio("/1.mp3", seed=1)
    first, second = host.audio["/1.mp3"], host.audio["/1.mp3"][:-4] + b"\0\0\0\2"
    host.cut("/1.mp3", MP3_PIECE)
    sent = host.web.answers["/1.mp3"]

    def changing():
        yield from sent()
        host.audio["/1.mp3"] = second
        host.web.answers["/1.mp3"] = reply(second, 'ETag: "2"')

    host.web.answers["/1.mp3"] = changing
    assert brought(library, host.put_feed(item(1, url=url, size=len(first)))).is_whole
    assert (library.root / "talks/part-1/audio.mp3").read_bytes() == second


def test_what_a_server_asks_for_is_waited_for_within_bounds(library, host):
    waits = []
    url = host.put_audio("/1.mp3", seed=1)
    good = host.web.answers["/1.mp3"]

    def busy():
        host.web.answers["/1.mp3"] = good
        yield reply(b"", "Retry-After: 7", status="429 Too Many Requests")

    host.web.answers["/1.mp3"] = busy
    source = read_source(library.place, host.put_feed(item(1, url=url)))
    run = replace(library._wishes(), wait=waits.append)
    assert import_feed(library.place, source, ImportWishes(run=run), links=LINKS).is_whole
    assert sum(waits) == 7


def test_no_address_in_a_feed_leads_to_private_machines(library, host):
    """Not by any element that is fetched; this very host is none that may be asked here."""
    allow_outside(library, "127.0.0.9")
    hidden = ["http://127.0.0.1:1/secret", "http://[::1]:1/x", "http://0x7f.1:1/x", host.url("/on")]
    (library.root.parent / "feed.xml").write_bytes(feed(*map(leading_to, (1, 2, 3, 4), hidden)))
    done = brought(library, library.root.parent / "feed.xml")
    assert (len(done.files), {type(one.error).__name__ for one in done.files}) == (16, {"AddressRefused"})
    assert host.web.heard == []


def leading_to(number, url):
    """An item all of whose files are at that address."""
    more = (
        f'<podcast:transcript url="{url}?t" type="text/vtt"/><itunes:image href="{url}?i"/>'
        f'<podcast:chapters url="{url}?c" type="application/json"/>'
    )
    return item(number, url=url, more=more)


def allow_outside(library, allowed):
    settings = library.place.settings.model_copy(update={"allow_outside": allowed})
    library.place = replace(library.place, settings=settings)


def test_a_redirect_to_a_private_machine_is_refused(library, host, monkeypatch):
    """What may be asked sends us on to what may not."""
    allow_outside(library, "127.0.0.1")
    host.web.answers["/1.mp3"] = redirect("http://169.254.169.254/latest/meta-data")
    (one,) = brought(library, host.put_feed(item(1, url=host.url("/1.mp3")))).files
    assert one.error.code == "outside-private"


def test_a_show_with_the_same_numbers_for_guids_is_another_show(library, tmp_path):
    for name, guid, day in (("First", GUID, "1"), ("Second", GUID.replace("9b", "11"), "2")):
        items = [item(n).replace(f"old-{n}", str(n)).replace("Part", name).replace(" 0", f" {day}") for n in (1, 2)]
        (tmp_path / name).write_bytes(feed(*items, guid=guid).replace(b"Talks", name.encode()))
    brought(library, tmp_path / "First", is_metadata_only=True)
    done = brought(library, tmp_path / "Second", is_metadata_only=True)
    assert (done.show.title, len(done.plan.new)) == ("Second", 2)


def test_a_note_that_cannot_be_read_holds_no_import_up(library, host):
    brought(library, two(host))
    broken = library.write("talks/part-1/episode.md", "---\ntitle: [\n---\n")
    done = brought(library, host.put_feed(item(3, url=host.put_audio("/3.mp3", seed=3))))
    assert (len(done.files), (library.root / "talks/part-3/audio.mp3").exists()) == (1, True)
    assert broken.read_text() == "---\ntitle: [\n---\n"


def test_html_notes_that_wait_for_their_episode_are_not_written_over(library, host):
    brought(library, host.put_feed(item(1)), is_metadata_only=True)
    own = library.write("talks/part-2/notes.html", "<p>Mine</p>")
    kept = item(2).replace("Notes of 2", "<![CDATA[<table><tr><td><ul><li>a</li></ul></td></tr></table>]]>")
    brought(library, host.put_feed(item(1), kept), is_metadata_only=True)
    assert own.read_text() == "<p>Mine</p>"
    assert (library.root / "talks/part-2-2/notes.html").exists()


def test_no_folder_has_a_name_that_some_disk_takes_for_another_or_for_none(library, host):
    brought(library, host.put_feed(item(1)), is_metadata_only=True)
    library.write("talks/Part-2/episode.md", "---\ntitle: Mine\ndraft: yes\n---\n")
    feed_of = host.put_feed(item(1), item(2), item(3).replace("Part 3", "Con"))
    brought(library, feed_of, is_metadata_only=True)
    assert {path.parent.name for path in library.root.glob("talks/*/*.md")} == {"part-1", "Part-2", "part-2-2", "con-2"}


def test_a_full_disk_on_the_way_costs_the_file_and_is_said(library, host, monkeypatch):
    def full(*_args, **_named):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("catalogue.actions.import_files.download", full)
    done = brought(library, two(host))
    assert {one.error.code for one in done.files} == {"not-kept"}
    assert not done.is_whole

"""A library that goes away under a running site: subscribers see nothing of it, and it is taken up when it is back."""

import os
import shutil
import subprocess

import pytest
from serving import SHOW, castalogue, copy_sample, free_port, ledger, media_paths, wait_until

GONE = "Could not index, so everything stays as it was"
EMPTY = "The library is empty"
HALF = "would lose their files at once"
BACK = "Indexed again: no episode changed."


def subscribed(served):
    """What nothing may change: the feed's bytes, the start page, an episode's page."""
    pages = [served.ask(path) for path in ("/", f"/{SHOW}/110-meet-the-husbands/", f"/{SHOW}/trailer/")]
    assert [page.status for page in pages] == [200, 200, 200]
    return served.feed(), *(page.body for page in pages)


def count(served, words):
    return served.messages.count(words)


def check_away(served, audio, before, words, again):
    """While the library is away: the same feed and pages, honest audio, one sentence; then it is back."""
    returns = count(served, BACK)
    wait_until(lambda: count(served, words) == 1, seconds=20)
    answer = served.ask(audio)
    assert (answer.status, answer.headers["retry-after"].isdigit()) == (503, True)
    assert subscribed(served) == before
    again()
    wait_until(lambda: served.ask(audio).status == 200, seconds=20)
    wait_until(lambda: count(served, BACK) == returns + 1, seconds=20)
    assert subscribed(served) == before
    assert count(served, words) == 1


HALF_OF_IT = ("110-meet-the-husbands", "116-living-with-mbc")


def audio_of(library):
    return next(path for path in media_paths(ledger(library)["110-meet-the-husbands"]) if path.endswith(".mp3"))


def there_and_back(library, names):
    """Take files away, and give what brings them back."""
    aside = library.with_name("aside")
    aside.mkdir()
    for name in names:
        (library / name).rename(aside / name)
    return lambda: [(aside / name).rename(library / name) for name in names]


def take_away(library):
    aside = library.with_name("unplugged")
    library.rename(aside)
    return lambda: aside.rename(library)


def empty(library):
    bring_back = take_away(library)
    library.mkdir()
    return lambda: (library.rmdir(), bring_back())


def take_half(library):
    return there_and_back(library, HALF_OF_IT)


def test_subscribers_see_nothing_of_files_that_are_away(serve, sample_copy):
    served = serve(sample_copy)
    before, kept = subscribed(served), (sample_copy / "ledger.jsonl").read_bytes()
    for fault, words in ((take_away, GONE), (empty, EMPTY), (take_half, HALF)):
        check_away(served, audio_of(sample_copy), before, words, fault(sample_copy))
        assert (sample_copy / "ledger.jsonl").read_bytes() == kept


def test_what_is_said_to_be_gone_keeps_its_item_its_notes_and_its_transcript(serve, sample_copy):
    served, page = serve(sample_copy), f"/{SHOW}/110-meet-the-husbands/"
    feed, audio = served.feed(), audio_of(sample_copy)
    transcript = served.ask(f"{page}transcript/").text
    bring_back = take_half(sample_copy)
    wait_until(lambda: HALF in served.messages, seconds=20)
    done = castalogue(
        served.home, "index", "--library", sample_copy, "--data", served.home / "index", "--allow-removals"
    )
    assert done.returncode == 0
    wait_until(lambda: "The audio is not available right now" in served.ask(page).text, seconds=20)
    assert (served.feed(), served.ask(audio).status) == (feed, 503)
    assert {line for line in transcript.split("<p") if "</p>" in line} & set(
        served.ask(f"{page}transcript/").text.split("<p")
    )
    bring_back()
    wait_until(lambda: served.ask(audio).status == 200, seconds=20)
    assert served.feed() == feed


@pytest.fixture
def disk(tmp_path):
    """A disk of its own at a folder: calling it mounts and unmounts it; gone when the test ends."""
    where, contents = tmp_path / "mounted", tmp_path / "contents"
    where.mkdir()
    contents.mkdir()
    if os.geteuid() != 0 or mount("-t", "tmpfs", "tmpfs", contents) != 0:
        pytest.skip("a disk can only be mounted by root, outside a closed container")
    copy_sample(contents / "library")

    def toggle():
        if os.path.ismount(where):
            subprocess.run(["umount", where], check=True)
        else:
            assert mount("--bind", contents / "library", where) == 0
        return toggle

    yield where, toggle
    for folder in (where, contents):
        if os.path.ismount(folder):
            subprocess.run(["umount", "--lazy", folder], check=True)


def mount(*words):
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode


def test_a_disk_that_is_unmounted_and_mounted_again_changes_nothing(serve, disk):
    library, toggle = disk
    toggle()
    served = serve(library)
    check_away(served, audio_of(library), subscribed(served), EMPTY, toggle())


def test_another_copy_of_the_show_below_the_disk_is_not_taken_for_it(serve, disk):
    library, toggle = disk
    copy_sample(library.with_name("older"))
    shutil.copytree(library.with_name("older"), library, dirs_exist_ok=True)
    shutil.rmtree(library / "110-meet-the-husbands")
    toggle()
    served = serve(library)
    words = "lies on another disk than when it was last indexed, and 1 of 4 published episodes"
    check_away(served, audio_of(library), subscribed(served), words, toggle())


def test_a_site_started_without_its_disk_serves_what_it_had(serve, sample_copy):
    port = free_port()  # the same for both: the address stands in the feed
    with_disk = serve(sample_copy, port=port)
    before, audio = with_disk.feed(), audio_of(sample_copy)
    with_disk.end()
    bring_back = take_away(sample_copy)
    served = serve(sample_copy, port=port)
    assert served.messages.count("The library cannot be read") == 1
    assert (served.ask(f"/{SHOW}/feed.xml").body, served.ask(audio).status) == (before, 503)
    bring_back()
    wait_until(lambda: served.ask(audio).status == 200, seconds=20)

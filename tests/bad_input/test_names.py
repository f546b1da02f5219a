"""Names that file systems allow and nobody expects, and links that lead astray."""

import os
from pathlib import Path

import pytest
from bad_input.conftest import item_titles
from sounds import silent_mp3

# File name → the title that it gives.
ODD = {
    "é" * 125 + ".mp3": "é" * 125,
    "🎙️ on air 🎉.mp3": "🎙️ on air 🎉",
    "new\nline.mp3": "new line",
    "CON.mp3": "CON",
    "con.mp3": "con",
    "NUL.mp3": "NUL",
    "-rf.mp3": "rf",
    " .mp3": "?",
    'a"b<c>&d.mp3': 'a"b<c>&d',
    "\x1b[31mred.mp3": "[31mred",
    "\ufffe.mp3": "?",
    "%00.mp3": "%00",
    "a..%2f..%2fetc.mp3": "a..%2f..%2fetc",
    "希望.mp3": "希望",
}
# Path as the bytes it has → what is said of it, as it can be printed.
NOT_UTF8 = {b"caf\xe9.mp3": "caf\\xe9.mp3", b"dir\xe9": "dir\\xe9"}
LINKS = {
    "out.mp3": ("{outside}/secret.mp3", "leads out of the library. Copy the files in."),
    "out": ("{outside}", "leads out of the library. Copy the files in."),
    "nowhere.mp3": ("nothing.mp3", "leads nowhere. Mend or remove it."),
    "self.mp3": ("self.mp3", "leads nowhere. Mend or remove it."),
}


def fill(shelf):
    for seed, name in enumerate(ODD, start=10):
        (shelf.root / name).write_bytes(silent_mp3(1, seed=seed))
    for name in NOT_UTF8:
        path = Path(os.fsdecode(os.fsencode(shelf.root) + b"/" + name))
        if not path.suffix:
            path.mkdir()
            path /= "audio.mp3"
        path.write_bytes(silent_mp3(1, seed=99))
    outside = shelf.root.parent / "outside"
    outside.mkdir()
    (outside / "secret.mp3").write_bytes(silent_mp3(1, seed=100))
    for name, (target, _) in LINKS.items():
        (shelf.root / name).symlink_to(target.format(outside=outside))
    (shelf.root / "loop").symlink_to(".")
    os.mkfifo(shelf.root / "pipe.mp3")


def test_every_odd_name_is_an_episode_with_a_title_and_an_address_of_its_own(ward):
    titles = item_titles(ward.shelf.feed())
    assert sorted(titles) == sorted(["Good", *ODD.values()])
    slugs = ward.shelf.episodes().keys()
    assert len(slugs) == len(ODD) + 1
    assert all(slug.isascii() and slug.replace("-", "").isalnum() for slug in slugs)


@pytest.mark.parametrize("name", NOT_UTF8)
def test_a_name_that_is_not_utf8_is_refused_in_letters_that_can_be_printed(ward, name):
    (said,) = ward.said(NOT_UTF8[name])
    assert said.endswith("Its name is not UTF-8, so it is left out. Rename it.")
    assert said.encode()
    assert ward.refused(NOT_UTF8[name])


@pytest.mark.parametrize("name", LINKS)
def test_a_link_that_leads_astray_is_refused(ward, name):
    (said,) = ward.said(name)
    assert said.endswith(LINKS[name][1])
    assert ward.refused(name)


def test_what_would_wait_for_ever_is_refused_unopened(ward):
    assert ward.said("pipe.mp3") == ["pipe.mp3: It is not a file with contents. Remove it."]


def test_a_loop_of_folders_costs_nothing(ward):
    assert not ward.refused("loop")


def test_a_folder_with_nothing_in_it_is_nothing(shelf):
    (shelf.root / "110-empty").mkdir()
    assert shelf.index().refused == ()
    assert shelf.episodes() == {}


def test_capitals_that_change_in_a_name_change_nothing_for_subscribers(shelf):
    shelf.sound("Talk/audio.mp3", title="Talk")
    shelf.index()
    feed = shelf.feed()
    (shelf.root / "Talk").rename(shelf.root / "TALK")
    assert shelf.index().refused == ()
    assert shelf.feed() == feed

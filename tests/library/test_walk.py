import os
from pathlib import Path

import pytest

from catalogue.errors import ContentError
from catalogue.library.storage import LocalLibrary


@pytest.fixture
def root(tmp_path):
    (tmp_path / "library").mkdir()
    return tmp_path / "library"


def paths(library):
    return [file.path for file in library.list()]


def put(root: Path, path: str, content: bytes = b"x") -> Path:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def test_a_link_inside_the_library_is_followed(root):
    put(root, "artwork.jpg")
    (root / "110").mkdir()
    (root / "110/artwork.jpg").symlink_to("../artwork.jpg")
    assert paths(LocalLibrary(root)) == ["110/artwork.jpg", "artwork.jpg"]


def test_a_link_into_a_hidden_folder_is_followed(root):
    put(root, ".git/annex/objects/1.mp3", b"sound")
    (root / "1.mp3").symlink_to(".git/annex/objects/1.mp3")
    assert [file.size_bytes for file in LocalLibrary(root).list()] == [5]


def test_a_folder_reached_twice_is_listed_once_where_it_lies(root):
    put(root, "season/1.mp3")
    (root / "all").symlink_to("season")
    (root / "season/loop").symlink_to("..")
    library = LocalLibrary(root)
    assert paths(library) == ["season/1.mp3"]
    assert [row.path for row in library.skipped] == ["all", "season/loop"]


def test_a_link_out_of_the_library_is_left_out_and_named(root):
    put(root.parent, "secret.mp3")
    (root / "in.mp3").symlink_to("../secret.mp3")
    library = LocalLibrary(root)
    assert paths(library) == []
    assert library.skipped == (
        ("in.mp3", "It is a link that leads out of the library. Copy the files in.", True, False),
    )
    assert library.stat("in.mp3") is None
    with pytest.raises(ContentError, match="out of the library"):
        library.open("in.mp3")


@pytest.mark.parametrize("target", ["nowhere.mp3", "self.mp3"])
def test_a_link_that_leads_nowhere_is_named(root, target):
    (root / "self.mp3").symlink_to(target)
    library = LocalLibrary(root)
    assert paths(library) == []
    assert "leads nowhere" in library.skipped[0][1]


def test_a_name_that_is_not_utf8_is_named_with_its_bytes(root):
    Path(os.fsdecode(os.fsencode(root) + b"/caf\xe9.mp3")).write_bytes(b"")
    library = LocalLibrary(root)
    assert paths(library) == []
    assert library.skipped == (("caf\\xe9.mp3", "Its name is not UTF-8, so it is left out. Rename it.", True, False),)


def test_what_is_nothing_to_an_episode_is_no_loss(root):
    for name in ("editor.sock", "1.mp3", "show.toml"):
        (root / name).symlink_to("nowhere")
    (root / "season").symlink_to("..")
    library = LocalLibrary(root)
    assert paths(library) == []
    lost = {row.path: row.is_lost for row in library.skipped}
    assert lost == {"1.mp3": True, "editor.sock": False, "season": True, "show.toml": True}


@pytest.mark.parametrize("target", ["not mounted", "/not/mounted"])
def test_a_link_whose_target_is_not_there_may_have_been_a_folder(root, target):
    for name in ("110-meet-the-husbands", "Vol. 2", "notes.txt~", "editor.sock", "1.mp3"):
        (root / name).symlink_to(target)
    library = LocalLibrary(root)
    assert paths(library) == []
    folders = [row.path for row in library.skipped if row.is_folder and row.is_lost]
    assert folders == ["110-meet-the-husbands", "Vol. 2"]


def test_what_is_not_a_file_is_named_and_never_opened(root):
    os.mkfifo(root / "pipe.mp3")
    library = LocalLibrary(root)
    assert paths(library) == []
    assert library.skipped[0][0] == "pipe.mp3"
    with pytest.raises(OSError, match=r"pipe\.mp3"):
        library.open("pipe.mp3")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read and write everything")
def test_permissions_are_respected_and_named(root):
    put(root, "shut/1.mp3").parent.chmod(0)
    root.chmod(0o500)
    library = LocalLibrary(root)
    assert paths(library) == []
    assert "permission denied" in library.skipped[0][1]
    with pytest.raises(ContentError, match="read-only"):
        library.replace("note.md", b"")
    root.chmod(0o700)

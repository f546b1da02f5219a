"""Folders that did not change are answered from memory, and never with anything else than they would be."""

import random

from catalogue.library.folder import find_shows
from catalogue.library.known_folders import KnownFolders
from catalogue.library.naming import natural_key
from catalogue.ports import LibraryFile

NAMES = ("audio.mp3", "episode.md", "1.mp3", "1.md", "1.es.md", "2.opus", "2.mp3", "cover.jpg", "x.vtt", "Café.mp3")
FOLDERS = ("", "a/", "a/b/", "Season 2/", "Caf\u00e9/", "Cafe\u0301/", "show/", "show/1/")


def files(chosen):
    listed = [LibraryFile(path=path, size_bytes=size, mtime_ns=1, inode=1) for path, size in chosen.items()]
    return sorted(listed, key=lambda file: natural_key(file.path))


def test_whatever_was_known_the_shows_are_those_of_the_files():
    chance, known, chosen = random.Random(5), KnownFolders(), {"show.toml": 1}
    for _ in range(300):
        path = chance.choice(FOLDERS) + chance.choice(NAMES)
        if path in chosen and chance.random() < 0.5:
            del chosen[path]
        else:
            chosen[path] = chance.randrange(5)
        if chance.random() < 0.05:
            chosen["show/show.toml"] = 1
        assert find_shows(files(chosen), known) == find_shows(files(chosen))


def test_a_folder_that_is_the_same_is_not_read_again():
    known, listed = KnownFolders(), files({"show.toml": 1, "a/1.mp3": 1, "b/1.mp3": 1})
    first = find_shows(listed, known)[0].episodes
    second = find_shows(files({"show.toml": 1, "a/1.mp3": 1, "b/1.mp3": 2}), known)[0].episodes
    assert [one is other for one, other in zip(first, second, strict=True)] == [True, False]

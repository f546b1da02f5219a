"""Notes that cannot be understood: each is told with its line and its mend, and costs its episode alone."""

import pytest
from bad_input.conftest import item_titles

MIB = 1024 * 1024
# Folder → the note, the lines that are told, and what the first of them says.
BAD = {
    "yaml-open": ("---\ntitle: [a\nnumber: 1\n---\n", [2], "Close it with ]"),
    "yaml-fence": ("---\ntitle: a\n", [1], "never closed"),
    "yaml-tab": ("---\ntitle: a\n\tnumber: 1\n---\n", [3], "Indent with spaces"),
    "yaml-colon": ("---\ntitle: Living: well\n---\n", [2], "in quotes"),
    "yaml-twice": ("---\ntitle: a\ntitle: b\n---\n", [3], "second time (first in line 2)"),
    "yaml-alias": ("---\ntitle: &a x\nsummary: *a\n---\n", [2, 3], "Write the value out"),
    "yaml-tag": ("---\ntitle: !!python/object/apply:os.system [ls]\n---\n", [2], "is a YAML tag"),
    "yaml-list": ("---\n- a\n- b\n---\n", [2], "lines of `key: value`"),
    "yaml-deep": ("---\ntitle: " + "[" * 5000 + "]" * 5000 + "\n---\n", [2], "nested too deeply"),
    "yaml-stairs": ("---\n" + "\n".join(" " * n + "a:" for n in range(60)) + "\n---\n", [10], "nested too deeply"),
    "toml-open": ('+++\ntitle = "a\n+++\n', [2], "Close it"),
    "toml-twice": ('+++\ntitle = "a"\ntitle = "b"\n+++\n', [3], "second time"),
    "toml-deep": ("+++\nx = " + "[" * 5000 + "]" * 5000 + "\n+++\n", [2], "nested too deeply"),
    "date": ("---\npublished: 5/10/21\n---\n", [2], "Write 2021-10-05"),
    "date-no-day": ("---\npublished: 2021-02-30\n---\n", [2], "not a date I can read"),
    "date-skipped": ("---\npublished: 2021-03-14 02:30\n---\n", [2], "Write 2021-03-14 01:30 or 2021-03-14 03:30"),
    "date-doubled": ("---\npublished: 2021-11-07 01:30\n---\n", [2], "01:30-04:00 or 2021-11-07 01:30-05:00"),
    "kind-number": ("---\nnumber: ten\n---\n", [2], "Write digits"),
    "kind-choice": ("---\ntype: fulll\n---\n", [2], "full or trailer or bonus"),
    "kind-table": ("---\ntitle: {a: b}\n---\n", [2], "one value"),
    "key": ("---\ntitle: x\npublised: 2021-01-01\n---\n", [3], "Did you mean `published`?"),
    "slug-reserved": ("---\nslug: search\n---\n", [2], "Write another"),
    "slug-shape": ("---\nslug: ../../etc\n---\n", [2], "Use a-z, 0-9"),
    "slug-taken": ("---\nslug: good\n---\n", [2], "choose another"),
    "not-utf8": (b"---\ntitle: Caf\xe9\n---\n", [2], "encoding UTF-8"),
    "body-not-utf8": (b"---\ntitle: Cafe\n---\nCaf\xe9\n", [4], "encoding UTF-8"),
    "surrogate": (b"---\ntitle: a\xed\xa0\x80b\n---\n", [2], "encoding UTF-8"),
    "escaped-surrogate": ('---\ntitle: "a\\ud800b"\n---\n', [2], "Write the character itself"),
    "too-long": ("---\ntitle: Big\n---\n" + "word " * (MIB // 5), [None], "shorten it"),
    "markup": ("---\ntitle: Heavy\n---\nWords.\n\n" + "![" * 300_000, [6], "into a transcript"),
    "front-too-long": ("---\ntitle: " + "x" * 900_000 + "\n---\n", [2], "Shorten it"),
    "several": (
        "---\ntitle: ok\nnumber: ten\npublished: yesterday\nexpllicit: no\nfunding: {foo: 1}\n---\n",
        [3, 4, 5, 6],
        "is not a number: 'ten'",
    ),
}
# Strange, and nothing wrong with it.
GOOD = {
    "brackets": "---\ntitle: Brackets\n---\n" + "[" * 10_000,
    "quotations": "---\ntitle: Quotations\n---\n" + ">" * 20_000,
    "html": "---\ntitle: Html\n---\n<script>alert(1)</script>\n",
    "rule": "---\ntitle: Rule\n---\nabove\n\n---\n\nbelow\n",
}


def fill(shelf):
    notes = {name: row[0] for name, row in BAD.items()} | GOOD
    for number, (name, note) in enumerate(notes.items(), start=10):
        shelf.sound(f"{name}/audio.mp3", seed=number)
        (shelf.root / name / "episode.md").write_bytes(note if isinstance(note, bytes) else note.encode())


@pytest.mark.parametrize("name", BAD)
def test_a_bad_note_is_told_with_its_lines_and_its_mend(ward, name):
    _, lines, mend = BAD[name]
    said = ward.said(name)
    where = [f"{name}/episode.md{f', line {line}' if line else ''}: " for line in lines]
    assert [sentence.startswith(start) for sentence, start in zip(said, where, strict=True)] == [True] * len(lines)
    assert mend in said[0]
    assert said[0].endswith((".", "?"))
    assert len(said[0]) < 300


def test_every_other_episode_is_in_the_feed(ward):
    titles = set(item_titles(ward.shelf.feed()))
    assert titles == {"Good", *(name.title() for name in GOOD)}


def test_a_second_run_says_the_same_and_changes_nothing(ward):
    feed, revision = ward.shelf.feed(), ward.shelf.place.index.revision()
    assert set(ward.shelf.index().refused) == set(ward.report.refused)
    assert (ward.shelf.feed(), ward.shelf.place.index.revision()) == (feed, revision)


def test_one_guid_in_two_notes_is_told_with_both_and_stays_so(shelf):
    for number, name in enumerate(("one", "two"), start=1):
        shelf.sound(f"{name}/audio.mp3", seed=number)
        shelf.write(f"{name}/episode.md", "---\ntitle: x\nguid: the-same\n---\n")
    for _ in range(2):
        (problem,) = shelf.index().refused
        assert str(problem).startswith("two/episode.md, line 3: Its note states the GUID of one.")
    assert set(shelf.episodes()) == {"one"}


def test_a_note_that_breaks_later_leaves_its_episode_as_it_was(shelf):
    shelf.sound("one/audio.mp3")
    note = shelf.write("one/episode.md", "---\ntitle: One\n---\nWords.\n")
    shelf.index()
    feed = shelf.feed()
    for content, _, _ in BAD.values():
        note.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert shelf.index().refused
    assert shelf.feed() == feed

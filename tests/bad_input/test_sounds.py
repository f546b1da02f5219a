"""Audio that is none, or not all of it: each file is told with its mend and costs itself alone."""

import shutil
from pathlib import Path

import pytest
from bad_input.conftest import item_titles

DATA = Path(__file__).parents[1] / "data" / "audio"
# File → its bytes, and what is said.
BAD = {
    "empty.mp3": (b"", "It is empty"),
    "empty.m4a": (b"", "It is empty"),
    "page.mp3": (b"<!doctype html><html><body>404 Not Found</body></html>" * 9, "HTML page"),
    "text.m4a": (b"These are not the sounds. " * 99, "plain text"),
    "zeros.mp3": (bytes(9999), "zeros"),
    "picture.mp3": (b"\x89PNG\r\n\x1a\n" + bytes(999), "PNG picture"),
    "song.wma": (bytes.fromhex("3026b2758e66cf11") + bytes(99), "convert it to mp3"),
    "really-wma.mp3": (bytes.fromhex("3026b2758e66cf11") + bytes(99), "Convert it to MP3"),
}
WHOLE = ("plain.aiff", "plain.flac", "plain.m4a", "plain.ogg", "plain.opus")
CUT = {f"{part} of {name}": (name, part) for name in WHOLE for part in ("head", "half")}
CUT |= {"head of variable-rate-with-xing.mp3": ("variable-rate-with-xing.mp3", "head")}
# mutagen's own words, and Python's, are nothing to a producer.
JARGON = ("Error", "index out of", "b'", "unpack", "struct", "0x", "NoneType", "expected")


def fill(shelf):
    for name, (content, _) in BAD.items():
        (shelf.root / name).write_bytes(content)
    for name, (source, part) in CUT.items():
        content = (DATA / source).read_bytes()
        (shelf.root / name).write_bytes(content[: 60 if part == "head" else len(content) // 2])


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_audio_is_told_with_its_mend(ward, name):
    (said,) = ward.said(name)
    assert said.startswith(f"{name}: ")
    assert BAD[name][1] in said


@pytest.mark.parametrize("name", CUT)
def test_what_was_cut_off_is_told_in_plain_words(ward, name):
    (said,) = ward.said(name)
    assert said.startswith((f"{name}: It is cut off", f"{name}: It is damaged"))
    assert said.endswith("again.")
    assert not any(word in said for word in JARGON)


def test_the_good_episode_is_alone_in_the_feed(ward):
    assert item_titles(ward.shelf.feed()) == ["Good"]
    assert len(ward.report.refused) == len(BAD) + len(CUT)


def test_a_file_that_breaks_later_leaves_its_episode_in_the_feed(shelf):
    sound = shelf.sound("one.mp3", title="One")
    shelf.index()
    sound.write_bytes(b"")
    assert [problem.path for problem in shelf.index().refused] == ["one.mp3"]
    assert item_titles(shelf.feed()) == ["One"]


@pytest.mark.corpus
def test_hostile_files_cost_themselves_alone(shelf, corpus):
    for file in (corpus / "hostile").glob("*.bin"):
        ending = next((end for end in ("mp3", "opus", "flac", "ogg") if end in file.stem), "m4a")
        shutil.copy(file, shelf.root / f"{file.stem}.{ending}")
    shelf.sound("good.mp3", title="Good")
    report = shelf.index()
    said = [str(problem) for problem in report.refused]
    assert len(said) > 10
    assert not [sentence for sentence in said if any(word in sentence.partition(": ")[2] for word in JARGON)]
    assert "Good" in item_titles(shelf.feed())


def test_audio_that_states_no_sensible_duration_is_an_episode_without_one(shelf):
    header = b"RIFF\x2c\x00\x00\x00WAVEfmt \x10\x00\x00\x00" + bytes.fromhex("01000100000000000000000001000800")
    (shelf.root / "no-rate.wav").write_bytes(header + b"data\x08\x00\x00\x00" + bytes(8))
    shelf.index()
    assert shelf.episodes()["no-rate"].renditions[0].duration is None
    assert item_titles(shelf.feed()) == ["no rate"]
    assert b"itunes:duration" not in shelf.feed()

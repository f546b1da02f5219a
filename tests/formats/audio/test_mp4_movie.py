"""An atom put into `moov`: every offset still leads to its sound, wherever the sound lies."""

import struct
from io import BytesIO
from pathlib import Path

import pytest

from catalogue.formats.audio.mp4_atoms import find_atoms
from catalogue.formats.audio.mp4_chapters import find_chapter_tracks, read_track_chapters
from catalogue.formats.audio.mp4_movie import has_narrow_offsets, put_user_atom

DATA = Path(__file__).parents[2] / "data" / "audio"
SOUND = b"the sound"


def atom(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), name) + body


def long_atom(name: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4sQ", 1, name, 16 + len(body)) + body


def movie(offset: int, *, table: bytes = b"stco", user: bytes = b"", make=atom) -> bytes:
    row = struct.pack(">IIQ" if table == b"co64" else ">III", 0, 1, offset)
    track = make(b"trak", make(b"mdia", make(b"minf", make(b"stbl", make(table, row)))))
    return make(b"moov", make(b"mvhd", bytes(100)), track, user)


def file_of(*, sound_first: bool, **shape) -> BytesIO:
    head = atom(b"ftyp", b"M4A ")
    if sound_first:
        return BytesIO(head + atom(b"mdat", SOUND) + movie(len(head) + 8, **shape))
    offset = len(head) + len(movie(0, **shape)) + 8
    return BytesIO(head + movie(offset, **shape) + atom(b"mdat", SOUND))


def put(file: BytesIO, folder: Path, content: bytes) -> bytes:
    path = folder / "a.m4a"
    path.write_bytes(file.getvalue())
    with path.open("r+b") as stream:
        put_user_atom(stream, b"chpl", content)
    return path.read_bytes()


def heard(content: bytes) -> list[bytes]:
    """What lies where the tables say that the sound lies."""
    stream, places = BytesIO(content), []
    for name, shape in ((b"stco", ">I"), (b"co64", ">Q")):
        for table in find_atoms(stream, len(content), (b"moov", b"trak", b"mdia", b"minf", b"stbl", name)):
            rows = content[table.start + 8 : table.stop]
            places += [at for (at,) in struct.iter_unpack(shape, rows)]
    return [content[at : at + len(SOUND)] for at in places]


def user_atoms(content: bytes) -> list[bytes]:
    found = find_atoms(BytesIO(content), len(content), (b"moov", b"udta", b"chpl"))
    return [content[one.start : one.stop] for one in found]


@pytest.mark.parametrize("make", [atom, long_atom])
@pytest.mark.parametrize("table", [b"stco", b"co64"])
@pytest.mark.parametrize("sound_first", [False, True])
@pytest.mark.parametrize("new", [b"", b"new", b"a longer one" * 200_000], ids=["empty", "short", "long"])
def test_the_sound_is_where_the_tables_say(tmp_path, new, sound_first, table, make):
    user = atom(b"udta", atom(b"chpl", b"old ones"), atom(b"name", b"kept"), bytes(4))
    file = file_of(sound_first=sound_first, table=table, make=make, user=user)
    written = put(file, tmp_path, new)
    assert heard(written) == [SOUND]
    assert user_atoms(written) == [new]
    assert written.count(b"kept") == 1
    assert written.endswith(SOUND) is not sound_first


def test_a_file_without_user_atoms_gets_them(tmp_path):
    written = put(file_of(sound_first=False), tmp_path, b"new")
    assert (user_atoms(written), heard(written)) == ([b"new"], [SOUND])


def test_two_that_were_there_become_one(tmp_path):
    user = atom(b"udta", atom(b"chpl", b"1"), bytes(4)) + atom(b"udta", atom(b"chpl", b"2"), atom(b"name", b"kept"))
    written = put(file_of(sound_first=False, user=user), tmp_path, b"new")
    assert user_atoms(written) == [b"new"]
    assert len(find_atoms(BytesIO(written), len(written), (b"moov", b"udta", b"name"))) == 1


def test_tracks_that_were_nothing_but_chapters_become_free_space(tmp_path):
    before = (DATA / "two-kinds-of-chapters.m4a").read_bytes()
    assert len(find_chapter_tracks(BytesIO(before), len(before))) == 1
    written = put(BytesIO(before), tmp_path, b"new")
    tracks = find_atoms(BytesIO(written), len(written), (b"moov", b"trak"))
    assert (len(tracks), read_track_chapters(BytesIO(written), len(written))) == (1, [])
    assert find_atoms(BytesIO(written), len(written), (b"moov", b"trak", b"tref")) == []


def test_offsets_of_32_bits_are_told_from_those_of_64():
    narrow, wide = file_of(sound_first=True), file_of(sound_first=True, table=b"co64")
    assert has_narrow_offsets(narrow, len(narrow.getvalue()))
    assert not has_narrow_offsets(wide, len(wide.getvalue()))

"""A studio on a disk that is nearly full: the reason is said, nothing is torn or lost, and with room it goes on.

The server is the real one, and so is the disk: it holds the library, or the data folder, and is filled but for so many
kibibytes.
"""

from __future__ import annotations

import http.client
import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from PIL import Image
from small_disks import disk_of, leave_room, take_ballast, tells_why
from sounds import silent_mp3
from studios import PAGE, Studio

from catalogue.domain.rights import Role
from catalogue.library.durable import is_leftover

DISK_KIBIBYTES = 160 * 1024
SHOW_PAGE = PAGE.removesuffix("upload/")
EPISODE = f"{SHOW_PAGE}episodes/a-talk/"
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
TYPED = "Words that took an hour."
# Kibibytes that are left: none, a little, and just less than what the server leaves to others.
LEVELS = {"library": (0, 8, 64, 512), "data": (0, 64, 1024, 60 * 1024)}
Answer = http.client.HTTPResponse


def send_file(studio: Studio, page: str, name: str, file: str, content: bytes) -> Answer:
    """Send a file by the form of a page that takes one."""
    text = studio.ask("GET", page).text
    token = re.search(r'name="csrf" value="(\w+)"', text)[1]
    action = re.search(r' action="([^"]+/upload/[^"]+)"', text)
    parts = ((b'name="csrf"', token.encode()), (f'name="{name}"; filename="{file}"'.encode(), content))
    body = b"".join(b"--x\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % part for part in parts)
    return studio.ask("POST", action[1] if action else page, body + b"--x--\r\n", Content_Type=PARTS)


def send_picture(studio: Studio) -> Answer:
    picture = io.BytesIO()
    Image.effect_noise((1400, 1400), 60).convert("RGB").save(picture, "JPEG", quality=60)
    return send_file(studio, f"{EPISODE}artwork/", "artwork", "a.jpg", picture.getvalue())


def send_transcript(studio: Studio) -> Answer:
    cues = b"WEBVTT\n" + b"".join(b"\n00:%02d.000 --> 00:%02d.500\nHello.\n" % (n, n) for n in range(20))
    return send_file(studio, f"{EPISODE}transcripts/", "transcript", "a.vtt", cues)


def save_note(studio: Studio, length: int) -> Answer:
    text = studio.ask("GET", EPISODE).text
    hidden = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', text))
    fields = {**hidden, "act": "save", "notes": TYPED.ljust(length, "x")}
    kept = {name: value for name, value in fields.items() if not name.startswith("person")}
    return studio.ask("POST", EPISODE, urlencode(kept).encode(), Content_Type=FORM)


def save_short_note(studio: Studio) -> Answer:
    return save_note(studio, 20_000)


def save_long_note(studio: Studio) -> Answer:
    return save_note(studio, 200_000)


EDITS: tuple[Callable[[Studio], Answer], ...] = (send_picture, send_transcript, save_short_note, save_long_note)


def opened(folder: Path, place: str) -> Iterator[Studio]:
    """A studio on a disk of its own, with an episode."""
    folder.mkdir(exist_ok=True)
    with disk_of(folder / place, DISK_KIBIBYTES):
        studio = Studio(folder, silent_mp3(20, seed=1), role=Role.OWNER)
        with studio.running():
            yield studio


def tree(studio: Studio) -> dict[Path, bytes]:
    """Every file of the library but the ledger and what fills the disk."""
    found = [path for path in studio.settings.library.rglob("*") if path.is_file()]
    assert not [path for path in found if is_leftover(path.name)]
    return {path: path.read_bytes() for path in found if path.name not in ("ballast", "ledger.jsonl")}


def do_on_full_disk(studio: Studio, place: str, level: int, deed: Callable[[Studio], Answer]) -> int:
    """Do it where only so much is left, then with room; gives what was answered first."""
    disk, before = studio.folder / place, tree(studio)
    leave_room(disk, level)
    first = deed(studio)
    if first.status not in (201, 303):
        assert 422 <= first.status < 600, (first.status, first.text)
        assert tells_why(first.text), (first.status, first.text)
        assert tree(studio) == before
        assert "save" not in deed.__name__ or TYPED in first.text
    kept = [path for path in studio.settings.upload_folder.rglob("*") if path.is_file()]
    take_ballast(disk)
    assert kept == [] or deed is Studio.send_pieces, kept
    if first.status not in (201, 303):
        studio.acknowledged = 0  # what was refused is sent anew
        second = deed(studio)
        assert second.status in (201, 303), (second.status, second.text)
    assert tree(studio) != before
    return first.status


def work_through(folder: Path, place: str, level: int) -> dict[str, int]:
    """Upload twice and edit on a disk that is so full; gives what was answered to each."""
    said = {}
    for studio in opened(folder, place):
        for way in (Studio.send_form, Studio.send_pieces):
            said[way.__name__] = do_on_full_disk(studio, place, level, way)
            studio.sound, studio.acknowledged = silent_mp3(20, seed=2), 0
        for edit in EDITS:
            said[edit.__name__] = do_on_full_disk(studio, place, level, edit)
    return said


@pytest.mark.soak
@pytest.mark.parametrize(("place", "level"), [(place, level) for place, levels in LEVELS.items() for level in levels])
def test_a_full_disk_tears_nothing_in_a_studio(tmp_path, place, level):
    said = work_through(tmp_path, place, level)
    print(f"\n{place}, {level} KiB left: {said}")
    assert level or not {201, 303} & set(said.values())

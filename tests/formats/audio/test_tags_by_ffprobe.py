"""What another program reads in files that were tagged: ffprobe, which sees chapters, and every packet of the sound."""

import json
import subprocess
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from catalogue.documents import render_document
from catalogue.domain.facts import NewTags
from catalogue.domain.media import Chapter
from catalogue.errors import AudioError
from catalogue.formats.audio.tag_writing import write_tags

pytestmark = pytest.mark.ffmpeg
_SOUND = "sine=frequency=330:duration=3:sample_rate=16000"
_AAC = ["-c:a", "aac", "-b:a", "32k"]
# What is tagged → how it is made, and the version of ID3.
FILES = {
    "in-front.m4a": ([*_AAC, "-movflags", "+faststart"], 4),
    "behind.m4a": (_AAC, 4),
    "film.mp4": ([*_AAC, "-movflags", "+faststart"], 4),
    "new.mp3": (["-c:a", "libmp3lame"], 4),
    "old.mp3": (["-c:a", "libmp3lame"], 3),
    "a.ogg": (["-c:a", "libvorbis"], 4),
    "a.opus": (["-c:a", "libopus"], 4),
    "a.flac": (["-c:a", "flac"], 4),
}
CHAPTERS = ((0, "Hello"), (1.25, "Él: <two>"), (2.5, "Goodbye"))
TAGS = NewTags(
    title="Años",
    number=Decimal(110),
    chapters=tuple(Chapter(start=timedelta(seconds=start), title=title) for start, title in CHAPTERS),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The files, tagged; and the hashes of the packets of each, before and after."""
    folder = tmp_path_factory.mktemp("tagged")
    command = ["-f", "lavfi", "-i", _SOUND, "-f", "lavfi", "-i", "color=size=16x16:rate=5:duration=3"]
    for name, (options, _) in FILES.items():
        film = ["-map", "1"] if name == "film.mp4" else []
        command += ["-map", "0", *film, *options, str(folder / name)]
    run("ffmpeg", *command)
    before = packets(folder)
    for name, (_, version) in FILES.items():
        write_tags(str(folder / name), name, render_document(NewTags, replace(TAGS, id3_version=version)).decode(), "")
    after = packets(folder)
    return {name: (folder / name, before[name], after[name]) for name in FILES}


def run(program, *args):
    done = subprocess.run([program, "-v", "error", *args], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def packets(folder):
    """By file, a hash a packet, of sound and of pictures; what stands behind it is none of them (Ogg: the tags).

    One run for all: to start ffmpeg takes longer than its work. It decodes each too, and stops at what does not play.
    """
    command = ["-y", "-xerror", *(word for name in FILES for word in ("-i", str(folder / name)))]
    for number, name in enumerate(FILES):
        both = ["-map", f"{number}:a", "-map", f"{number}:v?"]
        command += [*both, "-c", "copy", "-f", "framehash", str(folder / f"{name}.hashes"), *both, "-f", "null", "-"]
    run("ffmpeg", *command)
    return {name: hashes(folder / f"{name}.hashes") for name in FILES}


def hashes(file):
    return [line.split(",")[5].strip() for line in file.read_text().splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("name", FILES)
def test_ffprobe_reads_the_chapters_and_the_title(made, name):
    found = json.loads(
        run("ffprobe", "-show_chapters", "-show_format", "-show_streams", "-of", "json", str(made[name][0]))
    )
    stated = {**found["streams"][0].get("tags", {}), **found["format"].get("tags", {})}
    titles = {key.lower(): value for key, value in stated.items()}
    assert titles["title"] == "Años"
    assert [(float(one["start_time"]), one["tags"]["title"]) for one in found["chapters"]] == list(CHAPTERS)


@pytest.mark.parametrize("name", FILES)
def test_every_packet_is_what_it_was(made, name):
    _, before, after = made[name]
    assert len(before) > 20
    assert after == before


def test_an_mp4_in_fragments_is_refused_with_its_reason(tmp_path):
    file = tmp_path / "a.m4a"
    run("ffmpeg", "-f", "lavfi", "-i", _SOUND, *_AAC, "-movflags", "+frag_keyframe+empty_moov", str(file))
    content = file.read_bytes()
    with pytest.raises(AudioError, match=r"1/a\.m4a: Nothing was written: it is an MP4 in fragments"):
        write_tags(str(file), "1/a.m4a", render_document(NewTags, TAGS).decode(), "")
    assert file.read_bytes() == content

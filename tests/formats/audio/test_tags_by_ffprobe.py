"""What another program reads in files that were tagged: ffprobe, which sees chapters, and every packet of the sound."""

import json
import subprocess
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
    """Each file, tagged; and the hashes of its packets before."""
    folder, files = tmp_path_factory.mktemp("tagged"), {}
    for name, (options, version) in FILES.items():
        file = folder / name
        film = ["-f", "lavfi", "-i", "color=size=16x16:rate=5:duration=3"] if name == "film.mp4" else []
        run("ffmpeg", "-f", "lavfi", "-i", _SOUND, *film, *options, str(file))
        before = packets(file)
        tags = NewTags(title=TAGS.title, number=TAGS.number, chapters=TAGS.chapters, id3_version=version)
        write_tags(str(file), name, render_document(NewTags, tags).decode(), "")
        files[name] = (file, before)
    return files


def run(program, *args):
    done = subprocess.run([program, "-v", "error", *args], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return done.stdout


def packets(file):
    """A hash a packet, of sound and of pictures; what stands behind it is none of them (Ogg: the tags)."""
    lines = run("ffmpeg", "-i", str(file), "-map", "0:a", "-map", "0:v?", "-c", "copy", "-f", "framehash", "-")
    return [line.split(",")[5].strip() for line in lines.splitlines() if not line.startswith("#")]


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
def test_every_packet_is_what_it_was_and_plays(made, name):
    file, before = made[name]
    assert len(before) > 20
    assert packets(file) == before
    run("ffmpeg", "-xerror", "-i", str(file), "-f", "null", "-")


def test_an_mp4_in_fragments_is_refused_with_its_reason(tmp_path):
    file = tmp_path / "a.m4a"
    run("ffmpeg", "-f", "lavfi", "-i", _SOUND, *_AAC, "-movflags", "+frag_keyframe+empty_moov", str(file))
    content = file.read_bytes()
    with pytest.raises(AudioError, match=r"1/a\.m4a: Nothing was written: it is an MP4 in fragments"):
        write_tags(str(file), "1/a.m4a", render_document(NewTags, TAGS).decode(), "")
    assert file.read_bytes() == content

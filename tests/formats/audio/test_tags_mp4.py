"""iTunes atoms of MP4 files."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from mutagen.mp4 import MP4, MP4Cover

from catalogue.domain.media import Chapter
from catalogue.formats.audio.tags import read_fields
from catalogue.formats.audio.tags_mp4 import LenientMP4, read_mp4

DATA = Path(__file__).parents[2] / "data" / "audio"


@pytest.fixture
def tagged(tmp_path):
    def with_tags(**atoms: object) -> LenientMP4:
        file = tmp_path / "plain.m4a"
        file.write_bytes((DATA / "plain.m4a").read_bytes())
        movie = MP4(file)
        for name, value in atoms.items():
            movie[name] = value
        movie.save()
        return LenientMP4(file)

    return with_tags


def test_text_atoms_fill_the_fields(tagged):
    movie = tagged(
        **{"©nam": "Title", "©ART": ["A", "B"], "©day": "2018-05-03T07:00:00Z", "desc": "Short", "ldes": "L"}
    )
    fields = read_fields(read_mp4(movie))
    assert (fields["title"], fields["author"], fields["summary"]) == ("Title", "A, B", "Short")
    assert fields["published_at"] == datetime(2018, 5, 3, 7, tzinfo=UTC)
    assert fields["notes"] == "L"


def test_episode_and_season_atoms_go_before_track_and_disk(tagged):
    fields = read_fields(read_mp4(tagged(trkn=[(3, 12)], disk=[(2, 2)])))
    assert (fields["number"], fields["season"]) == (Decimal(3), 2)
    fields = read_fields(read_mp4(tagged(trkn=[(3, 12)], disk=[(2, 2)], tves=[110], tvsn=[5])))
    assert (fields["number"], fields["season"]) == (Decimal(110), 5)


def test_podcast_atoms_and_a_free_language_are_read(tagged):
    movie = tagged(egid="guid-1", purl="https://example.org/feed", **{"----:com.apple.iTunes:LANGUAGE": b"ger"})
    fields = read_fields(read_mp4(movie))
    assert (fields["guid"], fields["feed_url"], fields["language"]) == ("guid-1", "https://example.org/feed", "de")


def test_the_first_cover_is_the_picture(tagged):
    assert read_mp4(tagged(covr=[MP4Cover(b"one"), MP4Cover(b"two")])).picture == b"one"


def test_a_file_without_tags_says_nothing():
    raw = read_mp4(LenientMP4(DATA / "plain.m4a"))
    assert (raw.picture, raw.chapters) == (None, ())
    assert read_fields(raw)["title"] is None


def test_the_richer_list_of_chapters_counts():
    movie = LenientMP4(DATA / "two-kinds-of-chapters.m4a")
    track = [Chapter(start=timedelta(0), title="Only one")]
    assert len(read_mp4(movie, track).chapters) == 3
    assert read_mp4(movie, track * 4).chapters[3].title == "Only one"

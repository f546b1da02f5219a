"""A ledger's line follows its episode and forgets no address."""

from datetime import timedelta

from builders import NOON, make_audio, make_episode, make_ledger_show, make_line, make_show

from catalogue.domain.ledger_lines import follow_episode, follow_show, media_of
from catalogue.domain.media import Artwork, Chapter, Transcript


def follow(line, **stated):
    episode = make_episode(**stated)
    return follow_episode(line, episode, media_of(episode, None))


def roles(episode, chapters=None):
    return list(media_of(episode, chapters))


def test_everything_with_an_address_by_hash_has_a_role():
    episode = make_episode(
        renditions=(make_audio(), make_audio(format="opus", sha256="b" * 64)),
        chapters=(Chapter(start=timedelta(0), title="One"),),
        transcripts=(Transcript(path="1/es.vtt", format="vtt", language="es", sha256="d" * 64, size_bytes=1),),
        artwork=Artwork(path="1/artwork.jpg", sha256="e" * 64, width=1400, height=1400),
    )
    assert roles(episode, "f" * 64) == ["artwork", "audio.mp3", "audio.opus", "chapters.json", "transcript.es.vtt"]


def test_of_two_files_in_one_role_the_first_is_published():
    first, second = make_audio(format="m4a"), make_audio(format="m4a", sha256="b" * 64)
    assert media_of(make_episode(renditions=(first, second)), None)["audio.m4a"].sha256 == first.sha256


def test_what_stays_the_same_leaves_no_trace():
    line = follow(make_line(slug="meet-the-husbands"))
    assert follow(line) == line


def test_earlier_slugs_are_kept_oldest_first_and_once():
    line = make_line(slug="one")
    for slug in ("two", "three", "two", "three"):
        line = follow(line, slug=slug)
    assert (line.slug, line.was) == ("three", ("one", "two"))


def test_a_slug_in_use_is_not_an_earlier_one():
    line = follow(follow(make_line(slug="one"), slug="two"), slug="one")
    assert (line.slug, line.was) == ("one", ("two",))


def test_every_earlier_hash_is_kept_with_its_role_even_one_that_came_back():
    line = make_line(slug="one")
    for sha256 in ("a" * 64, "b" * 64, "a" * 64):
        line = follow(line, renditions=(make_audio(sha256=sha256),))
    assert line.media["audio.mp3"].sha256 == "a" * 64
    assert line.was_media["b" * 64] == "audio.mp3"


def test_a_file_that_was_taken_away_is_remembered():
    line = follow(follow(make_line(), renditions=(make_audio(),)), renditions=())
    assert (line.media, line.was_media["a" * 64]) == ({}, "audio.mp3")


def test_missing_and_withdrawn_are_written_and_taken_back():
    line = follow(make_line(), missing_since=NOON, withdrawn_at=NOON)
    assert (line.missing_since, line.withdrawn_at) == (NOON, NOON)
    assert follow(line).missing_since is None


def test_a_show_keeps_its_earlier_slugs_and_covers():
    line = follow_show(make_ledger_show(slug="old"), make_show())
    line = follow_show(line, make_show(artwork=Artwork(path="new.png", sha256="d" * 64, width=3000, height=3000)))
    assert (line.slug, line.was) == ("conversations", ("old",))
    assert (line.media["artwork"].sha256, line.was_media) == ("d" * 64, {"c" * 64: "artwork"})

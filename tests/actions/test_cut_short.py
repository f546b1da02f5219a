"""A published file that got smaller and seems cut off: the episode is held, and half of it is never served as all."""

from pathlib import Path

import pytest
from mutagen.id3 import ID3, TIT2
from sounds import FRAME, silent_mp3

from catalogue.actions.claim import claim_episode
from catalogue.actions.revise import revise_episode
from catalogue.actions.unpublish import unpublish_episode
from catalogue.actions.verify import verify_media
from catalogue.errors import MediaError, NotPublishable

NOTE = "---\ntitle: One\npublished: 2026-01-05\n---\nAbout it.\n"
SOUNDS = Path(__file__).parents[1] / "data" / "audio"
KINDS = ["plain.aac", "plain.aiff", "plain.flac", "plain.m4a", "plain.ogg", "plain.opus", "variable-rate-with-xing.mp3"]
HALF = silent_mp3(seconds=1.0)[:-40]


@pytest.fixture
def one(shelf):
    """One published episode, an MP3 without a header; and what the feed said then."""
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", NOTE)
    shelf.index()
    return shelf


def cut(shelf, content=HALF):
    (shelf.root / "one/audio.mp3").write_bytes(content)


def held(report):
    return [problem for problem in report.problems if problem.code.startswith("held")]


def fetch(shelf, sha256):
    return shelf.publication().media(sha256, "one.mp3", shelf.now)


def test_the_episode_stays_as_it_was_and_its_audio_is_not_served(one):
    feed, ledger, before = one.feed(), one.ledger(), one.episodes()["one"]
    cut(one)
    report = one.index()
    assert (one.feed(), one.ledger(), one.episodes()["one"]) == (feed, ledger, before)
    assert report.counts["held"] == 1 and report.refused
    with pytest.raises(MediaError):
        fetch(one, before.audio.sha256)


def test_the_problem_names_the_file_and_the_ways_out(one):
    cut(one)
    (problem,) = held(one.plan())
    assert (problem.code, problem.path) == ("held-cut", "one/audio.mp3")
    assert problem.message == (
        "one/audio.mp3 got smaller since it was published, and seems to be cut off. Until you say, its item stays as "
        'it was, without that audio. Put it back from a backup, or give the right file: castalogue revise "one" FILE. '
        'If it is meant to be shorter: castalogue claim "one" "one".'
    )


def test_it_stays_held_at_every_further_look(one):
    cut(one)
    for _ in range(3):
        assert len(held(one.index())) == 1
        one.later(hours=1)
    one.write("one/episode.md", NOTE.replace("About it", "About that"))
    assert len(held(one.index())) == 1


def test_put_back_it_is_served_again_and_nothing_is_new(one):
    feed, sha256 = one.feed(), one.episodes()["one"].audio.sha256
    whole = (one.root / "one/audio.mp3").read_bytes()
    cut(one)
    one.index()
    cut(one, whole)
    assert held(one.index()) == []
    assert (one.feed(), fetch(one, sha256).size_bytes) == (feed, len(whole))


def test_who_means_it_says_so(one):
    cut(one)
    one.index()
    report = claim_episode(one.place, "one", old="one", wishes=one._wishes())
    assert (held(report), one.episodes()["one"].audio.size_bytes) == ([], len(HALF))
    assert held(one.index()) == []


def test_other_audio_by_revise_ends_it(one, tmp_path):
    cut(one)
    one.index()
    right = tmp_path / "right.mp3"
    right.write_bytes(silent_mp3(seed=4))
    done = revise_episode(one.place, "one", audio=right, wishes=one._wishes())
    assert (held(done.report), done.episode.audio.size_bytes) == ([], right.stat().st_size)


def test_a_correction_alone_is_no_word_on_the_audio(one):
    cut(one)
    with pytest.raises(NotPublishable, match="got smaller since it was published"):
        revise_episode(one.place, "one", note="A word.", wishes=one._wishes())


def test_it_can_be_unpublished(one):
    cut(one)
    one.index()
    assert unpublish_episode(one.place, "one", wishes=one._wishes()).episode.draft


def test_verify_calls_it_cut_off_by_what_the_ledger_knows(one):
    whole = one.episodes()["one"].audio.size_bytes
    cut(one)
    one.index()
    (fault,) = verify_media(one.place).faults
    assert (fault.code, f"{len(HALF)} of {whole} bytes" in fault.message) == ("truncated", True)


def test_a_file_that_always_ended_so_may_get_shorter(one):
    cut(one, silent_mp3(seconds=3.0)[:-40])
    one.index()
    cut(one)
    report = one.index()
    assert (held(report), report.counts["audio"]) == ([], 1)


@pytest.mark.parametrize("content", [silent_mp3(seconds=1.0), silent_mp3(seconds=3.0)[:-40]], ids=["whole", "longer"])
def test_other_audio_that_is_whole_or_longer_is_taken(one, content):
    cut(one, content)
    assert (held(one.index()), one.episodes()["one"].audio.size_bytes) == ([], len(content))


def test_smaller_tags_are_no_cut(shelf):
    file = shelf.write("one.md", NOTE).with_suffix(".mp3")
    file.write_bytes(silent_mp3() + FRAME[:50])
    tag = ID3()
    tag.add(TIT2(text="A long title " * 50))
    tag.save(file, padding=lambda _: 2000)
    shelf.index()
    ID3(file).delete(file)
    shelf.place.index.save_problems(())
    assert held(shelf.index()) == []


def test_what_nobody_has_heard_yet_may_change(shelf):
    shelf.sound("one/audio.mp3")
    shelf.write("one/episode.md", NOTE.replace("2026-01-05", "2026-05-05"))
    shelf.index()
    cut(shelf)
    assert held(shelf.index()) == []


@pytest.mark.parametrize("part", [0.5, 0.98])
@pytest.mark.parametrize("name", [*KINDS, "plain.mp3"])
def test_no_kind_of_audio_is_served_cut_off_as_if_it_were_whole(shelf, name, part):
    file = shelf.write("one/episode.md", NOTE).parent / f"audio.{name.rpartition('.')[2]}"
    whole = silent_mp3() if name == "plain.mp3" else (SOUNDS / name).read_bytes()
    file.write_bytes(whole)
    shelf.index()
    before = shelf.episodes()["one"].audio
    file.write_bytes(whole[: int(len(whole) * part) - 1])
    assert {problem.path.rpartition("/")[2] for problem in shelf.index().problems} >= {file.name}
    assert shelf.episodes()["one"].audio == before
    with pytest.raises(MediaError):
        shelf.publication().media(before.sha256, f"one.{before.extension}", shelf.now)


def test_a_change_of_the_show_goes_out_all_the_same_and_says_no_more_of_it(one):
    cut(one)
    one.index()
    show = one.root / "show.toml"
    show.write_text(show.read_text("utf-8").replace("Conversations", "Talks"), encoding="utf-8")
    report = one.index()
    assert [problem.code for problem in held(report)] == ["held-cut"]
    assert one.feed().count(b"<item>") == 1 and b"<title>Talks<" in one.feed()

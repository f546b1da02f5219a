"""When an episode is public, in which order episodes come, and when one last changed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from builders import NOON, make_audio, make_episode

from catalogue.domain.episode import Audience, Correction, newest_first
from catalogue.domain.media import RemoteAudio

SECOND = timedelta(seconds=1)


def test_an_episode_is_public_from_its_moment_on():
    episode = make_episode()
    assert not episode.is_public(NOON - SECOND)
    assert episode.is_public(NOON)


@pytest.mark.parametrize(
    "stated", [{"draft": True}, {"withdrawn_at": NOON}, {"audience": Audience.MEMBERS}, {"published_at": None}]
)
def test_drafts_withdrawn_and_members_episodes_are_never_public(stated):
    assert not make_episode(**stated).is_public(NOON + timedelta(days=10_000))


def test_a_missing_episode_stays_public():
    assert make_episode(missing_since=NOON).is_public(NOON)


def test_the_newest_comes_first_and_of_one_moment_the_lower_guid():
    episodes = [
        make_episode(guid="b"),
        make_episode(guid="a"),
        make_episode(guid="later", published_at=NOON + SECOND),
        make_episode(guid="undated", published_at=None),
    ]
    assert [one.guid for one in sorted(episodes, key=newest_first)] == ["undated", "later", "a", "b"]


def test_the_first_rendition_is_the_enclosure_and_the_others_alternates():
    mp3, opus = make_audio(), make_audio(format="opus", duration=None)
    episode = make_episode(renditions=(mp3, opus))
    assert (episode.audio, episode.alternates, episode.duration) == (mp3, (opus,), mp3.duration)


def test_remote_audio_is_audio_too():
    remote = RemoteAudio(url="https://a.example/1.mp3", size_bytes=1, media_type="audio/mpeg", duration=SECOND)
    episode = make_episode(renditions=(), remote=remote)
    assert (episode.has_audio, episode.audio, episode.duration) == (True, None, SECOND)


def test_an_episode_without_audio_has_no_length():
    episode = make_episode(renditions=())
    assert (episode.has_audio, episode.duration) == (False, None)


def test_a_dated_correction_or_an_update_is_a_change_of_its_day():
    corrected = make_episode(corrections=(Correction(on=date(2022, 1, 2), text="It is 12 weeks."),))
    updated = make_episode(updated_at=NOON + SECOND)
    assert make_episode().changed_at == NOON
    assert corrected.changed_at == datetime(2022, 1, 2, tzinfo=UTC)
    assert updated.changed_at == NOON + SECOND


def test_what_has_no_date_at_all_never_changed():
    assert make_episode(published_at=None).changed_at is None

"""What apps make of each planned change, and what is said of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from builders import NOON, make_audio, make_episode

from catalogue.actions.changes import compare
from catalogue.actions.effects import Effect, effects_of, reasons_for
from catalogue.domain.episode import Audience, Correction, Translation
from catalogue.domain.media import RemoteAudio
from catalogue.domain.plan import Change

NOW = NOON + timedelta(days=1)
LATER, EVEN_LATER = NOW + timedelta(days=1), NOW + timedelta(days=2)
BEFORE = make_episode()
OTHER = make_audio(sha256="b" * 64, essence="f" * 64, duration=timedelta(minutes=47))
REMOTE = RemoteAudio(url="https://audio.example/1.mp3", size_bytes=1, media_type="audio/mpeg")


def effects(before, **stated):
    return effects_of(compare(before, make_episode(**stated)), now=NOW)


@pytest.mark.parametrize(
    ("stated", "effect"),
    [
        ({}, Effect.NEW),
        ({"published_at": LATER}, Effect.SCHEDULED),
        ({"draft": True}, Effect.UNSEEN),
        ({"renditions": ()}, Effect.UNSEEN),
        ({"audience": Audience.MEMBERS}, Effect.UNSEEN),
        ({"renditions": (), "remote": REMOTE}, Effect.NEW),
    ],
)
def test_an_episode_that_was_not_there(stated, effect):
    assert effects(None, **stated) == (effect,)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"title": "Other"}, (Effect.CHANGED,)),
        ({"renditions": (OTHER,)}, (Effect.AGAIN,)),
        ({"renditions": (OTHER,), "title": "Other"}, (Effect.AGAIN, Effect.CHANGED)),
        ({"slug": "other"}, (Effect.AGAIN, Effect.CHANGED)),
        ({"published_at": NOON - timedelta(days=1)}, (Effect.MOVED,)),
        ({"published_at": NOON - timedelta(days=1), "notes": "More."}, (Effect.MOVED, Effect.CHANGED)),
        ({"published_at": LATER}, (Effect.LEAVES,)),
        ({"draft": True}, (Effect.LEAVES,)),
        ({"renditions": ()}, (Effect.LEAVES,)),
        ({"withdrawn_at": NOON}, (Effect.WITHDRAWN,)),
        ({"missing_since": NOON}, (Effect.MISSING,)),
        ({"renditions": (), "remote": REMOTE}, (Effect.AGAIN,)),
        ({"renditions": (*BEFORE.renditions, OTHER)}, (Effect.CHANGED,)),
        ({"path": "elsewhere"}, (Effect.UNSEEN,)),
        ({"translations": (Translation(language="es", title="Otro"),)}, (Effect.UNSEEN,)),
    ],
)
def test_an_episode_that_apps_have(stated, expected):
    assert effects(BEFORE, **stated) == expected


@pytest.mark.parametrize(
    ("before", "stated", "effect"),
    [
        ({"draft": True}, {}, Effect.NEW),
        ({"draft": True}, {"draft": True, "title": "Other"}, Effect.UNSEEN),
        ({"draft": True}, {"published_at": LATER}, Effect.SCHEDULED),
        ({"published_at": LATER}, {"published_at": EVEN_LATER}, Effect.MOVED),
        ({"published_at": LATER}, {"published_at": LATER, "title": "Other"}, Effect.UNSEEN),
        ({"published_at": LATER}, {}, Effect.NEW),
        ({"missing_since": NOON}, {}, Effect.RETURNED),
    ],
)
def test_an_episode_that_was_there_in_another_way(before, stated, effect):
    assert effects(make_episode(**before), **stated) == (effect,)


def test_what_stays_has_no_effect_and_what_is_held_has_one():
    assert effects(BEFORE) == ()
    held = replace(compare(None, BEFORE), change=Change.HELD)
    assert effects_of(held, now=NOW) == (Effect.HELD,)


@pytest.mark.parametrize(
    ("stated", "why"),
    [
        ({"renditions": (OTHER,)}, "another recording: 0:47:00, it was 0:48:00"),
        ({"renditions": (make_audio(sha256="b" * 64),)}, "the same recording, with other tags in the file"),
        ({"renditions": (make_audio(sha256="b" * 64, format="m4a"),)}, "its audio is m4a now, it was mp3"),
        ({"renditions": (), "remote": REMOTE}, "its audio lies elsewhere now: https://audio.example/1.mp3"),
        ({"slug": "other"}, "the address of its audio has another name in it"),
    ],
)
def test_why_apps_may_download_again_is_said_first(stated, why):
    assert reasons_for(compare(BEFORE, make_episode(**stated)))[0] == why


def test_a_draft_that_is_published_is_said():
    assert reasons_for(compare(make_episode(draft=True), BEFORE)) == ("a draft until now",)


def test_audio_that_comes_here_is_said():
    remote = make_episode(renditions=(), remote=REMOTE)
    assert reasons_for(compare(remote, BEFORE)) == ("its audio lies here now",)


def test_corrections_are_said_in_full_and_so_is_one_that_is_taken_out():
    one, two = (Correction(on=date(2021, 10, day), text=f"Of the {day}th.") for day in (12, 20))
    corrected = make_episode(corrections=(one, two))
    assert reasons_for(compare(BEFORE, corrected)) == (
        "correction of 2021-10-20: Of the 20th.",
        "correction of 2021-10-12: Of the 12th.",
    )
    assert reasons_for(compare(corrected, BEFORE)) == ("an earlier correction is taken out",)


def test_missing_audio_is_no_other_audio():
    assert reasons_for(compare(BEFORE, make_episode(missing_since=NOON))) == ()

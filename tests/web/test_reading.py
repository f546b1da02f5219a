from datetime import timedelta

from catalogue.domain.media import Cue, Transcript
from web.reading import passages, readable


def cue(text, speaker=None, at=0):
    return Cue(text=text, speaker=speaker, start=timedelta(seconds=at))


def transcript(form, language="en"):
    return Transcript(path=f"t.{form}", format=form, language=language, sha256="1" * 64, size_bytes=1)


def test_a_speaker_is_named_where_they_begin_only():
    found = passages([cue("One.", "Ana"), cue("Two.", "Ana"), cue("Three.", "Bea"), cue("Four.", "Ana")])
    assert [(p.speaker, p.text) for p in found] == [("Ana", "One. Two."), ("Bea", "Three."), ("Ana", "Four.")]


def test_a_long_speech_is_cut_at_the_end_of_a_sentence():
    found = passages([cue("A sentence of about forty-five letters, so.", "Ana", at) for at in range(30)])
    assert len(found) == 3
    assert [p.speaker for p in found] == ["Ana", None, None]
    assert found[1].start == timedelta(seconds=10)


def test_speech_without_full_stops_is_cut_too():
    found = passages([cue("no stop in here " * 3) for _ in range(60)])
    assert max(len(p.text) for p in found) < 1100


def test_the_format_with_times_is_read_from_first():
    found = readable([transcript("txt"), transcript("vtt", "es"), transcript("srt"), transcript("vtt", "EN")], "en")
    assert [t.format for t in found] == ["vtt", "srt", "txt"]

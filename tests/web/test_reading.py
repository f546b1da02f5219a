"""Sentences set as paragraphs: who speaks, since when, in which chapter."""

from datetime import timedelta

from catalogue.domain.media import Chapter, Cue, Transcript
from web.reading import MOST_TURNS, opening, passages, readable, sections


def cue(text, speaker=None, at=0):
    return Cue(text=text, speaker=speaker, start=None if at is None else timedelta(seconds=at))


def talk(count, seconds=3, speakers=("Ana",), text="A sentence."):
    return [cue(text, speakers[place % len(speakers)], place * seconds) for place in range(count)]


def starts(found):
    return [passage.start.total_seconds() for passage in found]


def transcript(form, language="en"):
    return Transcript(path=f"t.{form}", format=form, language=language, sha256="1" * 64, size_bytes=1)


def test_a_speaker_is_named_where_they_begin_only():
    (found,) = passages([cue("One.", "Ana"), cue("Two.", "Ana"), cue("Three.", "Bea"), cue("Four.", "Ana")])
    assert [(turn.speaker, turn.text) for turn in found.turns] == [
        ("Ana", "One. Two."),
        ("Bea", "Three."),
        ("Ana", "Four."),
    ]


def test_a_long_speech_has_a_time_for_each_half_minute():
    found = passages(talk(41))
    assert starts(found) == [0, 30, 60, 90, 120]
    assert [len(passage.turns) for passage in found] == [1] * 5
    assert [passage.turns[0].speaker for passage in found] == ["Ana", None, None, None, None]


def test_a_paragraph_goes_on_to_the_end_of_its_sentence_but_not_for_ever():
    found = passages([cue("and on" if at != 36 else "and on.", at=at) for at in range(0, 180, 3)])
    assert starts(found) == [0, 39, 99, 159]


def test_short_turns_stand_together_under_one_time():
    found = passages(talk(60, speakers=("Ana", "Bea")))
    assert starts(found) == [0, 30, 60, 90, 120, 150]
    assert [len(passage.turns) for passage in found] == [10] * 6


def test_a_long_answer_is_not_cut_because_the_question_was_short():
    found = passages([cue("A question?", "Ana", 0), *(cue("A sentence.", "Bea", at) for at in range(10, 70, 5))])
    assert [[turn.speaker for turn in passage.turns] for passage in found] == [["Ana", "Bea"], [None]]
    assert starts(found) == [0, 40]


def test_speech_without_times_is_cut_by_its_length():
    found = passages([cue("A sentence of about forty-five letters, so.", "Ana", None) for _ in range(30)])
    assert len(found) == 3
    assert (
        max(
            len(turn.text)
            for passage in passages([cue("no stop in here " * 3, at=None)] * 90)
            for turn in passage.turns
        )
        < 2000
    )


def test_times_that_stand_still_do_not_make_one_paragraph_of_everything():
    assert max(len(turn.text) for one in passages([cue("word " * 20)] * 100) for turn in one.turns) < 2000


def test_eight_hours_of_talk_stay_a_page_of_a_thousand_passages():
    cues = talk(10_000, seconds=2.88, speakers=("Ana", "Bea", "Cleo"))
    found = passages(cues)
    assert len(cues) > MOST_TURNS
    assert (len(found), sum(len(passage.turns) for passage in found)) == (910, 910)
    assert found[0].turns[0].text.startswith("A sentence. Bea: A sentence. Cleo: A sentence.")


def test_no_word_is_lost():
    cues = [cue(f"w{place}", "AB"[place * place % 2], place * 7) for place in range(200)]
    said = " ".join(turn.text for passage in passages(cues, [timedelta(seconds=90)]) for turn in passage.turns)
    assert said.split() == [one.text for one in cues]


def test_a_chapter_begins_with_its_own_words():
    chapters = [Chapter(start=timedelta(seconds=40), title="Two"), Chapter(start=timedelta(0), title="One")]
    found = sections(talk(30), chapters)
    assert [section.chapter.title for section in found] == ["One", "Two"]
    assert starts(found[1].passages)[0] == 42


def test_a_transcript_without_times_or_chapters_is_one_section():
    assert [
        section.chapter for section in sections([cue("A.", at=None)], [Chapter(start=timedelta(0), title="x")])
    ] == [None]
    assert [section.chapter for section in sections(talk(3), ())] == [None]
    assert sections((), ()) == ()


def test_the_opening_is_what_the_whole_begins_with():
    cues = talk(2000, speakers=("Ana", "Bea"))
    assert opening(cues, 3) == passages(cues)[:3]


def test_the_format_with_times_is_read_from_first():
    found = readable([transcript("txt"), transcript("vtt", "es"), transcript("srt"), transcript("vtt", "EN")], "en")
    assert [t.format for t in found] == ["vtt", "srt", "txt"]

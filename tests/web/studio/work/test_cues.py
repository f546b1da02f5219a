"""A transcript corrected on a page: only what was changed is written, and who comes second loses nothing."""

import re

import pytest
from workshop import PLACE

from catalogue.domain.rights import Role

PAGE = f"{PLACE}episodes/one/transcripts/en.vtt/"
CUE = "00:{at:02}.000 --> 00:{at:02}.900\n<v Ana>Sentence {at}.\n"


@pytest.fixture
def file(workshop):
    """A transcript of an episode, with a note that no form asks for."""
    text = "WEBVTT\n\nNOTE mine\n\n" + "\n".join(CUE.format(at=at) for at in range(55))
    file = workshop.write("one/transcript.vtt", text)
    workshop.update()
    return file


def filled(text):
    """What the fields of a page hold."""
    found = dict(re.findall(r'name="((?:was|speaker)-\d+|version)" value="([^"]*)"', text))
    return found | dict(re.findall(r'<textarea id="[^"]*" name="(text-\d+)"[^>]*>\n(.*?)</textarea>', text, re.S))


def send(browser, page=PAGE, *, text=None, **changes):
    fields = filled(text or browser.text(page)) | {name.replace("_", "-"): value for name, value in changes.items()}
    fields["called_now"] = fields.pop("called-now", "")
    return browser.post(page, {"act": "save", **fields})


def test_the_changed_lines_alone_are_written(workshop, file):
    browser, before = workshop.someone(), file.read_text()
    answer = send(browser, text_3="Another < word.", speaker_3="Bea")
    assert answer.status_code == 303, answer.text
    assert file.read_text() == before.replace("<v Ana>Sentence 3.", "<v Bea>Another &lt; word.")
    assert "1 sentence was changed" in browser.text(answer.location)
    assert f'href="{PAGE}"' in browser.text(f"{PLACE}episodes/one/transcripts/")


def test_long_ones_have_pages_that_are_saved_one_by_one(workshop, file):
    browser = workshop.someone()
    assert len(filled(browser.text(PAGE))) == 1 + 3 * 50
    answer = send(browser, f"{PAGE}?page=2", text_54="The end.")
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?page=2&done=1")
    assert file.read_text().endswith("<v Ana>The end.\n")


def test_a_name_is_changed_everywhere_with_what_was_typed(workshop, file):
    assert send(workshop.someone(), act="rename", called="Ana", called_now="Anna", text_0="First.").status_code == 303
    text = file.read_text()
    assert (text.count("<v Anna>"), text.count("<v Ana>"), "<v Anna>First." in text) == (55, 0, True)


def test_who_comes_second_sees_both(workshop, file):
    browser = workshop.someone()
    old = browser.text(PAGE)
    file.write_text(file.read_text().replace("Sentence 3.", "Theirs.").replace("Sentence 4.", "Theirs, too."))
    answer = send(browser, text=old, text_3="Mine.", text_5="Mine, too.")
    assert answer.status_code == 409
    fields = filled(answer.text)
    assert [fields[f"text-{at}"] for at in (3, 4, 5)] == ["Mine.", "Theirs, too.", "Mine, too."]
    assert answer.text.count('class="theirs"') == 1
    assert "<pre>Ana: Theirs.</pre>" in answer.text
    assert "Mine." not in file.read_text()
    assert send(browser, text=answer.text).status_code == 303


def test_nothing_changed_writes_nothing(workshop, file):
    before = file.stat().st_mtime_ns
    assert send(workshop.someone()).status_code == 303
    assert file.stat().st_mtime_ns == before


def test_there_must_be_a_word_left(workshop, file):
    file.write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n")
    workshop.update()
    answer = send(workshop.someone(), text_0=" ")
    assert (answer.status_code, "no spoken words" in answer.text) == (422, True)


def test_who_may_not_write_and_what_is_not_there(workshop, file):
    assert workshop.someone(Role.REVIEWER).get(PAGE).status_code == 403
    assert workshop.someone().get(PAGE.replace("en.vtt", "es.vtt")).status_code == 404
    assert workshop.someone().get(PAGE.replace("en.vtt", "..%2f..")).status_code in (308, 404)


def test_what_was_typed_is_shown_where_the_transcript_cannot_be_read_any_more(workshop, file):
    browser = workshop.someone()
    old = browser.text(PAGE)
    file.write_bytes(b"\xff no captions")
    answer = send(browser, text=old, text_3="Mine.")
    assert (answer.status_code, "Ana Mine.</li>" in answer.text) == (422, True)

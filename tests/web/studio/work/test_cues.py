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
    found = dict(re.findall(r'name="((?:was|speaker|start|end)-[\d-]+|version)" value="([^"]*)"', text))
    return found | dict(re.findall(r'<textarea id="[^"]*" name="(text-[\d-]+)"[^>]*>\n(.*?)</textarea>', text, re.S))


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
    assert len(filled(browser.text(PAGE))) == 1 + 5 * 50
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
    assert "<pre>0:03 – 0:03.9 Ana: Theirs.</pre>" in answer.text
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


def test_a_sentence_is_split_at_its_line_break_and_nothing_is_saved_yet(workshop, file):
    browser, before = workshop.someone(), file.read_text()
    answer = send(browser, act="split-3", text_3="Sentence\r\n3 here.", text_9="Typed.")
    assert (answer.status_code, file.read_text()) == (200, before)
    fields = filled(answer.text)
    assert [fields[name] for name in ("text-3", "end-3", "start-3-1", "end-3-1", "text-3-1", "text-9")] == [
        *("Sentence", "0:03.48", "0:03.48", "0:03.9", "3 here.", "Typed.")
    ]
    assert send(browser, text=answer.text).status_code == 303
    new = "00:00:03.000 --> 00:00:03.480\n<v Ana>Sentence\n\n00:00:03.480 --> 00:00:03.900\n<v Ana>3 here.\n"
    assert file.read_text() == before.replace(CUE.format(at=3), new).replace("Sentence 9.", "Typed.")


def test_where_to_split_is_asked_for(workshop, file):
    answer = send(workshop.someone(), act="split-3")
    assert (answer.status_code, "Put a line break where" in answer.text) == (200, True)


def test_two_are_joined_and_one_is_removed(workshop, file):
    browser, before = workshop.someone(), file.read_text()
    answer = send(browser, act="join-3")
    assert filled(answer.text)["text-3"] == "Sentence 3. Sentence 4." and "goes when you save" in answer.text
    answer = send(browser, text=send(browser, text=answer.text, act="drop-6").text)
    assert answer.status_code == 303
    whole = "".join(f"{CUE.format(at=at)}\n" for at in (3, 4))
    joined = "00:00:03.000 --> 00:00:04.900\n<v Ana>Sentence 3. Sentence 4.\n\n"
    assert file.read_text() == before.replace(whole, joined).replace(f"{CUE.format(at=6)}\n", "")


def test_a_new_one_stands_behind_its_own(workshop, file):
    browser, before = workshop.someone(), file.read_text()
    page = send(browser, act="add-3").text
    assert [filled(page)[f"{name}-3-1"] for name in ("start", "end")] == ["0:03.9", "0:04"]
    assert send(browser, text=page).status_code == 303 and file.read_text() == before
    fields = filled(page) | {"text-3-1": "Hm.", "speaker-3-1": "Bea", "act": "save"}
    assert browser.post(PAGE, fields).status_code == 303
    new = f"{CUE.format(at=3)}\n00:00:03.900 --> 00:00:04.000\n<v Bea>Hm.\n"
    assert file.read_text() == before.replace(CUE.format(at=3), new)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"start_3": "soon"}, "“soon” is not a time"),
        ({"start_3": ""}, "has no time"),
        ({"end_3": ""}, "has no end"),
        ({"end_3": "0:02"}, "not after it begins"),
        ({"start_3": "0:01"}, "one beside it begins at 0:02"),
        ({"act": "shift", "shift": "-1"}, "begins at 0:00: all can be earlier"),
        ({"act": "shift", "shift": "a bit"}, "is not a number of seconds"),
    ],
)
def test_times_that_cannot_be_are_told_at_their_field(workshop, file, typed, sentence):
    before = file.read_text()
    answer = send(workshop.someone(), text_5="Typed.", **typed)
    assert (answer.status_code, sentence in answer.text, file.read_text()) == (422, True, before)
    assert filled(answer.text)["text-5"] == "Typed."


def test_times_are_changed_and_all_are_moved(workshop, file):
    browser, before = workshop.someone(), file.read_text()
    assert send(browser, end_3="0:03.5").status_code == 303
    before = before.replace("00:03.000 --> 00:03.900", "00:00:03.000 --> 00:00:03.500")
    assert file.read_text() == before
    assert send(browser, act="shift", shift="+1,5").status_code == 303
    text = file.read_text()
    assert "00:00:01.500 --> 00:00:02.400\n<v Ana>Sentence 0." in text and text.count("-->") == before.count("-->")


def test_what_is_rearranged_is_saved_over_the_version_that_was_read(workshop, file):
    browser = workshop.someone()
    page = send(browser, act="add-3").text
    file.write_text(file.read_text().replace("Sentence 3.", "Theirs."))
    answer = browser.post(PAGE, filled(page) | {"text-3-1": "Hm.", "act": "save"})
    assert (answer.status_code, filled(answer.text)["text-3-1"]) == (409, "Hm.")
    answer = browser.post(PAGE, filled(answer.text) | {"act": "save"})
    assert answer.status_code == 303 and "<v Ana>Theirs.\n\n00:00:03.900" in file.read_text()


def test_who_comes_second_in_plain_text_keeps_each_paragraph_in_its_place(workshop, file):
    file.unlink()
    text = workshop.write("one/transcript.txt", "One.\n\nTwo.\n\nThree.\n")
    workshop.update()
    browser, page = workshop.someone(), PAGE.replace("en.vtt", "en.txt")
    old = browser.text(page)
    text.write_text("One.\n\nTwo.\n\nTheirs.\n")
    answer = browser.post(page, filled(old) | {"text-0": "Mine.", "act": "save"})
    fields = filled(answer.text)
    assert (answer.status_code, [fields[f"text-{at}"] for at in range(3)]) == (409, ["Mine.", "Two.", "Theirs."])
    assert browser.post(page, fields | {"act": "save"}).status_code == 303
    assert text.read_text() == "Mine.\n\nTwo.\n\nTheirs.\n"


def test_the_last_of_a_page_is_joined_with_the_first_of_the_next(workshop, file):
    browser, before = workshop.someone(), file.read_text()
    answer = send(browser, act="join-49")
    assert 'name="text-50"' in answer.text
    answer = send(browser, text=answer.text, act="join-49")
    assert filled(answer.text)["text-49"] == "Sentence 49. Sentence 50. Sentence 51."
    assert send(browser, text=answer.text).status_code == 303
    whole = "".join(f"{CUE.format(at=at)}\n" for at in (49, 50, 51))
    joined = "00:00:49.000 --> 00:00:51.900\n<v Ana>Sentence 49. Sentence 50. Sentence 51.\n\n"
    assert file.read_text() == before.replace(whole, joined)


def test_the_very_last_has_nothing_to_be_joined_with(workshop, file):
    browser, page = workshop.someone(), f"{PAGE}?page=2"
    text = browser.text(page)
    assert 'value="join-53"' in text and 'value="join-54"' not in text
    assert "No sentence follows it." in send(browser, page, act="join-54").text


def test_what_is_joined_over_a_border_while_somebody_changed_the_next_is_not_lost(workshop, file):
    browser = workshop.someone()
    joined = send(browser, act="join-49").text
    file.write_text(file.read_text().replace("Sentence 50.", "Theirs."))
    answer = send(browser, text=joined)
    assert answer.status_code == 409
    assert "Theirs." in answer.text and filled(answer.text)["text-49"] == "Sentence 49. Sentence 50."
    assert "<v Ana>Sentence 49.\n" in file.read_text()

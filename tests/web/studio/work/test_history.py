"""Each save is in the history, with who did it and what was changed; an earlier text comes back by a press."""

import re

from producers import FIRST
from workshop import PLACE

from catalogue.actions.attaching import put_side_file
from catalogue.domain.rights import Role

FORM, PAGE = f"{PLACE}episodes/one/", f"{PLACE}episodes/one/history/"


def hidden(text, name):
    return re.search(rf'name="{name}" value="([^"]*)"', text)[1]


def save(browser, **fields):
    stated = {"version": hidden(browser.text(FORM), "version"), **fields}
    assert browser.post(FORM, stated).status_code == 303


def test_nothing_was_changed_yet(workshop):
    assert "Nothing was changed yet" in workshop.someone().text(PAGE)


def test_a_save_tells_who_changed_which_keys_and_paragraphs(workshop):
    browser = workshop.someone()
    save(browser, title="One more", notes="About it.\n\nAnd <b>this</b>.")
    page = browser.text(PAGE)
    assert f"by {browser.producer.shown_name}" in page
    assert '<p class="hint">Title</p>' in page
    assert "</span>One more</ins>" in page
    assert "</span>One</del>" in page
    assert "And &lt;b&gt;this&lt;/b&gt;.</ins>" in page
    assert "2 changes" in page


def test_a_key_is_called_as_the_form_calls_it_and_what_has_no_field_by_its_key(workshop):
    browser = workshop.sign_in(workshop.add(language="es"))
    save(browser, title="Otro", content_warning="Duelo.")
    workshop.write("one/episode.md", workshop.read("one").replace("---\n", "---\nblock: true\n", 1))
    workshop.update()
    page = browser.text(PAGE)
    for said in ("Título", "Antes de escuchar", "En la nota, en <code>block</code>"):
        assert f'<p class="hint">{said}</p>' in page


def test_an_earlier_text_comes_back_and_that_is_in_the_history_too(workshop):
    browser, before = workshop.someone(), workshop.read("one")
    save(browser, title="Another")
    text = browser.text(PAGE)
    numbers = re.findall(r'name="number" value="(\d+)"', text)
    answer = browser.post(PAGE, {"number": numbers[-1], "version": hidden(text, "version")})
    assert answer.status_code == 303, answer.text
    assert workshop.read("one") == before
    assert browser.text(PAGE).count("<li>\n<h2>") == 3


def test_what_somebody_changed_in_the_file_is_found_by_the_index(workshop):
    workshop.write("one/episode.md", workshop.read("one").replace("About it.", "About this."))
    workshop.update()
    page = workshop.someone().text(PAGE)
    assert "as it was found in the file" in page
    assert "About this." in page


def test_a_note_that_changed_meanwhile_is_not_written_over(workshop):
    browser = workshop.someone()
    save(browser, title="Another")
    text = browser.text(PAGE)
    workshop.write("one/episode.md", workshop.read("one").replace("About it.", "Theirs."))
    number = re.findall(r'name="number" value="(\d+)"', text)[-1]
    answer = browser.post(PAGE, {"number": number, "version": hidden(text, "version")})
    assert (answer.status_code, "Theirs." in workshop.read("one")) == (409, True)
    assert "Somebody else changed this just now" in answer.text


def test_a_reviewer_reads_it_and_brings_nothing_back(workshop):
    save(workshop.someone(), title="Another")
    reviewer = workshop.someone(Role.REVIEWER)
    assert 'name="number"' not in reviewer.text(PAGE)
    assert reviewer.post(PAGE, {"number": "1"}).status_code == 403


def test_a_text_that_is_not_kept_is_said(workshop):
    answer = workshop.someone().post(PAGE, {"number": "99", "version": ""})
    assert (answer.status_code, "not kept any more" in answer.text) == (404, True)


def test_an_earlier_text_lets_nothing_out_and_takes_nothing_back(workshop):
    browser, form = workshop.someone(), FORM.replace("one", "idea")
    for title in ("First", "Second"):
        stated = {"version": hidden(browser.text(form), "version"), "title": title}
        assert browser.post(form, stated).status_code == 303
    assert browser.post(f"{form}publish/", {"act": "now"}, on=f"{form}publish/").status_code == 303
    text = browser.text(f"{form}history/")
    number = re.findall(r'name="number" value="(\d+)"', text)[1]
    answer = browser.post(f"{form}history/", {"number": number, "version": hidden(text, "version")})
    assert answer.status_code == 303, answer.text
    assert "title: First" in workshop.read("idea")
    assert workshop.index.episode_called(workshop.index.shows()[0].show.guid, "idea").episode.is_public(workshop.now)


def test_a_transcript_and_chapters_that_were_saved_are_in_it_and_come_back(workshop):
    before = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Hello.\n\n00:03.000 --> 00:04.000\n<v Ana>Bye.\n"
    file, browser = workshop.write("one/transcript.vtt", before), workshop.someone()
    workshop.update()
    cues = f"{FORM}transcripts/en.vtt/"
    form = {"version": hidden(browser.text(cues), "version"), "act": "rename", "called": "Ana", "called_now": "Bea"}
    assert browser.post(cues, form).status_code == 303
    chapters = {"version": hidden(browser.text(f"{FORM}chapters/"), "version"), "act": "save", "time": "0:00"}
    assert browser.post(f"{FORM}chapters/", chapters | {"title": "Hello"}).status_code == 303
    page = browser.text(PAGE)
    assert "<code>transcript.vtt</code>" in page and "<code>chapters.json</code>" in page
    assert "&lt;v Bea&gt;Hello." in page and "send it again" in page
    over, number = re.findall(r'name="version" value="([^"]*)">\s*<button name="number" value="(\d+)"', page)[-1]
    assert browser.post(PAGE, {"number": number, "version": "another"}).status_code == 409
    assert browser.post(PAGE, {"number": number, "version": over}).status_code == 303
    assert file.read_text() == before
    assert browser.text(PAGE).count("As it is now<") == 3


def test_texts_of_a_folder_that_was_renamed_come_back_where_it_is(workshop):
    browser, place = workshop.someone(), workshop.place
    guid, read = place.index.episode_called(FIRST, "idea").line.guid, workshop.read("idea")
    put_side_file(place, "idea", "idea/transcript.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n")
    put_side_file(place, "idea", "idea/transcript.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n")
    (workshop.root / "idea").rename(workshop.root / "thought")
    workshop.write("thought/episode.md", read.replace("---", f"---\nguid: {guid}", 1))
    workshop.update()
    text = browser.text(PAGE.replace("one", "idea"))
    over, number = re.findall(r'name="version" value="([^"]*)">\s*<button name="number" value="(\d+)"', text)[-1]
    assert browser.post(PAGE.replace("one", "idea"), {"number": number, "version": over}).status_code == 303
    assert "Hello." in (workshop.root / "thought/transcript.vtt").read_text()

"""An episode's form: what is typed goes into the note's own lines, and nothing typed is ever lost."""

import re

import pytest
from workshop import PLACE

from catalogue.domain.rights import Role

ONE, IDEA = f"{PLACE}episodes/one/", f"{PLACE}episodes/idea/"


# What is chosen from a long list.
PICKED = ("language", "timezone")


def filled(text):
    """What the form of a page holds, as a browser would send it."""
    found = dict(re.findall(r'<input[^>]* name="(\w+)"[^>]* value="([^"]*)"', text))
    found |= dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\n(.*?)</textarea>', text, re.DOTALL))
    chosen = re.findall(
        r'<select[^>]* name="(\w+)"[^>]*>((?:(?!</select>).)*?<option value="([^"]*)" selected)', text, re.DOTALL
    )
    found |= {name: value for name, _, value in chosen if name in PICKED}
    return {name: value for name, value in found.items() if not name.startswith(("person", "source", "support"))}


def save(browser, path, **texts):
    form = filled(browser.text(path))
    return browser.client.post(path, data={**form, "act": "save", **texts})


def test_saving_changes_the_line_it_is_about(workshop):
    before = workshop.read("one")
    browser = workshop.someone()
    answer = save(browser, ONE, title="Another", number="12")
    assert answer.status_code == 303
    assert workshop.read("one") == before.replace("title: One", "title: Another").replace(
        "audio/mpeg}\n", "audio/mpeg}\nnumber: 12\n"
    )
    text = browser.text(answer.headers["Location"])
    assert "Saved." in text
    assert "Another</h1>" in text


def test_a_form_that_nobody_changed_leaves_the_file_alone(workshop):
    before = (workshop.root / "one/episode.md").stat().st_mtime_ns
    assert save(workshop.someone(), ONE).status_code == 303
    assert (workshop.root / "one/episode.md").stat().st_mtime_ns == before


def test_everything_wrong_is_told_at_its_field_and_what_was_typed_is_kept(workshop):
    before = workshop.read("idea")
    answer = save(workshop.someone(), IDEA, number="ten", published="2026-02-30", notes="My <b>words</b>")
    assert answer.status_code == 422
    assert "2 things have to be put right" in answer.text
    assert re.search(r'id="field-number"[^>]*aria-invalid="true"', answer.text)
    assert "This is not a number: “ten”" in answer.text
    assert "My &lt;b&gt;words" in answer.text
    assert filled(answer.text)["number"] == "ten"
    assert workshop.read("idea") == before


def test_faults_are_told_in_the_language_of_who_reads(workshop):
    browser = workshop.sign_in(workshop.add(language="es"))
    assert "No es un número: «ten»" in save(browser, IDEA, number="ten").text


def test_who_saves_second_sees_both_texts_and_loses_neither(workshop):
    browser = workshop.someone()
    form = filled(browser.text(ONE))
    workshop.write("one/episode.md", workshop.read("one").replace("About it.", "Theirs <i>now</i>."))
    answer = browser.client.post(ONE, data={**form, "act": "save", "notes": "Mine."})
    assert answer.status_code == 409
    assert "Theirs &lt;i&gt;now" in answer.text
    assert filled(answer.text)["notes"] == "Mine."
    assert "Mine" not in workshop.read("one")
    again = browser.client.post(ONE, data={**filled(answer.text), "act": "save"})
    assert again.status_code == 303
    assert "Mine." in workshop.read("one")


def test_a_field_that_only_the_other_touched_is_theirs(workshop):
    browser = workshop.someone()
    form = filled(browser.text(ONE))
    workshop.write("one/episode.md", workshop.read("one").replace("About it.", "Theirs."))
    answer = browser.client.post(ONE, data={**form, "act": "save", "title": "Mine"})
    assert (answer.status_code, filled(answer.text)["notes"]) == (409, "Theirs.")
    browser.client.post(ONE, data={**filled(answer.text), "act": "save"})
    assert "Theirs." in workshop.read("one")
    assert "title: Mine" in workshop.read("one")


def test_an_episode_is_for_members_before_it_is_out_and_a_public_one_stays_public(workshop):
    browser = workshop.someone()
    assert save(browser, IDEA, audience="members").status_code == 303
    assert "audience: members\n" in workshop.read("idea")
    assert '<option value="members" selected>' in browser.text(IDEA)
    assert 'name="audience"' not in browser.text(ONE)
    before = workshop.read("one")
    assert save(browser, ONE, audience="members").status_code == 303
    assert workshop.read("one") == before


def test_who_may_hear_it_that_nobody_knows_is_told_at_its_field(workshop):
    answer = save(workshop.someone(), IDEA, audience="friends")
    assert answer.status_code == 422
    assert re.search(r'id="field-audience"[^>]*aria-invalid="true"', answer.text)


def test_a_look_at_the_notes_writes_nothing_and_is_safe(workshop):
    before = workshop.read("one")
    answer = save(workshop.someone(), ONE, act="look", notes="*Soft* <script>alert(1)</script>")
    assert "<em>Soft</em>" in answer.text
    assert "<script>alert" not in answer.text
    assert filled(answer.text)["notes"].startswith("*Soft*")
    assert workshop.read("one") == before


def test_people_come_and_go_and_keep_what_the_form_does_not_know(workshop):
    workshop.note("one", title="One", published="2026-01-05", people="[Ana, {name: Bea, group: crew}]")
    workshop.update()
    browser = workshop.someone()
    people = {"person_name": ["", "Beatriz", "Cleo"], "person_role": ["", "guest", ""]}
    people |= {"person_url": ["", "", "https://example.org/c"], "person_place": ["0", "1", ""]}
    assert save(browser, ONE, **people).status_code == 303
    text = workshop.read("one")
    assert "Ana" not in text
    assert re.search(r"name: Beatriz\n +group: crew\n +role: guest", text)
    assert "Cleo" in text


def test_sources_come_and_go_and_what_is_wrong_with_them_is_told_at_their_rows(workshop):
    workshop.note("one", title="One", reviewed="2018-05")
    workshop.update()
    browser = workshop.someone()
    assert 'id="sources-minded-1"' in browser.text(ONE)
    rows = {"source_title": ["A study"], "source_url": ["https://e.org/s"], "source_place": [""]}
    assert save(browser, ONE, **rows).status_code == 303
    assert re.search(r"sources:\n +- title: A study\n +url: https://e.org/s\n", workshop.read("one"))
    page = browser.text(ONE)
    assert 'value="https://e.org/s"' in page and 'id="sources-minded-1"' not in page
    before = workshop.read("one")
    wrong = {"source_title": ["A study", ""], "source_url": ["e.org", "https://e.org/b"], "source_place": ["0", ""]}
    answer = save(browser, ONE, **wrong)
    assert answer.status_code == 422 and 'id="sources-fault-2"' in answer.text
    assert "has nothing under “What it is called”" in answer.text
    assert 'value="e.org"' in answer.text and 'value="https://e.org/b"' in answer.text
    assert workshop.read("one") == before
    emptied = {"source_title": [""], "source_url": ["https://e.org/s"], "source_place": ["0"]}
    assert save(browser, ONE, **emptied).status_code == 303
    assert "sources" not in workshop.read("one")


def test_places_of_help_are_rows_and_what_is_said_by_an_older_name_is_left_alone(workshop):
    browser = workshop.someone()
    place = {"name": "A nurse", "what": "", "tel": "555 0100", "hours": "", "url": "", "place": ""}
    assert save(browser, ONE, **{f"support_{key}": [text] for key, text in place.items()}).status_code == 303
    assert re.search(r"support:\n +- name: A nurse\n +tel: ", workshop.read("one"))
    workshop.note(
        "one", title="One", help="[{name: A nurse, phone: '555'}]", license="{identifier: Ours, url: 'https://e.org'}"
    )
    workshop.update()
    page = browser.text(ONE)
    assert 'name="support_name"' not in page and 'name="license"' not in page
    before = workshop.read("one")
    assert save(browser, ONE, location="Lugo").status_code == 303
    assert workshop.read("one") == before.replace("audio/mpeg}\n", "audio/mpeg}\nlocation: Lugo\n")


def test_who_saves_other_sources_second_sees_both(workshop):
    browser = workshop.someone()
    form = filled(browser.text(ONE))
    text = workshop.read("one")
    workshop.write("one/episode.md", text.replace("---\n", "---\nsources: [Theirs]\n", 1))
    mine = {"source_title": ["Mine"], "source_url": [""], "source_place": [""]}
    answer = browser.client.post(ONE, data={**form, **mine, "act": "save"})
    assert answer.status_code == 409
    assert "<pre>Theirs</pre>" in answer.text and 'value="Mine"' in answer.text
    assert "Mine" not in workshop.read("one")


def test_what_has_no_field_stays_with_its_person_where_somebody_else_named_another_before(workshop):
    workshop.note("one", title="One", people="[{name: Ana, group: crew}, Bea]")
    workshop.update()
    browser = workshop.someone()
    form = filled(browser.text(ONE))
    workshop.note("one", title="One", people="[{name: Zoe, group: cast}, {name: Ana, group: crew}, Bea]")
    rows = {"person_name": ["Ana", ""], "person_role": ["host", ""], "person_url": ["", ""], "person_place": ["0", "1"]}
    answer = browser.client.post(ONE, data={**form, **rows, "act": "save"})
    assert answer.status_code == 409
    assert re.search(r'name="person_place" value="1">\s*<label>Name <input name="person_name" value="Ana"', answer.text)
    assert "Zoe" in answer.text and "cast" not in answer.text


def test_a_note_that_cannot_be_read_is_said_and_not_written_over(workshop):
    workshop.write("one/episode.md", "---\ntitle: One\n")
    text = workshop.someone().text(ONE)
    assert "front matter is opened" in text
    assert "<textarea" not in text


@pytest.mark.parametrize(("role", "status"), [(Role.REVIEWER, 403), (Role.CONTRIBUTOR, 403), (Role.EDITOR, 303)])
def test_only_who_may_write_saves(workshop, role, status):
    browser = workshop.someone(role)
    answer = browser.post(
        ONE, {"title": "Another", "version": "", "act": "save"} if status == 403 else filled(browser.text(ONE))
    )
    assert answer.status_code == status


def test_a_reviewer_reads_a_draft_and_is_offered_none_of_its_deeds(workshop):
    text = workshop.someone(Role.REVIEWER).text(IDEA)
    assert "An idea" in text
    assert "<textarea" not in text
    assert "publish/" not in text


def test_a_contributor_writes_an_own_draft(workshop):
    browser = workshop.someone(Role.CONTRIBUTOR)
    show = workshop.index.shows()[0].show.guid
    assert browser.get(IDEA).status_code == 403
    workshop.index.save_author(show, workshop.index.episode_called(show, "idea").line.guid, browser.producer.id)
    assert save(browser, IDEA, title="My idea").status_code == 303
    assert "title: My idea" in workshop.read("idea")
    assert "draft: yes" in workshop.read("idea")


def test_what_was_out_once_is_no_contributor_s_own_any_more(workshop):
    browser, editor = workshop.someone(Role.CONTRIBUTOR), workshop.someone()
    show = workshop.index.shows()[0].show.guid
    workshop.index.save_author(show, workshop.index.episode_called(show, "idea").line.guid, browser.producer.id)
    for deed, sent in (("publish/", {"act": "now"}), ("unpublish/", {})):
        assert editor.post(f"{IDEA}{deed}", sent, on=f"{IDEA}{deed}").status_code == 303
    assert browser.get(IDEA).status_code == 403


def test_what_listeners_would_mind_stands_at_its_field_before_anybody_publishes(workshop):
    workshop.note("idea", title="An idea", draft="yes", reviewed="2018-05", next_review="2019-05", text="![](a.png)")
    workshop.update()
    text = workshop.someone().text(IDEA)
    assert re.search(r'id="field-next_review"[^>]*aria-describedby="[^"]*next_review-minded-1', text), text
    assert re.search(r'id="field-notes"[^>]*aria-describedby="[^"]*notes-minded-1', text)


def test_a_reviewer_says_when_it_was_read_and_changes_nothing_else(workshop):
    browser, before = workshop.someone(Role.REVIEWER), workshop.read("idea")
    page = browser.text(IDEA)
    assert 'name="reviewed"' in page
    said = filled(page) | {"reviewed": "2026-02-20", "title": "Mine"}
    assert browser.post(f"{IDEA}reviewed/", said | {"reviewed": "soon"}).status_code == 422
    assert workshop.read("idea") == before
    assert browser.post(f"{IDEA}reviewed/", said).status_code == 303
    assert set(workshop.read("idea").splitlines()) - set(before.splitlines()) == {"reviewed: 2026-02-20"}
    assert browser.post(f"{IDEA}reviewed/", said).status_code == 409

"""What is true of the whole show: a form of its file that changes only the lines it is about."""

import re

import pytest
from test_episode import filled
from workshop import PLACE, SHOW

from catalogue.domain.rights import Role

PAGE = f"{PLACE}settings/"


def text(workshop):
    return (workshop.root / "show.toml").read_text()


def save(browser, **texts):
    page = browser.text(PAGE)
    chosen = re.findall(r'<option value="([^"]+)" selected lang="en">', page)
    adults = re.findall(
        r'<option value="(\w*)" selected', page.partition('name="explicit"')[2].partition("</select>")[0]
    )
    form = {**filled(page), "category": chosen, "new_files": "", "explicit": (adults or [""])[0]}
    return browser.client.post(PAGE, data={**form, **texts})


def test_only_the_lines_of_what_was_changed_are_written(workshop):
    browser = workshop.someone(Role.OWNER)
    answer = save(browser, author="Ana", category=["Health & Fitness > Medicine", "", ""])
    assert answer.status_code == 303
    expected = SHOW.replace('author = "Castalogue"', 'author = "Ana"')
    assert text(workshop) == expected + 'categories = ["Health & Fitness > Medicine"]\n'
    assert "Saved." in browser.text(answer.headers["Location"])


def test_whether_it_is_only_for_adults_is_changed_and_taken_back(workshop):
    browser = workshop.someone(Role.OWNER)
    for said, line in (("yes", "explicit = true\n"), ("no", "explicit = false\n"), ("", "")):
        assert save(browser, explicit=said).status_code == 303
        assert text(workshop) == SHOW + line
        assert f'<option value="{said}" selected' in browser.text(PAGE).partition('name="explicit"')[2]
    assert save(browser, explicit="perhaps").status_code == 422


def test_a_form_that_nobody_changed_leaves_the_file_alone(workshop):
    assert save(workshop.someone(Role.OWNER)).status_code == 303
    assert text(workshop) == SHOW


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ({"language": "english please"}, "not a language code"),
        ({"timezone": "Madrid"}, "not a time zone"),
        ({"link": "example.org", "feedback": "me"}, "2 things have to be put right"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_written(workshop, texts, sentence):
    answer = save(workshop.someone(Role.OWNER), **texts)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert all(filled(answer.text)[name] == value for name, value in texts.items())
    assert text(workshop) == SHOW


def test_what_a_show_says_and_needs_cannot_be_emptied(workshop):
    answer = save(workshop.someone(Role.OWNER), title="", author=" ", timezone="", link="example.org")
    assert answer.status_code == 422
    assert answer.text.count("Something is missing here. Fill it in.</p>") == 3
    assert "4 things have to be put right" in answer.text
    assert text(workshop) == SHOW


def test_language_and_zone_are_chosen_and_what_no_list_has_stays(workshop):
    workshop.write("show.toml", SHOW.replace("America/New_York", "US/Eastern").replace('"en"', '"en-ZA"'))
    workshop.update()
    browser = workshop.someone(Role.OWNER)
    page = browser.text(PAGE)
    assert '<option value="Europe/Madrid">Madrid</option>' in page and '<option value="es">Spanish</option>' in page
    assert save(browser, author="Ana").status_code == 303
    assert 'timezone = "US/Eastern"' in text(workshop) and 'language = "en-ZA"' in text(workshop)
    assert save(browser, timezone="Europe/Madrid").status_code == 303
    assert 'timezone = "Europe/Madrid"' in text(workshop) and 'language = "en-ZA"' in text(workshop)


def test_who_saves_second_sees_both(workshop):
    browser = workshop.someone(Role.OWNER)
    form = filled(browser.text(PAGE))
    workshop.write("show.toml", SHOW.replace("Living with", "Theirs: living with"))
    answer = browser.client.post(PAGE, data={**form, "description": "Mine."})
    assert answer.status_code == 409
    assert "Theirs: living with" in answer.text
    assert filled(answer.text)["description"] == "Mine."
    assert "Mine" not in text(workshop)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.REVIEWER])
def test_only_an_owner_has_settings(workshop, role):
    browser = workshop.someone(role)
    assert browser.get(PAGE).status_code == 403
    assert "settings/" not in browser.text(PLACE)

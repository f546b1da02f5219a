"""What is true of the whole show: a form of its file that changes only the lines it is about."""

import re

import pytest
from test_episode import filled
from workshop import PLACE, SHOW

from catalogue.domain.rights import Role

PAGE = f"{PLACE}settings/"


def text(workshop):
    return (workshop.root / "show.toml").read_text()


STATED = ("show_owner_email", "block", "type")


def chosen_in(page, name):
    found = re.findall(r'<option value="(\w*)" selected', page.partition(f'name="{name}"')[2].partition("</select>")[0])
    return (found or [""])[0]


def save(browser, **texts):
    page = browser.text(PAGE)
    chosen = re.findall(r'<option value="([^"]+)" selected lang="en">', page)
    adults = re.findall(
        r'<option value="(\w*)" selected', page.partition('name="explicit"')[2].partition("</select>")[0]
    )
    form = {**filled(page), "category": chosen, "new_files": "", "explicit": (adults or [""])[0]}
    form |= {key: chosen_in(page, key) for key in STATED}
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
    assert answer.text.count("Something is missing here. Fill it in.</p>") == 2
    assert answer.text.count("Choose one.</p>") == 1
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


def test_a_zone_stands_once_in_the_list_and_under_an_older_name_only_where_that_is_set(workshop):
    browser = workshop.someone(Role.OWNER)
    page = browser.text(PAGE)
    assert '<option value="Asia/Kolkata" data-older="Asia/Calcutta">' in page
    assert page.count("Asia/Calcutta") == 1 and 'value="Europe/Oslo"' in page
    workshop.write("show.toml", SHOW.replace("America/New_York", "Asia/Calcutta"))
    workshop.update()
    assert '<option value="Asia/Calcutta" selected>' in browser.text(PAGE)


def test_who_saves_second_sees_both(workshop):
    browser = workshop.someone(Role.OWNER)
    form = filled(browser.text(PAGE))
    workshop.write("show.toml", SHOW.replace("Living with", "Theirs: living with"))
    answer = browser.client.post(PAGE, data={**form, "description": "Mine."})
    assert answer.status_code == 409
    assert "Theirs: living with" in answer.text
    assert filled(answer.text)["description"] == "Mine."
    assert "Mine" not in text(workshop)


def test_who_owns_a_show_is_written_and_kept_out_of_the_feed_unless_wanted(workshop):
    browser = workshop.someone(Role.OWNER)
    assert save(browser, owner_name="Ana", owner_email="ana@e.org").status_code == 303
    stated = SHOW + 'owner = { name = "Ana", email = "ana@e.org" }\n'
    assert text(workshop) == stated
    assert save(browser, show_owner_email="yes", block="yes").status_code == 303
    assert text(workshop) == stated + "show_owner_email = true\nblock = true\n"
    assert save(browser, owner_name="", owner_email="", show_owner_email="no", block="no").status_code == 303
    assert text(workshop) == SHOW + "show_owner_email = false\nblock = false\n"


def test_where_people_can_give_is_written_and_what_says_more_than_the_fields_stays(workshop):
    browser = workshop.someone(Role.OWNER)
    given = {"funding_url": "https://e.org/give", "funding_label": "Help us", "license": "CC0-1.0", "type": "serial"}
    assert save(browser, **given).status_code == 303
    written = text(workshop)
    assert 'funding = { url = "https://e.org/give", label = "Help us" }\n' in written and 'type = "serial"' in written
    more = SHOW + 'location = { name = "Lugo", country = "ES" }\n\n[[funding]]\nurl = "https://e.org"\nlabel = "Give"\n'
    workshop.write("show.toml", more)
    workshop.update()
    page = browser.text(PAGE)
    assert 'name="funding_url"' not in page and 'name="location"' not in page
    assert save(browser, author="Ana").status_code == 303
    assert text(workshop) == more.replace('"Castalogue"', '"Ana"')


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"owner_email": "ana@e.org"}, "owner_name"),
        ({"owner_name": "Ana", "owner_email": "ana"}, "owner_email"),
        ({"block": "perhaps"}, "block"),
        ({"funding_url": "https://e.org/give"}, "funding_label"),
        ({"funding_label": "Give"}, "funding_url"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_at_the_field_that_it_is_about(workshop, texts, field):
    answer = save(workshop.someone(Role.OWNER), **texts)
    assert answer.status_code == 422
    assert f'id="{field}-fault-1"' in answer.text and f'href="#field-{field}"' in answer.text
    assert text(workshop) == SHOW


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.REVIEWER])
def test_only_an_owner_has_settings(workshop, role):
    browser = workshop.someone(role)
    assert browser.get(PAGE).status_code == 403
    assert "settings/" not in browser.text(PLACE)

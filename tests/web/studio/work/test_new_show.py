"""The first day: an empty library, a page of questions, a show."""

import re

import pytest
from test_episode import filled
from workshop import TITLE

from catalogue.domain.rights import Role

PAGE = "/studio/new-show/"
SAID = {"title": TITLE, "description": "Voices.", "author": "Ana", "timezone": "Europe/Madrid", "explicit": "no"}


def begin(browser, **texts):
    form = {**filled(browser.text(PAGE)), "language": "en", "new_files": "draft", **SAID, **texts}
    return browser.client.post(PAGE, data=form)


def test_from_an_empty_library_to_the_form_for_recordings(bare):
    browser = bare.someone(Role.OWNER)
    assert "There is no show here yet." in browser.text("/studio/") and PAGE in browser.text("/studio/")
    answer = begin(browser)
    assert (answer.status_code, answer.location) == (303, "/studio/shows/conversations/artwork/?begun=1")
    page = browser.text(answer.location)
    assert "http://localhost/conversations/" in page and "/studio/shows/conversations/upload/" in page
    assert 'new_files = "draft"' in (bare.root / "conversations/show.toml").read_text()
    assert "began the show" in browser.text("/studio/log/")


def test_what_is_wrong_stands_at_its_field_and_what_was_typed_and_chosen_stays(bare):
    answer = begin(bare.someone(Role.OWNER), title="", language="english", explicit="", category="Science")
    assert answer.status_code == 422
    assert "3 things have to be put right" in answer.text
    assert filled(answer.text)["description"] == "Voices."
    for chosen in ('value="Europe/Madrid" selected', 'value="Science" selected', 'value="draft" checked'):
        assert chosen in answer.text
    assert not (bare.root / "conversations").exists()


def test_what_is_written_asks_to_be_filled_in_and_what_is_chosen_for_a_choice(bare):
    answer = begin(bare.someone(Role.OWNER), title="", language="", timezone="", explicit="")
    at_fields = dict(re.findall(r'<p class="problem" id="(\w+)-fault-1"[^>]*>([^<]*)<', answer.text))
    assert at_fields == {
        "title": "Something is missing here. Fill it in.",
        **dict.fromkeys(("language", "timezone", "explicit"), "Nothing is chosen here yet. Choose one."),
    }


def test_a_library_that_is_a_show_says_why_there_is_no_room(workshop):
    browser = workshop.someone(Role.OWNER)
    page = browser.text(PAGE)
    assert "There is no room for another show here" in page and '<form method="post" class="sheet wide"' not in page
    assert browser.post(PAGE, SAID).status_code == 409


@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTRIBUTOR, Role.REVIEWER])
def test_only_who_owns_all_shows_begins_one(bare, role):
    browser = bare.someone(role)
    assert browser.get(PAGE).status_code == 403
    assert PAGE not in browser.text("/studio/")

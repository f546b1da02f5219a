"""Who works in Spanish reads Spanish: on every page of the studio, and in every refusal."""

import io
import re
from collections import deque

import pytest
from lxml import html
from spoken import english_in
from workshop import PLACE

from catalogue.domain.rights import Role

TYPED = ("Conversations", "An idea", "About it.", "Soon", "One", "Living with and after breast cancer.", "Castalogue")
# Who leaves a session, or is asked for in another language, sees no page of the studio in Spanish any more.
LEFT_ALONE = ("/sign-out/", "/language/", "/devices/", "/account/sessions")
LONG = "ñ" * 5000


@pytest.fixture
def spaniard(workshop):
    browser = workshop.someone(Role.OWNER)
    browser.post("/studio/language/", {"language": "es"}, on="/studio/account/")
    return browser


def pages(browser):
    """Every page of the studio that links lead to, by its path."""
    found, waiting = {}, deque(["/studio/"])
    while waiting:
        path = waiting.popleft()
        answer = browser.get(path)
        if path in found or answer.mimetype != "text/html" or answer.status_code != 200:
            continue
        found[path] = answer.text
        links = re.findall(r'href="(/studio/[^"?#]*)', answer.text)
        waiting.extend(dict.fromkeys(link for link in links if link not in found and "/static/" not in link))
    return found


def forms(page):
    for form in html.document_fromstring(page).forms:
        if form.method == "POST" and not any(part in form.get("action", "") for part in LEFT_ALONE):
            yield form


def presses(form):
    """What the buttons of a form say, each by itself."""
    named = [{one.get("name"): one.get("value", "")} for one in form.iter("button") if one.get("name")]
    return named or [{}]


def filled(form, text, file):
    """A form with the same text in every field, and a file where one is asked for."""
    said = {}
    for field in form.inputs:
        if field.name and field.get("type") == "file":
            said[field.name] = (io.BytesIO(file), "charla.mp3")
        elif field.name:
            is_ours = field.get("type") == "hidden" and field.name != "old"
            said[field.name] = field.get("value", "") if is_ours else text
    return said


def test_every_page_of_the_studio_speaks_spanish(spaniard):
    found = pages(spaniard)
    assert len(found) > 25 and f"{PLACE}settings/" in found
    assert {path: english for path, page in found.items() if (english := english_in(page, typed=TYPED))} == {}


@pytest.mark.soak
@pytest.mark.parametrize(("text", "file"), [("", b""), ("¿?", b"nada"), (LONG, b"ID3" * 900)])
def test_every_refusal_speaks_spanish(workshop, spaniard, text, file):
    wrong, refused = {}, 0
    for path, page in pages(spaniard).items():
        for form, press in [(one, press) for one in forms(page) for press in presses(one)]:
            sent = {"data": {**filled(form, text, file), **press}, "content_type": "multipart/form-data"}
            answer = spaniard.client.post(form.get("action") or path, **sent)
            if answer.status_code == 303:
                workshop.do_errands()
                answer = spaniard.get(answer.location)
            refused += answer.status_code in (409, 413, 422)
            if answer.mimetype == "text/html" and (english := english_in(answer.text, typed=TYPED)):
                wrong[f"{path} → {form.get('action')}"] = english
    assert (wrong, refused > 10) == ({}, True)


def test_choices_and_reasons_in_a_refusal_are_spanish(workshop, spaniard):
    path = f"{PLACE}episodes/one/"
    page = spaniard.text(path)
    (form,) = (one for one in forms(page) if one.get("action", path) == path and "title" in one.fields)
    said = {**filled(form, "", b""), "type": "talk", "title": "One"}
    answer = spaniard.client.post(path, data=said)
    assert answer.status_code == 422 and "Elige una de estas: full o trailer o bonus." in answer.text


def test_what_is_english_is_found():
    assert english_in("<p>Guardar</p><select><option lang=en>This and that</select>") == []
    assert english_in("<p>This is it</p><p title='Saved.'>Guardado</p>") == ["This is it", "Saved."]
    assert english_in("<ul><li lang=en>Apps that have it</li></ul>") == ["Apps that have it"]

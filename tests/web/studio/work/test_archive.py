"""Everything of a show in one file: packed behind the page, fetched by its owner, gone after a day."""

import io
import os
from datetime import timedelta
from zipfile import ZipFile

from workshop import PLACE

from catalogue.actions.shows.archive_errand import archives_folder
from catalogue.domain.rights import Role

PAGE, FILE = f"{PLACE}archive/", f"{PLACE}archive/1/"


def packed(workshop, browser):
    answer = browser.post(PAGE, on=PAGE)
    assert (answer.status_code, answer.location) == (303, PAGE)
    workshop.do_errands()
    for path in archives_folder(workshop.place).iterdir():
        os.utime(path, (workshop.now.timestamp(),) * 2)
    return browser.text(PAGE)


def test_it_is_packed_and_can_be_fetched(workshop):
    browser = workshop.someone(Role.OWNER)
    assert FILE in packed(workshop, browser)
    answer = browser.get(FILE)
    assert answer.headers["Content-Disposition"] == "attachment; filename=conversations.zip"
    names = ZipFile(io.BytesIO(answer.data)).namelist()
    answer.close()
    assert {"show.toml", "ledger.jsonl", "one/episode.md", "idea/episode.md"} <= set(names)


def test_after_a_day_nothing_of_it_is_left(workshop):
    browser = workshop.someone(Role.OWNER)
    packed(workshop, browser)
    workshop.now += timedelta(days=1, seconds=1)
    assert FILE not in browser.text(PAGE)
    assert browser.get(FILE).status_code == 404
    assert not list(archives_folder(workshop.place).iterdir())


def test_only_an_owner_takes_it_along(workshop):
    packed(workshop, workshop.someone(Role.OWNER))
    assert [workshop.someone(Role.EDITOR).get(path).status_code for path in (PAGE, FILE)] == [403, 403]

"""Chapters worked on row by row: saved where they count, told what is wrong, nothing typed lost."""

import json
import re

import pytest
from workshop import PLACE

from catalogue.domain.rights import Role

PAGE = f"{PLACE}episodes/one/chapters/"
ROWS = [("0:00", "Hello", "", ""), ("4:12", "Losing someone", "https://example.org/help", "")]


def form(rows, *, act="save", **more):
    cells = {name: [row[at] for row in rows] for at, name in enumerate(("time", "title", "url", "was"))}
    return {**cells, "act": act, **more}


def version(text):
    return re.search(r'name="version" value="([^"]*)"', text)[1]


def send(browser, rows, **more):
    stated = {"version": version(browser.text(PAGE)), **more}
    return browser.post(PAGE, form(rows, **stated))


def saved(workshop):
    return json.loads((workshop.root / "one/chapters.json").read_bytes())["chapters"]


def test_rows_are_saved_as_json_beside_the_note_by_their_times(workshop):
    answer = send(workshop.someone(), [*reversed(ROWS), ("", "", "", "")], hidden=["1"])
    assert answer.status_code == 303, answer.text
    assert saved(workshop) == [
        {"startTime": 0, "title": "Hello", "toc": False},
        {"startTime": 252, "title": "Losing someone", "url": "https://example.org/help"},
    ]
    assert 'value="Losing someone"' in workshop.someone().text(PAGE)


def test_chapters_of_the_note_are_saved_in_the_note(workshop):
    workshop.write("one/episode.md", workshop.read("one").replace("title: One", "title: One\nchapters: ['0:00 Old']"))
    workshop.update()
    browser = workshop.someone()
    assert "note one/episode.md" in browser.text(PAGE)
    assert send(browser, [("0:00", "New", "", "0 Old"), ("1:30.5", "Next", "", "")]).status_code == 303
    assert "1:30.5 Next" in workshop.read("one")
    assert not (workshop.root / "one/chapters.json").exists()


def test_all_that_is_wrong_is_told_at_its_row_and_nothing_is_lost(workshop):
    rows = [ROWS[0], ("soon", "A title", "", ""), ("0:00", "The same", "", ""), ("4:12", "", "my page", "")]
    answer = send(workshop.someone(), rows)
    assert answer.status_code == 422
    for field in ("time-1", "time-2", "title-3", "url-3"):
        assert f'href="#field-{field}"' in answer.text
        assert f'id="{field}-fault-1"' in answer.text
    assert all(f'value="{text}"' in answer.text for row in rows for text in row if text)
    assert not (workshop.root / "one/chapters.json").exists()


def test_an_address_that_nobody_can_read_breaks_no_page(workshop):
    browser = workshop.someone()
    answer = send(browser, [("0:00", "Hello", "http://[", "")])
    workshop.later()
    assert (answer.status_code, browser.get("/conversations/one/").status_code) == (422, 200)


def test_who_comes_second_sees_both(workshop):
    browser = workshop.someone()
    late = version(browser.text(PAGE))
    assert send(browser, ROWS[:1]).status_code == 303
    answer = send(browser, [("0:05", "Mine", "", "")], version=late)
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert "0:00 Hello" in answer.text
    assert send(browser, [("0:05", "Mine", "", "")], version=version(answer.text)).status_code == 303
    assert [one["title"] for one in saved(workshop)] == ["Mine"]


def test_rows_are_added_and_taken_away_without_script(workshop):
    browser = workshop.someone()
    more = send(browser, ROWS, act="more")
    assert (more.status_code, more.text.count('name="time"')) == (200, 7)
    fewer = send(browser, ROWS, act="drop-0")
    assert "Losing someone" in fewer.text
    assert 'value="Hello"' not in fewer.text


def test_pasted_lines_become_rows_and_wrong_ones_are_named(workshop):
    browser = workshop.someone()
    read = send(browser, ROWS[:1], act="read", lines="00:00 Welcome\n- 04:12 Losing someone")
    assert re.findall(r'name="title" value="([^"]+)"', read.text) == ["Welcome", "Losing someone"]
    wrong = send(browser, ROWS[:1], act="read", lines="0:00 Welcome\nno time")
    assert wrong.status_code == 422
    assert "Line 2" in wrong.text
    assert "no time" in wrong.text


def test_a_file_that_cannot_be_read_is_not_written_over(workshop):
    workshop.write("one/chapters.json", "{not json")
    workshop.update()
    page = workshop.someone().text(PAGE)
    assert "This is not JSON" in page
    assert send_raw(workshop).status_code == 422
    assert (workshop.root / "one/chapters.json").read_text() == "{not json"


def send_raw(workshop):
    return workshop.someone().post(PAGE, form(ROWS, version=""))


def test_who_may_not_write_is_refused(workshop):
    assert workshop.someone(Role.REVIEWER).get(PAGE).status_code == 403


@pytest.fixture
def long(workshop):
    """An episode with more chapters than a form has rows."""
    chapters = [{"startTime": at * 2, "title": f"Title {at}", "mine": at} for at in range(250)]
    file = workshop.write("one/chapters.json", json.dumps({"version": "1.2.0", "chapters": chapters}))
    workshop.update()
    return file


def marks(text):
    return {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("since", "until", "version")}


def rows_of(text):
    cells = [re.findall(rf'name="{name}" value="([^"]*)"', text) for name in ("time", "title", "url", "was")]
    return list(zip(*cells, strict=True))


def test_many_have_pages_and_each_leaves_the_others_as_they_are(workshop, long):
    browser, before = workshop.someone(), saved(workshop)
    text = browser.text(f"{PAGE}?page=2")
    rows = rows_of(text)
    assert (len(rows), rows[0][:2], "2 of 3" in text) == (102, ("3:20", "Title 100"), True)
    rows[3] = (*rows[3][:1], "Another", *rows[3][2:])
    answer = browser.post(f"{PAGE}?page=2", form([*rows[:5], *rows[6:]], **marks(text)))
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?page=2&done=1")
    assert "The chapters are saved." in browser.text(answer.location)
    wanted = [one for one in before if one["mine"] != 105]
    assert saved(workshop) == [one | ({"title": "Another"} if one["mine"] == 103 else {}) for one in wanted]


def test_who_adds_chapters_before_a_page_takes_none_from_it(workshop, long):
    browser = workshop.someone()
    text = browser.text(f"{PAGE}?page=2")
    whole = json.loads(long.read_bytes())
    whole["chapters"].insert(1, {"startTime": 1, "title": "Theirs"})
    long.write_text(json.dumps(whole))
    answer = browser.post(f"{PAGE}?page=2", form(rows_of(text), **marks(text)))
    assert answer.status_code == 409
    assert browser.post(f"{PAGE}?page=2", form(rows_of(answer.text), **marks(answer.text))).status_code == 303
    assert [one["title"] for one in saved(workshop)][:3] == ["Title 0", "Theirs", "Title 1"]
    assert len(saved(workshop)) == 251


def test_a_list_that_no_page_holds_is_said(workshop):
    lines = "\n".join(f"{at // 60}:{at % 60:02} Title" for at in range(201))
    answer = send(workshop.someone(), [], act="read", lines=lines)
    assert (answer.status_code, "more than 200 rows" in answer.text) == (422, True)

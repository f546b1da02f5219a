"""What an index would change, as a page; and the word that lets go on what waits for one."""

import shutil

import pytest
from workshop import AUDIO, PLACE

from catalogue.domain.rights import Role
from web.studio import planning

PAGE = f"{PLACE}plan/"


def press(browser, act, **more):
    return browser.post(PAGE, {"act": act, **more}, on=PAGE)


def test_where_nothing_changes_it_says_so(workshop):
    assert "Feed and site are as the files say" in workshop.someone().text(PAGE)


def test_it_says_what_subscribers_notice_and_looking_changes_nothing(workshop):
    workshop.write("one/episode.md", workshop.read("one").replace("title: One", "title: One, told better"))
    workshop.note("two", title="Two", published="2026-02-05")
    before, ledger = workshop.index.revision(), (workshop.root / "ledger.jsonl").read_bytes()
    text = workshop.someone().text(PAGE)
    assert "Apps show as new (1)" in text and ">Two<" in text
    assert "Change in place (1)" in text and "changes: title" in text
    assert (workshop.index.revision(), (workshop.root / "ledger.jsonl").read_bytes()) == (before, ledger)


def test_a_press_lets_it_out(workshop):
    workshop.note("two", title="Two", published="2026-02-05")
    browser = workshop.someone()
    answer = press(browser, "index")
    assert answer.status_code == 303
    assert "Done. Feed and site" in browser.text(answer.headers["Location"])
    assert "Two" in browser.text(PLACE)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_who_may_not_publish_reads_it_without_buttons(workshop, role):
    workshop.note("two", title="Two", published="2026-02-05")
    browser = workshop.someone(role)
    assert 'name="act"' not in browser.text(PAGE)
    assert press(browser, "index").status_code == 403


def renamed(workshop):
    """An episode that vanished in the run that something unknown came in."""
    shutil.rmtree(workshop.root / "one")
    workshop.note("uno", title="One", published="2026-01-05")


@pytest.mark.parametrize(("old", "count"), [("one", 3), ("", 4)])
def test_what_is_in_doubt_is_settled_by_a_word(workshop, old, count):
    renamed(workshop)
    browser = workshop.someone()
    text = browser.text(PAGE)
    assert "Waits for your word" in text and "“uno” is the episode of “one”" in text
    assert press(browser, "claim", new="uno", old=old).status_code == 303
    assert len(workshop.index.episodes(workshop.index.shows()[0].show.guid)) == count
    assert "Waits for your word" not in browser.text(PAGE)


@pytest.mark.parametrize(("old", "count"), [("soon", 3), ("one", 3), ("", 4)])
def test_where_several_vanished_each_of_them_may_be_said(workshop, old, count):
    renamed(workshop)
    shutil.rmtree(workshop.root / "soon")
    browser = workshop.someone()
    text = browser.text(PAGE)
    assert "one, soon vanished at the same time" in text
    assert text.count("“uno” is the episode of") == 2 and "“uno” is a new episode" in text
    assert press(browser, "claim", new="uno", old=old).status_code == 303
    assert len(workshop.index.episodes(workshop.index.shows()[0].show.guid)) == count


def test_where_many_vanished_one_is_chosen_from_a_list(workshop, monkeypatch):
    monkeypatch.setattr(planning, "MOST_PRESSED", 1)
    renamed(workshop)
    shutil.rmtree(workshop.root / "soon")
    text = workshop.someone().text(PAGE)
    assert "<option>one</option><option>soon</option>" in text and "is the episode of" not in text


@pytest.mark.parametrize("sent", [{"new": "uno", "old": "soon"}, {"new": "../uno"}, {"new": "idea", "old": ""}, {}])
def test_only_what_is_in_doubt_can_be_said(workshop, sent):
    renamed(workshop)
    answer = press(workshop.someone(), "claim", **sent)
    assert answer.status_code == 409
    assert "not in doubt any more" in answer.text


def test_that_files_are_gone_takes_a_word_and_then_they_are_missing(workshop):
    for number in range(3):
        workshop.write(f"old-{number}/episode.md", f"---\npublished: 2026-01-0{number + 1}\n{AUDIO % number}\n---\n")
    workshop.update()
    for name in ("one", "old-0", "old-1", "old-2"):
        shutil.rmtree(workshop.root / name)
    browser = workshop.someone()
    assert "Files of several episodes are not there" in browser.text(PAGE)
    refused = press(browser, "gone", word="yes")
    assert refused.status_code == 422 and "This was not the word" in refused.text
    assert press(browser, "gone", word=" Gone ").status_code == 303
    rows = workshop.index.episodes(workshop.index.shows()[0].show.guid)
    assert sum(row.line.missing_since is not None for row in rows) == 4


def test_it_speaks_spanish(workshop):
    assert "Qué cambiaría" in spanish(workshop).text(PAGE)


def spanish(workshop):
    browser = workshop.someone()
    browser.post("/studio/language/", {"language": "es"}, on=PAGE)
    return browser


def test_what_is_wrong_with_files_is_said_in_spanish(workshop):
    browser = spanish(workshop)
    workshop.note("two", title="Two", published="soonish")
    assert "two/episode.md, línea 3: No es una fecha que se pueda leer: «soonish»." in browser.text(PAGE)
    renamed(workshop)
    assert "Es nuevo, y a la vez ha desaparecido one" in browser.text(PAGE)
    workshop.update()
    assert "línea 3: No es una fecha" in browser.text("/studio/")


def test_what_directories_mind_is_said_in_spanish(workshop):
    workshop.note("two", title="Two", published="2026-02-05")
    workshop.update()
    said = spanish(workshop).text(f"{PLACE}episodes/two/")
    assert "<li>La duración falta, no se puede leer o no es la que se midió." in said


def test_held_files_are_told_without_what_is_to_be_typed_elsewhere(workshop):
    renamed(workshop)
    text = workshop.someone().text(PAGE)
    assert "one vanished at the same time" in text and "castalogue claim" not in text

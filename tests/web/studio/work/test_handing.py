"""“Ready for review”: a draft handed over, seen by who looks after the show, taken back, answered, out."""

import pytest
from producers import FIRST
from workshop import PLACE

from catalogue.actions.handing_over import talks_in
from catalogue.domain.rights import Role

PAGE = f"{PLACE}episodes/idea/"
HOME = "/studio/"


def guid_of(workshop):
    return workshop.index.episode_called(FIRST, "idea").line.guid


@pytest.fixture
def writer(workshop):
    """Who began the draft, and may not publish."""
    browser = workshop.someone(Role.CONTRIBUTOR)
    workshop.index.save_author(FIRST, guid_of(workshop), browser.producer.id)
    return browser


@pytest.fixture
def handed(writer):
    """The same, when the draft was handed over."""
    answer = writer.post(f"{PAGE}ready/", on=PAGE)
    assert answer.status_code == 303
    assert "waits for review" in writer.text(answer.headers["Location"])
    return writer


def reply(browser, act, note=""):
    return browser.post(f"{PAGE}ready/answer/", {"act": act, "handed_note": note}, on=HOME)


def talk(workshop):
    return talks_in(workshop.place, FIRST).get(guid_of(workshop))


def test_who_may_publish_is_offered_no_handing_over(workshop, writer):
    assert f'action="{PAGE}ready/"' in writer.text(PAGE)
    for role in (Role.OWNER, Role.EDITOR, Role.REVIEWER):
        assert f'action="{PAGE}ready/"' not in workshop.someone(role).text(PAGE)


@pytest.mark.parametrize("role", [Role.OWNER, Role.EDITOR, Role.REVIEWER])
def test_it_waits_for_who_looks_after_the_show_with_who_and_when(workshop, handed, role):
    other = workshop.someone(role)
    home, name = other.text(HOME), handed.producer.shown_name
    assert "Waits for you" in home and f"{name}, 1 March 2026" in home
    assert f"{name} said that it is ready: 1 March 2026, 07:00." in other.text(PAGE)
    assert "Waits for review" in other.text(PLACE)


def test_who_handed_it_over_sees_where_it_is_and_another_contributor_nothing(workshop, handed):
    assert "Waits for who publishes" in handed.text(HOME)
    other = workshop.someone(Role.CONTRIBUTOR)
    assert "An idea" not in other.text(HOME) and "Waits for review" not in other.text(PLACE)
    assert [other.post(f"{PAGE}{path}", on=HOME).status_code for path in ("ready/", "ready/end/")] == [403, 403]
    assert reply(handed, "sent-back", "mine").status_code == 403


def test_it_is_handed_over_once_and_taken_back(workshop, handed):
    assert handed.post(f"{PAGE}ready/", on=PAGE).status_code == 303
    assert len(workshop.index.handovers(FIRST, guid_of(workshop))) == 1
    assert [handed.post(f"{PAGE}ready/end/", on=PAGE).status_code for _ in range(2)] == [303, 303]
    assert talk(workshop) is None
    assert "Waits for you" not in workshop.someone().text(HOME)


def test_what_was_looked_at_waits_for_who_publishes_alone(workshop, handed):
    reviewer, editor = workshop.someone(Role.REVIEWER), workshop.someone()
    assert reply(reviewer, "looked-at").status_code == 303
    assert "Waits for you" not in reviewer.text(HOME)
    assert f"{reviewer.producer.shown_name} has looked at it" in editor.text(HOME)


def test_it_goes_back_with_a_word_and_comes_again(workshop, handed):
    editor = workshop.someone()
    assert reply(editor, "sent-back", "The <b>dose</b>\r\nis missing").status_code == 303
    assert "The &lt;b&gt;dose&lt;/b&gt;\nis missing" in handed.text(PAGE)
    assert "Back to you" in handed.text(HOME) and "Waits for you" not in editor.text(HOME)
    assert handed.post(f"{PAGE}ready/", on=PAGE).status_code == 303
    assert "Waits for you" in editor.text(HOME)
    assert "The &lt;b&gt;dose" not in editor.text(PAGE)
    assert "The &lt;b&gt;dose" in editor.text(f"{PAGE}history/")


@pytest.mark.parametrize(("note", "told"), [(" \n", "Say in a few words"), ("x" * 501, "501 characters; 500 are the")])
def test_without_a_word_or_with_too_many_it_stays_and_nothing_typed_is_lost(workshop, handed, note, told):
    answer = reply(workshop.someone(), "sent-back", note)
    assert answer.status_code == 422
    assert told in answer.text and f"\n{note.strip()}" in answer.text
    assert talk(workshop).waits


def test_an_answer_to_what_waits_no_more_is_told_so(workshop, handed):
    handed.post(f"{PAGE}ready/end/", on=PAGE)
    answer = reply(workshop.someone(), "looked-at")
    assert answer.status_code == 409
    assert "It does not wait any more" in answer.text


def test_it_is_over_when_it_is_out_and_stays_so(workshop, handed):
    editor = workshop.someone()
    for deed, data in (("publish", {"act": "now"}), ("unpublish", {})):
        assert editor.post(f"{PAGE}{deed}/", data, on=PAGE).status_code == 303
        assert "Waits for you" not in editor.text(HOME) and talk(workshop) is None


def test_what_is_out_is_not_handed_over(workshop):
    page = f"{PLACE}episodes/one/ready/"
    answer = workshop.someone().post(page, on=HOME)
    assert answer.status_code == 422
    assert "It is no draft any more" in answer.text


def test_the_log_says_who_did_what(workshop, handed):
    reply(workshop.someone(), "sent-back", "Look again")
    text = workshop.someone(Role.OWNER).text("/studio/log/")
    for said in ("said that the draft idea is ready for review", "sent the draft idea back to who wrote it"):
        assert said in text

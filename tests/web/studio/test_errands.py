"""The page of long work: how far it is, why it failed, cancelling it; for who may, of their show alone."""

from datetime import timedelta

import pytest
from producers import FIRST, SECOND

from catalogue.actions.errands.failures import failure
from catalogue.domain.errands import ErrandState, ErrandWish
from catalogue.domain.rights import Role
from catalogue.errors import CatalogueError, NoAnswer

PAGE = "/studio/shows/conversations/errands/1/"
OF_ALL = "/studio/errands/1/"


def ask(house, show=FIRST, *, said=None, **far):
    wish = ErrandWish(kind="x", show_guid=show, parameters={}, asked_by="Ana")
    errand = house.index.ask_for_errand(wish, now=house.now)
    if said is None:
        return errand
    until = house.now + timedelta(minutes=1)
    taken = house.index.take_errand("x", owner="me", now=house.now, until=until)
    house.index.keep_errand(taken, said=said, until=until, **{"done": 0, "total": 0} | far)
    return taken


def test_what_waits_says_so_and_what_is_being_done_says_how_far(house):
    errand = ask(house)
    browser = house.signed_in_client(Role.CONTRIBUTOR, FIRST)
    page = browser.text(PAGE)
    assert "This waits for its turn." in page
    assert ("Asked for by Ana" in page, "studio-errand" in page, "Look again" in page) == (True, True, True)
    ask(house, said="reading", done=3, total=9)
    page = browser.text(PAGE)
    assert '<progress max="9" value="3"' in page
    assert "3 of 9" in page
    assert errand.id == 1


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NoAnswer("x-away", "It is away.", url="https://a.example"), '<p lang="en">https://a.example: It is away.</p>'),
        (CatalogueError("errand-failed", "Why?"), "<p>Nadie había previsto este fallo."),
    ],
)
def test_one_that_failed_says_why_in_the_words_of_the_page(house, error, told):
    taken = ask(house, said="")
    house.index.end_errand(taken, state=ErrandState.FAILED, outcome=failure(error), now=house.now)
    browser = house.sign_in(house.add(language="es"))
    page = browser.text(PAGE)
    assert told in page
    assert "studio-errand.js" not in page


def test_one_that_is_open_can_be_cancelled_once(house):
    errand = ask(house)
    browser = house.signed_in_client(Role.EDITOR, FIRST)
    for _ in range(2):
        answer = browser.post(f"{PAGE}cancel/")
        assert (answer.status_code, answer.location) == (303, PAGE)
    assert house.index.errand(errand.id).state is ErrandState.CANCELLED
    (entry,) = house.index.log_entries(show_guids=[FIRST], offset=0, limit=9)
    assert entry.what == "errand-cancelled"


def test_one_of_another_show_or_of_none_is_not_here(house):
    ask(house, SECOND)
    browser = house.signed_in_client()
    assert [browser.get(page).status_code for page in (PAGE, OF_ALL)] == [404, 404]
    assert browser.post(f"{PAGE}cancel/").status_code == 404


@pytest.mark.parametrize("kind", ["archive", "move-out"])
def test_what_owners_ask_for_is_seen_and_cancelled_by_them_alone(house, kind):
    wish = ErrandWish(kind=kind, show_guid=FIRST, parameters={"url": "https://new.example/feed"}, asked_by="Ana")
    house.index.ask_for_errand(wish, now=house.now)
    browser = house.signed_in_client(Role.CONTRIBUTOR, FIRST)
    assert (browser.get(PAGE).status_code, browser.post(f"{PAGE}cancel/").status_code) == (403, 403)
    assert house.index.errand(1).state is ErrandState.WAITING
    assert house.signed_in_client(Role.OWNER, FIRST).post(f"{PAGE}cancel/").status_code == 303


@pytest.mark.parametrize("page", [PAGE.replace("1", "9" * 22), OF_ALL.replace("1", "9" * 22)])
def test_a_number_that_is_none_is_not_here(house, page):
    browser = house.signed_in_client()
    assert (browser.get(page).status_code, browser.post(f"{page}cancel/").status_code) == (404, 404)


def test_one_of_no_show_is_for_who_may_begin_shows(house):
    ask(house, "")
    assert "This waits for its turn." in house.signed_in_client().text(OF_ALL)
    assert house.signed_in_client(Role.OWNER, FIRST).get(OF_ALL).status_code == 403
    assert house.signed_in_client().post(f"{OF_ALL}cancel/").location == OF_ALL

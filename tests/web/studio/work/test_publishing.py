"""Publishing and taking back: what will happen is said first, and then it has happened."""

import re

import pytest
from workshop import PLACE

from catalogue.domain.rights import Role


def at(slug, deed=""):
    return f"{PLACE}episodes/{slug}/{deed}"


def press(browser, slug, deed, **sent):
    return browser.post(at(slug, deed), sent, on=at(slug, deed))


def public(workshop):
    publication = workshop.app.extensions["castalogue"].publication
    workshop.later()
    return {one.slug for one in publication.episodes(publication.shows()[0], workshop.now)}


def test_before_it_is_published_it_is_said_what_apps_will_do(workshop):
    text = workshop.someone().text(at("idea", "publish/"))
    assert "Podcast apps show it as new" in text
    assert "Publish now" in text


def test_published_now_it_is_public_and_the_log_knows_who(workshop):
    browser = workshop.someone()
    answer = press(browser, "idea", "publish/", act="now")
    assert answer.status_code == 303, answer.text
    assert "It is out." in browser.text(answer.headers["Location"])
    assert "published: 2026-03-01 07:00:00" in workshop.read("idea")
    assert public(workshop) == {"one", "idea"}
    assert "published an episode" in workshop.someone(Role.OWNER).text("/studio/log/")


def test_scheduled_it_waits_in_the_zone_of_the_show(workshop):
    browser = workshop.someone()
    assert (
        press(browser, "idea", "publish/", act="later", published="2026-05-01", published_time="09:30").status_code
        == 303
    )
    assert "published: 2026-05-01 09:30" in workshop.read("idea")
    assert "draft" not in workshop.read("idea")
    assert "Scheduled" in browser.text(at("idea"))


@pytest.mark.parametrize(
    ("day", "time", "sentence"),
    [
        ("2026-02-01", "08:00", "This moment has passed"),
        ("2026-03-08", "02:30", "The clocks leave this time out"),
        ("2026-11-01", "01:30", "show this time twice"),
        ("soon", "", "not a date"),
    ],
)
def test_a_moment_that_cannot_be_is_said_at_its_field_and_kept(workshop, day, time, sentence):
    before = workshop.read("idea")
    answer = press(workshop.someone(), "idea", "publish/", act="later", published=day, published_time=time)
    assert answer.status_code in (409, 422)
    assert sentence in answer.text
    assert f'value="{day}"' in answer.text
    assert workshop.read("idea") == before


def test_taken_back_and_published_again_it_has_its_own_date(workshop):
    browser, before = workshop.someone(), workshop.read("one")
    assert "It leaves the feed" in browser.text(at("one", "unpublish/"))
    assert press(browser, "one", "unpublish/").status_code == 303
    assert public(workshop) == set()
    assert "5 January 2026" in browser.text(at("one", "publish/"))
    assert press(browser, "one", "publish/", act="again").status_code == 303
    assert workshop.read("one") == before
    assert public(workshop) == {"one"}


def test_a_draft_whose_date_has_passed_is_published_with_it_or_with_todays(workshop):
    workshop.note("late", title="Late", draft="yes", published="2026-01-09")
    workshop.update()
    page = workshop.someone().text(at("late", "publish/"))
    assert "9 January 2026" in page
    assert "shows it as new" not in page
    assert ('value="again"' in page, 'value="later"' in page) == (True, True)
    assert press(workshop.someone(), "late", "publish/", act="now").status_code == 303
    assert "published: 2026-03-01 07:00:00" in workshop.read("late")


def test_of_a_draft_it_is_said_that_nobody_outside_sees_it(workshop):
    assert "It is a draft: nobody outside" in workshop.someone().text(at("idea", "withdraw/"))
    assert "It is a draft: nobody outside" not in workshop.someone().text(at("one", "withdraw/"))


def test_where_a_withdrawn_episode_stays_is_said_in_words_with_each_path_beside_them(workshop):
    page = workshop.sign_in(workshop.add(language="es")).text(at("one", "withdraw/"))
    assert "El archivo del episodio en la biblioteca" in page
    assert re.search(r"<li class=\"wraps\"><code>[^<]*one/episode.md</code></li>", page)
    assert f"(<code>{workshop.place.settings.data_folder}</code>)" in page


def test_nothing_is_withdrawn_without_the_word(workshop):
    browser = workshop.someone()
    assert "There is no way back" in browser.text(at("one", "withdraw/"))
    assert press(browser, "one", "withdraw/", word="yes").status_code == 422
    assert public(workshop) == {"one"}
    assert press(browser, "one", "withdraw/", word=" Withdraw ").status_code == 303
    assert public(workshop) == set()
    assert "Withdrawn" in browser.text(at("one"))


@pytest.mark.parametrize("deed", ["publish/", "unpublish/", "withdraw/"])
@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
def test_only_who_may_publish_is_shown_how(workshop, role, deed):
    browser = workshop.someone(role)
    assert browser.get(at("one", deed)).status_code == 403
    assert browser.post(at("one", deed), {"act": "now"}).status_code == 403

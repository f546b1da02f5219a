"""The list of a show's episodes, and what there is to do."""

import pytest
from workshop import PLACE

from catalogue.domain.rights import Role


def test_home_says_what_waits(workshop):
    text = workshop.someone().text("/studio/")
    assert "An idea" in text
    assert "Drafts to go on with" in text
    assert "1 April 2026" in text


def test_the_list_says_how_each_episode_stands(workshop):
    text = workshop.someone().text(PLACE)
    for word in ("An idea", "Draft", "Soon", "Scheduled", "One", "Public", "3 episodes"):
        assert word in text


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("status=draft", {"idea"}),
        ("q=SOON", {"soon"}),
        ("status=public&q=idea", set()),
        ("status=x&page=-1", {"one", "soon", "idea"}),
    ],
)
def test_the_list_can_be_narrowed(workshop, query, slugs):
    text = workshop.someone().text(f"{PLACE}?{query}")
    assert {slug for slug in ("one", "soon", "idea") if f"episodes/{slug}/" in text} == slugs


def test_what_was_just_indexed_is_there_at_once(workshop):
    browser = workshop.someone()
    browser.text(PLACE)
    workshop.note("more", title="One more", published="2026-02-01")
    workshop.update()
    assert "One more" in browser.text(PLACE)


def test_a_contributor_is_led_to_own_drafts_alone(workshop):
    browser = workshop.someone(Role.CONTRIBUTOR)
    row = workshop.index.episode_called(workshop.index.shows()[0].show.guid, "idea")
    assert "episodes/idea/" not in browser.text(PLACE)
    workshop.index.save_author(workshop.index.shows()[0].show.guid, row.line.guid, browser.producer.id)
    for page in (PLACE, "/studio/"):
        text = browser.text(page)
        assert "episodes/idea/" in text
        assert "episodes/one/" not in text
    assert "press “Ready for review”" in browser.text(f"{PLACE}episodes/idea/?done=new")

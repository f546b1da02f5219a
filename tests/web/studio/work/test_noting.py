"""Beginning an episode that has no recording yet."""

import re

from workshop import PLACE

from catalogue.domain.rights import Role

NEW = f"{PLACE}new-episode/"


def test_it_begins_as_a_draft_of_who_began_it(workshop):
    browser = workshop.someone(Role.CONTRIBUTOR)
    assert NEW in browser.text(f"{PLACE}upload/")
    answer = browser.post(NEW, {"title": "  A talk with  María "})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{PLACE}episodes/a-talk-with-maria/?done=begun"
    assert workshop.read("a-talk-with-maria").startswith("---\ntitle: A talk with María\ndraft: true\n---\n")
    page = browser.text(answer.headers["Location"])
    assert "send the recording when you have it" in page
    assert "episodes/a-talk-with-maria/recording/" in page


def test_without_a_title_it_is_said_at_its_field_and_nothing_is_begun(workshop):
    before = sorted(workshop.root.iterdir())
    answer = workshop.someone().post(NEW, {"title": " "})
    assert answer.status_code == 422
    assert "The title is missing" in answer.text
    assert re.search(r'id="field-title"[^>]*aria-invalid="true"', answer.text)
    assert sorted(workshop.root.iterdir()) == before


def test_who_only_reviews_begins_nothing(workshop):
    assert workshop.someone(Role.REVIEWER).post(NEW, {"title": "Mine"}).status_code == 403

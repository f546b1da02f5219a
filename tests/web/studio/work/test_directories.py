"""Getting listed: what lacks is said once, with the page that mends it."""

import pytest
from workshop import PLACE

from catalogue.domain.rights import Role

PAGE = f"{PLACE}directories/"


@pytest.mark.parametrize(("language", "sentence"), [("en", "A category"), ("es", "Una categoría")])
def test_what_lacks_is_said_with_who_asks_for_it_and_where_it_is_mended(workshop, language, sentence):
    browser = workshop.sign_in(workshop.add(Role.OWNER, language=language))
    page = browser.text(PAGE)
    assert page.count(f"<strong>{sentence}</strong>") == 1
    assert "(Apple Podcasts, Spotify, YouTube, Amazon Music)" in page
    for field in ("categories", "owner_email"):
        assert f'href="{PLACE}settings/#field-{field}"' in page
    assert "show.toml" not in page
    assert "https://podcastsconnect.apple.com/" in page


def test_what_is_there_is_not_named(workshop):
    page = workshop.someone(Role.OWNER).text(PAGE)
    assert "An episode that is out" not in page


def test_only_an_owner_hands_a_show_in(workshop):
    assert workshop.someone(Role.EDITOR).get(PAGE).status_code == 403

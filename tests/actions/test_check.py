"""The linter over what subscribers would get."""

import pytest
from builders import NOON, make_audio, make_episode, make_show
from shop_window import ShopWindow

from catalogue.actions.check import check_shows
from catalogue.domain.links import Links


@pytest.fixture
def window(tmp_path):
    opened = ShopWindow(tmp_path)
    yield opened
    opened.index.close()


def rules(window, base_url="https://example.org"):
    (checked,) = check_shows(window.publication, Links(base_url), window.now)
    return {finding.rule: finding.level.value for finding in checked.findings}


def test_a_sound_show_under_a_public_address_has_no_error(window):
    window.put(make_episode())
    assert "error" not in rules(window).values()


def test_an_address_that_is_not_https_is_found(window):
    window.put(make_episode())
    assert rules(window, "http://example.org").items() - rules(window).items() == {("I08", "warning")}


def test_https_is_not_asked_of_the_machine_itself(window):
    window.put(make_episode())
    assert rules(window, "http://127.0.0.1:8000") == rules(window)


def test_what_is_not_public_is_not_judged(window):
    window.put(make_episode(), make_episode(guid="2", slug="two", path="2", draft=True, title=""))
    alone = rules(window)
    window.put(make_episode())
    assert rules(window) == alone


def test_every_show_is_judged_on_its_own(window):
    window.put(make_episode())
    window.put(show=make_show(guid="other", slug="other"))
    checked = check_shows(window.publication, Links("https://example.org"), NOON)
    assert [one.show.slug for one in checked] == ["conversations", "other"]


def test_audio_of_no_known_length_is_judged_and_breaks_nothing(window):
    window.put(make_episode(renditions=(make_audio(duration=None),)))
    assert isinstance(rules(window), dict)

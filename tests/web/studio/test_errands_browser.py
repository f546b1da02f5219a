"""The page of long work, and the picture of a recording, in a real browser."""

from datetime import timedelta

import pytest
from looking_at import faults_of
from producers import FIRST
from small_server import serving

from catalogue.domain.errands import ErrandState, ErrandWish
from catalogue.domain.loudness import Loudness
from web.studio.cookies import SESSION

pytestmark = pytest.mark.browser
PAGE = "/studio/shows/conversations/errands/1/"


@pytest.mark.axe
@pytest.mark.soak
def test_the_page_follows_what_is_done_and_has_no_fault(house, windows):
    house.index.ask_for_errand(ErrandWish(kind="x", show_guid=FIRST, parameters={}), now=house.now)
    taken = house.index.take_errand("x", owner="me", now=house.now, until=house.now + timedelta(minutes=1))
    audio = house.index.episode(FIRST, f"{FIRST}-draft").episode.renditions[0]
    loudness = Loudness(sha256=audio.sha256, integrated_lufs=-20.5, seconds=9.0, peaks="00ff" * 40)
    house.index.save_loudness(loudness, now=house.now)
    token = house.sign_in(house.add()).client.get_cookie(SESSION, path="/studio").value
    stated = {"color_scheme": "dark", "bypass_csp": True, "viewport": {"width": 320, "height": 800}}
    with serving(house.app) as server, windows.page(locale="en", **stated) as page:
        address = f"http://127.0.0.1:{server.port}"
        page.context.add_cookies([{"name": SESSION, "value": token, "domain": "127.0.0.1", "path": "/studio"}])
        assert faults_of(page, f"{address}/studio/shows/conversations/episodes/draft/") == []
        assert page.locator("svg.waveform").is_visible()
        assert faults_of(page, address + PAGE) == []
        assert page.locator(".again").is_hidden()
        house.index.keep_errand(taken, said="", done=3, total=9, until=house.now + timedelta(minutes=1))
        page.get_by_text("3 of 9").wait_for()
        house.index.end_errand(taken, state=ErrandState.DONE, outcome={}, now=house.now)
        page.get_by_text("This is done.").wait_for()

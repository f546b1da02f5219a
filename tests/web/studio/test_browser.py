"""The studio in a real browser: by keyboard alone, without script, and looked at by axe."""

import pytest
from looking_at import faults_of
from producers import BASE_URL, PASSWORD
from small_server import serving

from catalogue.actions.accounts.links import begin_address, invitation_address
from catalogue.domain.rights import ALL_SHOWS, Grant, Role
from web.studio.cookies import SESSION

pytestmark = pytest.mark.browser
PAGES = (
    *("", "account/", "account/code/", "people/", "shows/conversations/people/", "log/", "people/1/role/"),
    *("new-show/", "import/"),
    *(
        f"shows/conversations/{page}/"
        for page in ("artwork", "directories", "move-out", "archive", "upload", "new-episode")
    ),
)
# Those that are looked at every day: `make soak` looks at all.
FEW = ("", "shows/conversations/people/", "new-show/", "import/")


@pytest.fixture
def address(house):
    """Where the studio is served."""
    with serving(house.app) as server:
        yield f"http://127.0.0.1:{server.port}"


def test_the_first_owner_begins_by_keyboard_and_without_script(house, address, windows):
    link = begin_address(house.desk, address, now=house.now)
    with windows.page(java_script_enabled=False, locale="en") as page:
        page.goto(link)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the content"
        page.keyboard.press("Enter")
        for typed in ("Ana", PASSWORD, PASSWORD):
            page.keyboard.press("Tab")
            page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{address}/studio/#content")
        assert page.locator("h1").inner_text() == "Your shows"
        assert page.locator(".leave span").inner_text() == "Ana"
        assert page.evaluate("document.cookie") == ""
        page.locator(".leave button").press("Enter")
        page.wait_for_url(f"{address}/studio/sign-in/**")


@pytest.mark.axe
@pytest.mark.parametrize(
    "looked_at",
    [
        ("en", "light", FEW),
        pytest.param(("en", "light", PAGES), marks=pytest.mark.soak),
        pytest.param(("es", "dark", PAGES), marks=pytest.mark.soak),
    ],
    ids=["few", "en", "es"],
)
def test_axe_finds_no_fault_and_nothing_is_too_wide(house, address, windows, looked_at):
    language, theme, paths = looked_at
    ana = house.add(language=language)
    grant = Grant(show_guid=ALL_SHOWS, role=Role.EDITOR)
    link = invitation_address(house.desk, BASE_URL, grant, made_by=ana, now=house.now).removeprefix(BASE_URL)
    token = house.sign_in(ana).client.get_cookie(SESSION, path="/studio").value
    stated = {"color_scheme": theme, "bypass_csp": True, "viewport": {"width": 320, "height": 800}}
    with windows.page(locale=language, **stated) as page:
        found = [faults_of(page, address + path) for path in ("/studio/sign-in/", link)]
        page.context.add_cookies([{"name": SESSION, "value": token, "domain": "127.0.0.1", "path": "/studio"}])
        found += [faults_of(page, f"{address}/studio/{path}") for path in paths]
        page.context.clear_cookies()
    assert found == [[]] * (len(paths) + 2)

"""A producer's first day in the studio: from the link that `serve` prints to an episode in the feed and in an app."""

import re

import pytest
from first_day import Day, Told
from looking import AXE, PROBES
from serving import serving, wait_until
from sounds import write_mp3
from spoken import english_in

from web.studio.words import studio_words_in

pytestmark = pytest.mark.browser
ENGLISH = Told(show="Talks", episode="The first talk", summary="How it began.", chapters=("Hello", "The rest"))
SPANISH = Told(show="Charlas", episode="La primera charla", summary="Cómo empezó.", chapters=("Hola", "Lo demás"))
# Pages that a first day may lead to, though ours does not.
HREF = re.compile(r'href="(/[^"?#.]*)"')


@pytest.fixture
def begun(tmp_path):
    """A served folder with nothing in it, whose studio nobody looks after yet."""
    library = tmp_path / "library"
    library.mkdir()
    with serving(tmp_path / "home", library) as served:
        yield served


class Look:
    """Looks at every page that opens, and notes what axe finds and what is not Spanish."""

    def __init__(self):
        self.seen, self.faults = {}, {}

    def __call__(self, page):
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.evaluate(PROBES.read_text(encoding="utf-8"))
        content = page.content()
        self.seen[page.url] = content
        found = page.evaluate("probes.axe()") + english_in(content, typed=(page.url,))
        if found:
            self.faults[page.url] = found

    def visit_the_rest(self, page, url):
        """Open every page that those seen lead to, each once."""
        waiting = {path for content in self.seen.values() for path in HREF.findall(content)}
        known = {address.removeprefix(url).partition("?")[0] for address in self.seen}
        while waiting := waiting - known:
            for path in waiting:
                page.goto(url + path)
                self(page)
            known |= waiting
            waiting = {path for content in self.seen.values() for path in HREF.findall(content)}


@pytest.mark.gpodder
@pytest.mark.parametrize("has_script", [False, pytest.param(True, marks=pytest.mark.soak)])
def test_from_the_first_link_to_somebodys_app_by_keyboard_alone(begun, windows, gpo, tmp_path, has_script):
    sound = write_mp3(tmp_path / "01 First.mp3", seed=9, title=ENGLISH.episode)
    with windows.page(java_script_enabled=has_script) as page:
        Day(page=page, words=studio_words_in("en"), told=ENGLISH).spend(begun, sound, windows)
        wait_until(lambda: ENGLISH.episode.encode() in begun.feed("talks"), seconds=10)
        page.reload()
        assert page.get_by_text("How it began.").first.is_visible()
    gpo("subscribe", f"{begun.url}/talks/feed.xml")
    assert ENGLISH.episode in gpo("episodes", f"{begun.url}/talks/feed.xml")


@pytest.mark.gpodder
@pytest.mark.axe
@pytest.mark.soak
def test_the_day_is_as_good_in_spanish_and_no_page_of_it_has_a_fault(begun, windows, gpo, tmp_path):
    look = Look()
    sound = write_mp3(tmp_path / "01 Primera.mp3", seed=9, title=SPANISH.episode)
    with windows.page(locale="es-ES", bypass_csp=True) as page:
        Day(page=page, words=studio_words_in("es"), told=SPANISH, look=look).spend(begun, sound, windows)
        wait_until(lambda: SPANISH.episode.encode() in begun.feed("charlas"), seconds=10)
        look.visit_the_rest(page, begun.url)
    assert (look.faults, len(look.seen) > 35) == ({}, True)
    gpo("subscribe", f"{begun.url}/charlas/feed.xml")
    assert SPANISH.episode in gpo("episodes", f"{begun.url}/charlas/feed.xml")

"""What script adds to the pages of an episode, under the policy that forbids it to be written or evaluated."""

import pytest
from looking_at import faults_of, faults_on
from playwright.sync_api import expect
from producers import FIRST
from small_server import serving
from sounds import write_mp3
from workshop import PLACE

from catalogue.actions.handing_over import hand_over
from catalogue.errors import StoreFull
from web.studio.cookies import SESSION

pytestmark = [pytest.mark.browser, pytest.mark.soak]

# What a browser says of a line that a test broke, and of a disk that it filled.
BROKEN = ("net::ERR_FAILED", "status of 507")


@pytest.fixture
def page(request, workshop, windows):
    """A browser window of an editor; what it complains of fails the test."""
    write_mp3(workshop.root / "one/audio.mp3", seed=1)
    workshop.write("one/episode.md", "---\ntitle: One\npublished: 2026-01-05\n---\nAbout it.\n")
    workshop.update()
    token = workshop.someone().client.get_cookie(SESSION, path="/studio").value
    with (
        serving(workshop.app) as server,
        windows.page(locale="en", bypass_csp="axe" in request.node.keywords) as opened,
    ):
        said = []
        opened.on("console", lambda message: said.append(message.text))
        cookie = {"name": SESSION, "value": token, "domain": "127.0.0.1", "path": "/studio"}
        opened.context.add_cookies([cookie])
        opened.goto(f"http://127.0.0.1:{server.port}{PLACE}")
        yield opened
        assert [one for one in said if not any(known in one for known in BROKEN)] == []


def test_notes_are_shown_lists_narrow_and_rows_come_and_go_in_place(page):
    page.select_option("#status", "draft")
    expect(page.locator("#found .rows li")).to_have_count(1)
    page.goto(f"{page.url.partition('?')[0]}episodes/one/")
    page.locator("#field-notes").fill("**Dear** listener")
    expect(page.locator("#live-look strong")).to_have_text("Dear")
    page.goto(f"{page.url}chapters/")
    page.locator(".more").click()
    expect(page.locator(".chapter")).to_have_count(7)
    page.locator(".now").nth(6).click()
    expect(page.locator("#field-time-6")).to_have_value("0:00")
    expect(page.locator("#field-title-6")).to_be_focused()
    page.locator(".drop").first.click()
    expect(page.locator(".chapter")).to_have_count(6)
    page.locator("#field-title-5").fill("Hello")
    page.locator("button.main").click()
    expect(page.get_by_text("The chapters are saved.")).to_be_visible()


def test_the_browser_asks_before_what_was_written_is_left(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"{page.url.partition('?')[0]}episodes/one/")
    page.get_by_role("link", name="History").click()
    page.go_back()
    assert asked == []
    page.locator("#field-title").fill("Another")
    page.get_by_role("link", name="History").click()
    page.go_back()
    assert asked == ["beforeunload"]
    page.locator("#field-title").fill("Another")
    page.locator("button.main").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    page.get_by_role("link", name="History").click()
    expect(page.locator("h1")).to_have_text("What was changed")
    assert asked == ["beforeunload"]


def test_a_sentence_is_split_where_the_cursor_is_while_the_recording_stays(workshop, page):
    file = workshop.write("one/transcript.vtt", "WEBVTT\n\n00:00.000 --> 00:00.500\n<v Ana>Hello there.\n")
    workshop.update()
    page.goto(f"{page.url.partition('?')[0]}episodes/one/transcripts/en.vtt/")
    page.evaluate("document.querySelector('audio').dataset.same = 'yes'")
    words = page.locator("#field-text-0")
    words.focus()
    words.evaluate("field => field.setSelectionRange(6, 6)")
    page.locator(".cue-more summary").click()
    page.get_by_role("button", name="Split").click()
    expect(page.locator(".cue")).to_have_count(2)
    expect(page.locator("#field-text-0-1")).to_be_focused()
    assert page.evaluate("document.querySelector('audio').dataset.same") == "yes"
    page.locator("p.actions button.main").click()
    expect(page.get_by_text("Saved: 2 sentences were changed.")).to_be_visible()
    assert "<v Ana>Hello\n\n00:00:00.227 --> 00:00:00.500\n<v Ana>there.\n" in file.read_text()


def test_a_recording_of_an_episode_that_has_a_note_is_sent_in_pieces(workshop, page, tmp_path):
    workshop.write("plan/episode.md", "---\ntitle: A plan\ndraft: yes\n---\nWords.\n")
    workshop.update()
    page.goto(f"{page.url.partition('?')[0]}episodes/plan/recording/")
    page.set_input_files("#field-audio", write_mp3(tmp_path / "new.mp3", seed=3))
    with page.expect_request(lambda one: one.method == "PATCH"):
        page.locator("button.main").click()
    expect(page.get_by_text("The recording has arrived.")).to_be_visible()
    assert (workshop.root / "plan/audio.mp3").exists()


def test_a_recording_is_replaced_in_pieces_over_a_line_that_breaks(workshop, page, tmp_path):
    page.goto(f"{page.url.partition('?')[0]}episodes/one/revise/")
    page.clock.install()
    new = write_mp3(tmp_path / "new.mp3", seed=5)
    page.set_input_files("#field-audio", new)
    page.locator("#field-note").fill("It is five.")
    page.route("**/pieces/*", lambda route: route.abort(), times=1)
    page.locator("button.main").click()
    expect(page.get_by_text("The connection is broken.").first).to_be_visible()
    page.clock.run_for(2000)
    expect(page.get_by_role("status")).to_have_text("It is done.")
    assert (workshop.root / "one/audio.mp3").read_bytes() == new.read_bytes()
    assert "It is five." in workshop.read("one")
    page.goto(f"{page.url.partition('?')[0]}revise/")
    page.locator("#field-note").fill("And six.")
    page.locator("button.main").click()
    expect(page.get_by_role("status")).to_have_text("It is done.")
    assert "And six." in workshop.read("one")


def handed(workshop, page):
    """A draft that somebody handed over; where its page is."""
    guid = workshop.index.episode_called(FIRST, "idea").line.guid
    hand_over(workshop.place, f"{FIRST}/{guid}", who="Ana", now=workshop.now)
    return f"{page.url.partition('?')[0]}episodes/idea/"


def test_sending_one_form_asks_before_what_was_written_in_another_is_lost(workshop, page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.goto(handed(workshop, page))
    page.locator("#field-title").fill("Another")
    page.locator("#field-handed_note").fill("Look at the dose.")
    page.get_by_role("button", name="Back to who wrote it").click()
    expect(page.locator("#field-title")).to_have_value("Another")
    assert asked == ["beforeunload"]
    page.locator("#field-title").fill("An idea")
    page.get_by_role("button", name="Back to who wrote it").click()
    expect(page.get_by_text("It is back with who wrote it, with your note.")).to_be_visible()
    assert asked == ["beforeunload"]


@pytest.mark.axe
@pytest.mark.parametrize("place", ["", "episodes/idea/", "episodes/idea/history/"])
def test_axe_finds_no_fault_where_a_draft_waits_for_review(workshop, page, place):
    handed(workshop, page)
    assert faults_of(page, f"{page.url.partition('?')[0]}{place}") == []


@pytest.mark.axe
def test_axe_finds_no_fault_on_pages_of_an_episode(workshop, page):
    text = "WEBVTT\n\n00:00.000 --> 00:00.500\n<v Ana>Hello.\n"
    workshop.write("one/transcript.vtt", text)
    workshop.write("one/episode.md", workshop.read("one").replace("About", "All about"))
    workshop.update()
    start = f"{page.url.partition('?')[0]}episodes/one/"
    places = ("", "chapters/", "transcripts/en.vtt/", "history/", "revise/")
    assert [faults_of(page, start + place) for place in places] == [[]] * len(places)


@pytest.mark.axe
def test_axe_finds_no_fault_where_the_disk_is_full_and_what_was_typed_is_given_back(page, monkeypatch):
    def full(*_, **__):
        raise StoreFull("store-full", "The database could not be written: {why}.", why="full")

    monkeypatch.setattr("web.studio.noting.begin_episode", full)
    page.goto(f"{page.url.partition('?')[0]}new-episode/")
    page.locator("#field-title").fill("What I meant to call it")
    page.locator("#content button.main").click()
    expect(page.locator("h1")).to_have_text("The disk is full")
    expect(page.get_by_label("Title")).to_have_value("What I meant to call it")
    assert faults_on(page) == []

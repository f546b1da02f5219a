"""A producer's first day in the studio, by keyboard alone: from the link that `serve` prints to a public episode."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from producer import fill_in_show
from serving import Served

from web.words import Words

PASSWORD = "quiet rooms by the sea"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the producer writes."""

    show: str
    episode: str
    summary: str
    chapters: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Day:
    """The day on one page of a browser, which speaks `words`; `look` is called on every page that opens.

    The guest's browser has no script, unless somebody looks, which needs one.
    """

    page: Any
    words: Words
    told: Told
    look: Callable[[Any], None] | None = None

    def spend(self, served: Served, sound: Path, windows: Any) -> None:
        """Live it until the episode is out, and its public page is open; `sound` has the episode's title in its tag."""
        self.enter_as_owner(served)
        self.begin_show()
        self.send(sound)
        self.write_chapters()
        self.schedule()
        self.let_a_guest_hear_it(windows)
        self.look_at_the_plan()
        self.publish()

    def enter_as_owner(self, served: Served) -> None:
        self.page.goto(re.search(r"http://\S+/studio/begin/\S+", served.messages)[0])
        self.opened(self.page)
        for field, words in (("name", "Ana"), ("password", PASSWORD), ("again", PASSWORD)):
            self.page.locator(f"#field-{field}").press_sequentially(words)
        self.press_enter()
        assert self.page.url.endswith("/studio/")

    def begin_show(self) -> None:
        self.reach("new_show")
        fill_in_show(self.page, title=self.told.show, description=self.told.summary)
        self.reach("new_show_begin")
        self.reach("artwork_later")

    def send(self, sound: Path) -> None:
        self.page.locator("#field-audio").set_input_files(sound)
        self.reach("upload_send")
        assert self.page.locator("#field-title").input_value() == self.told.episode
        self.page.locator("#field-summary").press_sequentially(self.told.summary)
        self.page.locator("#field-number").focus()
        self.press_enter()
        self.is_told("edit_done_saved")

    def write_chapters(self) -> None:
        self.reach("chapters_press")
        first, second = self.told.chapters
        for field, words in (("time-0", "0:00"), ("title-0", first), ("time-1", "0:01"), ("title-1", second)):
            self.page.locator(f"#field-{field}").focus()
            self.page.keyboard.type(words)
        self.press_enter()
        self.is_told("edit_done_chapters")

    def schedule(self) -> None:
        self.reach("publish_press")
        self.page.locator("#field-published").fill("2099-01-02")
        self.reach("schedule_press")
        self.is_told("edit_done_scheduled")

    def let_a_guest_hear_it(self, windows: Any) -> None:
        self.reach("guest_press_open")
        self.reach("guest_press")
        with windows.page(java_script_enabled=self.look is not None) as guest:
            guest.goto(self.page.locator("#address").input_value())
            self.opened(guest)
            assert guest.get_by_text(self.words("guest_note")).is_visible()
            assert guest.get_by_text(self.told.chapters[1]).first.is_visible()

    def look_at_the_plan(self) -> None:
        self.reach_text(self.told.show)
        self.reach("plan_title")
        self.is_told("plan_nothing")
        self.reach_text(self.told.show)
        self.reach_text(self.told.episode)

    def publish(self) -> None:
        self.reach("publish_press")
        self.reach("publish_now")
        self.is_told("edit_done_published")
        self.reach("deed_see")

    def reach(self, key: str) -> None:
        """Go with the Tab key to what says these words of the studio, and press it."""
        self.reach_text(self.words(key))

    def reach_text(self, words: str) -> None:
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.textContent.trim()") == words:
                return self.press_enter()
        raise AssertionError(f"The keyboard does not reach “{words}”.")

    def press_enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.opened(self.page)

    def opened(self, page: Any) -> None:
        if self.look is not None:
            self.look(page)

    def is_told(self, key: str) -> None:
        assert self.page.get_by_text(self.words(key)).is_visible()

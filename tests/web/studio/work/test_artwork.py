"""The picture of a show and of an episode: seen, sent, made legal, or refused with a sentence."""

import io
import re

import pytest
from PIL import Image
from producers import FIRST
from workshop import PLACE

from catalogue.domain.rights import Role

SHOW_PAGE, EPISODE_PAGE = f"{PLACE}artwork/", f"{PLACE}episodes/one/artwork/"


def picture(size, kind="PNG", colour="teal"):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, kind)
    return buffer.getvalue()


def send(browser, page, content, name="mine.png"):
    text = browser.text(page)
    address = re.search(r'action="([^"]+/upload/[^"]+)"', text)[1]
    data = {"csrf": browser.token(page), "artwork": (io.BytesIO(content), name)}
    return browser.client.post(address, data=data, content_type="multipart/form-data")


def test_a_picture_of_the_show_is_taken_as_it_is_where_it_is_legal(workshop):
    content, browser = picture((1400, 1400)), workshop.someone(Role.OWNER)
    answer = send(browser, SHOW_PAGE, content)
    assert (answer.status_code, (workshop.root / "artwork.png").read_bytes()) == (303, content)
    assert "1400 × 1400" in browser.text(answer.location)
    shown = browser.get(f"{SHOW_PAGE}picture/")
    assert (shown.mimetype, Image.open(io.BytesIO(shown.data)).size) == ("image/jpeg", (640, 640))
    assert not list(workshop.place.settings.upload_folder.iterdir())


def test_a_picture_of_the_show_is_the_shows_whatever_an_episode_is_called(workshop):
    workshop.note("mine", title="Mine", slug=FIRST, draft="yes")
    workshop.update()
    assert send(workshop.someone(Role.OWNER), SHOW_PAGE, picture((1400, 1400))).status_code == 303
    assert [path.name for path in (workshop.root / "mine").iterdir()] == ["episode.md"]
    assert (workshop.root / "artwork.png").exists()


def test_of_one_that_is_no_square_the_middle_is_taken_and_that_is_said(workshop):
    browser = workshop.someone()
    answer = send(browser, EPISODE_PAGE, picture((1500, 1400), "JPEG"), "mine.exe")
    assert "no square" in browser.text(answer.location)
    with Image.open(workshop.root / "one/artwork.jpg") as kept:
        assert kept.size == (1400, 1400)
    assert browser.get(f"{EPISODE_PAGE}picture/").mimetype == "image/jpeg"


BOMB = picture((7000, 7200), "PNG")
REFUSED = [
    (picture((900, 900)), "at least 1400 × 1400"),
    (b"<script>alert(1)</script>", "no picture that can be read"),
    (picture((1400, 1400))[:-3000], "no picture that can be read"),
    (BOMB, "more than 25 million pixels"),
    (b"", "This file is empty"),
]


@pytest.mark.parametrize(("content", "sentence"), REFUSED, ids=["small", "script", "cut", "bomb", "empty"])
def test_what_can_be_no_cover_is_told_at_its_field_and_nothing_of_it_stays(workshop, content, sentence):
    before = sorted(workshop.root.rglob("*"))
    answer = send(workshop.someone(), EPISODE_PAGE, content)
    assert answer.status_code == 422
    assert re.search(rf'id="artwork-why"[^>]*>[^<]*{sentence}', answer.text)
    assert sorted(workshop.root.rglob("*")) == before
    assert not list(workshop.place.settings.upload_folder.iterdir())


def test_without_a_file_it_is_asked_for(workshop):
    assert "No file was chosen" in send(workshop.someone(), EPISODE_PAGE, b"", "").text


def test_the_picture_of_a_show_is_for_who_has_its_settings(workshop):
    browser = workshop.someone(Role.EDITOR)
    assert browser.get(SHOW_PAGE).status_code == 403
    assert SHOW_PAGE not in browser.text(PLACE)

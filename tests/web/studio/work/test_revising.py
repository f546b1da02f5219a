"""Another recording under the same episode; what is refused leaves all as it was."""

import re

import pytest
from sounds import write_mp3
from workshop import PLACE, in_pieces

from catalogue.actions import revise
from catalogue.actions.uploads import Uploads

PAGE = f"{PLACE}episodes/talk/revise/"


@pytest.fixture
def talk(workshop, tmp_path):
    """An episode with audio of its own that is public."""
    write_mp3(workshop.root / "talk/audio.mp3", seed=1)
    workshop.write("talk/episode.md", "---\ntitle: Talk\npublished: 2026-01-06\n---\n")
    workshop.update()
    return write_mp3(tmp_path / "new.mp3", seed=2).read_bytes()


def send(browser, content, note=""):
    text = browser.text(PAGE)
    action = re.search(r'action="([^"]*/revise/talk/)"', text)[1]
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', text)[1]
    parts = [(b'name="csrf"', token.encode()), (b'name="note"', note.encode())]
    parts += [(b'name="audio"; filename="new.mp3"', content)] if content else []
    body = b"".join(b"--x\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % part for part in parts) + b"--x--\r\n"
    return browser.client.post(action, data=body, content_type="multipart/form-data; boundary=x")


def test_a_new_recording_takes_the_place_of_the_old_one(workshop, talk):
    answer = send(workshop.someone(), talk, "The number is five.")
    assert answer.status_code == 303, answer.text
    assert (workshop.root / "talk/audio.mp3").read_bytes() == talk
    assert "The number is five." in workshop.read("talk")
    assert not [path for path in workshop.place.settings.upload_folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "note", "sentence"),
    [(b"", "", "nothing to do yet"), (b"no sound at all", "Mine.", "no recording")],
)
def test_what_cannot_be_is_said_and_what_was_typed_is_kept(workshop, talk, content, note, sentence):
    before = workshop.read("talk"), (workshop.root / "talk/audio.mp3").read_bytes()
    answer = send(workshop.someone(), content, note)
    assert answer.status_code in (409, 422)
    assert sentence in answer.text
    assert f"{note}</textarea>" in answer.text
    assert (workshop.read("talk"), (workshop.root / "talk/audio.mp3").read_bytes()) == before


def test_a_correction_alone_is_written_down(workshop, talk):
    assert send(workshop.someone(), b"", "It was March.").status_code == 303
    assert "It was March." in workshop.read("talk")


def test_it_comes_in_pieces_with_what_was_corrected(workshop, talk):
    browser = workshop.someone()
    end, named, headers = in_pieces(browser, PAGE, talk)
    answer = browser.client.post(end, data=named | {"note": "It is five."}, headers=headers)
    assert (answer.status_code, answer.json["title"]) == (201, "Talk")
    assert "It is done." in browser.text(answer.json["address"])
    assert (workshop.root / "talk/audio.mp3").read_bytes() == talk
    assert "It is five." in workshop.read("talk")
    gone = browser.client.post(end, data=named, headers=headers)
    assert (gone.status_code, gone.json["code"]) == (404, "no-upload")


def test_pieces_that_are_no_recording_or_not_whole_are_said_and_change_nothing(workshop, talk):
    browser, before = workshop.someone(), (workshop.root / "talk/audio.mp3").read_bytes()
    end, named, headers = in_pieces(browser, PAGE, b"no sound at all")
    answer = browser.client.post(end, data=named, headers=headers)
    assert (answer.status_code, "no recording" in answer.json["why"]) == (422, True)
    end, named, headers = in_pieces(browser, PAGE, talk)
    (lies,) = workshop.place.settings.upload_folder.glob("*/new.mp3")
    lies.write_bytes(talk[:100])
    answer = browser.client.post(end, data=named, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (409, "upload-gap")
    assert (workshop.root / "talk/audio.mp3").read_bytes() == before


@pytest.mark.parametrize("note", ["", "It is five."])
def test_a_server_that_was_killed_before_it_could_say_so_does_what_lacks(workshop, talk, note, monkeypatch):
    browser = workshop.someone()
    end, named, headers = in_pieces(browser, PAGE, talk)
    monkeypatch.setattr(Uploads, "discard", kill)
    monkeypatch.setattr(revise, "_corrected", kill)
    with pytest.raises(KilledError):
        browser.client.post(end, data=named | {"note": note}, headers=headers)
    monkeypatch.undo()
    (workshop.root / "talk/audio.mp3").write_bytes(talk)
    workshop.update()
    for _ in range(2):
        assert browser.client.post(end, data=named | {"note": note}, headers=headers).status_code in (201, 404)
    assert workshop.read("talk").count("It is five.") == bool(note)


class KilledError(BaseException):
    """As if the process had been killed here."""


def kill(*_args):
    raise KilledError

"""An episode that has only a note gets its recording; what is refused leaves nothing."""

import re

import pytest
from producers import FIRST
from sounds import write_mp3
from workshop import PLACE, in_pieces

from catalogue.domain.rights import Role

PAGE = f"{PLACE}episodes/plan/recording/"


@pytest.fixture
def sound(workshop, tmp_path):
    """A draft without audio, and a recording."""
    workshop.write("plan/episode.md", "---\ntitle: A plan\ndraft: yes\n---\nWords.\n")
    workshop.update()
    return write_mp3(tmp_path / "new.mp3", seed=3, title="Another title").read_bytes()


def send(browser, content, name="new.mp3"):
    text = browser.text(PAGE)
    action = re.search(r'action="([^"]*/recording/plan/)"', text)[1]
    token = re.search(r'name="csrf" value="([0-9a-f]+)"', text)[1]
    parts = [(b'name="csrf"', token.encode()), (b'name="audio"; filename="%b"' % name.encode(), content)]
    body = b"".join(b"--x\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % part for part in parts) + b"--x--\r\n"
    return browser.client.post(action, data=body, content_type="multipart/form-data; boundary=x")


def files(workshop):
    return sorted(path.name for path in (workshop.root / "plan").iterdir())


def test_the_recording_lies_beside_the_note_and_the_note_counts(workshop, sound):
    browser = workshop.someone()
    assert "Send the recording" in browser.text(f"{PLACE}episodes/plan/")
    guid = workshop.place.index.episode_called(FIRST, "plan").line.guid
    assert send(browser, sound).status_code == 303
    assert (workshop.root / "plan/audio.mp3").read_bytes() == sound
    row = workshop.place.index.episode_called(FIRST, "plan")
    assert (row.line.guid, row.episode.title, row.episode.draft, len(row.episode.renditions)) == (
        guid,
        "A plan",
        True,
        1,
    )
    assert not [path for path in workshop.place.settings.upload_folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [(b"", "", "No file was chosen"), (b"no sound at all", "a.mp3", "no recording")],
)
def test_what_is_none_is_said_and_leaves_nothing(workshop, sound, content, name, sentence):
    answer = send(workshop.someone(), content, name)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert files(workshop) == ["episode.md"]


def test_the_recording_of_another_episode_is_refused(workshop, sound):
    (workshop.root / "talk").mkdir()
    (workshop.root / "talk/audio.mp3").write_bytes(sound)
    workshop.update()
    answer = send(workshop.someone(), sound)
    assert (answer.status_code, "recording of another episode: “talk”" in answer.text) == (409, True)
    assert files(workshop) == ["episode.md"]


def test_what_the_feed_cannot_follow_is_taken_back(workshop, sound, monkeypatch):
    from catalogue.actions import giving_audio

    def refuse(held, _facts):
        raise held.not_indexed(held.index()[0])

    monkeypatch.setattr(giving_audio, "_indexed", refuse)
    assert send(workshop.someone(), sound).status_code == 422
    assert files(workshop) == ["episode.md"]


def test_one_that_has_audio_gets_no_other(workshop, sound):
    browser = workshop.someone()
    page = browser.text(PAGE)
    (workshop.root / "plan/audio.mp3").write_bytes(sound)
    workshop.update()
    assert "has a recording already" in browser.text(PAGE)
    action = re.search(r'action="([^"]*/recording/plan/)"', page)[1]
    assert workshop.someone(Role.REVIEWER).post(action).status_code == 403


def test_it_comes_in_pieces_too(workshop, sound):
    browser = workshop.someone()
    end, named, headers = in_pieces(browser, PAGE, sound)
    answer = browser.client.post(end, data=named, headers=headers)
    assert (answer.status_code, answer.json["title"]) == (201, "A plan")
    assert "The recording has arrived." in browser.text(answer.json["address"])
    assert (workshop.root / "plan/audio.mp3").read_bytes() == sound
    gone = browser.client.post(end, data=named, headers=headers)
    assert (gone.status_code, gone.json["code"]) == (404, "no-upload")


def test_a_server_that_was_killed_before_it_could_say_so_takes_it_as_done(workshop, sound):
    browser = workshop.someone()
    end, named, headers = in_pieces(browser, PAGE, sound)
    (workshop.root / "plan/audio.mp3").write_bytes(sound)
    workshop.update()
    assert browser.client.post(end, data=named, headers=headers).status_code == 201
    assert files(workshop) == ["audio.mp3", "episode.md"]


def test_what_is_none_in_pieces_is_said_and_leaves_nothing(workshop, sound):
    browser = workshop.someone()
    end, named, headers = in_pieces(browser, PAGE, b"no sound at all")
    answer = browser.client.post(end, data=named, headers=headers)
    assert (answer.status_code, "no recording" in answer.json["why"]) == (422, True)
    assert files(workshop) == ["episode.md"]

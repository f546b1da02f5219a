"""Transcripts that are sent lie beside the episode; what is none is said, and nothing of it stays."""

import pytest
from workshop import PLACE

PAGE = f"{PLACE}episodes/one/transcripts/"
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello there.\n"


def send(workshop, content, name="theirs.vtt", **more):
    browser = workshop.someone()
    fields = {"csrf": browser.token(PAGE), **more}
    parts = [(f'name="{key}"', value.encode()) for key, value in fields.items()]
    parts.append((f'name="transcript"; filename="{name}"', content))
    head = b"--x\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n"
    body = b"".join(head % (said.encode(), value) for said, value in parts) + b"--x--\r\n"
    return browser.client.post(PAGE, data=body, content_type="multipart/form-data; boundary=x")


def files(workshop):
    return sorted(path.name for path in (workshop.root / "one").iterdir())


def test_a_transcript_is_written_beside_the_episode(workshop):
    answer = send(workshop, VTT, transcript_language="es")
    assert answer.status_code == 303, answer.text
    assert files(workshop) == ["episode.md", "transcript.es.vtt"]
    assert "transcript.es.vtt" in workshop.someone().text(PAGE)
    assert not list(workshop.place.settings.upload_folder.iterdir())


@pytest.mark.parametrize(("language", "names"), [("en", ("Spanish", "English")), ("es", ("Español", "Inglés"))])
def test_its_language_is_chosen_by_name_and_that_of_the_episode_stands_first(workshop, language, names):
    page = workshop.sign_in(workshop.add(language=language)).text(PAGE)
    chosen = page.partition('name="transcript_language"')[2].partition("</select>")[0]
    assert f'<option value="es">{names[0]}</option>' in chosen
    assert names[1] in chosen.partition("</option>")[0]


@pytest.mark.parametrize(
    ("content", "name", "more", "sentence"),
    [
        (VTT, "theirs.exe", {}, "none of the forms"),
        (VTT, "../../vtt", {}, "none of the forms"),
        (VTT, "a.vtt", {"transcript_language": "no language"}, "not a language code"),
        (b"\xff\xfe\x00\x01", "a.json", {}, ""),
        (b"x" * (4 * 1024**2 - 2048), "a.txt", {}, "too large"),
    ],
)
def test_what_is_no_transcript_is_said_and_leaves_nothing(workshop, content, name, more, sentence):
    answer = send(workshop, content, name, **more)
    assert answer.status_code in (409, 413, 422)
    assert sentence in answer.text
    assert 'class="problem"' in answer.text
    assert files(workshop) == ["episode.md"]
    folder = workshop.place.settings.upload_folder
    assert not folder.exists() or not list(folder.iterdir())

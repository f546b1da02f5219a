"""Recordings that are sent: a draft of each, and nothing of what is refused."""

import io
import re
import shutil
import unicodedata
import zipfile

import pytest
from PIL import Image
from producers import FIRST
from sounds import write_mp3
from workshop import PLACE

from catalogue.domain.rights import Role

PAGE = f"{PLACE}upload/"


@pytest.fixture
def sound(tmp_path):
    return write_mp3(tmp_path / "sent.mp3", seed=3, title="Of the tag").read_bytes()


def address(browser, attribute="action", page=PAGE):
    return re.search(rf'{attribute}="([^"]*/upload/[^"]+)"', browser.text(page))[1]


def send(browser, content, name="03 Sent.mp3"):
    return send_to(browser, PAGE, content, name)


def send_to(browser, page, content, name="03 Sent.mp3"):
    token = browser.token(page).encode()
    parts = (b'name="csrf"', token), (f'name="audio"; filename="{name}"'.encode(), content)
    body = b"".join(b"--x\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % part for part in parts) + b"--x--\r\n"
    return browser.client.post(address(browser, page=page), data=body, content_type="multipart/form-data; boundary=x")


def left(workshop):
    return [path for path in workshop.place.settings.upload_folder.rglob("*") if path.is_file()]


def pieces(browser):
    """Where pieces are begun, and what goes with each request."""
    return address(browser, "data-pieces"), {"X-CSRF-Token": browser.token(PAGE)}


def begin(browser, content, name="03 Sent.mp3"):
    where, headers = pieces(browser)
    answer = browser.client.post(where, data={"name": name, "size": len(content)}, headers=headers)
    return answer, headers


def test_a_form_with_a_recording_becomes_a_draft_with_the_words_of_its_tags(workshop, sound):
    browser = workshop.someone(Role.CONTRIBUTOR)
    answer = send(browser, sound)
    assert answer.status_code == 303, answer.text
    text = browser.text(answer.headers["Location"])
    assert 'value="Of the tag"' in text
    assert (workshop.root / "3-of-the-tag/audio.mp3").read_bytes() == sound
    assert "draft: true" in workshop.read("3-of-the-tag")
    assert left(workshop) == []


def test_a_file_that_was_exported_again_does_not_go_on_in_the_first(workshop, sound):
    browser = workshop.someone()
    where, headers = pieces(browser)
    said = {"name": "a.mp3", "size": len(sound)}
    first, other, again = (
        browser.client.post(where, data={**said, "modified": mark}, headers=headers).json["id"] for mark in "121"
    )
    assert (first == again, first == other) == (True, False)


def test_the_page_comes_though_half_of_an_upload_is_left(workshop, sound):
    browser = workshop.someone()
    begun = begin(browser, sound)[0].json
    kept = workshop.place.settings.upload_folder / begun["id"] / "03 Sent.mp3"
    assert "03 Sent.mp3" in browser.text(PAGE)
    kept.unlink()
    assert "03 Sent.mp3" not in browser.text(PAGE)
    assert begin(browser, sound)[0].json["id"] != begun["id"]


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.mp3", "is empty"),
        (b"<?php echo 1; ?>" * 99, "a.mp3", "no recording"),
        (b"GIF89a" + b"\0" * 999, "a.mp3", "no recording"),
        (b"%PDF-1.4\n" * 99, "../../../etc/passwd", "no recording"),
        (b"\0" * 999, "CON.mp3", "no recording"),
        (b"\0" * 999, "a\x00\x1b\u202ebc.mp3", "a bc.mp3: This is no recording"),
    ],
)
def test_what_is_no_recording_is_said_at_the_field_and_leaves_nothing(workshop, content, name, sentence):
    before = sorted(workshop.root.rglob("*"))
    answer = send(workshop.someone(), content, name)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert left(workshop) == []
    assert sorted(workshop.root.rglob("*")) == before


def zipped():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.html", HTML)
    return made.getvalue()


def jpeg():
    made = io.BytesIO()
    Image.new("RGB", (64, 64)).save(made, "JPEG")
    return made.getvalue()


HTML = b"<!doctype html><script>alert(1)</script>" * 20


@pytest.mark.parametrize("first", [zipped(), HTML, jpeg(), b"%PDF-1.4\n" * 50], ids=["zip", "html", "jpeg", "pdf"])
def test_what_is_something_else_first_is_no_recording_though_sound_follows(workshop, sound, first):
    browser, before = workshop.someone(), sorted(workshop.root.rglob("*"))
    for content in (first, first + sound):
        answer = send(browser, content, "a.mp3")
        assert (answer.status_code, "no recording" in answer.text, "a.mp3:" in answer.text) == (422, True, True)
    assert (left(workshop), sorted(workshop.root.rglob("*"))) == ([], before)


@pytest.mark.parametrize("rest", [zipped(), HTML], ids=["zip", "html"])
def test_a_recording_with_something_behind_it_is_served_as_sound_and_nothing_else(workshop, sound, rest):
    browser = workshop.someone()
    assert send(browser, sound + rest, "page.html").status_code == 303
    (audio,) = workshop.root.rglob("audio.*")
    assert audio.name == "audio.mp3"
    page = f"{PLACE}episodes/of-the-tag/publish/"
    assert browser.post(page, {"act": "now"}, on=page).status_code == 303
    workshop.later()
    audio = workshop.index.episode_called(FIRST, "of-the-tag").episode.audio
    answer = browser.get(f"/media/{audio.sha256}/of-the-tag.mp3")
    answer.close()
    told = [answer.headers.get(name) for name in ("Content-Type", "X-Content-Type-Options")]
    assert (answer.status_code, told) == (200, ["audio/mpeg", "nosniff"])


def test_names_that_some_disk_takes_for_another_or_for_none_give_folders_of_their_own(workshop, tmp_path):
    browser, names = workshop.someone(), ["CON", "n" * 300, "a\u0301b", "\u00e1b. . "]
    for seed, name in enumerate(names, start=10):
        content = write_mp3(tmp_path / f"{seed}.mp3", seed=seed).read_bytes()
        assert send(browser, content, f"{name}.mp3").status_code == 303, name
    folders = [path.parent.name for path in workshop.root.rglob("audio.mp3")]
    assert len({unicodedata.normalize("NFC", one).casefold() for one in folders}) == len(names)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,90}", one) and one != "con" for one in folders), folders


def test_one_byte_more_than_the_limit_is_refused_with_the_limit(workshop):
    browser = workshop.someone()
    assert "At most 1 MB" in browser.text(PAGE)
    answer = send(browser, b"x" * (1024**2 + 1))
    assert answer.status_code == 422
    assert "larger than 1 MiB" in answer.text
    assert left(workshop) == []


def test_pieces_become_a_draft_and_go_on_where_they_stopped(workshop, sound):
    browser = workshop.someone()
    answer, headers = begin(browser, sound)
    where, half = answer.json["address"], len(sound) // 2
    first = browser.client.patch(where, data=sound[:half], headers={**headers, "Upload-Offset": "0"})
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, str(half))
    gap = browser.client.patch(where, data=sound, headers={**headers, "Upload-Offset": "0"})
    assert gap.status_code == 409
    again, _ = begin(browser, sound)
    assert (again.json["address"], again.json["offset"]) == (where, half)
    assert browser.get(where).headers["Upload-Offset"] == str(half)
    assert browser.client.post(where, headers=headers).status_code == 409
    browser.client.patch(where, data=sound[half:], headers={**headers, "Upload-Offset": str(half)})
    done = browser.client.post(where, headers=headers)
    assert done.json["title"] == "Of the tag"
    assert left(workshop) == []
    assert browser.get(where).status_code == 404


def test_pieces_that_are_no_recording_are_refused_and_gone(workshop):
    browser = workshop.someone()
    answer, headers = begin(browser, b"no sound")
    where = answer.json["address"]
    browser.client.patch(where, data=b"no sound", headers={**headers, "Upload-Offset": "0"})
    refused = browser.client.post(where, headers=headers)
    assert (refused.status_code, "no recording" in refused.json["why"]) == (422, True)
    assert left(workshop) == []


def test_nobody_goes_on_with_the_upload_of_another(workshop, sound):
    answer, _ = begin(workshop.someone(), sound)
    other = workshop.someone()
    _, headers = pieces(other)
    sent = other.client.patch(answer.json["address"], data=sound, headers={**headers, "Upload-Offset": "0"})
    assert sent.status_code == 404


def test_a_size_that_cannot_be_is_refused_before_it_is_sent(workshop):
    browser = workshop.someone()
    where, headers = pieces(browser)
    for size in ("0", "-1", "x", str(10**15)):
        answer = browser.client.post(where, data={"name": "a.mp3", "size": size}, headers=headers)
        assert answer.status_code == 422, size
    assert left(workshop) == []


def test_an_upload_that_is_given_up_leaves_nothing(workshop, sound):
    browser = workshop.someone()
    answer, headers = begin(browser, sound)
    assert browser.client.delete(answer.json["address"], headers=headers).status_code == 204
    assert left(workshop) == []


def test_the_lost_recording_of_an_episode_makes_nobody_its_author_and_no_draft_of_it(workshop, sound):
    path = send(workshop.someone(), sound).headers["Location"].partition("?")[0]
    assert workshop.someone().post(f"{path}publish/", {"act": "now"}).status_code == 303
    shutil.rmtree(workshop.root / "3-of-the-tag")
    workshop.update()
    browser = workshop.someone(Role.CONTRIBUTOR)
    answer = send(browser, sound, "99 Another name.mp3")
    assert answer.status_code == 422
    assert "This is the recording of “3-of-the-tag”" in answer.text
    assert browser.get(path).status_code == 403
    assert not workshop.index.episode_called(FIRST, "3-of-the-tag").episode.draft

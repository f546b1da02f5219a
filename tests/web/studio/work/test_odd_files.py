"""Odd pictures and transcripts that are sent: made right and said so, or told at their field, with nothing left."""

import io

import pytest
from PIL import Image
from test_artwork import EPISODE_PAGE, picture
from test_artwork import send as send_picture
from test_transcripts import VTT, files
from test_transcripts import send as send_transcript

from web.studio.transcripts import LARGEST_BYTES

HTML = b"<!doctype html><script>alert(1)</script>" * 20


def saved(image, kind, **options):
    made = io.BytesIO()
    image.save(made, kind, **options)
    return made.getvalue()


def turned():
    image, exif = Image.new("RGB", (1400, 1500), "teal"), Image.Exif()
    exif[0x0112] = 6
    image.paste("white", (0, 0, 1400, 300))
    return saved(image, "JPEG", exif=exif)


def moving(kind):
    first = Image.new("RGB", (1400, 1400), "teal")
    return saved(first, kind, save_all=True, append_images=[Image.new("RGB", first.size, "red")], duration=100)


@pytest.mark.parametrize(
    "content",
    [
        saved(Image.new("CMYK", (1400, 1400)), "JPEG"),
        saved(Image.new("RGB", (1400, 1400), "teal"), "JPEG", progressive=True),
        turned(),
        moving("PNG"),
        moving("WEBP"),
    ],
    ids=["cmyk", "progressive", "turned", "moving-png", "moving-webp"],
)
def test_an_odd_picture_becomes_a_cover_of_one_still_picture_in_rgb(workshop, content):
    browser = workshop.someone()
    answer = send_picture(browser, EPISODE_PAGE, content)
    assert answer.status_code == 303, answer.text
    (kept,) = (workshop.root / "one").glob("artwork.*")
    with Image.open(kept) as cover:
        assert (cover.size, cover.mode) == ((1400, 1400), "RGB")
        assert getattr(cover, "n_frames", 1) == 1
        assert not cover.getexif().get(0x0112)
    assert browser.get(f"{EPISODE_PAGE}picture/").mimetype == "image/jpeg"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(picture((1, 1)), "at least 1400"), (moving("GIF"), "no picture that can be read"), (b"\0" * 999, "no picture")],
    ids=["one-pixel", "gif", "zeros"],
)
def test_what_can_be_no_cover_is_told_and_nothing_of_it_stays(workshop, content, sentence):
    answer = send_picture(workshop.someone(), EPISODE_PAGE, content)
    assert (answer.status_code, sentence in answer.text) == (422, True), answer.text
    assert files(workshop) == ["episode.md"]
    assert not list(workshop.place.settings.upload_folder.iterdir())


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.vtt"),
        (HTML, "a.vtt"),
        (picture((1, 1)), "a.vtt"),
        (picture((1, 1)), "a.srt"),
        (b"[" * 100_000, "a.json"),
        (b"\0" * 5000, "a.txt"),
        (b"x" * (LARGEST_BYTES + 1), "a.txt"),
    ],
    ids=["empty", "html", "picture-vtt", "picture-srt", "deep-json", "zeros", "one-more"],
)
def test_what_is_no_transcript_is_told_at_its_field_and_nothing_of_it_stays(workshop, content, name):
    answer = send_transcript(workshop, content, name)
    assert (answer.status_code, 'class="problem"' in answer.text) == (422, True), answer.text
    assert files(workshop) == ["episode.md"]
    assert not list(workshop.place.settings.upload_folder.glob("*"))


def test_html_among_the_words_of_a_transcript_is_words_and_no_page(workshop):
    content = VTT.replace(b"Hello there.", b"Hello <script>alert(1)</script><b>there</b>.")
    assert send_transcript(workshop, content, transcript_language="es").status_code == 303
    kept = (workshop.root / "one/transcript.es.vtt").read_text(encoding="utf-8")
    assert "<script" not in kept

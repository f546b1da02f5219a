"""Files that are no recordings, come in no good way or have odd names, sent to a running server: told, and gone."""

from __future__ import annotations

import hashlib
import io
import random
import re
import time
import unicodedata
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image
from senders import EPISODES, PARTS, Page, library, see_nothing_left, told
from serving import wait_until
from sounds import FRAMES_PER_SECOND, silent_mp3
from studios import Studio

from catalogue.domain.rights import Role

pytestmark = pytest.mark.soak

MEGABYTE = 1024**2
LIMIT_MB = 12
SOUND = silent_mp3(1, seed=1)
LONG = silent_mp3(LIMIT_MB * MEGABYTE / 104 / FRAMES_PER_SECOND - 1)
HTML = b"<!doctype html><title>x</title><script>alert(1)</script>" * 9


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.html", HTML)
    return made.getvalue()


def png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (32, 32)).save(made, "PNG")
    return made.getvalue()


KINDS = {
    "text": b"These are words.\n" * 99,
    "html": HTML,
    "zip": zipped(),
    "png": png(),
    "zeros": bytes(9999),
    "empty": b"",
    "html-then-sound": HTML + SOUND,
    "zip-then-sound": zipped() + SOUND,
}
SAID = {
    "en": {"none": "This is no recording.", "empty": "This file is empty.", "large": "larger than 12 MiB"},
    "es": {"none": "Esto no es una grabación.", "empty": "Este archivo está vacío.", "large": "12 MiB"},
}


@pytest.fixture(scope="module", params=["en", "es"])
def studio(request, tmp_path_factory) -> Iterator[Studio]:
    opened = Studio(tmp_path_factory.mktemp("bad"), silent_mp3(20), role=Role.OWNER, language=request.param)
    with opened.running(CASTALOGUE_LARGEST_UPLOAD_MB=str(LIMIT_MB)):
        assert Page.opened(opened).send(silent_mp3(2, seed=77), "First.mp3").status == 303
        yield opened


@pytest.fixture
def page(studio) -> Iterator[Page]:
    """The page of uploads; whatever a test sends, nothing is left of it."""
    yield Page.opened(studio)
    see_nothing_left(studio)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["form", "pieces"])
def test_what_is_no_recording_is_told(studio, page, kind, way):
    before, content = library(studio), KINDS[kind]
    code = "empty" if not content else "none"
    if way == "pieces" and not content:
        return
    if way == "form":
        answer = page.send(content, "a.mp3")
        (said,) = told(answer.text)
    else:
        address = page.begin("a.mp3", len(content))
        assert page.piece(address, content).status == 204
        answer = studio.ask("POST", address, X_CSRF_Token=page.token)
        said = answer.text.encode().decode("unicode-escape")
    assert (answer.status, SAID[studio.language][code] in said) == (422, True), said
    assert library(studio) == before


@pytest.mark.parametrize("more", [zipped(), HTML], ids=["zip", "html"])
def test_a_recording_that_is_something_else_behind_is_a_recording(page, more):
    assert page.send(silent_mp3(2, seed=len(more)) + more, "page.html").status == 303


@pytest.mark.parametrize("over", [0, 1, MEGABYTE, 3 * MEGABYTE])
def test_the_limit_is_taken_and_a_byte_more_is_told(studio, page, over):
    answer = page.send(LONG.ljust(LIMIT_MB * MEGABYTE + over, b"\0"), "Large.mp3")
    if not over:
        assert answer.status == 303
    elif over < MEGABYTE:
        assert (answer.status, SAID[studio.language]["large"] in told(answer.text)[0]) == (422, True)
    else:  # more than a form may have: a page says it, once all has been sent
        assert answer.status == 413
        assert {"en": "choose a smaller file", "es": "un archivo más pequeño"}[studio.language] in answer.text


def test_chunks_without_a_length_are_taken_and_too_many_are_told(page):
    def chunks(content: bytes) -> Iterator[bytes]:
        yield page.head(page.action, f"Content-Type: {PARTS}", "Transfer-Encoding: chunked")
        for at in range(0, len(content), 65536):
            piece = content[at : at + 65536]
            yield b"%x\r\n%b\r\n" % (len(piece), piece)
        yield b"0\r\n\r\n"

    for content, status in ((silent_mp3(9, seed=9), b" 303 "), (bytes((LIMIT_MB + 2) * MEGABYTE), b" 413 ")):
        assert status in page.talk(chunks(page.body(content))).splitlines()[0]


def test_a_body_shorter_than_its_length_ends_without_an_answer_and_holds_nobody_up(studio, page):
    before, body = library(studio), page.body(SOUND)
    head = page.head(page.action, f"Content-Type: {PARTS}", f"Content-Length: {len(body) + 9}")
    assert page.talk([head, body], how="half") == b""
    assert library(studio) == before


def test_a_body_that_drips_in_is_given_up_and_others_are_served_meanwhile(studio, page):
    """What earns time is a good part of a form; a recording earns it with anything that comes, so that one is cut."""
    form = page.head(f"{EPISODES}first/", "Content-Type: application/x-www-form-urlencoded", "Content-Length: 9999")

    def dripping() -> Iterator[bytes]:
        yield form
        for _ in range(60):
            began = time.monotonic()
            assert studio.ask("GET", "/conversations/feed.xml").status == 200
            assert time.monotonic() - began < 2
            time.sleep(1)
            yield b"x"

    began = time.monotonic()
    assert page.talk(dripping()) == b""
    assert 25 < time.monotonic() - began < 45


@pytest.mark.parametrize("megabytes", range(1, LIMIT_MB))
def test_what_is_cut_at_any_megabyte_leaves_nothing_or_goes_on(studio, page, megabytes):
    before, content = library(studio), LONG
    body, cut = page.body(content), megabytes * MEGABYTE
    head = page.head(page.action, f"Content-Type: {PARTS}", f"Content-Length: {len(body)}")
    page.talk([head, body[:cut]], how="cut")
    see_nothing_left(studio)
    address = page.begin("Cut.mp3", len(content))
    assert page.piece(address, content[: cut - 1000]).status == 204
    there = cut - 1000
    head = page.head(address, f"Upload-Offset: {there}", f"Content-Length: {4 * MEGABYTE}", method="PATCH")
    page.talk([head, content[there : there + 500]], how="cut")
    assert studio.ask("GET", address).headers["Upload-Offset"] == str(there)
    assert page.begin("Cut.mp3", len(content)) == address, "the same file chosen again goes on"
    assert library(studio) == before
    assert studio.ask("DELETE", address, X_CSRF_Token=page.token).status == 204


ODD = ("..", "../../x.mp3", "a/b", "a\x00b.mp3", "CON", "nul.mp3", "n" * 300 + ".mp3", ".hidden.mp3", "trailing .mp3 ")
UNSEEN = ("bell\x07\x1b[31m.mp3", "of\u202e3pm.mp3", "\u200b.mp3")
OURS = ("<script>.mp3", "show.toml", "episode.md", "~", "%2e%2e")
TWINS = ("Canci\u00f3n.mp3", "Cancio\u0301n.mp3", "CANCI\u00d3N.mp3", "canci\u00f3n.mp3")


@pytest.mark.parametrize("name", [*ODD, *UNSEEN, *OURS, *TWINS], ids=ascii)
def test_a_file_of_any_name_is_a_draft_beside_the_others(studio, page, name):
    seed, before = random.Random(name).randrange(2**31), library(studio)
    content = silent_mp3(3, seed=seed)
    answer = page.send(b"no sound", name)
    (said,) = told(answer.text)
    shown = said.removesuffix(SAID[studio.language]["none"])
    assert all(unicodedata.category(one)[0] != "C" for one in shown)
    assert library(studio) == before
    answer = page.send(content, name)
    assert answer.status == 303
    new = {path: kept for path, kept in library(studio).items() if path not in before}
    assert content in new.values()
    assert len({path.rpartition("/")[0].casefold() for path in new}) == 1
    slug = re.search(r"/episodes/([^/?]+)/", answer.headers["Location"])[1]
    assert re.fullmatch(r"[a-z0-9-]{1,80}", slug), slug
    assert all(library(studio)[path] == kept for path, kept in before.items())


def test_files_of_one_name_and_size_sent_at_once_are_each_kept(studio, page):
    for rnd in range(8):
        sounds = [silent_mp3(20, seed=1000 + 10 * rnd + number) for number in range(4)]
        with ThreadPoolExecutor(4) as senders:
            answers = list(senders.map(lambda sound: Page.opened(studio).send(sound, "Same.mp3"), sounds))
        kept = {hashlib.sha256(content).digest() for content in library(studio).values()}
        assert [answer.status for answer in answers] == [303] * 4
        assert all(hashlib.sha256(sound).digest() in kept for sound in sounds)
    see_nothing_left(studio)


@pytest.mark.parametrize("kind", ["text", "zip", "empty"])
def test_what_was_typed_beside_a_bad_file_is_still_there(studio, kind):
    typed = "La música del principio, corregida."
    for path, name, field, text in (
        ("revise/", "a.mp3", "audio", {"note": typed}),
        ("transcripts/", "a.mp3", "transcript", {"language": "pt-BR"}),
        ("transcripts/", "a.json", "transcript", {"language": "pt-BR"}),
    ):
        before = library(studio)
        page = Page.opened(studio, f"{EPISODES}first/{path}")
        answer = page.send(KINDS[kind], name, field=field, **text)
        assert answer.status == 422
        assert told(answer.text)
        assert all(one in answer.text for one in text.values())
        assert library(studio) == before
        see_nothing_left(studio)


def test_the_server_s_own_sweep_takes_what_killed_processes_left(studio, page):
    gone = studio.settings.upload_folder / "gone-0123"
    gone.mkdir()
    (gone / "a.mp3").write_bytes(b"x")
    Page.opened(studio)
    wait_until(lambda: not gone.exists(), seconds=5)

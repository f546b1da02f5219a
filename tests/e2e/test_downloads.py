"""Everything the served feed points at arrives whole, in parts, and as the feed says."""

import hashlib
import io
import json
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pytest
from feed_addresses import all_files
from PIL import Image
from serving import SAMPLE, ask, ask_and_hang_up

SOUND = ("enclosure", "alternate")
LIBRARY_HASHES = {hashlib.sha256(path.read_bytes()).hexdigest() for path in SAMPLE.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def files(sample):
    return all_files(sample.feed())


@pytest.fixture(scope="module")
def bodies(files):
    """Every file of the feed, downloaded once."""
    return {file: ask(file.url) for file in files}


def address_hash(file):
    return PurePosixPath(urlsplit(file.url).path).parts[2]


def test_the_feed_names_every_kind_of_file(files):
    kinds = [file.kind for file in files]
    counted = {kind: kinds.count(kind) for kind in set(kinds)}
    assert counted == {"enclosure": 4, "alternate": 1, "transcript": 5, "chapters": 3, "image": 3}


def test_every_file_arrives_with_its_length_and_type(bodies):
    for file, answer in bodies.items():
        assert answer.status == 200, file
        assert answer.headers["content-length"] == str(len(answer.body)), file
        assert file.size_bytes in (None, len(answer.body)), file
        assert file.media_type in (None, answer.headers["content-type"].partition(";")[0]), file


def test_audio_and_transcripts_are_the_library_s_bytes(bodies):
    for file, answer in bodies.items():
        if file.kind in (*SOUND, "transcript"):
            assert hashlib.sha256(answer.body).hexdigest() == address_hash(file), file
            assert address_hash(file) in LIBRARY_HASHES, file


def test_chapters_are_json_under_their_hash(bodies):
    found = [(file, answer.body) for file, answer in bodies.items() if file.kind == "chapters"]
    for file, body in found:
        assert hashlib.sha256(body).hexdigest() == address_hash(file)
        starts = [chapter["startTime"] for chapter in json.loads(body)["chapters"]]
        assert starts == sorted(starts) and starts[0] == 0


def test_pictures_are_square_and_large_enough_for_apple(bodies):
    for file, answer in bodies.items():
        if file.kind == "image":
            picture = Image.open(io.BytesIO(answer.body))
            assert (picture.format, picture.width == picture.height) == ("JPEG", True), file
            assert 1400 <= picture.width <= 3000, file


def test_a_download_that_was_cut_resumes_to_the_same_bytes(bodies):
    for file, whole in bodies.items():
        half = len(whole.body) // 2
        begun = ask_and_hang_up(file.url, half)
        rest = ask(file.url, Range=f"bytes={half}-", If_Range=begun.headers["etag"])
        assert (rest.status, begun.body + rest.body == whole.body) == (206, True), file
        assert rest.headers["content-range"] == f"bytes {half}-{len(whole.body) - 1}/{len(whole.body)}"


def test_a_download_of_something_else_starts_again(bodies):
    file, whole = next((file, answer) for file, answer in bodies.items() if file.kind == "enclosure")
    again = ask(file.url, Range="bytes=1000-", If_Range='"another"')
    assert (again.status, again.body == whole.body) == (200, True)


def test_the_last_bytes_can_be_asked_for(bodies):
    for file, whole in bodies.items():
        if file.kind in SOUND:
            assert ask(file.url, Range="bytes=-128").body == whole.body[-128:], file


def test_head_says_what_get_would(bodies, items, sample):
    pages = {item.link: ask(item.link) for item in items} | {sample.url + "/": sample.ask("/")}
    for url, got in (pages | {file.url: got for file, got in bodies.items()}).items():
        head = ask(url, method="HEAD")
        assert (head.status, head.body) == (got.status, b""), url
        for name in ("content-length", "content-type", "etag"):
            assert head.headers[name] == got.headers[name], url


def test_what_is_already_here_is_not_sent_again(bodies):
    for file, whole in bodies.items():
        answer = ask(file.url, If_None_Match=whole.headers["etag"])
        assert (answer.status, answer.body) == (304, b""), file


def test_web_players_of_other_sites_may_read_it(bodies):
    assert {answer.headers["access-control-allow-origin"] for answer in bodies.values()} == {"*"}

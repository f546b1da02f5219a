import os

import pytest
from fake_publication import FakeMedia

from catalogue.errors import MediaError, Moved, Withdrawn

HASH = "a" * 64
ADDRESS = f"/media/{HASH}/meet-the-husbands.mp3"
BODY = bytes(range(256)) * 600


def on_disk(path, **stated):
    path.write_bytes(BODY)
    facts = {"size_bytes": len(BODY), "mtime_ns": path.stat().st_mtime_ns}
    return FakeMedia(**{"media_type": "audio/mpeg", "kind": "audio", "path": path} | facts | stated)


@pytest.fixture
def audio(visit, tmp_path):
    """Somebody who can ask for one audio file on disk."""
    return visit(files={HASH: on_disk(tmp_path / "audio.mp3")})


def test_audio_arrives_byte_for_byte(audio):
    response = audio.get(ADDRESS)
    assert (response.status_code, response.content_type, response.data) == (200, "audio/mpeg", BODY)
    assert response.headers["Content-Length"] == str(len(BODY))
    assert response.headers["ETag"] == f'"sha256-{HASH}"'
    assert response.headers["Cache-Control"] == "public, max-age=86400"


def test_a_part_arrives_as_that_part(audio):
    response = audio.get(ADDRESS, Range="bytes=70000-149999")
    assert (response.status_code, response.data) == (206, BODY[70_000:150_000])


def test_head_tells_all_and_sends_nothing(audio):
    response = audio.ask("HEAD", ADDRESS, Range="bytes=0-9")
    assert (response.status_code, response.data, response.content_length) == (200, b"", len(BODY))
    assert response.headers["Accept-Ranges"] == "bytes"


def test_what_an_app_already_has_is_304(audio):
    response = audio.get(ADDRESS, If_None_Match=f'"sha256-{HASH}"')
    assert (response.status_code, response.data) == (304, b"")
    assert {"ETag", "Cache-Control", "Access-Control-Allow-Origin"} <= set(response.headers.keys())
    assert not {"Content-Length", "Content-Type", "Content-Disposition"} & set(response.headers.keys())


def test_several_ranges_arrive_in_one_body(audio):
    response = audio.get(ADDRESS, Range="bytes=0-1,-2")
    boundary = response.headers["Content-Type"].partition("multipart/byteranges; boundary=")[2].encode()
    assert response.status_code == 206
    assert [part.partition(b"\r\n\r\n")[2] for part in response.data.split(b"\r\n--" + boundary)[1:3]] == [
        BODY[:2],
        BODY[-2:],
    ]
    assert response.headers["Content-Length"] == str(len(response.data))


def test_a_failed_condition_gets_an_empty_body(audio):
    response = audio.get(ADDRESS, If_Match='"other"')
    assert (response.status_code, response.data, response.content_length) == (412, b"", 0)
    assert "Content-Type" not in response.headers


def test_a_file_from_the_future_has_no_date(visit, tmp_path):
    visitor = visit(files={HASH: on_disk(tmp_path / "audio.mp3")})
    assert "Last-Modified" not in visitor.get(ADDRESS).headers, "this site's clock says 2021"


@pytest.mark.parametrize("error", [Withdrawn("w", "Gone."), MediaError("m", "Away."), None])
def test_other_pages_may_read_errors_too(visit, error):
    response = visit(errors={HASH: error} if error else {}).get(ADDRESS)
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_player_may_ask_beforehand_whether_it_may_send_a_range(audio):
    response = audio.ask("OPTIONS", ADDRESS, Origin="https://player.example", Access_Control_Request_Headers="range")
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert {"Range", "If-Range"} <= set(response.headers["Access-Control-Allow-Headers"].split(", "))
    assert "GET" in response.headers["Access-Control-Allow-Methods"]


def test_pages_are_not_for_other_sites_to_read(audio):
    for path in ("/", "/feed.xml/", "/media/x/"):
        assert "Access-Control-Allow-Origin" not in audio.get(path).headers


def test_what_the_index_says_of_a_file_is_asked_again_once_it_changed(visit, tmp_path):
    known = on_disk(tmp_path / "audio.mp3")
    remembered = FakeMedia(**vars(known) | {"mtime_ns": 1})
    visitor = visit(files={HASH: remembered})
    visitor.publication.media_anew = lambda *_: known
    assert visitor.get(ADDRESS).data == BODY


@pytest.mark.parametrize("asked", [{"Range": "bytes=999999-"}, {"If_Match": '"other"'}])
def test_no_cache_keeps_a_refusal_for_the_next_listener(audio, asked):
    response = audio.get(ADDRESS, **asked)
    assert response.status_code in (412, 416)
    assert response.headers["Cache-Control"] == "no-store"


def test_other_pages_may_read_lengths_and_ranges(audio):
    exposed = audio.get(ADDRESS).headers["Access-Control-Expose-Headers"]
    assert {"Content-Length", "Content-Range", "Accept-Ranges", "ETag"} == set(exposed.split(", "))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("changed", [{"size_bytes": 5}, {"mtime_ns": 1}])
def test_a_changed_file_is_never_served_under_its_old_hash(visit, tmp_path, method, changed):
    visitor = visit(files={HASH: on_disk(tmp_path / "audio.mp3", **changed)})
    response = visitor.ask(method, ADDRESS)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")
    assert response.headers["Cache-Control"] == "no-store"


def test_a_symlink_put_in_its_place_is_not_followed(visit, tmp_path):
    found = on_disk(tmp_path / "real.mp3")
    (tmp_path / "audio.mp3").symlink_to(tmp_path / "real.mp3")
    visitor = visit(files={HASH: FakeMedia(**vars(found) | {"path": tmp_path / "audio.mp3"})})
    assert visitor.get(ADDRESS).status_code == 503


def test_a_pipe_put_in_its_place_keeps_nobody_waiting(visit, tmp_path):
    os.mkfifo(tmp_path / "audio.mp3")
    stated = FakeMedia(media_type="audio/mpeg", kind="audio", size_bytes=0, path=tmp_path / "audio.mp3")
    assert visit(files={HASH: stated}).get(ADDRESS).status_code == 503


def test_a_missing_file_is_503(visit, tmp_path):
    found = on_disk(tmp_path / "audio.mp3")
    found.path.unlink()
    assert visit(files={HASH: found}).get(ADDRESS).status_code == 503


@pytest.mark.parametrize(
    ("error", "status"), [(Withdrawn("w", "Gone."), 410), (MediaError("m", "Away."), 503), (None, 404)]
)
def test_what_cannot_be_had_says_so_in_plain_text(visit, error, status):
    response = visit(errors={HASH: error} if error else {}).get(ADDRESS)
    assert (response.status_code, response.mimetype) == (status, "text/plain")


def test_an_earlier_address_redirects_for_five_minutes(visit):
    response = visit(errors={HASH: Moved("/media/new/x.mp3")}).get(f"{ADDRESS}?from=app")
    assert (response.status_code, response.headers["Location"]) == (307, "/media/new/x.mp3?from=app")
    assert response.headers["Cache-Control"] == "public, max-age=300"


def test_html_of_a_transcript_can_do_nothing(visit):
    body = b"<script>alert(1)</script>"
    found = FakeMedia(media_type="text/html", kind="transcript", size_bytes=len(body), body=body)
    response = visit(files={HASH: found}).get(f"/media/{HASH}/x.en.html")
    assert response.content_type == "text/html; charset=utf-8"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_chapters_made_by_us_answer_ranges_too(visit):
    found = FakeMedia(media_type="application/json+chapters", kind="chapters", size_bytes=5, body=b"{...}", mtime_ns=0)
    response = visit(files={HASH: found}).get(f"/media/{HASH}/x.chapters.json", Range="bytes=1-3")
    assert (response.status_code, response.data) == (206, b"...")
    assert "Last-Modified" not in response.headers, "nothing knows when"


def test_pictures_are_kept_for_ever(visit):
    found = FakeMedia(media_type="image/jpeg", kind="image", size_bytes=3, body=b"jpg")
    assert "immutable" in visit(files={HASH: found}).get(f"/media/{HASH}/x.thumb1.jpg").headers["Cache-Control"]


def test_a_file_is_saved_under_its_name_in_any_script(visit):
    found = FakeMedia(media_type="audio/mpeg", kind="audio", size_bytes=1, body=b"x", download_name='día "1"\r\n#.mp3')
    disposition = visit(files={HASH: found}).get(ADDRESS).headers["Content-Disposition"]
    assert disposition == "inline; filename=\"d_a _1___#.mp3\"; filename*=UTF-8''d%C3%ADa%20%221%22%0D%0A%23.mp3"

"""Recordings by the API: in pieces, gone on with after a broken connection, and a draft in the end."""

from datetime import timedelta

import pytest
from producers import KEY
from programs import SHOW, program_of
from sounds import write_mp3

from catalogue.domain.rights import Role
from web.studio.tickets import HOLDS_FOR, holds_ticket


@pytest.fixture
def sound(tmp_path):
    return write_mp3(tmp_path / "sent.mp3", seed=3, title="Of the tag").read_bytes()


def begin(program, content, name="03 Sent.mp3"):
    return program.post(f"{SHOW}/uploads", {"name": name, "size_bytes": len(content)})


def send(program, begun, piece, offset):
    headers = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return program.ask("PATCH", begun["address"], data=piece, headers=headers)


def holds(address, now, *, producer=None):
    """Whether the server lets a large body in there, where only this producer may send."""
    return holds_ticket(
        KEY, address, now, may_send=lambda one, show: producer in (None, one) and show == "conversations"
    )


def left(workshop):
    return [path for path in workshop.place.settings.upload_folder.rglob("*") if path.is_file()]


def test_a_recording_in_pieces_becomes_a_draft_that_a_contributor_goes_on_with(workshop, sound):
    program = program_of(workshop, Role.CONTRIBUTOR)
    begun, half = begin(program, sound).json, len(sound) // 2
    assert send(program, begun, sound[:half], 0).headers["Upload-Offset"] == str(half)
    head = program.ask("HEAD", begun["address"])
    assert (head.headers["Upload-Offset"], head.headers["Upload-Length"]) == (str(half), str(len(sound)))
    assert begin(program, sound).json["offset"] == half, "it is gone on with"
    assert send(program, begun, sound[half:], half).status_code == 204
    made = program.post(begun["draft"])
    assert (made.status_code, made.json["episode"]["title"], made.json["episode"]["status"]) == (
        201,
        "Of the tag",
        "draft",
    )
    assert (workshop.root / "3-of-the-tag/audio.mp3").read_bytes() == sound
    assert left(workshop) == []
    assert program.change(made.headers["Location"], {"keys": {"title": "Mine"}}).status_code == 200


def test_a_piece_in_the_wrong_place_is_told_where_to_go_on(program, sound):
    begun = begin(program, sound).json
    refused = send(program, begun, sound, 5)
    assert (refused.status_code, refused.headers["Upload-Offset"], refused.json["code"]) == (409, "0", "upload-gap")
    assert send(program, begun, sound, "many").status_code == 422
    assert program.post(begun["draft"]).json["code"] == "upload-gap"


@pytest.mark.parametrize(("size", "status"), [(0, 422), (1024**2, 201), (1024**2 + 1, 413), (-1, 422), ("9", 422)])
def test_what_is_too_large_or_empty_is_not_begun(program, workshop, size, status):
    answer = program.post(f"{SHOW}/uploads", {"name": "a.mp3", "size_bytes": size})
    assert (answer.status_code, len(left(workshop)) > 0) == (status, status == 201), answer.text


def test_what_is_no_recording_is_refused_and_nothing_of_it_stays(program, workshop):
    begun = begin(program, b"<html>", "a.mp3").json
    send(program, begun, b"<html>", 0)
    refused = program.post(begun["draft"])
    assert (refused.status_code, left(workshop)) == (422, [])
    assert not list(workshop.root.glob("a*"))


def test_more_than_was_announced_is_refused(program, workshop, sound):
    begun = begin(program, sound).json
    assert send(program, begun, sound + b"x", 0).status_code == 413
    assert left(workshop) == []


def test_an_upload_can_be_given_up(program, workshop, sound):
    begun = begin(program, sound).json
    assert program.ask("DELETE", begun["address"]).status_code == 204
    assert (program.get(begun["address"]).status_code, left(workshop)) == (404, [])


def test_an_upload_is_nobody_else_s(reader, shared, sound):
    begun = begin(reader, sound).json
    other = program_of(shared)
    assert [other.ask(method, begun["address"]).status_code for method in ("GET", "DELETE")] == [404, 404]
    assert reader.get(begun["address"]).status_code == 200


def test_a_recording_takes_the_place_of_another(program, workshop, sound):
    begun = begin(program, sound).json
    send(program, begun, sound, 0)
    slug = program.post(begun["draft"]).json["episode"]["slug"]
    other = sound + sound
    begun = begin(program, other, "other.mp3").json
    revise = f"{SHOW}/episodes/{slug}/revise"
    assert program.post(revise, {"upload": begun["id"]}).json["code"] == "upload-gap"
    send(program, begun, other, 0)
    assert program.post(revise, {"upload": begun["id"], "dry_run": True}).json["is_done"] is False
    assert program.post(revise, {"upload": begun["id"], "note": "Longer."}).json["is_done"]
    assert next(workshop.root.glob("3-*/audio.mp3")).read_bytes() == other


def test_the_server_lets_a_large_body_in_where_somebody_was_given_the_address(reader, shared, sound):
    address = begin(reader, sound).json["address"]
    assert holds(address, shared.now)
    assert not holds(address, shared.now + HOLDS_FOR + timedelta(seconds=1))
    assert not holds(address.replace("conversations", "talks"), shared.now)
    assert not holds(address, shared.now, producer=reader.producer.id + 1)

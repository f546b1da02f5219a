"""Publishing and all that goes with it by the API: said beforehand, done when asked."""

import pytest
from programs import SHOW

IDEA, ONE = f"{SHOW}/episodes/idea", f"{SHOW}/episodes/one"


def test_publishing_is_said_first_and_then_done(program, workshop):
    before = workshop.read("idea")
    said = program.post(f"{IDEA}/publish", {"dry_run": True}).json
    assert (said["is_done"], said["effects"], said["episode"]["status"]) == (False, ["new"], "draft")
    assert workshop.read("idea") == before
    done = program.post(f"{IDEA}/publish").json
    assert (done["is_done"], done["effects"], done["episode"]["status"]) == (True, ["new"], "public")
    assert "draft: yes" not in workshop.read("idea")
    workshop.later()
    assert "An idea" in program.client.get("/conversations/feed.xml").text


@pytest.mark.parametrize("sent", [{}, {"dry_run": True}])
def test_what_is_out_is_not_published_again(reader, sent):
    refused = reader.post(f"{ONE}/publish", sent)
    assert (refused.status_code, refused.json["code"]) == (409, "is-out")


def test_taken_back_and_brought_again_with_its_date(program):
    date = program.told(ONE)["episode"]["published_at"]
    assert program.post(f"{ONE}/unpublish", {"dry_run": True}).json["effects"] == ["leaves"]
    assert program.post(f"{ONE}/unpublish").json["episode"]["status"] == "draft"
    back = program.post(f"{ONE}/publish", {"keep_date": True}).json
    assert (back["episode"]["status"], back["episode"]["published_at"]) == ("public", date)


def test_an_episode_is_scheduled_on_the_clock_of_its_show(program):
    for is_dry in (True, False):
        answer = program.post(f"{IDEA}/schedule", {"at": "2026-03-20 18:00", "dry_run": is_dry})
        assert (answer.status_code, answer.json["effects"]) == (200, ["scheduled"]), answer.text
    assert answer.json["episode"]["published_at"] == "2026-03-20T22:00:00Z"


@pytest.mark.parametrize(
    ("at", "status"), [("2026-02-01", 409), ("soon", 422), ("2026-03-08 02:30", 422), ("", 422), (None, 422)]
)
def test_a_moment_that_is_none_is_refused_beforehand_too(reader, at, status):
    for is_dry in (True, False):
        assert reader.post(f"{IDEA}/schedule", {"at": at, "dry_run": is_dry}).status_code == status


def test_withdrawing_wants_the_name_of_what_is_meant(program):
    refused = program.post(f"{ONE}/withdraw")
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/confirm")
    said = program.post(f"{ONE}/withdraw", {"dry_run": True}).json
    assert (said["is_done"], said["effects"], said["traces"][0]) == (False, ["withdrawn"], "one/episode.md")
    assert program.post(f"{ONE}/withdraw", {"confirm": "one"}).json["episode"]["status"] == "withdrawn"
    assert program.post(f"{ONE}/withdraw", {"confirm": "one"}).status_code == 409


def test_a_correction_is_written_down(program, workshop):
    sent = {"note": "It was in 2021."}
    assert program.post(f"{ONE}/revise", {**sent, "dry_run": True}).json["effects"] == ["changed"]
    assert "2021" not in workshop.read("one")
    assert program.post(f"{ONE}/revise", sent).json["is_done"]
    assert "It was in 2021." in workshop.read("one")
    assert program.post(f"{ONE}/revise").json["code"] == "nothing-to-revise"


def test_a_note_that_nobody_can_read_keeps_nothing_from_being_told(program, workshop):
    workshop.write("one/episode.md", "---\ntitle: [\n---\n")
    told = program.told(ONE)
    assert told["episode"]["title"] == "One"
    assert told["problems"][0]["severity"] == "error"
    assert program.post(f"{ONE}/unpublish").status_code == 422

"""Who asks the same again under the same key gets the same answer, and nothing is done twice."""

from datetime import timedelta

import pytest
from programs import SHOW, program_of

from web.api.again import DEAD_AFTER, KEPT_FOR

NEW = f"{SHOW}/episodes"


def begin(program, key="one", title="New"):
    return program.post(NEW, {"title": title}, Idempotency_Key=key)


def test_nothing_is_done_twice(program, workshop):
    first, second = begin(program), begin(program)
    assert (second.status_code, second.json, second.headers["Location"]) == (201, first.json, first.headers["Location"])
    assert ("Idempotent-Replayed" in first.headers, second.headers["Idempotent-Replayed"]) == (False, "true")
    assert second.headers["ETag"] == first.headers["ETag"]
    assert not (workshop.root / "new-2").exists()


def test_another_key_or_none_is_another_wish(program, workshop):
    begin(program)
    assert begin(program, "two").json["episode"]["slug"] == "new-2"
    assert program.post(NEW, {"title": "New"}).json["episode"]["slug"] == "new-3"


def test_a_key_is_for_one_body(program):
    begin(program)
    refused = begin(program, title="Another")
    assert (refused.status_code, refused.json["code"]) == (422, "other-body")


def test_a_key_is_the_token_s_own(program, workshop):
    begin(program)
    assert begin(program_of(workshop)).json["episode"]["slug"] == "new-2"


def test_what_was_refused_may_be_asked_again(program):
    assert program.post(f"{NEW}/one/publish", Idempotency_Key="p").status_code == 409
    program.post(f"{NEW}/one/unpublish")
    assert program.post(f"{NEW}/one/publish", Idempotency_Key="p").status_code == 200


def test_what_is_being_done_is_not_begun_again_until_it_must_be_dead(program, workshop, monkeypatch):
    during = []

    def ask_meanwhile(*_args, **_stated):
        during.append(begin(program))
        raise SystemExit  # as if the process had been killed

    with monkeypatch.context() as patched:
        patched.setattr("web.api.episodes.begin_episode", ask_meanwhile)
        patched.setattr(workshop.index, "drop_answer", lambda *_args, **_stated: None)
        with pytest.raises(SystemExit):
            begin(program)
    assert (during[0].status_code, during[0].headers["Retry-After"]) == (409, "1")
    assert begin(program).status_code == 409
    workshop.now += DEAD_AFTER + timedelta(seconds=1)
    assert begin(program).status_code == 201


def test_after_a_day_a_key_is_forgotten(workshop):
    program = program_of(workshop, lasts=timedelta(days=9))
    begin(program)
    workshop.now += KEPT_FOR + timedelta(seconds=1)
    assert begin(program).json["episode"]["slug"] == "new-2"


@pytest.mark.parametrize("key", ["", "ñ", "x" * 256, "a b"])
def test_what_is_no_key_is_refused(reader, key):
    assert reader.ask("POST", NEW, json={"title": "New"}, headers={"Idempotency-Key": key}).status_code == 400

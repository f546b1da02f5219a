import pytest

from web.deadlines import CROWDED, PATIENCE, Waiting, is_overdue

NOW = 10_000.0


def waiting(**stated):
    return Waiting(**{"active_at": NOW, "asked_at": None, "has_unsent": False, "is_answering": False} | stated)


@pytest.mark.parametrize(
    ("stated", "seconds", "crowded_seconds"),
    [
        ({"has_unsent": True}, PATIENCE.stalled_seconds, CROWDED.stalled_seconds),
        ({}, PATIENCE.idle_seconds, CROWDED.idle_seconds),
    ],
)
def test_a_silent_connection_lasts_so_long(stated, seconds, crowded_seconds):
    assert not is_overdue(waiting(active_at=NOW - seconds, **stated), PATIENCE, NOW)
    assert is_overdue(waiting(active_at=NOW - seconds - 1, **stated), PATIENCE, NOW)
    assert is_overdue(waiting(active_at=NOW - crowded_seconds - 1, **stated), CROWDED, NOW)


def test_a_phone_in_a_tunnel_keeps_its_download_for_minutes():
    assert not is_overdue(waiting(has_unsent=True, active_at=NOW - 300), PATIENCE, NOW)


def test_a_request_that_comes_byte_by_byte_ends_all_the_same():
    drip = waiting(active_at=NOW, asked_at=NOW - PATIENCE.half_sent_seconds - 1)
    assert is_overdue(drip, PATIENCE, NOW)
    assert not is_overdue(waiting(asked_at=NOW - 1), CROWDED, NOW)


def test_nothing_is_overdue_while_its_answer_is_being_made():
    assert not is_overdue(waiting(active_at=0.0, is_answering=True), CROWDED, NOW)

"""Whatever goes wrong below /api/ is said as problem+json, and names no more than that."""

import pytest
from programs import SHOW

from catalogue.errors import StoreError

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/", 404),
        ("GET", "/api/v2/", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/es/api/v1/shows", 404),
        ("DELETE", "/api/v1/shows", 405),
        ("POST", f"{SHOW}/episodes/one", 405),
        ("GET", f"{SHOW}/episodes/none", 404),
        ("GET", "/api/v1/shows/none", 404),
        ("GET", "/api/v1/search", 422),
    ],
)
def test_what_is_not_there_is_a_problem(reader, method, path, status):
    answer = reader.ask(method, path)
    assert (answer.status_code, answer.content_type) == (status, PROBLEM), answer.text
    assert {"type", "title", "status", "detail", "code", "errors"} == set(answer.json)
    assert answer.json["status"] == status
    assert ("Allow" in answer.headers) is (status == 405)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"data": b"{", "content_type": "application/json"}, 400),
        ({"data": b"\xff", "content_type": "application/json"}, 400),
        ({"data": b"[" * 100_000, "content_type": "application/json"}, 400),
        ({"data": b"{}", "content_type": "text/plain"}, 415),
        ({"data": b"{}"}, 415),
        ({"data": b"{}", "content_type": "application/json", "headers": {"Content-Encoding": "gzip"}}, 415),
        ({"data": b'{"title": "' + b"x" * 4_200_000 + b'"}', "content_type": "application/json"}, 413),
        ({"json": {"title": ""}}, 422),
        ({"json": {"title": "x", "draft": True}}, 422),
    ],
)
def test_a_body_that_cannot_be_taken_is_a_problem(reader, sent, status):
    answer = reader.ask("POST", f"{SHOW}/episodes", **sent)
    assert (answer.status_code, answer.content_type) == (status, PROBLEM), answer.text


def test_a_fault_of_ours_says_nothing_of_itself(shared, reader, monkeypatch, caplog):
    monkeypatch.setitem(shared.app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("web.api.shows.worktable", lambda: 1 / 0)
    answer = reader.get("/api/v1/shows")
    assert (answer.status_code, answer.content_type) == (500, PROBLEM)
    assert "ZeroDivision" not in answer.text
    assert "ZeroDivision" in caplog.text
    assert reader.secret not in caplog.text


def test_a_database_that_is_busy_is_asked_again_later(reader, monkeypatch):
    def busy(*_args, **_stated):
        raise StoreError("store-busy", "The database is busy.")

    monkeypatch.setattr("web.api.shows.worktable", busy)
    answer = reader.get("/api/v1/shows")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")


def test_nobody_keeps_or_finds_an_answer(reader):
    answer = reader.get("/api/v1/shows")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_head_has_the_headers_of_get_and_options_names_what_can_be_asked(reader):
    head, get = (reader.ask(method, SHOW) for method in ("HEAD", "GET"))
    assert (head.status_code, head.data, head.headers["ETag"]) == (200, b"", get.headers["ETag"])
    options = reader.client.options(SHOW)
    assert (options.status_code, options.data) == (200, b"")
    assert set(options.headers["Allow"].split(", ")) == {"GET", "HEAD", "PATCH", "OPTIONS"}
